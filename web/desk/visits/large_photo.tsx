import { useEffect, useRef, useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Dialog } from "../../shared/ui/dialog";
import { roles } from "../../shared/words/roles";
import { counterpartOf } from "../audit/counterpart";
import { Findings } from "../audit/findings";
import { KEYS } from "../audit/keys";
import { ReasonDialog, useReasons } from "../audit/reason_dialog";
import { failureText } from "../failure_text";
import { momentAt } from "../moments";
import { picture } from "../pictures";
import { api } from "../session";
import { LargePicture, OriginalPicture } from "../ui/stored_picture";
import { mediaTag, VideoPlayer } from "../ui/video_player";
import { audit } from "../words/audit";
import { video } from "../words/video";
import { galleryWords as words } from "../words/visits";
import { photosOf, type Photo, type VisitFile } from "./file";
import { byRole } from "./pairs";
import { ReviewTag } from "./tags";

interface Properties {
  file: VisitFile;
  photoId: string;
  mayDecide: boolean;
  onShow: (photoId: string) => void;
  onClose: () => void;
  /** Something was decided. */
  onDone: () => void;
}

/** One photo, large, with what was found about it; the keys of the audit work here, too. */
export function LargePhoto({ file, photoId, mayDecide, onShow, onClose, onDone }: Properties) {
  const photos = byRole(photosOf(file)).flatMap((group) => group.photos).filter(({ state }) => state === "stored");
  const at = photos.findIndex(({ id }) => id === photoId);
  const photo = photos[at];
  const [asked, setAsked] = useState<"reject" | "retake" | null>(null);
  const reasons = useReasons();
  const [isComparing, setComparing] = useState(true);
  const [isFull, setFull] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const move = (steps: number) => {
    const next = photos[at + steps];
    if (!next) return;
    setFull(false);
    onShow(next.id);
  };
  const decide = async (decision: Schema<"ReviewDecision">, reason: string | null) => {
    if (!photo) return;
    setAsked(null);
    setFailure(null);
    const json = { id: crypto.randomUUID(), decision, reason, seen_decision: photo.review_decision };
    await api
      .call<"reviewPhoto">({ method: "POST", path: path`/v1/photos/${photo.id}/reviews`, json })
      .catch((error: unknown) => setFailure(failureText(error)));
    onDone();
  };
  const run = (command: (typeof KEYS)[number]["command"]) => {
    if (command === "next" || command === "previous") move(command === "next" ? 1 : -1);
    else if (command === "compare") setComparing(!isComparing);
    else if (command === "zoom") setFull(!isFull);
    else if (mayDecide && command === "approve") void decide("approve", null);
    else if (mayDecide && (command === "reject" || command === "retake")) setAsked(command);
    else return false;
    return true;
  };
  useKeys(asked === null ? run : null);
  useEffect(() => {
    // Looking is on record, so that only the very next photo is fetched before it is looked at.
    const next = photos[at + 1];
    if (next && !next.thumbnails_removed_at) picture(next.id, "medium").catch(() => undefined);
  }, [photoId]);
  if (!photo) return null;
  const other = isComparing ? counterpartOf(photo, file.visit) : null;
  const zone = file.visit.site.time_zone;
  return (
    <Dialog title={`${t(roles[photo.role])} · ${t(words.of, { number: at + 1, count: photos.length })}`} onClose={asked === null ? onClose : () => undefined}>
      <div class="visits-large">
        {isFull ? (
          photo.media === "video" ? (
            <VideoPlayer photo={photo} label={t(roles[photo.role])} />
          ) : (
            <FullPicture photo={photo} />
          )
        ) : (
          <div class="visits-pair">
            <Shown photo={photo} zone={zone} />
            {other && <Shown photo={other} zone={zone} />}
          </div>
        )}
        <div class="stack visits-large-facts">
          <p>
            <ReviewTag decision={photo.review_decision} />
          </p>
          <Findings title={t(audit.findings)} verdict={photo.verdict} findings={photo.findings} />
        </div>
        {failure && <Banner tone="fail">{failure}</Banner>}
        <div class="row visits-large-bar">
          <Button label={t(words.previous)} onClick={() => move(-1)} isDisabled={at === 0} />
          <Button label={t(words.next)} onClick={() => move(1)} isDisabled={at === photos.length - 1} />
          <Button label={t(isFull ? words.fit : photo.media === "video" ? video.play : words.full)} onClick={() => setFull(!isFull)} />
          {mayDecide && (
            <>
              <Button label={t(audit.approve)} kind="button-primary" onClick={() => void decide("approve", null)} />
              <Button label={t(audit.reject)} kind="button-danger" onClick={() => setAsked("reject")} />
              <Button label={t(words.retake)} onClick={() => setAsked("retake")} />
            </>
          )}
          <Button label={t(words.close)} onClick={onClose} />
        </div>
      </div>
      {asked && (
        <ReasonDialog
          title={t(asked === "reject" ? audit.reject : words.retake)}
          reasons={reasons}
          onCancel={() => setAsked(null)}
          onReason={(reason) => void decide(asked, reason)}
        />
      )}
    </Dialog>
  );
}

interface ButtonProperties {
  label: string;
  kind?: string;
  isDisabled?: boolean;
  onClick: () => void;
}

function Button({ label, kind = "", isDisabled, onClick }: ButtonProperties) {
  return (
    <button type="button" class={`button ${kind}`} disabled={isDisabled} onClick={onClick}>
      {label}
    </button>
  );
}

function Shown({ photo, zone }: { photo: Photo; zone: string }) {
  const caption = [t(roles[photo.role]), momentAt(photo.captured_at, zone), mediaTag(photo)].filter(Boolean).join(", ");
  return (
    <figure>
      <LargePicture photo={photo} photoId={photo.id} alt={caption} frame="visits-picture-empty" />
      <figcaption>
        {caption}
        {photo.caption && <span class="quiet"> · {photo.caption}</span>}
      </figcaption>
    </figure>
  );
}

/** The original, pixel by pixel. */
function FullPicture({ photo }: { photo: Photo }) {
  return (
    <div class="visits-full" tabIndex={0} role="group" aria-label={t(words.full)}>
      <OriginalPicture photo={photo} alt="" frame="visits-picture-empty" />
    </div>
  );
}

/** The audit's keys, in the dialog; null: a question lies over it. Escape is the dialog's own. */
function useKeys(run: ((command: (typeof KEYS)[number]["command"]) => boolean) | null): void {
  const newest = useRef(run);
  newest.current = run;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const isScrolling = event.target instanceof HTMLElement && event.target.closest(".visits-full, input, textarea") !== null;
      if (isScrolling && event.key.startsWith("Arrow")) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const command = KEYS.find(({ keys }) => keys.includes(key))?.command;
      if (command && newest.current?.(command)) event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}
