import { useEffect, useRef, useState } from "preact/hooks";
import { byteSize, t } from "../../shared/i18n/i18n";
import { dropPhoto, noteDoubtsRead } from "../local/photos";
import type { PhotoRecord, PhotoRole } from "../local/types";
import { codeOfWarning } from "../outbox/photo_doubts";
import { roles as roleWords } from "../../shared/words/roles";
import { camera as words } from "../words/camera";
import { CameraControls, CameraTrouble } from "./camera_controls";
import { ROLES } from "./checklist";
import { PHOTO_MAX_BYTES, type Shot } from "./evidence";
import { EvidencePicture } from "./evidence_picture";
import { FileChooser } from "./file_chooser";
import { kindOf } from "./jpeg";
import { Overlay } from "./overlay";
import { QuickLook } from "./quick_look";
import { useCamera } from "./use_camera";
import { isWholeVideo, VIDEO_MAX_BYTES } from "./video";

interface Properties {
  firstRole: PhotoRole;
  /** Roles that the checklist still misses. */
  missing: ReadonlySet<PhotoRole>;
  /** How many of a role this visit has. */
  countOf: (role: PhotoRole) => number;
  workOrderId: string | null;
  /** The photo that is taken again, and why; its role is then fixed. */
  retake: { photoId: string; reason: string } | null;
  leastSide_px: number;
  /** Keeps a picture; resolves when it is durable. */
  onPicture: (shot: Shot, file: Blob) => Promise<PhotoRecord>;
  /** What the phone thinks of a picture that is kept; that takes a while on slow ones. */
  onJudge: (record: PhotoRecord, file: Blob) => Promise<PhotoRecord>;
  onClose: () => void;
}

/** A picture that is on the screen: saved, or not yet. */
interface Taken {
  readonly file: Blob;
  readonly shot: Shot;
  readonly record: PhotoRecord | null;
}

/** One that is saved. */
type Kept = Taken & { readonly record: PhotoRecord };

/**
 * The camera: every picture is saved at once, so that several can be taken quickly; a doubtful one, or the
 * last one when it is touched, is shown large, to be kept or taken again.
 */
export function CameraView(properties: Properties) {
  const { missing, countOf, retake, onPicture, onJudge, onClose } = properties;
  const live = useCamera("photo");
  const [role, setRole] = useState(properties.firstRole);
  const [working, setWorking] = useState<"" | "taking" | "saving">("");
  const [trouble, setTrouble] = useState("");
  const [last, setLast] = useState<Taken | null>(null);
  const [looking, setLooking] = useState<Kept | null>(null);
  const [savedCount, setSavedCount] = useState(0);

  const save = async (taken: Taken): Promise<void> => {
    setTrouble("");
    const isVideo = taken.shot.media === "video";
    const limit = isVideo ? VIDEO_MAX_BYTES : PHOTO_MAX_BYTES;
    if (taken.file.size > limit) {
      const values = { size: byteSize(taken.file.size), limit: byteSize(limit) };
      setTrouble(t(isVideo ? words.videoTooLarge : words.tooLarge, values));
      setWorking("");
      return;
    }
    setWorking("saving");
    try {
      const record = await onPicture(taken.shot, taken.file);
      setLast({ ...taken, record });
      setSavedCount((count) => count + 1);
      void judge({ ...taken, record });
    } catch {
      setLast({ ...taken, record: null });
      setTrouble(t(words.notSaved));
    } finally {
      setWorking("");
    }
  };
  /* The next picture can be taken meanwhile; one that is doubtful is shown as soon as that is known. */
  const judge = async (kept: Kept): Promise<void> => {
    const record = await onJudge(kept.record, kept.file).catch(() => kept.record);
    setLast((shown) => (shown?.record?.id === record.id ? { ...shown, record } : shown));
    if (record.warnings.length > 0) setLooking({ ...kept, record });
  };
  const shotNow = (): Shot => ({
    role,
    captured_at: new Date().toISOString(),
    work_order_id: properties.workOrderId,
    retake_of: retake?.photoId ?? null,
  });
  const shoot = async (): Promise<void> => {
    if (!live.camera || !live.video.current) return;
    setWorking("taking");
    const shot = shotNow();
    try {
      await save({ file: await live.camera.takePicture(live.video.current), shot, record: null });
    } catch {
      setTrouble(t(words.takeFailed));
      setWorking("");
    }
  };
  const choose = async (file: File): Promise<void> => {
    const shot = shotNow();
    const kind = await kindOf(file);
    if (kind === "jpeg") await save({ file, shot, record: null });
    else setTrouble(t(words.notJpeg, { kind: kind.toUpperCase() }));
  };
  const chooseVideo = async (file: File): Promise<void> => {
    const shot: Shot = { ...shotNow(), media: "video" };
    const kind = await kindOf(file);
    if (kind !== "video") setTrouble(t(words.notVideo, { kind: kind.toUpperCase() }));
    else if (!(await isWholeVideo(file))) setTrouble(t(words.videoCut));
    else await save({ file, shot, record: null });
  };
  const keepAsItIs = ({ record }: Kept): void => {
    setLooking(null);
    if (record.warnings.length > 0) void noteDoubtsRead(record.id, record.warnings.map(codeOfWarning));
  };
  const takeAgain = async ({ record }: Kept): Promise<void> => {
    setLooking(null);
    setRole(record.role);
    setLast((shown) => (shown?.record?.id === record.id ? null : shown));
    /* One that a check-in carries already stays: the new one comes beside it. */
    await dropPhoto(record.id).then(
      () => setSavedCount((count) => count - 1),
      () => undefined,
    );
  };

  return (
    <Overlay label={t(words.title)} onClose={onClose} isFull>
      <div class="camera">
        {retake && <p class="camera-note">{t(words.retakeOf, { reason: retake.reason })}</p>}
        <div class="camera-picture">
          <video ref={live.video} playsInline muted autoplay aria-hidden="true" hidden={!live.camera} />
          {live.problem && <CameraTrouble problem={live.problem} wayOn={t(words.wayOn)} onAgain={live.tryAgain} />}
          {!live.camera && !live.problem && <p role="status">{t(words.opening)}</p>}
          {live.camera && live.abilities && <CameraControls camera={live.camera} abilities={live.abilities} />}
        </div>
        <p class="camera-note" role="status" aria-live="polite">
          {messageOf(working, trouble, last)}
        </p>
        {trouble && last && !last.record && (
          <button class="button button-dark" type="button" onClick={() => void save(last)}>
            {t(words.saveAgain)}
          </button>
        )}
        <RoleChooser role={role} missing={missing} countOf={countOf} isFixed={retake !== null} onRole={setRole} />
        <div class="camera-bar">
          <LastPicture taken={last} count={savedCount} onLook={setLooking} />
          <button
            class="shutter"
            type="button"
            aria-label={t(words.shoot)}
            disabled={!live.camera || working !== ""}
            onClick={shoot}
          />
          <button class="button button-dark" type="button" onClick={onClose}>
            {t(words.finish)}
          </button>
        </div>
        <div class="camera-files">
          <FileChooser label={t(words.fullCamera)} onFile={choose} />
          {!retake && <FileChooser label={t(words.recordVideo)} media="video" onFile={chooseVideo} />}
        </div>
      </div>
      {looking && (
        <QuickLook
          file={looking.file}
          record={looking.record}
          leastSide_px={properties.leastSide_px}
          onKeep={() => keepAsItIs(looking)}
          onRetake={() => void takeAgain(looking)}
        />
      )}
    </Overlay>
  );
}

