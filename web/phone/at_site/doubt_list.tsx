import { useEffect, useRef } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { readPhotoBytes } from "../local/photos";
import { useStored } from "../local/use_stored";
import type { PhotoRecord } from "../local/types";
import type { PhotoDoubt } from "../outbox/photo_doubts";
import { refusalText } from "../outbox/refusal_text";
import { camera as cameraWords } from "../words/camera";
import { doubts as words } from "../words/doubts";
import { EvidencePicture } from "./evidence_picture";

interface Properties {
  doubts: readonly PhotoDoubt[];
  leastSide_px: number;
  /** Opens the camera for such a photo; null: the technician is not on site. */
  onTake: ((photo: PhotoRecord) => void) | null;
  onKeep: (doubt: PhotoDoubt) => void;
}

/** In gloves and noise a phone that shakes is noticed. */
const SHAKE_MS = [200, 100, 200];

/** Photos that may be of no use, why, and the way to better ones, while the technician can still take them. */
export function DoubtList({ doubts, leastSide_px, onTake, onKeep }: Properties) {
  useShakeAtMore(doubts.length);
  if (doubts.length === 0) return null;
  return (
    <section class="stack" role="alert" aria-labelledby="doubts-title">
      <h2 id="doubts-title">{t(words.title, { count: doubts.length })}</h2>
      {doubts.map((doubt) => (
        <Doubt key={doubt.photo.id} doubt={doubt} leastSide_px={leastSide_px} onTake={onTake} onKeep={onKeep} />
      ))}
      {!onTake && <p>{t(words.checkInFirst)}</p>}
    </section>
  );
}

function useShakeAtMore(count: number): void {
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) navigator.vibrate?.(SHAKE_MS);
    before.current = count;
  }, [count]);
}

function Doubt({ doubt, leastSide_px, onTake, onKeep }: Omit<Properties, "doubts"> & { doubt: PhotoDoubt }) {
  const { photo } = doubt;
  const bytes = useStored(["photo_bytes"], () => readPhotoBytes(photo.id), [photo.id]);
  const role = t(roles[photo.role]);
  return (
    <article class="banner banner-warn doubt">
      {bytes && <EvidencePicture file={bytes} media={photo.media} alt="" class="doubt-picture" />}
      <div>
        <h3>{role}</h3>
        {reasonsOf(doubt, leastSide_px).map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
      </div>
      <div class="card-actions">
        {onTake && (
          <button class="button button-primary" type="button" onClick={() => onTake(photo)}>
            {t(cameraWords.retake)}
            <span class="unseen">: {role}</span>
          </button>
        )}
        <button class="button" type="button" onClick={() => onKeep(doubt)}>
          {t(words.letBe)}
          <span class="unseen">: {role}</span>
        </button>
      </div>
    </article>
  );
}

function reasonsOf({ objections }: PhotoDoubt, leastSide_px: number): string[] {
  return objections.flatMap((objection) => {
    switch (objection.by) {
      case "phone":
        return [t(cameraWords[objection.warning], { width: leastSide_px })];
      case "server":
        return [objection.finding.sentence];
      case "refusal": {
        const { problem } = objection;
        return [refusalText(problem), ...(problem.code === "photo_refused" ? [problem.detail] : [])];
      }
    }
  });
}
