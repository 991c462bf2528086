/** A day's board as it is known here, and how a part of it that was read again takes its place. Pure. */
import type { Schema } from "../../shared/api/types";
import type { News } from "../live/connection";

export type Board = Schema<"Board">;
export type WorkOrder = Schema<"BoardWorkOrder">;
export type Technician = Schema<"BoardTechnician">;
export type Retake = Schema<"BoardRetake">;

/** What has to be read again. */
export interface Stale {
  readonly everything: boolean;
  readonly workOrders: ReadonlySet<string>;
  readonly visits: ReadonlySet<string>;
  readonly retakes: boolean;
}

export const nothingStale: Stale = { everything: false, workOrders: new Set(), visits: new Set(), retakes: false };
export const everythingStale: Stale = { ...nothingStale, everything: true };

/** As many as one question may name. */
const MOST = 50;

/** Kinds of changes that a board shows something of. Names of sites, customers and users are read with everything. */
export const BOARD_KINDS = ["work_order", "visit", "retake", "site", "customer", "user"] as const;

/** What is stale after news, with what was stale before. */
export function staleAfter(before: Stale, news: News): Stale {
  if (before.everything || news === "everything") return everythingStale;
  const workOrders = new Set(before.workOrders);
  const visits = new Set(before.visits);
  let { retakes } = before;
  for (const { kind, id } of news) {
    if (kind === "retake") retakes = true;
    else if (id === null || (kind !== "work_order" && kind !== "visit")) return everythingStale;
    else (kind === "work_order" ? workOrders : visits).add(id);
  }
  return workOrders.size > MOST || visits.size > MOST ? everythingStale : { everything: false, workOrders, visits, retakes };
}

export const isStale = ({ everything, workOrders, visits, retakes }: Stale): boolean =>
  everything || workOrders.size > 0 || visits.size > 0 || retakes;

/** The question that reads what is stale. */
export function questionOf(stale: Stale, day: string): Record<string, string | undefined> {
  if (stale.everything) return { day: day || undefined };
  const list = (ids: ReadonlySet<string>) => (ids.size > 0 ? [...ids].join(",") : undefined);
  return {
    day: day || undefined,
    work_orders: list(stale.workOrders),
    visits: list(stale.visits),
    retakes: stale.retakes ? "true" : undefined,
  };
}

function replaced<Row extends { readonly id: string }>(rows: readonly Row[], asked: ReadonlySet<string>, fresh: readonly Row[]): Row[] {
  const gone = new Set([...asked, ...fresh.map(({ id }) => id)]);
  return [...rows.filter(({ id }) => !gone.has(id)), ...fresh];
}

/** The board after an answer to `asked`: a work order that was asked for and did not come has left it. */
export function withAnswer(known: Board | null, asked: Stale, answer: Board): Board {
  if (answer.is_whole || !known) return answer;
  return {
    ...known,
    now: answer.now,
    work_orders: replaced(known.work_orders, asked.workOrders, answer.work_orders),
    technicians: replaced(known.technicians, new Set(), answer.technicians),
    retakes: answer.retakes ?? known.retakes,
  };
}
