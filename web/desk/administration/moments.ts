/** Times of the organisation, with seconds only where the order of things matters. */
import { languageTag } from "../../shared/i18n/i18n";

export function moment(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat(languageTag(), {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone,
  }).format(new Date(at));
}

export function exactMoment(at: string, timeZone: string): string {
  return new Intl.DateTimeFormat(languageTag(), {
    year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit",
    hourCycle: "h23", timeZone,
  }).format(new Date(at));
}
