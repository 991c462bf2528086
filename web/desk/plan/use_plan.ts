import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { ApiProblem } from "../../shared/api/problem";
import type { Schema } from "../../shared/api/types";
import { failureText } from "../failure_text";
import { api } from "../session";
import { read, useAnswer } from "../ui/use_answer";
import { boardOf, type Board, type Order, type Plan } from "./board";
import { usePlanNews } from "./use_plan_news";
import { type Change, collides, type Difference, differences, differing, inverse, orderOf, withChange } from "./moves";
import type { Planning } from "./travel";

export interface Move {
  /** The work order as whoever moves it saw it. */
  readonly seen: Order;
  readonly change: Change;
}

/** A change that would overwrite somebody else's, and was not made. */
export interface Conflict {
  readonly order: Order;
  readonly change: Change;
  readonly differences: readonly Difference[];
}

export interface PlanState {
  readonly plan: Plan | null;
  readonly planning: Planning | null;
  readonly board: Board | null;
  readonly failure: string | null;
  readonly isLoading: boolean;
  readonly reload: () => void;
  /** Makes the moves, one after the other; together they are one step to take back. */
  readonly perform: (moves: readonly Move[]) => Promise<void>;
  /** How many steps can be taken back. */
  readonly undoable: number;
  readonly undo: () => void;
  readonly conflict: Conflict | null;
  /** Makes the change that collided on top of what there is now, or gives it up. */
  readonly resolve: (isAnyway: boolean) => void;
  /** Why the last move was not made. */
  readonly refusal: string | null;
}

/** The days' plan, and every change of it: seen at once, saved one after the other, never over what nobody has seen. */
export function usePlan(from: string, to: string, today: string): PlanState {
  const answer = useAnswer<"getPlan">("/v1/plan", { from, to });
  const policy = useAnswer<"getPolicy">("/v1/organisation/policy");
  const [orders, setOrders] = useState<ReadonlyMap<string, Order> | null>(null);
  const latest = useRef<ReadonlyMap<string, Order>>(new Map());
  const unsaved = useRef(0);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const steps = useRef<Move[][]>([]);
  const [undoable, setUndoable] = useState(0);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const show = (next: ReadonlyMap<string, Order>) => {
    latest.current = next;
    setOrders(next);
  };
  const put = (order: Order) => show(new Map(latest.current).set(order.id, order));
  useEffect(() => {
    // What is being saved is newer than what the server answered meanwhile; it is asked again then.
    if (answer.body && unsaved.current === 0) show(new Map(answer.body.work_orders.map((order) => [order.id, order])));
  }, [answer.body]);

  /** Saves one change; says what takes it back, or null when it was not made. */
  const save = async ({ seen, change }: Move): Promise<Move | null> => {
    const wanted = differing(seen, change);
    const before = latest.current.get(seen.id) ?? seen;
    if (!wanted) return null;
    put(withChange(before, wanted));
    try {
      const after = await patched(seen, wanted);
      put(after);
      return { seen: after, change: inverse(seen, wanted) };
    } catch (error) {
      put(before);
      if (!(error instanceof ApiProblem) || error.problem.code !== "precondition_failed") throw error;
    }
    const { now, found } = await meanwhile(seen);
    put(now);
    if (collides(wanted, found, now)) {
      setConflict({ order: now, change: wanted, differences: found });
      return null;
    }
    const after = await patched(now, wanted);
    put(after);
    return { seen: after, change: inverse(now, wanted) };
  };

  const run = useCallback((moves: readonly Move[], isUndo: boolean): Promise<void> => {
    setRefusal(null);
    unsaved.current += 1;
    const work = queue.current.then(async () => {
      const back: Move[] = [];
      try {
        for (const move of moves) {
          const inverseMove = await save(move);
          if (inverseMove) back.unshift(inverseMove);
        }
      } catch (error) {
        setRefusal(failureText(error));
      }
      unsaved.current -= 1;
      if (!isUndo && back.length > 0) steps.current.push(back);
      if (isUndo) steps.current = steps.current.map((step) => step.map((move) => seenAnew(move, back)));
      setUndoable(steps.current.length);
    });
    queue.current = work;
    return work;
  }, []);

  const perform = useCallback((moves: readonly Move[]) => run(moves, false), [run]);
  const undo = useCallback(() => {
    const back = steps.current.pop();
    if (back) void run(back, true);
  }, [run]);
  const resolve = (isAnyway: boolean) => {
    const open = conflict;
    setConflict(null);
    if (isAnyway && open) void run([{ seen: open.order, change: open.change }], false);
  };

  usePlanNews({ latest, queue, unsaved, show, reload: answer.reload, sites: answer.body?.sites });
  const planning = policy.body?.planning ?? null;
  const plan = useMemo(
    () => (answer.body && { ...answer.body, work_orders: orders ? [...orders.values()] : answer.body.work_orders }),
    [answer.body, orders],
  );
  const board = useMemo(() => (plan && planning ? boardOf(plan, planning, today) : null), [plan, planning, today]);
  const reload = useCallback(() => {
    void queue.current.then(answer.reload);
  }, [answer.reload]);
  return {
    plan, planning, board, reload, perform, undo, undoable, conflict, resolve, refusal,
    failure: answer.failure ?? policy.failure, isLoading: answer.isLoading || policy.isLoading,
  };
}

/** What was taken back is again as an earlier step left it, under a newer version. */
function seenAnew(move: Move, back: readonly Move[]): Move {
  const now = back.find(({ seen }) => seen.id === move.seen.id)?.seen;
  return now && differences(move.seen, now, []).length === 0 ? { ...move, seen: now } : move;
}

/** The work order after the change, which is made only on the version that was seen. */
async function patched(seen: Order, change: Change): Promise<Order> {
  const { body } = await api.call<"changeWorkOrder">({
    method: "PATCH", path: path`/v1/work-orders/${seen.id}`, json: change, headers: { "If-Match": `"${seen.version}"` },
  });
  return orderOf(body);
}

const HISTORY_PAGES_MAX = 10;

/** What became of it since it was seen, and by whom. */
async function meanwhile(seen: Order): Promise<{ now: Order; found: Difference[] }> {
  const address = path`/v1/work-orders/${seen.id}`;
  const now = orderOf(await read<"getWorkOrder">(address));
  const history: Schema<"WorkOrderEvent">[] = [];
  let cursor: string | undefined;
  for (let i = 0; i < HISTORY_PAGES_MAX; i++) {
    const page = await read<"listWorkOrderHistory">(`${address}/history`, { limit: 200, cursor });
    history.push(...page.items);
    if (page.next_cursor === null) break;
    cursor = page.next_cursor;
  }
  return { now, found: differences(seen, now, history) };
}
