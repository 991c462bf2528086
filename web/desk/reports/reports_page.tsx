import "./reports.css";
import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { currentLanguage, isoDayOf, languageTag, t } from "../../shared/i18n/i18n";
import { failureText } from "../failure_text";
import { saveFile } from "../save_file";
import { type Route, withQuery } from "../shell/route";
import type { PageProperties } from "../shell/page_properties";
import { Choice } from "../ui/choice";
import { DataTable } from "../ui/data_table";
import { Page } from "../ui/page";
import { desk } from "../words/desk";
import { findingTitle } from "../words/findings";
import { charts, columnTitle, reports as words } from "../words/reports";
import { type Asked, askedOf, type By, pathOf, queryOf, stepOf } from "./asked";
import { ChartFigure } from "./chart";
import { percentText } from "./drawing";
import { ReportFilters } from "./filters";
import { hrefOfFinding, type Scope, scopeOf } from "./links";
import { type EvidenceFigures, measuresOf, type Row, worstFirst } from "./measures";
import { findingsDrawing, measureTitle, mostFirst, rankingDrawing, rowTitle } from "./ranking";
import { LinkedNumber, ReportTable, totalLine } from "./report_table";
import { qualityDrawing, serviceDrawings, stepsOf } from "./trend";
import { type Shown, useReport } from "./use_report";

/** #/reports?report=…&period=…&by=…: what the days of a period add up to, drawn and in tables. */
export default function ReportsPage({ person, route }: PageProperties) {
  const today = isoDayOf(new Date(), person.organisation.time_zone);
  const asked = askedOf(route.query, today);
  const { shown, failure, isLoading } = useReport(asked);
  return (
    <Page title={t(words.title)} status={isLoading ? t(desk.loading) : t(words.days, { ...asked.days })}>
      <ReportFilters route={route} asked={asked} />
      {failure && <p class="field-error" role="alert">{failure}</p>}
      {shown && (
        <div class="reports" aria-busy={isLoading}>
          <Trend shown={shown} today={today} />
          {shown.groups && <Groups shown={shown} rows={shown.groups.rows as Row[]} route={route} />}
          {"findings" in shown.trend.total && <Findings figures={shown.trend.total} scope={totalScope(shown)} />}
          <p class="quiet small">{t(words.links)}</p>
        </div>
      )}
    </Page>
  );
}

const totalScope = ({ asked }: Shown): Scope => ({ ...asked.days, filters: asked.filters });

/** The heading of a part, and its table as a file. */
function Heading({ title, asked, by }: { title: string; asked: Asked; by: By }) {
  const [failure, setFailure] = useState<string | null>(null);
  const query = Object.entries(queryOf(asked, by)).map(([name, value]) => [name, String(value)]);
  const save = () =>
    saveFile(`${pathOf(asked.kind)}?${new URLSearchParams(query).toString()}`, `${asked.kind}-${by}-${asked.days.from}-${asked.days.to}.csv`, {
      Accept: "text/csv", "Accept-Language": languageTag(currentLanguage()),
    }).then(() => setFailure(null), (error: unknown) => setFailure(failureText(error)));
  return (
    <>
      <div class="row row-spread">
        <h2>{title}</h2>
        <button type="button" class="button" aria-label={t(words.csvOf, { table: title })} onClick={save}>
          {t(words.csv)}
        </button>
      </div>
      {failure && <p class="field-error" role="alert">{failure}</p>}
    </>
  );
}

/** Where there is room the numbers stand below their chart; on a phone they are a touch away. */
function TableFold({ title, children }: { title: string; children: ComponentChildren }) {
  const isWide = useMemo(() => matchMedia("(min-width: 601px)").matches, []);
  return (
    <details class="reports-fold" open={isWide}>
      <summary>{t(charts.table, { title })}</summary>
      {children}
    </details>
  );
}

