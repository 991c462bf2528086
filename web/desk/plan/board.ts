/** The plan as rows and days, and what is wrong with a day. Pure. */
import type { Schema } from "../../shared/api/types";
import type { Position } from "../../shared/site/geodesic";
import { type Planning, type Travel, travelBetween } from "./travel";
import { instantOf, momentOf } from "./zone_time";

export type Plan = Schema<"Plan">;
export type Order = Schema<"PlanWorkOrder">;
export type Site = Schema<"PlanSite">;
export type Technician = Schema<"PlanTechnician">;

const MINUTE_MS = 60_000;

/** A work order at its time in somebody's day. */
export interface Stop {
  readonly order: Order;
  readonly site: Site;
  /** Minutes after the day's midnight; the end may lie behind the next one. */
  readonly start: number;
  readonly end: number;
  readonly remarks: readonly Remark[];
  /** The way from the stop before; null for the first one. */
  readonly travel: Travel | null;
}

export type Remark =
  /** It begins before the stop `number` ends. */
  | { readonly kind: "overlap"; readonly number: string; readonly minutes: number }
  /** The way from the stop before takes longer than the time between. */
  | { readonly kind: "late"; readonly number: string; readonly minutes: number; readonly travel: number; readonly between: number }
  /** It does not begin within what the customer was promised. */
  | { readonly kind: "outside_window" }
  | { readonly kind: "after_due" };

/** One technician's day. */
export interface Day {
  readonly stops: readonly Stop[];
  readonly workMinutes: number;
  readonly travelMinutes: number;
  /** By how much it is more than a day holds; 0: it fits. */
  readonly overMinutes: number;
}

export interface Board {
  /** By technician and day: see `dayOfBoard`. */
  readonly days: ReadonlyMap<string, Day>;
  /** What waits to be planned: nobody is assigned, it has no time, or its day is over. */
  readonly waiting: readonly Order[];
  readonly sites: ReadonlyMap<string, Site>;
}

const EMPTY: Day = { stops: [], workMinutes: 0, travelMinutes: 0, overMinutes: 0 };

const keyOf = (technician: string, day: string): string => `${technician} ${day}`;

export const dayOfBoard = (board: Board, technician: string, day: string): Day =>
  board.days.get(keyOf(technician, day)) ?? EMPTY;

/** When it is to be begun: as planned, else when its window opens. */
export const plannedAt = (order: Order): string | null => order.planned_starts_at ?? order.window_starts_at;

export const minutesOf = (order: Order, planning: Planning): number => order.planned_minutes ?? planning.visit_minutes;

/** What the plan may still move; the rest has begun or is over. */
export const isMovable = (order: Order): boolean => ["new", "assigned", "accepted"].includes(order.state);

export function boardOf(plan: Plan, planning: Planning, today: string): Board {
  const sites = new Map(plan.sites.map((site) => [site.id, site]));
  const slots = new Map<string, { order: Order; site: Site; start: number }[]>();
  const waiting: Order[] = [];
  for (const order of plan.work_orders) {
    const at = plannedAt(order);
    const site = sites.get(order.site_id);
    const moment = at === null ? null : momentOf(at, plan.time_zone);
    const isPast = moment !== null && moment.day < today && moment.day < plan.from;
    if (isMovable(order) && (moment === null || order.assignee_ids.length === 0 || isPast)) waiting.push(order);
    if (!moment || !site || isPast) continue;
    for (const technician of order.assignee_ids) {
      const key = keyOf(technician, moment.day);
      const slot = { order, site, start: moment.minute };
      slots.get(key)?.push(slot) ?? slots.set(key, [slot]);
    }
  }
  const days = new Map([...slots].map(([key, slot]) => [key, checkedDay(slot, planning)]));
  return { days, waiting: [...waiting].sort(byUrgency), sites };
}

const URGENCY = { urgent: 0, high: 1, normal: 2, low: 3 } as const;

function byUrgency(a: Order, b: Order): number {
  const due = (order: Order) => Date.parse(order.due_at ?? order.window_ends_at ?? plannedAt(order) ?? "9999-01-01");
  return URGENCY[a.priority] - URGENCY[b.priority] || due(a) - due(b) || (a.number < b.number ? -1 : 1);
}

/** The day's stops by the clock, with the way between them and what does not work out. */
export function checkedDay(slots: readonly { order: Order; site: Site; start: number }[], planning: Planning): Day {
  const sorted = [...slots].sort((a, b) => a.start - b.start || (a.order.number < b.order.number ? -1 : 1));
  const stops: Stop[] = [];
  for (const { order, site, start } of sorted) {
    const end = start + minutesOf(order, planning);
    const before = stops.at(-1);
    const travel = before ? travelBetween(before.site.position, site.position, planning) : null;
    const remarks = [...wayRemarks(before, start, travel), ...promiseRemarks(order, end - start)];
    stops.push({ order, site, start, end, travel, remarks });
  }
  const workMinutes = stops.reduce((sum, stop) => sum + stop.end - stop.start, 0);
  const travelMinutes = stops.reduce((sum, stop) => sum + (stop.travel?.minutes ?? 0), 0);
  const overMinutes = Math.max(0, workMinutes + travelMinutes - planning.capacity_minutes);
  return { stops, workMinutes, travelMinutes, overMinutes };
}

/** Work that has ended takes no more time of anybody. */
function wayRemarks(before: Stop | undefined, start: number, travel: Travel | null): Remark[] {
  if (!before || !travel) return [];
  const { number } = before.order;
  const between = start - before.end;
  if (between < 0) return [{ kind: "overlap", number, minutes: -between }];
  const minutes = travel.minutes - between;
  return minutes > 0 ? [{ kind: "late", number, minutes, travel: travel.minutes, between }] : [];
}

function promiseRemarks(order: Order, minutes: number): Remark[] {
  const at = plannedAt(order);
  if (at === null || !isMovable(order)) return [];
  const start = Date.parse(at);
  const opens = order.window_starts_at === null ? null : Date.parse(order.window_starts_at);
  const closes = order.window_ends_at === null ? null : Date.parse(order.window_ends_at);
  const remarks: Remark[] = [];
  if ((opens !== null && start < opens) || (closes !== null && start > closes)) remarks.push({ kind: "outside_window" });
  if (order.due_at !== null && start + minutes * MINUTE_MS > Date.parse(order.due_at)) remarks.push({ kind: "after_due" });
  return remarks;
}

/**
 * Where a work order fits into a day: at the time it has already, when its window is on that day then; else behind the
 * last stop and the way from it. Minutes after midnight.
 */
export function freeMinute(day: Day, order: Order, site: Position, on: string, zone: string, planning: Planning): number {
  const opens = order.window_starts_at === null ? null : momentOf(order.window_starts_at, zone);
  const planned = order.planned_starts_at === null ? null : momentOf(order.planned_starts_at, zone);
  if (planned) return planned.minute;
  if (opens?.day === on) return opens.minute;
  const last = day.stops.filter((stop) => stop.order.id !== order.id).at(-1);
  if (!last) return planning.day_start_minutes;
  const free = last.end + travelBetween(last.site.position, site, planning).minutes;
  return Math.min(1435, Math.ceil(free / 5) * 5);
}

export const instantText = (day: string, minute: number, zone: string): string =>
  new Date(instantOf({ day, minute }, zone)).toISOString();
