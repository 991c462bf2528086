import { t } from "../../shared/i18n/i18n";
import { usePicture } from "../audit/use_picture";
import { audit } from "../words/audit";

/** The medium size, and until it is there the small one. */
export function PhotoPicture({ photoId, alt }: { photoId: string; alt: string }) {
  const medium = usePicture(photoId, "medium");
  const small = usePicture(photoId, "small");
  if (medium === null) return <span>{t(audit.pictureFailed)}</span>;
  const url = medium ?? small;
  return url ? <img src={url} alt={alt} decoding="async" /> : <span class="visits-picture-empty" />;
}
