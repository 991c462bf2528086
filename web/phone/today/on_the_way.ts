/** Whether the technician is on the way to a work order, with what this phone has said and the server may not know yet. Pure. */
import type { OutboxItem } from "../outbox/items";
import type { WorkOrder } from "./plan_day";

type Report = Extract<OutboxItem, { kind: "on_the_way" }>;

/** Reports that the server's list does not show yet, the newest first. One that was refused was never said. */
function newReports(outbox: readonly OutboxItem[], fetchedAtMs: number): Report[] {
  return outbox
    .filter((item): item is Report => item.kind === "on_the_way")
    .filter(({ status }) => status.state === "waiting" || (status.state === "safe" && status.at_ms > fetchedAtMs))
    .sort((a, b) => b.captured_at.localeCompare(a.captured_at));
}

/** Since when; null: not on the way. One is on the way to one site: a newer report for another one ends it. */
export function onTheWaySince(
  order: WorkOrder,
  orders: readonly WorkOrder[],
  outbox: readonly OutboxItem[],
  userId: string,
  fetchedAtMs: number,
): string | null {
  const siteOf = (id: string) => orders.find((other) => other.id === id)?.site.id;
  for (const { work_order_id, body } of newReports(outbox, fetchedAtMs)) {
    if (work_order_id === order.id) return body.since;
    if (body.since !== null && siteOf(work_order_id) !== order.site.id) return null;
  }
  // A day that was kept by an older version does not know of ways.
  const way = order.on_the_way ?? null;
  return way?.by.id === userId ? way.since : null;
}

/** The report that a new one of the same work order must not overtake: it is sent after it. */
export const unsentReports = (outbox: readonly OutboxItem[], workOrderId: string): string[] =>
  outbox
    .filter((item) => item.kind === "on_the_way" && item.work_order_id === workOrderId && item.status.state === "waiting")
    .map(({ id }) => id);

/** Whether anybody can be on the way to it. */
export const canBeGoneTo = (order: WorkOrder): boolean => order.state === "assigned" || order.state === "accepted";
