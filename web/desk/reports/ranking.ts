/** Technicians, teams, sites or customers beside each other, and findings: bars, the worst first. */
import { t } from "../../shared/i18n/i18n";
import { findingTitle } from "../words/findings";
import { charts as words, columnTitle, reports } from "../words/reports";
import type { By, Filters } from "./asked";
import { countOf, type Drawing, shareReading, shortened } from "./drawing";
import { hrefOfFigure, hrefOfFinding, type Scope, scopeOf } from "./links";
import { type EvidenceFigures, type FigureName, type Figures, type Measure, partOf, type Row, shareOf, worstFirst } from "./measures";
import type { Days } from "./period";

/** More bars than this are not read; the table has all. */
export const BARS = 12;

export const rowTitle = (row: Row): string => row.name ?? row.starts_on ?? t(reports.noTeam);

export const measureTitle = (measure: Measure): string =>
  measure.finding ? t(findingTitle(measure.finding)) : t(words[measure.id as "doubtful" | "first_time_fix" | "windows_late" | "time_on_site_short"]);

const partTitle = (measure: Measure, figure: FigureName): string =>
  measure.parts.length === 1 ? measureTitle(measure) : t(columnTitle(figure));

function partHref(measure: Measure, figure: FigureName, count: number, scope: Scope): string | null {
  return measure.finding ? hrefOfFinding(measure.finding, "visits", count, scope) : hrefOfFigure(figure, count, scope);
}

/** `rows` in any order. */
export function rankingDrawing(rows: readonly Row[], by: By, measure: Measure, days: Days, filters: Filters): Drawing {
  const sorted = worstFirst(rows as readonly (Row & { figures: Figures })[], measure);
  const measured = sorted.filter(({ figures }) => shareOf(measure, figures).whole > 0);
  const shown = measured.slice(0, BARS).map((row) => ({ row, share: shareOf(measure, row.figures), scope: scopeOf(by, row, days, filters) }));
  const title = measureTitle(measure);
  const [worst] = shown;
  return {
    id: "ranking",
    title,
    summary: worst
      ? t(words.rankingSummary, { name: rowTitle(worst.row), reading: shareReading(title, worst.share.part, measure.whole, worst.share.whole), count: measured.length })
      : t(words.nothing, { name: title, whole: countOf(measure.whole, 0) }),
    shape: "bars", unit: "%", max: null, outOf: measured.length > shown.length ? measured.length : null,
    series: measure.parts.map(({ figure, look }) => ({
      name: partTitle(measure, figure), look,
      values: shown.map(({ row, share }) => (100 * partOf(measure, figure, row.figures)) / share.whole),
    })),
    points: shown.map(({ row, share, scope }) => ({
      label: shortened(rowTitle(row)), title: rowTitle(row), n: share.whole,
      readings: measure.parts.map(({ figure }) => shareReading(partTitle(measure, figure), partOf(measure, figure, row.figures), measure.whole, share.whole)),
      hrefs: measure.parts.map(({ figure }) => partHref(measure, figure, partOf(measure, figure, row.figures), scope)),
    })),
  };
}

export type Found = EvidenceFigures["findings"][number];

/** The findings of most visits first. */
export const mostFirst = (findings: readonly Found[]): Found[] =>
  [...findings].sort((one, other) => other.visits - one.visits || other.photos - one.photos || one.code.localeCompare(other.code));

export function findingsDrawing(figures: EvidenceFigures, scope: Scope): Drawing {
  const found = mostFirst(figures.findings).filter(({ visits }) => visits > 0);
  const shown = found.slice(0, BARS);
  const name = t(words.visitsWith);
  const reading = (count: number) => shareReading(name, count, "visits", figures.visits);
  const [first] = shown;
  return {
    id: "findings",
    title: t(words.byFinding),
    summary: first
      ? t(words.findingsSummary, { name: t(findingTitle(first.code)), reading: reading(first.visits) })
      : t(words.noFindings),
    shape: "bars", unit: "%", max: null, outOf: found.length > shown.length ? found.length : null,
    series: [{ name, look: "first", values: shown.map(({ visits }) => (figures.visits > 0 ? (100 * visits) / figures.visits : null)) }],
    points: shown.map(({ code, visits }) => ({
      label: shortened(t(findingTitle(code))), title: t(findingTitle(code)), n: figures.visits,
      readings: [reading(visits)], hrefs: [hrefOfFinding(code, "visits", visits, scope)],
    })),
  };
}
