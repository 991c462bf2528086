/** Where the desk stands: `#/section/parts…?filters`. Filters live in the address: a view can be linked and reloaded. */
import { readHash, useHash } from "../../shared/ui/hash";

export interface Route {
  readonly section: string;
  /** What follows the section: an id, a tab. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

/** What a query is made of; empty and undefined values are left out. */
export type Query = Readonly<Record<string, string | number | undefined>> | URLSearchParams;

export function routeOf(hash: string): Route {
  const { segments, query } = readHash(hash);
  const [section = "", ...parts] = segments;
  return { section, parts, query };
}

export const useRoute = (): Route => routeOf(useHash());

/** The address of a view, for links. */
export function hrefTo(section: string, parts: readonly string[] = [], query: Query = {}): string {
  const pairs = query instanceof URLSearchParams ? [...query] : Object.entries(query);
  const kept = pairs.filter(([, value]) => value !== undefined && value !== "").map(([name, value]) => [name, String(value)]);
  const address = ["", section, ...parts].map(encodeURIComponent).join("/");
  return kept.length > 0 ? `#${address}?${new URLSearchParams(kept).toString()}` : `#${address}`;
}

/** Opens a view. `replace` leaves no way back to the one before: for filters, not for pages. */
export function goTo(
  section: string,
  parts: readonly string[] = [],
  query: Query = {},
  { replace = false }: { replace?: boolean } = {},
): void {
  const address = hrefTo(section, parts, query);
  if (replace) location.replace(address);
  else location.hash = address;
}

/** The same view with one filter changed; an empty value takes it out. */
export function withQuery(route: Route, name: string, value: string): void {
  const query = new URLSearchParams(route.query);
  if (value === "") query.delete(name);
  else query.set(name, value);
  goTo(route.section, route.parts, query, { replace: true });
}
