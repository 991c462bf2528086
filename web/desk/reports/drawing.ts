/** What a chart shows, before any library draws it. */
import { currentLanguage, languageTag, t, type Word } from "../../shared/i18n/i18n";
import { charts as words } from "../words/reports";
import { FEW, type Look } from "./measures";

export interface Series {
  readonly name: string;
  readonly look: Look;
  /** One a point; null: there is nothing to measure. */
  readonly values: readonly (number | null)[];
}

export interface Point {
  /** Short, for the axis. */
  readonly label: string;
  /** As the table's row is called. */
  readonly title: string;
  /** Of how many the values speak. */
  readonly n: number;
  /** What each series says here, in words. */
  readonly readings: readonly string[];
  /** Where what each series counts here is listed; null: nowhere. */
  readonly hrefs: readonly (string | null)[];
}

/** Where a reader stands in a chart. */
export interface Place {
  readonly point: number;
  readonly series: number;
}

export interface Drawing {
  readonly id: string;
  readonly title: string;
  /** What is to be seen, for those who do not see it. */
  readonly summary: string;
  /** Columns and lines go along the time; bars lie below each other. */
  readonly shape: "columns" | "lines" | "bars";
  readonly unit: "%" | "min";
  /** The end of the axis; null: as high as the values. It always begins at zero. */
  readonly max: number | null;
  readonly series: readonly Series[];
  readonly points: readonly Point[];
  /** How many there are, where not all are drawn. */
  readonly outOf: number | null;
}

export const isEmpty = ({ series }: Drawing): boolean => series.every(({ values }) => values.every((value) => value === null));

/** Two marks of one value each can be hollow; the parts of a whole are hatched already. */
export const isHollow = ({ series }: Drawing): boolean => series.every(({ look }) => look === "first" || look === "second");

/** "7.5%": the same wherever a share is written. */
export function percentText(part: number, whole: number): string {
  return new Intl.NumberFormat(languageTag(currentLanguage()), { style: "percent", maximumFractionDigits: 1 }).format(part / whole);
}

/** What shares are of, with how many there are. */
export const UNITS: Record<string, Word> = {
  photos: words.ofPhotos, visits: words.ofVisits, visits_timed: words.ofVisits, orders_visited: words.ofOrders, windows: words.ofWindows,
  trips: words.ofTrips,
};

export const countOf = (whole: string, count: number): string => t(UNITS[whole] as Word, { count });

/** "Rejected: 3 of 40 photos (7.5%)" */
export function shareReading(name: string, part: number, whole: string, count: number): string {
  if (count === 0) return t(words.nothing, { name, whole: countOf(whole, 0) });
  return t(words.share, { name, part, whole: countOf(whole, count), percent: percentText(part, count) });
}

export const isFew = ({ n }: Point): boolean => n > 0 && n < FEW;

/** Below the label, how many; an asterisk where they are few. */
export const countLabel = (point: Point): string => t(words.n, { count: point.n }) + (isFew(point) ? " *" : "");

/** Names may be as long as 200 characters. */
export const shortened = (name: string, most = 24): string => {
  const characters = [...name];
  return characters.length <= most ? name : `${characters.slice(0, most - 1).join("")}…`;
};
