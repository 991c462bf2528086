import type { Schema } from "../../shared/api/types";

/** What the queue is narrowed to; what is left out is not narrowed. */
export interface Filter {
  readonly verdict?: Schema<"Verdict">;
  readonly finding?: Schema<"FindingCode">;
  readonly technician_id?: string;
  readonly site_id?: string;
  readonly customer_id?: string;
  /** What was decided already, or every photo, the newest first; left out: what waits, by its risk. */
  readonly reviewed?: "true" | "all";
  readonly from?: string;
  readonly to?: string;
  /** Only with `reviewed`, from here. */
  readonly team?: string;
  readonly decision?: (typeof DECIDED)[number];
  /** By the calendars of the sites, as reports count. */
  readonly first_day?: string;
  readonly last_day?: string;
}

export const DECIDED = ["approve", "reject", "retake"] as const;

const isListed = (query: URLSearchParams): boolean => ["true", "all"].includes(query.get("reviewed") ?? "");

/** The filter that an address asks for; `from` and `to` are the reader's own days. What is no filter of ours is left out. */
export function filterOf(query: URLSearchParams): Filter {
  const given = (name: string) => query.get(name) || undefined;
  const filter: Record<string, string | undefined> = {
    verdict: given("verdict"),
    finding: given("finding"),
    technician_id: given("technician_id"),
    site_id: given("site_id"),
    customer_id: given("customer_id"),
    ...(isListed(query)
      ? { reviewed: given("reviewed"), team: given("team"), decision: given("decision"), first_day: given("first_day"), last_day: given("last_day") }
      : {}),
    from: startOfDay(query.get("from") ?? "") || undefined,
    to: startOfDay(query.get("to") ?? "", 1) || undefined,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** The first moment of a local day, 2026-11-20, as RFC 3339; "" for none. */
export function startOfDay(day: string, daysLater = 0): string {
  if (!day) return "";
  const date = new Date(`${day}T00:00:00`);
  if (Number.isNaN(date.getTime())) return "";
  date.setDate(date.getDate() + daysLater);
  return date.toISOString();
}
