import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { timeAt } from "../moments";
import { labelOf, LargePicture, TileName } from "../ui/stored_picture";
import { mediaTag, VideoPlayer } from "../ui/video_player";
import { audit as words } from "../words/audit";
import { video } from "../words/video";
import { counterpartOf, earlierPhotoId } from "./counterpart";
import type { Item } from "./queue";
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
  const caption = `${t(roles[photo.role])}, ${timeAt(photo.captured_at, time_zone)}`;
  const earlier = earlierPhotoId(photo);
  const counterpart = isComparing ? counterpartOf(photo, visit) : null;
  if (isFull && photo.media === "video") return <PlayedVideo photo={photo} label={caption} onClose={() => onFull(false)} />;
  if (isFull) return <ZoomedPicture photo={photo} alt={caption} onClose={() => onFull(false)} />;
  const tag = mediaTag(photo);
  return (
    <div class="desk-photos">
      <figure>
        <button type="button" class="desk-photo" aria-label={labelOf(photo, t(tag ? video.play : words.openFull))} onClick={() => onFull(true)}>
          <TileName photo={photo} label={caption} />
          <LargePicture photo={photo} photoId={photo.id} alt={caption} frame="desk-photo-empty" />
          {tag && <span class="tag tag-info desk-play">▶ {tag}</span>}
        </button>
        <figcaption>
          {caption}
          {photo.caption && <span class="quiet"> · {photo.caption}</span>}
        </figcaption>
      </figure>
      {earlier && <Beside photo={null} photoId={earlier} caption={t(words.earlier)} />}
      {counterpart && <Beside photo={counterpart} photoId={counterpart.id} caption={counterpartCaption(counterpart, time_zone)} />}
      {isComparing && !counterpart && visit && <p class="quiet">{t(words.noCounterpart)}</p>}
    </div>
  );
}

function PlayedVideo({ photo, label, onClose }: { photo: Schema<"Photo">; label: string; onClose: () => void }) {
  return (
    <div class="desk-zoom">
      <button type="button" class="button" onClick={onClose}>
        {t(video.back)}
      </button>
      <VideoPlayer photo={photo} label={label} />
    </div>
  );
}

function counterpartCaption(photo: Schema<"Photo">, timeZone: string): string {
  return t(words.counterpart, { role: t(roles[photo.role]), time: timeAt(photo.captured_at, timeZone) });
}

function Beside({ photo, photoId, caption }: { photo: Schema<"Photo"> | null; photoId: string; caption: string }) {
  return (
    <figure>
      <div class="desk-photo">
        <LargePicture photo={photo} photoId={photoId} alt={caption} frame="desk-photo-empty" />
      </div>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
