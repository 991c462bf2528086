import { useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { currentLanguage, isoDayOf, languageTag, t } from "../../shared/i18n/i18n";
import { failureText } from "../failure_text";
import { saveFile } from "../save_file";
import { type Route, withQuery } from "../shell/route";
import type { PageProperties } from "../shell/sections";
import { Choice } from "../ui/choice";
import { DataTable } from "../ui/data_table";
import { Page } from "../ui/page";
import { Day, Toolbar } from "../ui/toolbar";
import { useAnswer } from "../ui/use_answer";
import { findingTitles, otherFindingTitles } from "../words/findings";
import { figures as figureWords, reports as words } from "../words/reports";
import { daysOf, type Period, PERIODS } from "./period";

const BY = ["technician", "team", "site", "customer", "day", "week"] as const;
const COLUMNS = {
  evidence: [
    "visits", "photos", "photos_accepted", "photos_needs_review", "photos_rejected", "photos_approved", "photos_refused",
    "photos_retake", "checklist_incomplete", "sent_late",
  ],
  service: [
    "visits", "median_minutes", "p90_minutes", "time_on_site_short", "trip_minutes", "trip_km", "first_time_fix_percent",
    "windows_early", "windows_late", "ratings", "mean_stars",
  ],
} as const;

type Kind = keyof typeof COLUMNS;
type Row = Schema<"EvidenceReport">["rows"][number] | Schema<"ServiceReport">["rows"][number];

/** What the address asks for. */
function asked(route: Route, timeZone: string) {
  const get = (name: string) => route.query.get(name) ?? "";
  const kind: Kind = get("report") === "service" ? "service" : "evidence";
  const period = PERIODS.find((one) => one === get("period")) ?? "thisWeek";
  const by = BY.find((one) => one === get("by")) ?? "technician";
  const week = daysOf("thisWeek", isoDayOf(new Date(), timeZone));
  const days = period === "custom" ? { from: get("from") || week.from, to: get("to") || week.to } : daysOf(period, isoDayOf(new Date(), timeZone));
  return { kind, period: period satisfies Period, query: { ...days, by } };
}

/** #/reports?report=…&period=…&by=…: what the days of a period add up to. */
export default function ReportsPage({ person, route }: PageProperties) {
  const { kind, period, query } = asked(route, person.organisation.time_zone);
  const path = `/v1/reports/${kind}`;
  const { body, failure } = useAnswer<"getEvidenceReport" | "getServiceReport">(path, query);
  const [problem, setProblem] = useState<string | null>(null);
  const set = (name: string) => (value: string) => withQuery(route, name, value);
  const save = () =>
    saveFile(`${path}?${new URLSearchParams(query).toString()}`, `${kind}-${query.from}-${query.to}.csv`, {
      Accept: "text/csv", "Accept-Language": languageTag(currentLanguage()),
    }).then(() => setProblem(null), (error: unknown) => setProblem(failureText(error)));
  const total = body ? [{ id: null, name: t(words.total), starts_on: null, figures: body.total } as Row] : [];
  return (
    <Page title={t(words.title)} actions={<button type="button" class="button" onClick={save}>{t(words.csv)}</button>}>
      <Toolbar>
        <Choice label={t(words.report)} options={[{ value: "evidence", label: t(words.evidence) }, { value: "service", label: t(words.service) }]} value={kind} onValue={set("report")} />
        <Choice label={t(words.period)} options={PERIODS.map((one) => ({ value: one, label: t(words[one]) }))} value={period} onValue={set("period")} />
        {period === "custom" && <Day label={t(words.from)} value={query.from} onValue={set("from")} />}
        {period === "custom" && <Day label={t(words.to)} value={query.to} onValue={set("to")} />}
        <Choice label={t(words.by)} options={BY.map((one) => ({ value: one, label: t(words[one]) }))} value={query.by} onValue={set("by")} />
      </Toolbar>
      {(failure ?? problem) && <p class="field-error" role="alert">{failure ?? problem}</p>}
      {body && (
        <DataTable
          caption={t(words[kind])}
          rows={[...(body.rows as Row[]), ...total]}
          keyOf={(row) => row.id ?? row.starts_on ?? row.name ?? ""}
          columns={[
            { name: t(words[query.by]), cell: (row) => row.starts_on ?? row.name ?? t(words.noTeam) },
            ...COLUMNS[kind].map((name) => ({
              name: t(figureWords[name]), isNumber: true,
              cell: (row: Row) => (row.figures as unknown as Record<string, number | null>)[name] ?? "–",
            })),
          ]}
        />
      )}
      {body && body.rows_left_off > 0 && <p class="quiet">{t(words.leftOff, { count: body.rows_left_off })}</p>}
      {body && "findings" in body.total && (
        <section>
          <h2>{t(words.findings)}</h2>
          <DataTable
            caption={t(words.findings)}
            rows={body.total.findings}
            keyOf={(row) => row.code}
            columns={[
              { name: t(words.finding), cell: (row) => t({ ...otherFindingTitles, ...findingTitles }[row.code]) },
              { name: t(figureWords.photos), isNumber: true, cell: (row) => row.photos },
              { name: t(figureWords.visits), isNumber: true, cell: (row) => row.visits },
            ]}
          />
        </section>
      )}
    </Page>
  );
}
