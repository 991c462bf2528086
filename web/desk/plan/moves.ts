/** What a move changes, how it is taken back, and when two dispatchers collide. Pure. */
import type { BodyOf, Schema } from "../../shared/api/types";
import { instantText, isMovable, type Order } from "./board";

/** What of a work order the plan changes. */
export type Change = Pick<BodyOf<"changeWorkOrder">, "assignee_ids" | "planned_starts_at" | "planned_minutes">;
type Field = keyof Change;

const FIELDS: readonly Field[] = ["assignee_ids", "planned_starts_at", "planned_minutes"];

/** Where something is put down. */
export type Target =
  /** Back to what waits. */
  | { readonly technician: null }
  | { readonly technician: string; readonly day: string; readonly minute: number };

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((entry) => b.includes(entry));
  if (typeof a === "string" && typeof b === "string" && a !== b) return Date.parse(a) === Date.parse(b);
  return a === b;
}

/** The members that differ from what the work order has; null: nothing does. */
export function differing(order: Order, wanted: Change): Change | null {
  const kept = FIELDS.filter((field) => field in wanted && !isSame(wanted[field], order[field]));
  return kept.length > 0 ? Object.fromEntries(kept.map((field) => [field, wanted[field]])) : null;
}

/** Who is assigned when `to` takes the place of `from`; from the list of what waits: of everybody. */
export function assignees(order: Order, from: string | null, to: string): string[] {
  if (from === null) return order.assignee_ids.includes(to) ? order.assignee_ids : [to];
  return [...order.assignee_ids.filter((id) => id !== from && id !== to), to];
}

/** What putting it down there changes; null: nothing. `from`: in whose row it was taken up, null in the list. */
export function changeFor(order: Order, from: string | null, target: Target, zone: string): Change | null {
  if (target.technician !== null) {
    const { technician, day, minute } = target;
    const wanted = { assignee_ids: assignees(order, from, technician), planned_starts_at: instantText(day, minute, zone) };
    return differing(order, wanted);
  }
  if (from === null) return null;
  const assignee_ids = order.assignee_ids.filter((id) => id !== from);
  return differing(order, assignee_ids.length > 0 ? { assignee_ids } : { assignee_ids, planned_starts_at: null });
}

/** What takes the change back. */
export const inverse = (order: Order, change: Change): Change =>
  Object.fromEntries(FIELDS.filter((field) => field in change).map((field) => [field, order[field]]));

export const withChange = (order: Order, change: Change): Order => ({ ...order, ...(change as Partial<Order>) });

/** What the plan keeps of the server's answer. `on_the_way` is judged by the plan alone. */
export function orderOf(answer: Schema<"WorkOrder">): Order {
  const { id, number, title, priority, state, window_starts_at, window_ends_at, due_at } = answer;
  const { planned_starts_at, planned_minutes, on_the_way, version, updated_at } = answer;
  return {
    id, number, title, priority, state, window_starts_at, window_ends_at, due_at, planned_starts_at, planned_minutes,
    on_the_way, version, updated_at, assignee_ids: answer.assignees.map((person) => person.id), site_id: answer.site.id,
  };
}

/** What somebody else changed meanwhile. */
export interface Difference {
  readonly field: Field | "state" | "window_starts_at" | "window_ends_at" | "due_at" | "site_id";
  readonly from: unknown;
  readonly to: unknown;
  /** Null: the server itself, on account of a check-in, or unknown. */
  readonly actor: string | null;
  readonly at: string | null;
}

const COMPARED = [...FIELDS, "state", "window_starts_at", "window_ends_at", "due_at", "site_id"] as const;

/** How the work order differs from what was seen, and who did it by its history (oldest first). */
export function differences(seen: Order, now: Order, history: readonly Schema<"WorkOrderEvent">[]): Difference[] {
  return COMPARED.filter((field) => !isSame(seen[field], now[field])).map((field) => {
    const event = [...history].reverse().find((entry) =>
      field === "state" ? entry.to_state === now.state : entry.changes?.[field] !== undefined,
    );
    return { field, from: seen[field], to: now[field], actor: event?.actor?.name ?? null, at: event?.happened_at ?? null };
  });
}

/** Whether a change would overwrite what its maker had not seen; if not, it can be made on top of it. */
export function collides(change: Change, found: readonly Difference[], now: Order): boolean {
  return !isMovable(now) || found.some(({ field }) => field in change);
}
