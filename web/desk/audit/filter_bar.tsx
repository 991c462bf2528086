import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { type Route, withQuery } from "../shell/route";
import { Choice } from "../ui/choice";
import { NameFilter } from "../ui/name_filter";
import { Day, Toolbar } from "../ui/toolbar";
import { usePages } from "../ui/use_pages";
import { audit as words } from "../words/audit";
import { findingTitles } from "../words/findings";
import { verdictOf } from "./verdicts";

const VERDICTS: readonly Schema<"Verdict">[] = ["rejected", "needs_review", "accepted"];

/** Narrows the queue; what is chosen stands in the address. */
export function FilterBar({ route }: { route: Route }) {
  const technicians = usePages<"listUsers">("/v1/users", { role: "technician", limit: 200 }).rows;
  const bind = (name: string) => ({
    value: route.query.get(name) ?? "",
    onValue: (value: string) => withQuery(route, name, value),
  });
  const verdicts = VERDICTS.map((verdict) => ({ value: verdict, label: t(verdictOf(verdict).word) }));
  const findings = Object.entries(findingTitles).map(([value, word]) => ({ value, label: t(word) }));
  const reviewed = [{ value: "true", label: t(words.wasReviewed) }];
  return (
    <Toolbar label={t(words.filter)}>
      <Choice label={t(words.state)} all={t(words.waiting)} options={reviewed} {...bind("reviewed")} />
      <Choice label={t(words.verdict)} all={t(words.allVerdicts)} options={verdicts} {...bind("verdict")} />
      <Choice label={t(words.finding)} all={t(words.allFindings)} options={findings} {...bind("finding")} />
      <Choice
        label={t(words.technician)}
        all={t(words.allTechnicians)}
        options={technicians.map(({ id, name }) => ({ value: id, label: name }))}
        {...bind("technician_id")}
      />
      <NameFilter label={t(words.customer)} all={t(words.allCustomers)} list="/v1/customers" {...bind("customer_id")} />
      <NameFilter
        label={t(words.site)}
        all={t(words.allSites)}
        list="/v1/sites"
        query={{ customer_id: route.query.get("customer_id") ?? undefined }}
        {...bind("site_id")}
      />
      <Day label={t(words.from)} {...bind("from")} />
      <Day label={t(words.to)} {...bind("to")} />
    </Toolbar>
  );
}
