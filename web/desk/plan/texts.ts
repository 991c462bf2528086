/** Times, durations and remarks of the plan in words. */
import { dayOf, distance, isoDayOf, t, timeOfDay } from "../../shared/i18n/i18n";
import { plan as words } from "../words/plan";
import { type Day, type Order, plannedAt, type Remark } from "./board";
import type { Planning, Travel } from "./travel";

/** "45 min", "2 h", "1 h 20 min". */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return t(words.minutes, { minutes });
  return minutes % 60 === 0 ? t(words.wholeHours, { hours }) : t(words.hours, { hours, minutes: minutes % 60 });
}

export const travelText = ({ minutes, metres }: Travel): string =>
  metres === 0 ? t(words.sameSite) : t(words.travel, { minutes: durationText(minutes), distance: distance(metres) });

export const dayAndTime = (at: string, zone: string): string => `${dayOf(at, zone)} ${timeOfDay(at, zone)}`;

/** "Fri, 20 Nov 09:00–11:00", on the day itself "09:00–11:00"; null when nothing was promised. */
export function windowText(order: Order, zone: string, on?: string): string | null {
  const { window_starts_at: opens, window_ends_at: closes } = order;
  if (opens !== null && closes !== null && isoDayOf(opens, zone) === on && isoDayOf(closes, zone) === on)
    return `${timeOfDay(opens, zone)}–${timeOfDay(closes, zone)}`;
  if (opens === null) return closes === null ? null : `– ${dayAndTime(closes, zone)}`;
  if (closes === null) return `${dayAndTime(opens, zone)} –`;
  const isOneDay = isoDayOf(opens, zone) === isoDayOf(closes, zone);
  return `${dayAndTime(opens, zone)}–${isOneDay ? timeOfDay(closes, zone) : dayAndTime(closes, zone)}`;
}

export const loadText = (day: Day, planning: Planning): string =>
  t(words.load, {
    work: durationText(day.workMinutes),
    travel: durationText(day.travelMinutes),
    capacity: durationText(planning.capacity_minutes),
  });

/** The day of the calendar that it stands on; undefined: on none. */
export function dayOfPlan(order: Order, zone: string): string | undefined {
  const at = plannedAt(order);
  return at === null ? undefined : isoDayOf(at, zone);
}

export function remarkText(remark: Remark, order: Order, zone: string): string {
  switch (remark.kind) {
    case "overlap":
      return t(words.overlap, { number: remark.number, minutes: durationText(remark.minutes) });
    case "late":
      return t(words.late, {
        number: remark.number, travel: durationText(remark.travel), between: durationText(remark.between),
      });
    case "outside_window":
      return t(words.outsideWindow, { window: windowText(order, zone, dayOfPlan(order, zone)) ?? "" });
    case "after_due":
      return t(words.afterDue, { due: dayAndTime(order.due_at ?? "", zone) });
  }
}
