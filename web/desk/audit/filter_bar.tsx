import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { type Route, withQuery } from "../shell/route";
import { Choice } from "../ui/choice";
import { namedOptions, teamOptions, withNamed } from "../ui/choices";
import { NameFilter } from "../ui/name_filter";
import { Day, Toolbar } from "../ui/toolbar";
import { usePages } from "../ui/use_pages";
import { audit as words } from "../words/audit";
import { findingTitles } from "../words/findings";
import { DECIDED } from "./filter";
import { useWayBack } from "./way_back";
import { verdictOf } from "./verdicts";

const VERDICTS: readonly Schema<"Verdict">[] = ["rejected", "needs_review", "accepted"];

const DECISIONS = { approve: "approved", reject: "rejected", retake: "retakeAsked" } as const;

interface Properties {
  route: Route;
  /** Somebody is done with a filter and wants to go on with the photo. */
  onLeave: () => void;
}

/** Narrows the queue; what is chosen stands in the address. */
export function FilterBar({ route, onLeave }: Properties) {
  const technicians = usePages<"listUsers">("/v1/users", { role: "technician", limit: 200 }).rows;
  const { listeners, chosen } = useWayBack(onLeave);
  const bind = (name: string) => ({
    value: route.query.get(name) ?? "",
    onValue: (value: string) => {
      withQuery(route, name, value);
      chosen();
    },
  });
  const verdicts = VERDICTS.map((verdict) => ({ value: verdict, label: t(verdictOf(verdict).word) }));
  const findings = Object.entries(findingTitles).map(([value, word]) => ({ value, label: t(word) }));
  const reviewed = [{ value: "true", label: t(words.wasReviewed) }, { value: "all", label: t(words.everyPhoto) }];
  const decisions = DECIDED.map((value) => ({ value, label: t(words[DECISIONS[value]]) }));
  const isAll = route.query.get("reviewed") === "all";
  return (
    <Toolbar label={t(words.filter)} attributes={listeners}>
      <Choice label={t(words.state)} all={t(words.waiting)} options={reviewed} {...bind("reviewed")} />
      <Choice label={t(words.verdict)} all={t(words.allVerdicts)} options={verdicts} {...bind("verdict")} />
      <Choice label={t(words.finding)} all={t(words.allFindings)} options={findings} {...bind("finding")} />
      <Choice
        label={t(words.technician)}
        all={t(words.allTechnicians)}
        options={withNamed(namedOptions(technicians), route.query.get("technician_id"))}
        {...bind("technician_id")}
      />
      {isAll && <Choice label={t(words.team)} all={t(words.allTeams)} options={teamOptions(technicians, route.query.get("team"))} {...bind("team")} />}
      <NameFilter label={t(words.customer)} all={t(words.allCustomers)} list="/v1/customers" {...bind("customer_id")} />
      <NameFilter
        label={t(words.site)}
        all={t(words.allSites)}
        list="/v1/sites"
        query={{ customer_id: route.query.get("customer_id") ?? undefined }}
        {...bind("site_id")}
      />
      {isAll && <Choice label={t(words.decision)} all={t(words.anyDecision)} options={decisions} {...bind("decision")} />}
      <Day label={t(words.from)} {...bind(isAll ? "first_day" : "from")} />
      <Day label={t(words.to)} {...bind(isAll ? "last_day" : "to")} />
    </Toolbar>
  );
}
