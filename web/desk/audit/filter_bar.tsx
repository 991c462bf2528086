import { useEffect, useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { api } from "../session";
import { type Route, withQuery } from "../shell/route";
import { Choice } from "../ui/choice";
import { Day, Toolbar } from "../ui/toolbar";
import { audit as words } from "../words/audit";
import { findingTitles } from "../words/findings";
import { verdictOf } from "./verdicts";

const VERDICTS: readonly Schema<"Verdict">[] = ["rejected", "needs_review", "accepted"];

interface Named {
  id: string;
  name: string;
}

/** Narrows the queue; what is chosen stands in the address. */
export function FilterBar({ route }: { route: Route }) {
  const { technicians, sites } = useChoices();
  const bind = (name: string) => ({
    value: route.query.get(name) ?? "",
    onValue: (value: string) => withQuery(route, name, value),
  });
  const named = (list: readonly Named[]) => list.map(({ id, name }) => ({ value: id, label: name }));
  const verdicts = VERDICTS.map((verdict) => ({ value: verdict, label: t(verdictOf(verdict).word) }));
  const findings = Object.entries(findingTitles).map(([value, word]) => ({ value, label: t(word) }));
  return (
    <Toolbar label={t(words.filter)}>
      <Choice label={t(words.verdict)} all={t(words.allVerdicts)} options={verdicts} {...bind("verdict")} />
      <Choice label={t(words.finding)} all={t(words.allFindings)} options={findings} {...bind("finding")} />
      <Choice
        label={t(words.technician)}
        all={t(words.allTechnicians)}
        options={named(technicians)}
        {...bind("technician_id")}
      />
      <Choice label={t(words.site)} all={t(words.allSites)} options={named(sites)} {...bind("site_id")} />
      <Day label={t(words.from)} {...bind("from")} />
      <Day label={t(words.to)} {...bind("to")} />
    </Toolbar>
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
