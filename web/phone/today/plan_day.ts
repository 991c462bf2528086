/** The day's work orders, in the order in which a technician visits them. */
import type { Schema } from "../../shared/api/types";
import { isoDayOf } from "../../shared/i18n/i18n";
import { distanceM, type Position } from "../../shared/site/geodesic";

export type WorkOrder = Schema<"DayWorkOrder">;

export interface DayPlan {
  /** To be visited today, in this order. */
  today: WorkOrder[];
  /** Planned for another day. */
  later: WorkOrder[];
  /** Done, as far as the technician is concerned. */
  finished: WorkOrder[];
}

const FINISHED: ReadonlySet<WorkOrder["state"]> = new Set(["done", "partly_done", "unresolved", "closed", "cancelled"]);
const URGENCY = { urgent: 0, high: 1, normal: 2, low: 3 } as const;

/** When it is to be begun: as planned, else by its window, else its due time; null when nobody said. */
export const plannedAt = (order: WorkOrder): string | null => order.planned_starts_at ?? order.window_starts_at ?? order.due_at;

/** True when its window, or its due time, is over. */
export function isLate(order: WorkOrder, nowMs: number): boolean {
  const end = order.window_ends_at ?? order.due_at;
  return end !== null && Date.parse(end) < nowMs && !FINISHED.has(order.state);
}

/** Where the site is; null when it has no geometry to go to. */
export function positionOf(site: WorkOrder["site"]): Position {
  return site.wgs84.position;
}

/** Where the technician is already comes first; then by the clock; what has no time, by urgency and distance. */
function byVisit(from: Position | null, openHere: ReadonlySet<string>) {
  const rank = (order: WorkOrder): (number | string)[] => [
    order.state === "on_site" || openHere.has(order.id) ? 0 : 1,
    plannedAt(order) ? Date.parse(plannedAt(order) as string) : Number.POSITIVE_INFINITY,
    URGENCY[order.priority],
    from ? distanceM(from, positionOf(order.site)) : 0,
    order.number,
  ];
  return (a: WorkOrder, b: WorkOrder): number => {
    const [left, right] = [rank(a), rank(b)];
    for (let i = 0; i < left.length; i++) {
      const [x, y] = [left[i] as number, right[i] as number];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  };
}

/**
 * `finishedHere`: work orders whose visit was left on this phone, though the server may not know it yet. `openHere`: those
 * whose visit was not left: where the work is done, there is still the check-out to come.
 */
export function planDay(
  orders: readonly WorkOrder[],
  nowMs: number,
  from: Position | null,
  finishedHere: ReadonlySet<string> = new Set(),
  openHere: ReadonlySet<string> = new Set(),
): DayPlan {
  const plan: DayPlan = { today: [], later: [], finished: [] };
  for (const order of [...orders].sort(byVisit(from, openHere))) {
    if (openHere.has(order.id)) plan.today.push(order);
    else if (FINISHED.has(order.state) || finishedHere.has(order.id)) plan.finished.push(order);
    else if (isForLater(order, nowMs)) plan.later.push(order);
    else plan.today.push(order);
  }
  return plan;
}

/** Planned for a day after today, by the calendar of its site. */
function isForLater(order: WorkOrder, nowMs: number): boolean {
  const planned = plannedAt(order);
  if (planned === null || order.state === "on_site") return false;
  const zone = order.site.time_zone;
  return isoDayOf(planned, zone) > isoDayOf(nowMs, zone);
}
