/** Pictures of stored photos, and what stands in their place when a retention rule has removed the bytes. */
import "./stored_picture.css";
import { t } from "../../shared/i18n/i18n";
import { Removed, usePicture } from "../audit/use_picture";
import { dayAt, ownZone } from "../moments";
import { audit } from "../words/audit";
import { pictureWords as words } from "../words/picture";

/** What of a photo tells whether its bytes are there. */
export interface Stored {
  readonly id: string;
  readonly original_removed_at: string | null;
  readonly thumbnails_removed_at: string | null;
  readonly receipt: { readonly sha256: string } | null;
}

/** The name of a button that shows the photo; a tile says more than a name: then it stands within, as TileName. */
export const labelOf = (photo: Stored, label: string): string | undefined => (photo.thumbnails_removed_at ? undefined : label);

/** What the picture of a button is, before what its tile says. */
export function TileName({ photo, label }: { photo: Stored; label: string }) {
  return photo.thumbnails_removed_at ? <span class="unseen">{label} </span> : null;
}

const day = (at: string) => dayAt(at, ownZone());

/** A frame without its picture, and why. `frame`: the class that gives it the picture's size. */
function RemovedTile({ frame, text, sha256 }: { frame: string; text: string; sha256?: string }) {
  return (
    <span class={`${frame} desk-removed`}>
      <svg viewBox="0 0 48 48" width="32" height="32" fill="none" stroke="currentColor" stroke-width="3" aria-hidden="true">
        <rect x="4" y="9" width="40" height="30" rx="4" stroke-dasharray="5 4" />
        <path d="M10 33l9-11 7 8 5-5 7 8M8 43L40 5" />
      </svg>
      <span>{text}</span>
      {sha256 && <code>{sha256}</code>}
    </span>
  );
}

/** The small size, for a strip of them. */
export function SmallPicture({ photo, frame }: { photo: Stored; frame: string }) {
  const removed = photo.thumbnails_removed_at;
  const url = usePicture(removed ? null : photo.id, "small");
  if (removed) return <RemovedTile frame={frame} text={t(words.removedShort, { date: day(removed) })} />;
  return typeof url === "string" ? <img src={url} alt="" decoding="async" /> : <span class={frame} />;
}

interface LargeProperties {
  /** Null: of the photo only its id is known. */
  photo: Stored | null;
  photoId: string;
  alt: string;
  frame: string;
}

/** The medium size, and until it is there the small one. */
export function LargePicture({ photo, photoId, alt, frame }: LargeProperties) {
  const removed = photo?.thumbnails_removed_at ?? null;
  const wanted = removed ? null : photoId;
  const medium = usePicture(wanted, "medium");
  const small = usePicture(wanted, "small");
  if (removed) return <RemovedTile frame={frame} text={t(words.removed, { date: day(removed) })} sha256={photo?.receipt?.sha256} />;
  if (medium instanceof Removed) return <RemovedTile frame={frame} text={medium.detail} />;
  if (medium === null) return <span>{t(audit.pictureFailed)}</span>;
  const url = medium ?? small;
  return typeof url === "string" ? <img src={url} alt={alt} decoding="async" /> : <span class={frame} />;
}

interface OriginalProperties {
  photo: Stored;
  alt: string;
  frame: string;
}

/** Every pixel that the phone took. */
export function OriginalPicture({ photo, alt, frame }: OriginalProperties) {
  const removed = photo.original_removed_at;
  const url = usePicture(removed ? null : photo.id, "original");
  if (removed) {
    const word = photo.thumbnails_removed_at ? words.removed : words.originalRemoved;
    return <RemovedTile frame={frame} text={t(word, { date: day(removed) })} sha256={photo.receipt?.sha256} />;
  }
  if (url instanceof Removed) return <RemovedTile frame={frame} text={url.detail} />;
  if (url === null) return <p>{t(audit.pictureFailed)}</p>;
  return url ? <img src={url} alt={alt} draggable={false} /> : null;
}
