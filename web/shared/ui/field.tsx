import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface FieldProperties {
  label: string;
  hint?: string;
  /** What is wrong with the value. */
  error?: string | null;
  value: string;
  onValue: (value: string) => void;
  /** Lines of a longer text; without it, one line. */
  lines?: number;
  attributes?: JSX.InputHTMLAttributes<HTMLInputElement>;
}

/** A labelled text field: plain `input` and `textarea`, so that the keyboard's dictation works. */
export function Field({ label, hint, error, value, onValue, lines, attributes }: FieldProperties) {
  const id = useId();
  const notes = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  const shared = {
    id,
    value,
    class: "field-box",
    "aria-describedby": notes,
    "aria-invalid": error ? true : undefined,
    onInput: (event: JSX.TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) => onValue(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {lines ? (
        <textarea {...shared} rows={lines} maxLength={attributes?.maxLength} />
      ) : (
        <input type="text" {...attributes} {...shared} />
      )}
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