function Trend({ shown, today }: { shown: Shown; today: string }) {
  const { asked, trend } = shown;
  const step = stepOf(asked);
  const language = currentLanguage();
  const steps = useMemo(() => stepsOf(step, trend.rows as Row[], asked.days, asked.filters, today), [shown, today, language]);
  const drawings = useMemo(() => (asked.kind === "evidence" ? [qualityDrawing(steps)] : serviceDrawings(steps, trend.total)), [steps]);
  const lines = steps.flatMap(({ title, figures, scope }) => (figures ? [{ key: title, title, figures, scope }] : []));
  return (
    <section class="reports-summed">
      <Heading title={t(words.overTime)} asked={asked} by={step} />
      <div class="reports-charts">{drawings.map((drawing) => <ChartFigure key={drawing.id} drawing={drawing} />)}</div>
      {lines.length === 0
        ? <p class="desk-empty">{t(words.empty)}</p>
        : (
          <TableFold title={t(words.overTime)}>
            <ReportTable caption={t(words.overTime)} heading={t(words[step])} kind={asked.kind} lines={[...lines, totalLine(trend.total, totalScope(shown))]} />
          </TableFold>
        )}
    </section>
  );
}

const TITLES = { technician: words.byTechnician, team: words.byTeam, site: words.bySite, customer: words.byCustomer, day: words.day, week: words.week };

function Groups({ shown, rows, route }: { shown: Shown; rows: readonly Row[]; route: Route }) {
  const { asked, groups } = shown;
  if (!groups) return null;
  const measures = measuresOf(asked.kind, groups.total);
  const measure = measures.find(({ id }) => id === route.query.get("measure")) ?? measures[0];
  const language = currentLanguage();
  const drawing = useMemo(() => rankingDrawing(rows, asked.by, measure, asked.days, asked.filters), [shown, measure.id, language]);
  const title = t(TITLES[asked.by]);
  const lines = worstFirst(rows as readonly (Row & { figures: typeof groups.total })[], measure).map((row) => ({
    key: row.id ?? row.name ?? "", title: rowTitle(row), figures: row.figures, scope: scopeOf(asked.by, row, asked.days, asked.filters),
  }));
  if (lines.length === 0) return null;
  return (
    <section class="reports-summed">
      <Heading title={title} asked={asked} by={asked.by} />
      <div class="reports-measure">
        <Choice label={t(words.measure)} options={measures.map((one) => ({ value: one.id, label: measureTitle(one) }))} value={measure.id} onValue={(value) => withQuery(route, "measure", value)} />
      </div>
      <ChartFigure drawing={drawing} />
      <TableFold title={title}>
        <ReportTable caption={title} heading={t(words[asked.by])} kind={asked.kind} measure={measure} lines={[...lines, totalLine(groups.total, totalScope(shown))]} />
      </TableFold>
      {groups.rows_left_off > 0 && <p class="quiet">{t(words.leftOff, { count: groups.rows_left_off })}</p>}
    </section>
  );
}

function Findings({ figures, scope }: { figures: EvidenceFigures; scope: Scope }) {
  const language = currentLanguage();
  const drawing = useMemo(() => findingsDrawing(figures, scope), [figures, language]);
  return (
    <section>
      <h2>{t(words.findings)}</h2>
      <ChartFigure drawing={drawing} />
      {figures.findings.length > 0 && (
        <TableFold title={t(words.findings)}>
          <DataTable
            caption={t(words.findings)}
            rows={mostFirst(figures.findings)}
            keyOf={(row) => row.code}
            columns={[
              { name: t(words.finding), cell: (row) => t(findingTitle(row.code)) },
              { name: t(columnTitle("visits")), isNumber: true, cell: (row) => <LinkedNumber value={row.visits} href={hrefOfFinding(row.code, "visits", row.visits, scope)} /> },
              { name: t(words.shareOfVisits), isNumber: true, cell: (row) => (figures.visits > 0 ? percentText(row.visits, figures.visits) : "–") },
              { name: t(columnTitle("photos")), isNumber: true, cell: (row) => <LinkedNumber value={row.photos} href={hrefOfFinding(row.code, "photos", row.photos, scope)} /> },
            ]}
          />
        </TableFold>
      )}
    </section>
  );
}
