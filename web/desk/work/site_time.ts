/** Times as the clock at a site shows them, for `datetime-local` fields: 2026-12-01T09:30. */

const parts = (timeZone: string) =>
  new Intl.DateTimeFormat("en-CA", {
    timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
  });

/** What the clock shows at an instant, as milliseconds of a clock that runs in UTC. */
function wallMs(atMs: number, timeZone: string): number {
  const shown = Object.fromEntries(parts(timeZone).formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const offsetMs = (atMs: number, timeZone: string): number => wallMs(atMs, timeZone) - Math.floor(atMs / 1000) * 1000;

/** "" for null. */
export const toSiteTime = (at: string | null, timeZone: string): string =>
  at === null ? "" : new Date(wallMs(Date.parse(at), timeZone)).toISOString().slice(0, 16);

/**
 * The instant, or null for "". As the server reads tables: a time that the clock leaps over counts an hour later;
 * of one that comes twice the later counts.
 */
export function fromSiteTime(text: string, timeZone: string): string | null {
  if (text === "") return null;
  const wall = Date.parse(`${text}Z`);
  const day = 24 * 3600 * 1000;
  const before = offsetMs(wall - day, timeZone);
  const after = offsetMs(wall + day, timeZone);
  const fits = [wall - after, wall - before].filter((at) => wallMs(at, timeZone) === wall);
  return new Date(fits.length > 0 ? Math.max(...fits) : wall - before).toISOString();
}
