/**
 * Screens by the address behind `#`. The address never reaches the server, so every screen opens offline.
 * To add a screen: one row in routes.ts.
 */
import type { ComponentType } from "preact";
import { readHash } from "../shared/ui/hash";

/** What a screen gets: the named parts of its pattern, and what came after `?`. */
export interface ScreenProperties {
  parameters: Record<string, string>;
  query: URLSearchParams;
}

export type Screen = ComponentType<ScreenProperties>;

export interface Route {
  /** "/site/{work_order_id}": a named part matches one segment. */
  pattern: string;
  /** Loads the screen when it is opened for the first time. */
  load: () => Promise<{ default: Screen }>;
  /** May be opened without a log-in. */
  isPublic?: boolean;
  /** One of the three that the navigation bar leads to; the bar stays in view. */
  isMain?: boolean;
}

export interface Match {
  route: Route;
  properties: ScreenProperties;
}

/** The route of an address, or null. The first that matches counts. */
export function matchRoute(routes: readonly Route[], hash: string): Match | null {
  const { segments, query } = readHash(hash);
  for (const route of routes) {
    const wanted = route.pattern.split("/").filter(Boolean);
    if (wanted.length !== segments.length) continue;
    const parameters: Record<string, string> = {};
    const fits = wanted.every((part, i) => {
      const segment = segments[i] ?? "";
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      if (name === undefined) return part === segment;
      parameters[name] = segment;
      return segment !== "";
    });
    if (fits) return { route, properties: { parameters, query } };
  }
  return null;
}

/** Opens a screen: openScreen("/site/…"). `replace` leaves no way back to the one before. */
export function openScreen(address: string, { replace = false } = {}): void {
  if (replace) {
    location.replace(`#${address}`);
  } else {
    location.hash = address;
  }
}
