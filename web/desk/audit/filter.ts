import type { Schema } from "../../shared/api/types";

/** What the queue is narrowed to; what is left out is not narrowed. */
export interface Filter {
  readonly verdict?: Schema<"Verdict">;
  readonly finding?: Schema<"FindingCode">;
  readonly technician_id?: string;
  readonly site_id?: string;
  readonly customer_id?: string;
  /** What was decided already, the newest first; left out: what waits, by its risk. */
  readonly reviewed?: "true";
  readonly from?: string;
  readonly to?: string;
}

/** The filter that an address asks for; days are the reader's own. What is no filter of ours is left out. */
export function filterOf(query: URLSearchParams): Filter {
  const given = (name: string) => query.get(name) || undefined;
  const filter: Record<string, string | undefined> = {
    verdict: given("verdict"),
    finding: given("finding"),
    technician_id: given("technician_id"),
    site_id: given("site_id"),
    customer_id: given("customer_id"),
    reviewed: query.get("reviewed") === "true" ? "true" : undefined,
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
