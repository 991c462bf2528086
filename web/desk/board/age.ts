import { t } from "../../shared/i18n/i18n";
import { board as words } from "../words/board";

const MINUTE_MS = 60_000;

/** A length of time in words: "5 min", "2 h 5 min", "1 d 7 h", "3 d". Nothing is shorter than a minute. */
export function lengthText(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / MINUTE_MS));
  if (minutes < 60) return t(words.minutes, { count: minutes });
  if (minutes < 24 * 60) return t(words.hours, { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  if (minutes < 48 * 60) return t(words.dayAndHours, { hours: Math.floor(minutes / 60) - 24 });
  return t(words.days, { count: Math.floor(minutes / (24 * 60)) });
}

/** How long ago, in words; what lies ahead by a phone's wrong clock is just now. */
export const agoText = (ms: number): string => (ms < MINUTE_MS ? t(words.justNow) : t(words.ago, { age: lengthText(ms) }));
