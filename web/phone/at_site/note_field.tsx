import { useEffect, useId, useRef, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { atSite as words } from "../words/at_site";

interface Properties {
  /** The note as it is stored when the field is shown first. */
  initial: string;
  /** Stores the note; resolves when it is durable. */
  onKeep: (note: string) => Promise<unknown>;
}

const PAUSE_MS = 600;
const NOTE_MAX = 4000;

/**
 * A text that is kept while it is written. The field is never set from outside while it is used: setting it
 * would break off dictation and the composing of Chinese characters. What is being composed is kept when the
 * composing ends.
 */
export function NoteField({ initial, onKeep }: Properties) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const timer = useRef(0);
  const kept = useRef(initial);
  const [isKept, setKept] = useState(false);

  const keep = (): void => {
    clearTimeout(timer.current);
    const note = field.current?.value;
    if (note === undefined || note === kept.current) return;
    kept.current = note;
    void onKeep(note).then(
      () => setKept(true),
      () => {
        kept.current = "\0"; // what is stored is not known: try again with the next letter
      },
    );
  };
  const change = (event: InputEvent): void => {
    setKept(false);
    clearTimeout(timer.current);
    if (!event.isComposing) timer.current = window.setTimeout(keep, PAUSE_MS);
  };
  const latest = useRef(keep);
  latest.current = keep;
  useEffect(() => {
    /* Preact would listen for "CompositionEnd", which no browser knows. */
    const composed = (): void => {
      timer.current = window.setTimeout(() => latest.current(), PAUSE_MS);
    };
    const element = field.current;
    element?.addEventListener("compositionend", composed);
    return () => {
      element?.removeEventListener("compositionend", composed);
      latest.current();
    };
  }, []);

  return (
    <div class="field">
      <label class="field-label" for={id}>
        {t(words.note)}
      </label>
      <textarea
        ref={field}
        id={id}
        class="field-box"
        rows={3}
        maxLength={NOTE_MAX}
        defaultValue={initial}
        aria-describedby={`${id}-hint`}
        onInput={change}
        onBlur={keep}
      />
      <p class="field-hint" id={`${id}-hint`}>
        {t(words.noteHint)}
      </p>
      <p class="field-hint" role="status">
        {isKept ? t(words.noteSaved) : ""}
      </p>
    </div>
  );
}
