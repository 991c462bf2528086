import { dayOf, languageTag, timeOfDay } from "../shared/i18n/i18n";

/** A day at a place, with its year unless it is this one: "Fri, 20 Nov". */
export function dayAt(at: string, timeZone: string): string {
  const yearOf = (moment: string | number) => new Intl.DateTimeFormat("en", { year: "numeric", timeZone }).format(new Date(moment));
  if (yearOf(at) === yearOf(Date.now())) return dayOf(at, timeZone);
  return new Intl.DateTimeFormat(languageTag(), { year: "numeric", month: "short", day: "numeric", timeZone }).format(new Date(at));
}

const offsetAt = (at: string, timeZone?: string): string =>
  new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "shortOffset" })
    .formatToParts(new Date(at))
    .find(({ type }) => type === "timeZoneName")?.value ?? "";

/** Behind a time: " GMT+1" where the clocks at the place then showed another hour than the reader's own; else nothing. */
export function zoneMark(at: string, timeZone: string): string {
  const offset = offsetAt(at, timeZone);
  return offset === offsetAt(at) ? "" : `\u00a0${offset}`;
}

/** A time of day by the clock at a place. */
export const timeAt = (at: string, timeZone: string): string => timeOfDay(at, timeZone) + zoneMark(at, timeZone);

/** A day and a time at a place; where a line ends, it ends between the two. */
export const momentAt = (at: string, timeZone: string): string =>
  `${dayAt(at, timeZone).replace(/ /g, "\u00a0")} ${timeAt(at, timeZone)}`;

/** The zone of the reader's own computer, for what happened at the desk and belongs to no site. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
