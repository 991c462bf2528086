import { useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { SearchField } from "../ui/search_field";
import { Choice } from "../ui/choice";
import { type QueryValues, useAnswer } from "../ui/use_answer";
import { shell } from "../words/shell";
import { work as words } from "../words/work";

export interface Named {
  readonly id: string;
  readonly name: string;
}

interface Properties {
  label: string;
  add: string;
  list: "/v1/sites" | "/v1/users";
  /** What else the list is asked for. */
  query?: QueryValues;
  chosen: readonly Named[];
  onChosen: (chosen: readonly Named[]) => void;
  error?: string | null;
}

const MOST = 50;

/** Several things out of a list that may be long: a search adds one, a button takes one out. */
export function ManyFinder({ label, add, list, query = {}, chosen, onChosen, error }: Properties) {
  const [text, setText] = useState("");
  const { body } = useAnswer<"listSites" | "listUsers">(list, { ...query, q: text || undefined, limit: MOST });
  const found: readonly Named[] = body?.items ?? [];
  const rest = found.filter(({ id }) => !chosen.some((one) => one.id === id));
  const take = (id: string) => {
    const one = rest.find((known) => known.id === id);
    if (one) onChosen([...chosen, { id: one.id, name: one.name }]);
  };
  return (
    <fieldset class="work-many">
      <legend class="field-label">{label}</legend>
      <ul class="work-chosen">
        {chosen.map((one) => (
          <li key={one.id}>
            {one.name}
            <button type="button" class="work-chip" aria-label={t(words.remove, { name: one.name })} onClick={() => onChosen(chosen.filter(({ id }) => id !== one.id))}>
              ×
            </button>
          </li>
        ))}
      </ul>
      <div class="row">
        <SearchField label={t(shell.search)} value={text} onValue={setText} />
        <Choice label={add} all="…" options={rest.map(({ id, name }) => ({ value: id, label: name }))} value="" onValue={take} error={error} />
      </div>
    </fieldset>
  );
}
