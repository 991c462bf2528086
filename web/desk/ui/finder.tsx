import { useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { shell as words } from "../words/shell";
import { Choice } from "./choice";
import { SearchField } from "./search_field";
import { useAnswer } from "./use_answer";

export interface Found {
  readonly id: string;
  readonly name: string;
}

interface Properties {
  label: string;
  /** A list that takes `q` and answers items with id and name. */
  list: "/v1/customers" | "/v1/sites" | "/v1/users";
  value: Found | null;
  onValue: (value: Found | null) => void;
  /** What the empty choice says; without it something must be chosen. */
  none?: string;
  error?: string | null;
}

const MOST = 50;

/** One thing out of a list that may be long: a search, and a choice of what it found. */
export function Finder({ label, list, value, onValue, none, error }: Properties) {
  const [text, setText] = useState("");
  const { body } = useAnswer<"listCustomers" | "listSites" | "listUsers">(list, { q: text || undefined, limit: MOST });
  const found: readonly Found[] = body?.items ?? [];
  const rest = found.filter(({ id }) => id !== value?.id);
  const options = [...(value ? [value] : []), ...rest].map(({ id, name }) => ({ value: id, label: name }));
  const choose = (id: string) => onValue([...(value ? [value] : []), ...found].find((item) => item.id === id) ?? null);
  return (
    <fieldset class="finder">
      <legend class="field-label">{label}</legend>
      <SearchField label={t(words.search)} value={text} onValue={setText} />
      <Choice label={t(words.choose)} all={none ?? (value ? undefined : "…")} options={options} value={value?.id} onValue={choose} error={error} />
    </fieldset>
  );
}