function messageOf(working: string, trouble: string, last: Taken | null): string {
  if (working) return t(working === "taking" ? words.taking : words.saving);
  if (trouble) return trouble;
  return last?.record ? t(words.saved, { role: t(roleWords[last.record.role]) }) : "";
}

interface RoleProperties {
  role: PhotoRole;
  missing: ReadonlySet<PhotoRole>;
  countOf: (role: PhotoRole) => number;
  isFixed: boolean;
  onRole: (role: PhotoRole) => void;
}

/** What the next photo shows. Missing ones come first and say so. */
function RoleChooser({ role, missing, countOf, isFixed, onRole }: RoleProperties) {
  /* In the order in which the camera was opened: what is touched next must not move. */
  const [offered] = useState(() =>
    isFixed ? [role] : [...ROLES].sort((a, b) => Number(missing.has(b)) - Number(missing.has(a))),
  );
  const chosen = useRef<HTMLLabelElement>(null);
  useEffect(() => chosen.current?.scrollIntoView({ block: "nearest", inline: "center" }), [role]);
  const label = (each: PhotoRole): string => {
    const name = t(roleWords[each]);
    if (missing.has(each)) return t(words.roleMissing, { role: name });
    return countOf(each) > 0 ? t(words.roleCount, { role: name, count: countOf(each) }) : name;
  };
  return (
    <fieldset class="role-chooser">
      <legend class="unseen">{t(words.roles)}</legend>
      {offered.map((each) => (
        <label class={`role ${missing.has(each) ? "role-missing" : ""}`} key={each} ref={each === role ? chosen : null}>
          <input type="radio" name="role" value={each} checked={each === role} onChange={() => onRole(each)} />
          <span>{label(each)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** The last picture, small; touched, it is shown large. */
function LastPicture({ taken, count, onLook }: { taken: Taken | null; count: number; onLook: (kept: Kept) => void }) {
  if (!taken?.record) return <span class="last-picture" />;
  const { file, shot, record } = taken;
  return (
    <button class="last-picture" type="button" onClick={() => onLook({ file, shot, record })}>
      <EvidencePicture file={file} media={record.media} alt={t(words.look)} />
      <span class="last-count">{count}</span>
    </button>
  );
}
