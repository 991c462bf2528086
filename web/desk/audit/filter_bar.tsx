import { useEffect, useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { api } from "../session";
import { audit as words } from "../words/audit";
import { findingTitles } from "../words/findings";
import { type Filter, startOfDay, withFilter } from "./filter";
import { verdictOf } from "./verdicts";

const VERDICTS: readonly Schema<"Verdict">[] = ["rejected", "needs_review", "accepted"];

interface Named {
  id: string;
  name: string;
}

export function FilterBar({ filter, onFilter }: { filter: Filter; onFilter: (filter: Filter) => void }) {
  const { technicians, sites } = useChoices();
  const [days, setDays] = useState({ from: "", to: "" });
  const set = (name: keyof Filter) => (value: string) => onFilter(withFilter(filter, name, value));
  const setDay = (name: "from" | "to", day: string) => {
    setDays({ ...days, [name]: day });
    onFilter(withFilter(filter, name, startOfDay(day, name === "to" ? 1 : 0)));
  };
  const named = (list: readonly Named[]) => list.map(({ id, name }) => ({ value: id, label: name }));
  const verdicts = VERDICTS.map((verdict) => ({ value: verdict, label: t(verdictOf(verdict).word) }));
  const findings = Object.entries(findingTitles).map(([value, word]) => ({ value, label: t(word) }));
  return (
    <form class="desk-filter" role="search" aria-label={t(words.filter)} onSubmit={(event) => event.preventDefault()}>
      <Choice label={t(words.verdict)} all={t(words.allVerdicts)} options={verdicts} value={filter.verdict} onValue={set("verdict")} />
      <Choice label={t(words.finding)} all={t(words.allFindings)} options={findings} value={filter.finding} onValue={set("finding")} />
      <Choice
        label={t(words.technician)}
        all={t(words.allTechnicians)}
        options={named(technicians)}
        value={filter.technician_id}
        onValue={set("technician_id")}
      />
      <Choice label={t(words.site)} all={t(words.allSites)} options={named(sites)} value={filter.site_id} onValue={set("site_id")} />
      <Day label={t(words.from)} value={days.from} onValue={(day) => setDay("from", day)} />
      <Day label={t(words.to)} value={days.to} onValue={(day) => setDay("to", day)} />
    </form>
  );
}

interface ChoiceProperties {
  label: string;
  all: string;
  options: readonly { value: string; label: string }[];
  value: string | undefined;
  onValue: (value: string) => void;
}

function Choice({ label, all, options, value, onValue }: ChoiceProperties) {
  return (
    <label class="desk-choice">
      <span class="small">{label}</span>
      <select class="field-box" value={value ?? ""} onChange={(event) => onValue(event.currentTarget.value)}>
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

function Day({ label, value, onValue }: { label: string; value: string; onValue: (day: string) => void }) {
  return (
    <label class="desk-choice">
      <span class="small">{label}</span>
      <input type="date" class="field-box" value={value} onChange={(event) => onValue(event.currentTarget.value)} />
    </label>
  );
}

/** Technicians and sites to choose from: as many as a list holds. */
function useChoices(): { technicians: readonly Named[]; sites: readonly Named[] } {
  const [choices, setChoices] = useState<{ technicians: Named[]; sites: Named[] }>({ technicians: [], sites: [] });
  useEffect(() => {
    const users = api.call<"listUsers">({ method: "GET", path: "/v1/users", query: { role: "technician", limit: 200 } });
    const sites = api.call<"listSites">({ method: "GET", path: "/v1/sites", query: { limit: 200 } });
    Promise.all([users, sites])
      .then(([{ body: people }, { body: places }]) => setChoices({ technicians: people.items, sites: places.items }))
      .catch(() => undefined); // the other filters work without
  }, []);
  return choices;
}
