import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { verdictOf } from "../audit/verdicts";
import { goTo, type Route, withQuery } from "../shell/route";
import { Choice } from "../ui/choice";
import { namedOptions, type Option, teamOptions, withNamed } from "../ui/choices";
import { NameFilter } from "../ui/name_filter";
import { Day, Toolbar } from "../ui/toolbar";
import { usePages } from "../ui/use_pages";
import { audit } from "../words/audit";
import { findingTitles, otherFindingTitles } from "../words/findings";
import { shell } from "../words/shell";
import { visits as words } from "../words/visits";
import { type FilterName, withCorrection } from "./visit_filter";

interface Properties {
  route: Route;
  /** What is shown: an address may name a technician whom the choices do not hold. */
  rows: readonly Schema<"VisitSummary">[];
}

const VERDICTS: readonly Schema<"Verdict">[] = ["rejected", "needs_review", "accepted"];

/** Narrows the list; what is chosen stands in the address. */
export function VisitFilters({ route, rows }: Properties) {
  const technicians = usePages<"listUsers">("/v1/users", { role: "technician", limit: 200 }).rows;
  const bind = (name: FilterName) => ({
    value: route.query.get(name) ?? "",
    onValue: (value: string) => withQuery(route, name, value),
  });
  const [row] = rows;
  const yesNo = (yes: string, no: string): Option[] => [{ value: "true", label: yes }, { value: "false", label: no }];
  return (
    <Toolbar label={t(audit.filter)}>
      <Choice
        label={t(words.technician)}
        all={t(words.allTechnicians)}
        options={withNamed(namedOptions(technicians), route.query.get("technician_id"), row && { value: row.technician.id, label: row.technician.name })}
        {...bind("technician_id")}
      />
      <Choice label={t(words.team)} all={t(words.allTeams)} options={teamOptions(technicians, route.query.get("team"))} {...bind("team")} />
      <NameFilter label={t(words.customer)} all={t(words.allCustomers)} list="/v1/customers" {...bind("customer_id")} />
      <NameFilter
        label={t(words.site)}
        all={t(words.allSites)}
        list="/v1/sites"
        query={{ customer_id: route.query.get("customer_id") ?? undefined }}
        {...bind("site_id")}
      />
      <Day label={t(words.firstDay)} {...bind("first_day")} />
      <Day label={t(words.lastDay)} {...bind("last_day")} />
      <Choice
        label={t(audit.verdict)}
        all={t(audit.allVerdicts)}
        options={VERDICTS.map((verdict) => ({ value: verdict, label: t(verdictOf(verdict).word) }))}
        {...bind("verdict")}
      />
      <Choice
        label={t(audit.finding)}
        all={t(audit.allFindings)}
        options={Object.entries({ ...otherFindingTitles, ...findingTitles }).map(([value, word]) => ({ value, label: t(word) }))}
        {...bind("finding")}
      />
      <Choice label={t(words.signedFilter)} all={t(shell.all)} options={yesNo(t(words.signed), t(words.unsigned))} {...bind("signed")} />
      <Choice
        label={t(words.concern)}
        all={t(shell.all)}
        options={[
          { value: "any", label: t(words.concernAny) },
          { value: "complaint", label: t(words.concernComplaint) },
          { value: "disputed", label: t(words.disputed) },
          { value: "low_rating", label: t(words.concernLow) },
        ]}
        {...bind("concern")}
      />
      <Choice
        label={t(words.corrected)}
        all={t(shell.all)}
        options={[{ value: "open", label: t(words.correctionOpen) }, { value: "true", label: t(words.correctedYes) }]}
        value={route.query.get("correction") ?? route.query.get("corrected") ?? ""}
        onValue={(value) => goTo(route.section, route.parts, withCorrection(route.query, value), { replace: true })}
      />
      <Choice label={t(words.reviewed)} all={t(shell.all)} options={yesNo(t(words.reviewedYes), t(words.reviewedNo))} {...bind("reviewed")} />
    </Toolbar>
  );
}
