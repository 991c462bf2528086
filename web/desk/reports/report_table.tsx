import { t } from "../../shared/i18n/i18n";
import { DataTable } from "../ui/data_table";
import { columnTitle, charts, reports as words } from "../words/reports";
import type { Kind } from "./asked";
import { percentText } from "./drawing";
import { hrefOfFigure, hrefOfFinding, type Scope } from "./links";
import { type FigureName, type Figures, findingOf, type Measure, valueOf } from "./measures";
import { measureTitle } from "./ranking";
import { minutesATrip } from "./trend";

/** The figures of the CSV, in their order; a test compares the two. */
const COLUMNS: Record<Kind, readonly FigureName[]> = {
  evidence: [
    "visits", "visits_needs_review", "visits_rejected", "visits_reviewed", "checklist_incomplete", "sent_late", "photos",
    "photos_rejected", "photos_needs_review", "photos_accepted", "photos_approved", "photos_refused", "photos_retake",
  ],
  service: [
    "visits", "visits_timed", "median_minutes", "p90_minutes", "time_on_site_short", "trips", "trip_minutes", "trip_km",
    "orders_visited", "orders_fixed_first", "first_time_fix_percent", "windows", "windows_early", "windows_late", "ratings", "mean_stars",
  ],
};

/** What a figure is a share of, where that is of interest. */
const WHOLE: Partial<Record<FigureName, FigureName>> = {
  photos_rejected: "photos", photos_needs_review: "photos", photos_accepted: "photos", windows_late: "windows", time_on_site_short: "visits",
};

export interface Line {
  readonly key: string;
  readonly title: string;
  readonly figures: Figures;
  readonly scope: Scope;
}

interface Properties {
  caption: string;
  heading: string;
  kind: Kind;
  lines: readonly Line[];
  /** A finding that the lines are compared by has a column of its own. */
  measure?: Measure;
}

/** The numbers of a chart, and all the others of the report. */
export function ReportTable({ caption, heading, kind, lines, measure }: Properties) {
  const code = measure?.finding ?? null;
  return (
    <DataTable
      caption={caption}
      rows={lines}
      keyOf={({ key }) => key}
      columns={[
        { name: heading, cell: ({ title }) => title },
        ...(code !== null && measure
          ? [{ name: measureTitle(measure), isNumber: true, cell: (line: Line) => <FindingCell code={code} line={line} /> }]
          : []),
        ...COLUMNS[kind].map((figure) => ({
          name: t(columnTitle(figure)), isNumber: true, cell: (line: Line) => <FigureCell figure={figure} line={line} />,
        })),
      ]}
    />
  );
}

export function LinkedNumber({ value, href }: { value: number | null; href: string | null }) {
  return href === null ? <>{value ?? "–"}</> : <a href={href}>{value}</a>;
}

const Beside = ({ text }: { text: string }) => <span class="quiet small"> {text}</span>;

function FindingCell({ code, line }: { code: NonNullable<Measure["finding"]>; line: Line }) {
  const count = findingOf(line.figures, code)?.visits ?? 0;
  const whole = valueOf(line.figures, "visits") ?? 0;
  return (
    <span class="reports-number">
      <LinkedNumber value={count} href={hrefOfFinding(code, "visits", count, line.scope)} />
      {count > 0 && whole > 0 && <Beside text={percentText(count, whole)} />}
    </span>
  );
}

function FigureCell({ figure, line }: { figure: FigureName; line: Line }) {
  const value = valueOf(line.figures, figure);
  const whole = WHOLE[figure] ? valueOf(line.figures, WHOLE[figure]) : null;
  const mean = figure === "trip_minutes" ? minutesATrip(line.figures) : null;
  return (
    <span class="reports-number">
      <LinkedNumber value={value} href={hrefOfFigure(figure, value, line.scope)} />
      {value && whole ? <Beside text={percentText(value, whole)} /> : null}
      {mean !== null && <Beside text={t(charts.aTrip, { count: mean })} />}
    </span>
  );
}

export const totalLine = (figures: Figures, scope: Scope): Line => ({ key: "total", title: t(words.total), figures, scope });
