/** The board's rows: a technician each, with their work. Pure. */
import type { Board, Technician, WorkOrder } from "./board_state";
import { latenessOf, type Lateness } from "./lateness";

export interface Shown {
  readonly order: WorkOrder;
  readonly lateness: Lateness | null;
}

export interface Row {
  /** Null: work that nobody has. */
  readonly technician: Technician | null;
  readonly work: readonly Shown[];
}

export interface Choice {
  /** "late", "soon", a state, or "" for everything. */
  readonly show: string;
  readonly technician: string;
}

const startOf = ({ planned_starts_at, window_starts_at, due_at }: WorkOrder): string =>
  planned_starts_at ?? window_starts_at ?? due_at ?? "9";

function fits({ order, lateness }: Shown, show: string): boolean {
  return show === "" || order.state === show || lateness?.kind === show;
}

/** What is to be done, then what waits to be closed, then what is over. */
const STAGE: Partial<Record<WorkOrder["state"], number>> = { done: 1, partly_done: 1, unresolved: 1, closed: 2, cancelled: 2 };
const stageOf = ({ state }: WorkOrder): number => STAGE[state] ?? 0;

/** Everything that is shown of the work orders: what is still to be done first, each in the order of the day. */
export function shownOf(board: Board, nowMs: number): Shown[] {
  return board.work_orders
    .map((order) => ({ order, lateness: latenessOf(order, nowMs) }))
    .sort((a, b) => stageOf(a.order) - stageOf(b.order) || startOf(a.order).localeCompare(startOf(b.order)) || a.order.number.localeCompare(b.order.number));
}

/** Work that nobody has comes first, then technicians by name. With a choice, rows without anything are left out. */
export function rowsOf(board: Board, shown: readonly Shown[], choice: Choice): Row[] {
  const chosen = shown.filter((each) => fits(each, choice.show));
  const people = board.technicians
    .filter(({ id }) => choice.technician === "" || id === choice.technician)
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  const known = new Set(board.technicians.map(({ id }) => id));
  const ofNobody = chosen.filter(({ order }) => !order.assignees.some(({ id }) => known.has(id)));
  const rows = people.map((technician) => ({
    technician,
    work: chosen.filter(({ order }) => order.assignees.some(({ id }) => id === technician.id)),
  }));
  const kept = choice.show === "" ? rows : rows.filter(({ work }) => work.length > 0);
  return ofNobody.length > 0 && choice.technician === "" ? [{ technician: null, work: ofNobody }, ...kept] : kept;
}

export interface Count {
  readonly show: string;
  readonly count: number;
}

const STATES = ["new", "assigned", "accepted", "on_site", "done", "partly_done", "unresolved", "closed"] as const;

/** How many there are of each state that there is any of; and late ones, always. */
export function countsOf(shown: readonly Shown[]): Count[] {
  const late = (["late", "soon"] as const).map((show) => ({ show, count: shown.filter(({ lateness }) => lateness?.kind === show).length }));
  const states = STATES.map((show) => ({ show, count: shown.filter(({ order }) => order.state === show).length }));
  return [...late, ...states.filter(({ count }) => count > 0)];
}
