import { useId } from "preact/hooks";

interface Properties {
  label: string;
  /** What the empty choice says; without it there is none. */
  all?: string;
  hint?: string;
  /** What is wrong with the choice. */
  error?: string | null;
  options: readonly { readonly value: string; readonly label: string }[];
  value: string | undefined;
  onValue: (value: string) => void;
  isDisabled?: boolean;
}

/** A labelled list to choose one from. */
export function Choice({ label, all, hint, error, options, value, onValue, isDisabled }: Properties) {
  const id = useId();
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      <select
        id={id}
        class="field-box"
        value={value ?? ""}
        disabled={isDisabled}
        aria-describedby={hint || error ? `${id}-note` : undefined}
        aria-invalid={error ? true : undefined}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {all !== undefined && <option value="">{all}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {(error || hint) && (
        <p class={error ? "field-error" : "field-hint"} id={`${id}-note`} role={error ? "alert" : undefined}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
