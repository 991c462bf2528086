import type { ComponentChildren, JSX } from "preact";
import { t } from "../../shared/i18n/i18n";
import { shell as words } from "../words/shell";

interface Properties {
  label?: string;
  attributes?: Omit<JSX.HTMLAttributes<HTMLFormElement>, "class">;
  children: ComponentChildren;
}

/** The filters of a list, in one line where there is room. */
export function Toolbar({ label, attributes, children }: Properties) {
  return (
    <form {...attributes} class="desk-filter" role="search" aria-label={label ?? t(words.filters)} onSubmit={(event) => event.preventDefault()}>
      {children}
    </form>
  );
}

/** A day to choose: 2026-11-20, or "" for none. */
export function Day({ label, value, onValue }: { label: string; value: string; onValue: (day: string) => void }) {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <input type="date" class="field-box" value={value} onChange={(event) => onValue(event.currentTarget.value)} />
    </label>
  );
}
