import { t } from "../../shared/i18n/i18n";
import { Removed, usePicture } from "../audit/use_picture";
import { desk } from "../words/desk";
import { video as words } from "../words/video";
import { OriginalPicture, type Stored } from "./stored_picture";

/** A stored video. Fetched whole before it plays: whoever judges it must not judge half of it. */
export function VideoPlayer({ photo, label }: { photo: Stored; label: string }) {
  const url = usePicture(photo.original_removed_at ? null : photo.id, "original");
  if (photo.original_removed_at || url instanceof Removed) return <OriginalPicture photo={photo} alt={label} frame="desk-video" />;
  if (url === null) return <p>{t(words.failed)}</p>;
  if (url === undefined) return <p role="status">{t(desk.loading)}</p>;
  return <video class="desk-video" src={url} aria-label={label} controls autoplay playsInline />;
}

/** "Video, 1:05"; nothing for a photo. */
export function mediaTag(photo: { media: "photo" | "video"; duration_ms: number | null }): string | null {
  if (photo.media !== "video") return null;
  if (photo.duration_ms === null) return t(words.video);
  const seconds = Math.round(photo.duration_ms / 1000);
  const duration = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return t(words.videoOf, { duration });
}
