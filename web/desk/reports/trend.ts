/** A report along the days or weeks of its period. */
import { languageTag, t } from "../../shared/i18n/i18n";
import { charts as words, columnTitle } from "../words/reports";
import type { Filters } from "./asked";
import { countOf, type Drawing, percentText, type Point, shareReading } from "./drawing";
import { hrefOfFigure, type Scope, scopeOf } from "./links";
import { type Figures, type Row, valueOf } from "./measures";
import { dayAfter, type Days, mondayOf } from "./period";

export interface Step {
  /** The part of the day or week that the period holds. */
  readonly days: Days;
  readonly title: string;
  readonly label: string;
  /** Null: nothing happened. */
  readonly figures: Figures | null;
  readonly scope: Scope;
}

/** "2026-11-16 – 2026-11-22", or one day. */
export const daysTitle = ({ from, to }: Days): string => (from === to ? from : `${from} – ${to}`);

const shortDay = (day: string): string =>
  new Intl.DateTimeFormat(languageTag(), { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));

/** Every day or week of the period, also those of which there is no row; what is still to come is left out. */
export function stepsOf(step: "day" | "week", rows: readonly Row[], days: Days, filters: Filters, today: string): Step[] {
  const figuresOf = new Map(rows.map((row) => [row.starts_on, row.figures as Figures]));
  const newest = rows.reduce((latest, { starts_on }) => (starts_on !== null && starts_on > latest ? starts_on : latest), today);
  const steps: Step[] = [];
  let start = step === "week" ? mondayOf(days.from) : days.from;
  for (; start <= days.to && start <= newest; start = dayAfter(start, step === "week" ? 7 : 1)) {
    const scope = scopeOf(step, { id: null, name: null, starts_on: start }, days, filters);
    const own = { from: scope?.from ?? start, to: scope?.to ?? start };
    steps.push({ days: own, title: daysTitle(own), label: shortDay(own.from), figures: figuresOf.get(start) ?? null, scope });
  }
  return steps;
}

const QUALITY = [
  { figure: "photos_rejected", look: "rejected" },
  { figure: "photos_needs_review", look: "needsReview" },
  { figure: "photos_accepted", look: "accepted" },
] as const;

const numberOf = (step: Step, figure: string): number => (step.figures ? (valueOf(step.figures, figure) ?? 0) : 0);

function point(step: Step, n: number, readings: readonly string[], hrefs: readonly (string | null)[]): Point {
  return { label: step.label, title: step.title, n, readings, hrefs };
}

/** The shares of the rules' verdicts, the doubtful first. */
export function qualityDrawing(steps: readonly Step[]): Drawing {
  const doubtful = (step: Step) => numberOf(step, "photos_rejected") + numberOf(step, "photos_needs_review");
  const sum = (count: (step: Step) => number) => steps.reduce((all, step) => all + count(step), 0);
  const [part, whole] = [sum(doubtful), sum((step) => numberOf(step, "photos"))];
  return {
    id: "quality",
    title: t(words.quality),
    summary: whole === 0 ? t(words.noPhotos) : t(words.qualitySummary, { photos: countOf("photos", whole), percent: percentText(part, whole) }),
    shape: "columns", unit: "%", max: 100, outOf: null,
    series: QUALITY.map(({ figure, look }) => ({
      name: t(columnTitle(figure)), look,
      values: steps.map((step) => (numberOf(step, "photos") > 0 ? (100 * numberOf(step, figure)) / numberOf(step, "photos") : null)),
    })),
    points: steps.map((step) => point(
      step, numberOf(step, "photos"),
      QUALITY.map(({ figure }) => shareReading(t(columnTitle(figure)), numberOf(step, figure), "photos", numberOf(step, "photos"))),
      QUALITY.map(({ figure }) => hrefOfFigure(figure, numberOf(step, figure), step.scope)),
    )),
  };
}

/** "Time on site, median: 42 min (12 visits)" */
function minutesReading(name: string, value: number | null, whole: string, count: number): string {
  if (value === null) return t(words.nothing, { name, whole: countOf(whole, 0) });
  return t(words.minutes, { name, value, whole: countOf(whole, count) });
}

export function minutesATrip(figures: Figures): number | null {
  const [minutes, trips] = [valueOf(figures, "trip_minutes"), valueOf(figures, "trips")];
  return minutes !== null && trips ? Math.round(minutes / trips) : null;
}

function timeDrawing(steps: readonly Step[], total: Figures): Drawing {
  const lines = [{ figure: "median_minutes", look: "first" }, { figure: "p90_minutes", look: "second" }] as const;
  const values = (figure: string) => steps.map(({ figures }) => (figures ? valueOf(figures, figure) : null));
  return {
    id: "time",
    title: t(words.timeOnSite),
    summary: lines.map(({ figure }) => minutesReading(t(columnTitle(figure)), valueOf(total, figure), "visits_timed", valueOf(total, "visits_timed") ?? 0)).join(" · "),
    shape: "lines", unit: "min", max: null, outOf: null,
    series: lines.map(({ figure, look }) => ({ name: t(columnTitle(figure)), look, values: values(figure) })),
    points: steps.map((step, i) => point(
      step, numberOf(step, "visits_timed"),
      lines.map(({ figure }) => minutesReading(t(columnTitle(figure)), values(figure)[i] ?? null, "visits_timed", numberOf(step, "visits_timed"))),
      [null, null],
    )),
  };
}

function travelDrawing(steps: readonly Step[], total: Figures): Drawing {
  const name = t(words.travel);
  const values = steps.map(({ figures }) => (figures ? minutesATrip(figures) : null));
  return {
    id: "travel",
    title: name,
    summary: minutesReading(name, minutesATrip(total), "trips", valueOf(total, "trips") ?? 0),
    shape: "columns", unit: "min", max: null, outOf: null,
    series: [{ name, look: "first", values }],
    points: steps.map((step, i) => point(step, numberOf(step, "trips"), [minutesReading(name, values[i] ?? null, "trips", numberOf(step, "trips"))], [null])),
  };
}

function fixDrawing(steps: readonly Step[], total: Figures): Drawing {
  const name = t(words.firstTimeFix);
  const reading = (part: number, whole: number) => shareReading(name, part, "orders_visited", whole);
  return {
    id: "fix",
    title: name,
    summary: reading(valueOf(total, "orders_fixed_first") ?? 0, valueOf(total, "orders_visited") ?? 0),
    shape: "columns", unit: "%", max: 100, outOf: null,
    series: [{
      name, look: "first",
      values: steps.map((step) => {
        const whole = numberOf(step, "orders_visited");
        return whole > 0 ? (100 * numberOf(step, "orders_fixed_first")) / whole : null;
      }),
    }],
    points: steps.map((step) =>
      point(step, numberOf(step, "orders_visited"), [reading(numberOf(step, "orders_fixed_first"), numberOf(step, "orders_visited"))], [null])),
  };
}

export const serviceDrawings = (steps: readonly Step[], total: Figures): Drawing[] => [
  timeDrawing(steps, total), travelDrawing(steps, total), fixDrawing(steps, total),
];
