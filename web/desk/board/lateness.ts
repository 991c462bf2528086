/** Which work is late, or about to be. Pure. */
import type { WorkOrder } from "./board_state";

export interface Lateness {
  readonly kind: "late" | "soon";
  /** What was promised or planned: to be done, to have come, to have begun. */
  readonly of: "due" | "window" | "start";
  /** How long ago, or until then. */
  readonly ms: number;
}

const MINUTE_MS = 60_000;
export const SOON_MS = 60 * MINUTE_MS;
/** A plan is not a promise: traffic is no lateness. */
const START_GRACE_MS = 15 * MINUTE_MS;

const OPEN: readonly string[] = ["new", "assigned", "accepted", "on_site"];

export const isOpen = ({ state }: Pick<WorkOrder, "state">): boolean => OPEN.includes(state);

type Timed = Pick<WorkOrder, "state" | "due_at" | "window_ends_at" | "planned_starts_at" | "on_the_way">;

/** Null: it is in time, or nobody said when. What is latest counts; among what comes soon, what comes first. */
export function latenessOf(order: Timed, nowMs: number): Lateness | null {
  if (!isOpen(order)) return null;
  const isHere = order.state === "on_site";
  const since = (time: string | null) => (time === null ? null : nowMs - Date.parse(time));
  const marks: [Lateness["of"], number | null][] = [["due", since(order.due_at)]];
  if (!isHere) marks.push(["window", since(order.window_ends_at)]);
  const known = marks.filter((mark): mark is [Lateness["of"], number] => mark[1] !== null).sort((a, b) => b[1] - a[1]);
  const worst = known[0];
  if (worst && worst[1] >= 0) return { kind: "late", of: worst[0], ms: worst[1] };
  const begun = since(order.planned_starts_at);
  if (!isHere && !order.on_the_way && begun !== null && begun >= START_GRACE_MS) return { kind: "late", of: "start", ms: begun };
  return worst && -worst[1] <= SOON_MS ? { kind: "soon", of: worst[0], ms: -worst[1] } : null;
}
