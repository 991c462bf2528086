import type { Schema } from "../../shared/api/types";

/** What the queue is narrowed to; what is left out is not narrowed. */
export interface Filter {
  readonly verdict?: Schema<"Verdict">;
  readonly finding?: Schema<"FindingCode">;
  readonly technician_id?: string;
  readonly site_id?: string;
  readonly from?: string;
  readonly to?: string;
}

/** The filter with one member changed; an empty text takes it out. */
export function withFilter(filter: Filter, name: keyof Filter, value: string): Filter {
  const { [name]: _, ...others } = filter;
  return value === "" ? others : { ...others, [name]: value };
}

/** The first moment of a local day, 2026-11-20, as RFC 3339; "" for none. */
export function startOfDay(day: string, daysLater = 0): string {
  if (!day) return "";
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + daysLater);
  return date.toISOString();
}
