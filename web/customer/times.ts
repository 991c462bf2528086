/** Days and times at the site, whose zone counts, wherever the customer reads. */
import { dayOf, isoDayOf, t, timeOfDay } from "../shared/i18n/i18n";
import type { SharedVisit, SharedWorkOrder } from "./shared_work";
import { visitWords } from "./words/visit";
import { workWords } from "./words/work";

export const dayAndTime = (at: string, zone: string): string => `${dayOf(at, zone)} ${timeOfDay(at, zone)}`;

/** When somebody is to come; null when nobody said. */
export function windowText(order: SharedWorkOrder, zone: string): string | null {
  const { window_starts_at: from, window_ends_at: to } = order;
  if (from && to) {
    if (isoDayOf(from, zone) !== isoDayOf(to, zone))
      return t(workWords.windowDays, { from: dayAndTime(from, zone), to: dayAndTime(to, zone) });
    return t(workWords.window, { day: dayOf(from, zone), from: timeOfDay(from, zone), to: timeOfDay(to, zone) });
  }
  if (from) return t(workWords.windowFrom, { day: dayOf(from, zone), from: timeOfDay(from, zone) });
  return to ? t(workWords.windowBy, { day: dayOf(to, zone), to: timeOfDay(to, zone) }) : null;
}

export function visitTitle(visit: SharedVisit, zone: string): string {
  const day = visit.arrived_at ?? visit.departed_at;
  return day ? t(visitWords.visitOf, { day: dayOf(day, zone) }) : t(visitWords.visitAlone);
}
