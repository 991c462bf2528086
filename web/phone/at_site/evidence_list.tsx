import { useEffect, useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { t, timeOfDay } from "../../shared/i18n/i18n";
import { readPhotoBytes } from "../local/photos";
import type { PhotoRecord, VisitDraft } from "../local/types";
import { roles } from "../../shared/words/roles";
import { atSite as words } from "../words/at_site";
import { doubts as doubtWords } from "../words/doubts";
import { scanner as scanWords } from "../words/camera";
import { EvidencePicture } from "./evidence_picture";
import { type KnownAsset, matchScan } from "./scan_match";
import { MatchWords } from "./scanner_view";

/** Notes that went out with the visit's check-ins. */
export function NoteList({ visit: { check_ins, site } }: { visit: VisitDraft }) {
  const written = check_ins.filter(({ note }) => note);
  if (written.length === 0) return null;
  return (
    <section aria-labelledby="notes-title">
      <h2 id="notes-title">{t(words.notes)}</h2>
      <ul class="list">
        {written.map(({ id, note, captured_at }) => (
          <li class="card" key={id}>
            <p class="note-text">{note}</p>
            <p class="quiet small">{timeOfDay(captured_at, site.time_zone)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface PhotoListProperties {
  photos: readonly PhotoRecord[];
  /** Those that may be of no use. */
  doubted: ReadonlySet<string>;
  timeZone: string;
}

/** The photos of a visit that are on the phone. */
export function PhotoList({ photos, doubted, timeZone }: PhotoListProperties) {
  if (photos.length === 0) return null;
  return (
    <section aria-labelledby="photos-title">
      <h2 id="photos-title">{t(words.photos)}</h2>
      <ul class="photo-list">
        {photos.map((photo) => (
          <li key={photo.id}>
            <Thumbnail photo={photo} isDoubted={doubted.has(photo.id)} timeZone={timeZone} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Thumbnail({ photo, isDoubted, timeZone }: { photo: PhotoRecord; isDoubted: boolean; timeZone: string }) {
  const [bytes, set] = useState<Blob>();
  useEffect(() => {
    void readPhotoBytes(photo.id).then(set, () => undefined);
  }, [photo.id]);
  const values = { role: t(roles[photo.role]), time: timeOfDay(photo.captured_at, timeZone) };
  return (
    <figure class="thumbnail">
      {bytes ? (
        <EvidencePicture file={bytes} media={photo.media} alt={t(words.photoAlt, values)} />
      ) : (
        <span class="thumbnail-gone" />
      )}
      <figcaption>
        {isDoubted && <strong class="doubt-mark">{t(doubtWords.mark)}: </strong>}
        {photo.freed_at_ms === null ? values.role : t(words.photoGone, values)}
      </figcaption>
    </figure>
  );
}

interface ScanProperties {
  scans: readonly Schema<"ScanCreate">[];
  siteId: string;
  assets: readonly KnownAsset[];
}

/** The scans of a visit, and whose labels they are. */
export function ScanList({ scans, siteId, assets }: ScanProperties) {
  if (scans.length === 0) return null;
  return (
    <section aria-labelledby="scans-title">
      <h2 id="scans-title">{t(words.scans)}</h2>
      <ul class="list">
        {scans.map((scan) => (
          <li class="card" key={scan.id}>
            <p class="scan-value">{scan.value}</p>
            <MatchWords match={matchScan(scan.value, siteId, assets)} />
            <p class="quiet small">{t(scan.entered === "camera" ? scanWords.byCamera : scanWords.byHand)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
