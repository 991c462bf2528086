import { useEffect, useRef } from "preact/hooks";
import { path } from "../../shared/api/client";
import { ApiProblem } from "../../shared/api/problem";
import type { News } from "../live/connection";
import { useLive } from "../live/live";
import { read } from "../ui/use_answer";
import type { Order, Site } from "./board";
import { orderOf } from "./moves";

/** Changes of so long are read at once. */
const GATHER_MS = 700;
/** More than these, and the whole plan is read again. */
const SINGLE_MOST = 10;

interface Properties {
  latest: { readonly current: ReadonlyMap<string, Order> };
  /** What is being saved: news are read behind it. */
  queue: { current: Promise<unknown> };
  unsaved: { readonly current: number };
  show: (orders: ReadonlyMap<string, Order>) => void;
  reload: () => void;
  sites: readonly Site[] | undefined;
}

/** Keeps the plan as it is on the server: a few work orders are read one by one, many with everything. */
export function usePlanNews({ latest, queue, unsaved, show, reload, sites }: Properties): void {
  const stale = useRef<Set<string> | "everything">(new Set());
  const timer = useRef<ReturnType<typeof setTimeout>>();

  const refresh = async () => {
    timer.current = undefined;
    await queue.current;
    const asked = stale.current;
    stale.current = new Set();
    if (asked === "everything") return reload();
    const known = new Set(sites?.map(({ id }) => id));
    const fresh = await Promise.all([...asked].map(async (id) => [id, await readOrder(id)] as const)).catch(() => null);
    // Where nobody knows the site, or something is being saved just now, the whole plan tells.
    if (fresh === null || unsaved.current > 0 || fresh.some(([, order]) => order && !known.has(order.site_id))) return reload();
    const orders = new Map(latest.current);
    for (const [id, order] of fresh) {
      if (order === null || order.state === "cancelled") orders.delete(id);
      else if (order.version >= (orders.get(id)?.version ?? 0)) orders.set(id, order);
    }
    show(orders);
  };
  const newest = useRef(refresh);
  newest.current = refresh;

  useLive(["work_order", "user"], (news) => {
    stale.current = staleAfter(stale.current, news);
    timer.current ??= setTimeout(() => void newest.current(), GATHER_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}

/** Names of people are read with everything. */
function staleAfter(before: Set<string> | "everything", news: News): Set<string> | "everything" {
  if (before === "everything" || news === "everything") return "everything";
  if (news.some(({ kind, id }) => kind !== "work_order" || id === null)) return "everything";
  const all = new Set([...before, ...news.flatMap(({ id }) => (id === null ? [] : [id]))]);
  return all.size > SINGLE_MOST ? "everything" : all;
}

/** Null: it is no longer there. */
async function readOrder(id: string): Promise<Order | null> {
  try {
    return orderOf(await read<"getWorkOrder">(path`/v1/work-orders/${id}`));
  } catch (error) {
    if (error instanceof ApiProblem && error.problem.code === "not_found") return null;
    throw error;
  }
}
