import { t, timeOfDay } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { verdictOf } from "../audit/verdicts";
import { labelOf, SmallPicture, TileName } from "../ui/stored_picture";
import { mediaTag } from "../ui/video_player";
import { galleryWords as words } from "../words/visits";
import type { Photo } from "./file";
import { ReviewTag } from "./tags";

interface Properties {
  photo: Photo;
  zone: string;
  onOpen: () => void;
}

/** A small picture that opens the large one. */
export function Thumbnail({ photo, zone, onOpen }: Properties) {
  const role = [mediaTag(photo), t(roles[photo.role])].filter(Boolean).join(", ");
  const label = t(words.open, { role, time: timeOfDay(photo.captured_at, zone) });
  if (photo.state === "awaited") {
    return (
      <p class="visits-awaited">
        {label}
        <br />
        <span class="quiet small">{t(words.awaited)}</span>
      </p>
    );
  }
  return <Stored photo={photo} label={label} onOpen={onOpen} />;
}

function Stored({ photo, label, onOpen }: { photo: Photo; label: string; onOpen: () => void }) {
  const { tone, word } = verdictOf(photo.verdict ?? "accepted");
  return (
    <div class="desk-thumbnail">
      <button type="button" aria-label={labelOf(photo, `${label}, ${t(word)}`)} onClick={onOpen}>
        <TileName photo={photo} label={`${label}, ${t(word)}`} />
        <SmallPicture photo={photo} frame="desk-thumbnail-empty" />
        {photo.media === "video" && <span class="visits-video">▶</span>}
        <span class={`desk-dot desk-dot-${tone}`} />
      </button>
      <ReviewTag decision={photo.review_decision} />
    </div>
  );
}
