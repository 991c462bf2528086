/** The list's filters as they stand in the address, and as the server takes them. */
import type { QueryValues } from "../ui/use_answer";
import { fromSiteTime } from "./site_time";

export const WHICH = ["open", "overdue", "unassigned", "finished", "all"] as const;
export type Which = (typeof WHICH)[number];

const OF_WHICH: Record<Which, QueryValues> = {
  open: { open: "true" },
  overdue: { overdue: "true" },
  unassigned: { unassigned: "true" },
  finished: { open: "false" },
  all: {},
};

const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** Days are the organisation's, both included. */
export function queryOf(query: URLSearchParams, zone: string): QueryValues {
  const which = WHICH.find((known) => known === query.get("which")) ?? "open";
  const from = query.get("from");
  const to = query.get("to");
  return {
    ...OF_WHICH[which],
    q: query.get("q")?.trim() || undefined,
    state: query.get("state") ?? undefined,
    assignee_id: query.get("technician") ?? undefined,
    customer_id: query.get("customer") ?? undefined,
    site_id: query.get("site") ?? undefined,
    from: isDay(from) ? (fromSiteTime(`${from}T00:00`, zone) ?? undefined) : undefined,
    to: isDay(to) ? (fromSiteTime(`${dayAfter(to)}T00:00`, zone) ?? undefined) : undefined,
    sort: query.get("sort") === "newest" ? "newest" : "planned",
  };
}
