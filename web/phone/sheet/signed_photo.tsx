import { useEffect, useState } from "preact/hooks";
import { EvidencePicture } from "../at_site/evidence_picture";
import { readPhoto, readPhotoBytes, sha256Of } from "../local/photos";
import type { PhotoRecord } from "../local/types";
import type { SheetDocument } from "./document";

/** The picture, while the phone has it; shown only when it is the one whose digest is signed. */
export function SignedPhoto({ photo, alt }: { photo: SheetDocument["photos"][number]; alt: string }) {
  const [shown, set] = useState<{ bytes: Blob; media: PhotoRecord["media"] }>();
  useEffect(() => {
    const find = async () => {
      const found = await readPhotoBytes(photo.id);
      if (found && (await sha256Of(found)) === photo.sha256)
        set({ bytes: found, media: (await readPhoto(photo.id))?.media });
    };
    find().catch((error: unknown) => console.error(error));
  }, [photo.id, photo.sha256]);
  return <EvidencePicture class="document-photo" file={shown?.bytes} media={shown?.media} alt={alt} hasControls />;
}
