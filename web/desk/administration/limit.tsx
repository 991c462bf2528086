import { useId } from "preact/hooks";
import { languageTag, t } from "../../shared/i18n/i18n";
import { policy as words } from "../words/policy";
import { thresholdMeanings, thresholdTitles, units } from "../words/thresholds";
import { limitOf } from "./policy_change";
import type { Threshold } from "./thresholds";

interface Properties {
  threshold: Threshold;
  stored: number;
  /** Undefined: not touched. */
  typed: string | undefined;
  error: string | null;
  onTyped: (typed: string) => void;
}

const figure = (value: number) => new Intl.NumberFormat(languageTag()).format(value);

/** One limit of the policy: what it is, its unit, its range, and what it means. Empty: as delivered. */
export function Limit({ threshold, stored, typed, error, onTyped }: Properties) {
  const id = useId();
  const { name, unit, min, max, standard } = threshold;
  const isChanged = typed !== undefined && limitOf(typed) !== stored;
  return (
    <div class={`card field ${isChanged ? "administration-changed" : ""}`}>
      <label class="field-label" for={id}>
        {t(thresholdTitles[name])}
      </label>
      <span class="administration-limit-box">
        <input
          id={id}
          class="field-box"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          value={typed ?? String(stored)}
          placeholder={String(standard)}
          aria-describedby={`${id}-range ${id}-meaning${error ? ` ${id}-error` : ""}`}
          aria-invalid={error ? true : undefined}
          onInput={(event) => onTyped(event.currentTarget.value)}
        />
        <span>{t(units[unit])}</span>
      </span>
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      <p class="field-hint" id={`${id}-range`}>
        {t(words.range, { min: figure(min), max: figure(max), standard: figure(standard) })}
      </p>
      <p class="small" id={`${id}-meaning`}>
        {t(thresholdMeanings[name])}
      </p>
    </div>
  );
}
