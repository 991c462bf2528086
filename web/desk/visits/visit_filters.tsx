import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { verdictOf } from "../audit/verdicts";
import { type Route, withQuery } from "../shell/route";
import { Choice } from "../ui/choice";
import { namedOptions, type Option, teamOptions, withNamed } from "../ui/choices";
import { Day, Toolbar } from "../ui/toolbar";
import { usePages } from "../ui/use_pages";
import { audit } from "../words/audit";
import { findingTitles, otherFindingTitles } from "../words/findings";
import { shell } from "../words/shell";
import { visits as words } from "../words/visits";
import type { FilterName } from "./visit_filter";

interface Properties {
  route: Route;
  /** What is shown: an address may name a site that the choices do not hold. */
  rows: readonly Schema<"VisitSummary">[];
}

const VERDICTS: readonly Schema<"Verdict">[] = ["rejected", "needs_review", "accepted"];
const FIRST = { limit: 200 };

/** Narrows the list; what is chosen stands in the address. */
export function VisitFilters({ route, rows }: Properties) {
  const technicians = usePages<"listUsers">("/v1/users", { role: "technician", ...FIRST }).rows;
  const customers = usePages<"listCustomers">("/v1/customers", FIRST).rows;
  const sites = usePages<"listSites">("/v1/sites", FIRST).rows;
  const bind = (name: FilterName) => ({
    value: route.query.get(name) ?? "",
    onValue: (value: string) => withQuery(route, name, value),
  });
  const [row] = rows;
  const optionsOf = (name: FilterName, list: readonly { id: string; name: string }[], known: Option | undefined) =>
    withNamed(namedOptions(list), route.query.get(name), known);
  const yesNo = (yes: string, no: string): Option[] => [{ value: "true", label: yes }, { value: "false", label: no }];
  return (
    <Toolbar label={t(audit.filter)}>
      <Choice
        label={t(words.technician)}
        all={t(words.allTechnicians)}
        options={optionsOf("technician_id", technicians, row && { value: row.technician.id, label: row.technician.name })}
        {...bind("technician_id")}
      />
      <Choice label={t(words.team)} all={t(words.allTeams)} options={teamOptions(technicians, route.query.get("team"))} {...bind("team")} />
      <Choice
        label={t(words.customer)}
        all={t(words.allCustomers)}
        options={optionsOf("customer_id", customers, row && { value: row.site.customer_id, label: row.site.customer_name })}
        {...bind("customer_id")}
      />
      <Choice
        label={t(words.site)}
        all={t(words.allSites)}
        options={optionsOf("site_id", sites, row && { value: row.site.id, label: row.site.name })}
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
      <Choice label={t(words.corrected)} all={t(shell.all)} options={[{ value: "true", label: t(words.correctedYes) }]} {...bind("corrected")} />
      <Choice label={t(words.reviewed)} all={t(shell.all)} options={yesNo(t(words.reviewedYes), t(words.reviewedNo))} {...bind("reviewed")} />
    </Toolbar>
  );
}
