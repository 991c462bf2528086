import { useEffect, useRef, useState } from "preact/hooks";
import SignaturePad from "signature_pad";
import { type Language, languageTag, t } from "../../shared/i18n/i18n";
import { sign as words } from "../words/sign";
import { isSignature, lastMsOf, padLinesOf, type Strokes, strokesOf } from "./strokes";

interface PadProperties {
  language: Language;
  name: string;
  strokes: Strokes | null;
  /** Hears of every stroke as it ends, so that it can be kept at once. */
  onStrokes: (strokes: Strokes | null) => void;
  onClose: () => void;
}

/** The whole screen to sign on, upright or lying. Every stroke is handed on when the finger lifts. */
export function SignaturePadDialog({ language, name, strokes, onStrokes, onClose }: PadProperties) {
  const dialog = useRef<HTMLDialogElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const newest = useRef(strokes);
  const hearStrokes = useRef(onStrokes);
  hearStrokes.current = onStrokes;
  const [isTooShort, setTooShort] = useState(false);

  useEffect(() => {
    const box = canvas.current;
    if (!box) return;
    dialog.current?.showModal();
    const made = new SignaturePad(box, { penColor: "#0b1f4d", minWidth: 1.2, maxWidth: 3.4, minDistance: 2, throttle: 0 });
    pad.current = made;
    const keep = () => {
      newest.current = strokesOf(made.toData(), box.clientWidth, box.clientHeight);
      setTooShort(false);
      hearStrokes.current(newest.current);
    };
    made.addEventListener("endStroke", keep);
    /** The canvas has the screen's own pixels; a turned phone gets the strokes fitted into the new box. */
    const fit = () => {
      const ratio = Math.max(1, devicePixelRatio);
      box.width = Math.round(box.clientWidth * ratio);
      box.height = Math.round(box.clientHeight * ratio);
      box.getContext("2d")?.scale(ratio, ratio);
      drawAnew(made, newest.current, box);
    };
    fit();
    const watcher = new ResizeObserver(fit);
    watcher.observe(box);
    return () => {
      watcher.disconnect();
      made.removeEventListener("endStroke", keep);
      made.off();
    };
  }, []);

  const replace = (next: Strokes | null) => {
    newest.current = next;
    if (pad.current && canvas.current) drawAnew(pad.current, next, canvas.current);
    hearStrokes.current(next);
  };
  const undo = () => {
    const { current } = newest;
    const lines = current?.lines.slice(0, -1) ?? [];
    replace(current && lines.length > 0 ? { ...current, lines } : null);
  };
  const done = () => (isSignature(newest.current) ? onClose() : setTooShort(true));
  const say = (word: (typeof words)[keyof typeof words]) => t(word, {}, language);
  return (
    <dialog
      ref={dialog}
      class="pad-dialog"
      lang={languageTag(language)}
      aria-label={say(words.signature)}
      onClose={onClose}
    >
      <p class="pad-head">
        <strong>{name}</strong> <span>{say(words.padHint)}</span>
      </p>
      <canvas ref={canvas} class="pad-canvas" role="img" aria-label={say(words.padLabel)} />
      {isTooShort && (
        <p class="field-error pad-error" role="alert">
          {say(words.tooShort)}
        </p>
      )}
      <div class="pad-buttons">
        <button type="button" class="button" onClick={undo}>
          {say(words.undo)}
        </button>
        <button type="button" class="button" onClick={() => replace(null)}>
          {say(words.clear)}
        </button>
        <button type="button" class="button button-primary" onClick={done}>
          {say(words.padDone)}
        </button>
      </div>
    </dialog>
  );
}

function drawAnew(pad: SignaturePad, strokes: Strokes | null, box: HTMLCanvasElement): void {
  pad.clear();
  if (!strokes) return;
  const beganAtMs = Date.now() - lastMsOf(strokes);
  const style = {
    penColor: pad.penColor,
    minWidth: pad.minWidth,
    maxWidth: pad.maxWidth,
    dotSize: pad.dotSize,
    velocityFilterWeight: pad.velocityFilterWeight,
    compositeOperation: pad.compositeOperation,
  };
  const lines = padLinesOf(strokes, box.clientWidth, box.clientHeight, beganAtMs);
  pad.fromData(lines.map((line) => ({ ...style, ...line })));
}
