import { t } from "../../shared/i18n/i18n";
import { type Route, withQuery } from "../shell/route";
import { Choice } from "../ui/choice";
import { namedOptions, teamOptions, withNamed } from "../ui/choices";
import { NameFilter } from "../ui/name_filter";
import { Day, Toolbar } from "../ui/toolbar";
import { useAnswer } from "../ui/use_answer";
import { reports as words } from "../words/reports";
import { type Asked, GROUPS } from "./asked";
import { PERIODS } from "./period";

/** What is asked for; all of it stands in the address. */
export function ReportFilters({ route, asked }: { route: Route; asked: Asked }) {
  const technicians = useAnswer<"listUsers">("/v1/users", { role: "technician", limit: 200 }).body?.items ?? [];
  const set = (name: string) => (value: string) => withQuery(route, name, value);
  const { kind, period, days, by, filters } = asked;
  return (
    <Toolbar>
      <Choice label={t(words.report)} options={(["evidence", "service"] as const).map((value) => ({ value, label: t(words[value]) }))} value={kind} onValue={set("report")} />
      <Choice label={t(words.period)} options={PERIODS.map((value) => ({ value, label: t(words[value]) }))} value={period} onValue={set("period")} />
      {period === "custom" && <Day label={t(words.from)} value={days.from} onValue={set("from")} />}
      {period === "custom" && <Day label={t(words.to)} value={days.to} onValue={set("to")} />}
      <Choice label={t(words.by)} options={GROUPS.map((value) => ({ value, label: t(words[value]) }))} value={by} onValue={set("by")} />
      <Choice
        label={t(words.technician)}
        all={t(words.allTechnicians)}
        options={withNamed(namedOptions(technicians), filters.technician_id ?? null)}
        value={filters.technician_id ?? ""}
        onValue={set("technician_id")}
      />
      <Choice label={t(words.team)} all={t(words.allTeams)} options={teamOptions(technicians, filters.team ?? null)} value={filters.team ?? ""} onValue={set("team")} />
      <NameFilter label={t(words.customer)} all={t(words.allCustomers)} list="/v1/customers" value={filters.customer_id ?? ""} onValue={set("customer_id")} />
      <NameFilter
        label={t(words.site)}
        all={t(words.allSites)}
        list="/v1/sites"
        query={{ customer_id: filters.customer_id }}
        value={filters.site_id ?? ""}
        onValue={set("site_id")}
      />
    </Toolbar>
  );
}
