import type { Schema } from "../../shared/api/types";
import { t, timeOfDay } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { mediaTag, VideoPlayer } from "../ui/video_player";
import { audit as words } from "../words/audit";
import { video } from "../words/video";
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
  if (isFull && photo.media === "video") return <PlayedVideo photoId={photo.id} label={caption} onClose={() => onFull(false)} />;
  if (isFull) return <ZoomedPicture photoId={photo.id} alt={caption} onClose={() => onFull(false)} />;
  const tag = mediaTag(photo);
  return (
    <div class="desk-photos">
      <figure>
        <button type="button" class="desk-photo" aria-label={t(tag ? video.play : words.openFull)} onClick={() => onFull(true)}>
          <Picture photoId={photo.id} alt={caption} />
          {tag && <span class="tag tag-info desk-play">▶ {tag}</span>}
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

function PlayedVideo({ photoId, label, onClose }: { photoId: string; label: string; onClose: () => void }) {
  return (
    <div class="desk-zoom">
      <button type="button" class="button" onClick={onClose}>
        {t(video.back)}
      </button>
      <VideoPlayer photoId={photoId} label={label} />
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
