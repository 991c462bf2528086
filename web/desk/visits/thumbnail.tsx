import { t, timeOfDay } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { usePicture } from "../audit/use_picture";
import { verdictOf } from "../audit/verdicts";
import { galleryWords as words } from "../words/visits";
import type { Photo } from "./file";

interface Properties {
  photo: Photo;
  zone: string;
  onOpen: () => void;
}

/** A small picture that opens the large one. */
export function Thumbnail({ photo, zone, onOpen }: Properties) {
  const label = t(words.open, { role: t(roles[photo.role]), time: timeOfDay(photo.captured_at, zone) });
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
  const url = usePicture(photo.id, "small");
  const { tone, word } = verdictOf(photo.verdict ?? "accepted");
  const decided = photo.review_decision ? "desk-thumbnail-decided" : "";
  return (
    <div class={`desk-thumbnail ${decided}`}>
      <button type="button" aria-label={`${label}, ${t(word)}`} onClick={onOpen}>
        {url ? <img src={url} alt="" decoding="async" /> : <span class="desk-thumbnail-empty" />}
        <span class={`desk-dot desk-dot-${tone}`} />
      </button>
    </div>
  );
}
