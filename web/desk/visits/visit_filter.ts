/** The filters of the list of visits; they stand in the address under the names the server knows. Pure. */
export const FILTERS = [
  "technician_id", "team", "customer_id", "site_id", "first_day", "last_day", "verdict", "finding", "signed", "corrected", "correction", "concern", "reviewed",
] as const;

export type FilterName = (typeof FILTERS)[number];

/** What the server is asked; anything else in an address is left out. */
export function visitQueryOf(query: URLSearchParams): Partial<Record<FilterName, string>> {
  const pairs = FILTERS.flatMap((name) => {
    const value = query.get(name);
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/** The filters with another one about corrections: "open" asks for those that wait, "true" for those that were made. */
export function withCorrection(query: URLSearchParams, value: string): URLSearchParams {
  const changed = new URLSearchParams(query);
  changed.delete("correction");
  changed.delete("corrected");
  if (value !== "") changed.set(value === "open" ? "correction" : "corrected", value);
  return changed;
}
