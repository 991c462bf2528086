import { useEffect, useId, useRef } from "preact/hooks";

interface TextAreaProperties {
  label: string;
  hint?: string;
  value: string;
  onValue: (value: string) => void;
  /** For the list of gaps to lead to. */
  place?: string;
  isWrong?: boolean;
  maxLength?: number;
  rows?: number;
}

/**
 * A plain text area that grows with its text. Nothing touches the text while it is written, so that dictation
 * and Chinese input methods are left alone.
 */
export function TextArea({ label, hint, value, onValue, place, isWrong, maxLength = 4000, rows = 2 }: TextAreaProperties) {
  const own = useId();
  const id = place ?? own;
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const area = box.current;
    if (!area) return;
    // Properties set from code are no inline styles to the content-security policy.
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 4}px`;
  }, [value]);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <textarea
        ref={box}
        id={id}
        class="field-box text-area"
        rows={rows}
        maxLength={maxLength}
        value={value}
        autocapitalize="sentences"
        aria-invalid={isWrong ? true : undefined}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
