import type { Schema } from "../../shared/api/types";
import { t, timeOfDay } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { audit as words } from "../words/audit";
import { counterpartOf, earlierPhotoId } from "./counterpart";
import type { Item } from "./queue";
import { usePicture } from "./use_picture";
import type { Visit } from "./use_visit";
import { ZoomedPicture } from "./zoomed_picture";

interface Properties {
  item: Item;
  visit: Visit | null;
  isComparing: boolean;
  isFull: boolean;
  onFull: (isFull: boolean) => void;
}

/**
 * The photo, large. Beside it: the earlier photo when its bytes were seen before, or on request the photo
 * of the same visit to compare it with.
 */
export function PhotoStage({ item, visit, isComparing, isFull, onFull }: Properties) {
  const { photo, time_zone } = item;
  const caption = `${t(roles[photo.role])}, ${timeOfDay(photo.captured_at, time_zone)}`;
  const earlier = earlierPhotoId(photo);
  const counterpart = isComparing ? counterpartOf(photo, visit) : null;
  if (isFull) return <ZoomedPicture photoId={photo.id} alt={caption} onClose={() => onFull(false)} />;
  return (
    <div class="desk-photos">
      <figure>
        <button type="button" class="desk-photo" aria-label={t(words.openFull)} onClick={() => onFull(true)}>
          <Picture photoId={photo.id} alt={caption} />
        </button>
        <figcaption>
          {caption}
          {photo.caption && <span class="quiet"> · {photo.caption}</span>}
        </figcaption>
      </figure>
      {earlier && <Beside photoId={earlier} caption={t(words.earlier)} />}
      {counterpart && <Beside photoId={counterpart.id} caption={counterpartCaption(counterpart, time_zone)} />}
      {isComparing && !counterpart && visit && <p class="quiet">{t(words.noCounterpart)}</p>}
    </div>
  );
}

function counterpartCaption(photo: Schema<"Photo">, timeZone: string): string {
  return t(words.counterpart, { role: t(roles[photo.role]), time: timeOfDay(photo.captured_at, timeZone) });
}

function Beside({ photoId, caption }: { photoId: string; caption: string }) {
  return (
    <figure>
      <div class="desk-photo">
        <Picture photoId={photoId} alt={caption} />
      </div>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

function Picture({ photoId, alt }: { photoId: string; alt: string }) {
  const medium = usePicture(photoId, "medium");
  const small = usePicture(photoId, "small");
  if (medium === null) return <p>{t(words.pictureFailed)}</p>;
  const url = medium ?? small;
  return url ? <img src={url} alt={alt} decoding="async" /> : <span class="desk-photo-empty" />;
}
