import { useEffect, useState } from "preact/hooks";
import { useBlobUrl } from "../at_site/use_site";
import { readPhotoBytes, sha256Of } from "../local/photos";
import type { SheetDocument } from "./document";

/** The picture, while the phone has it; shown only when it is the one whose digest is signed. */
export function SignedPhoto({ photo, alt }: { photo: SheetDocument["photos"][number]; alt: string }) {
  const [bytes, set] = useState<Blob>();
  useEffect(() => {
    const find = async () => {
      const found = await readPhotoBytes(photo.id);
      if (found && (await sha256Of(found)) === photo.sha256) set(found);
    };
    find().catch((error: unknown) => console.error(error));
  }, [photo.id, photo.sha256]);
  const url = useBlobUrl(bytes);
  return url ? <img class="document-photo" src={url} alt={alt} loading="lazy" decoding="async" /> : null;
}
