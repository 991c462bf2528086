/** Links that open a navigation app at a site. */
import { fromWgs84 } from "../../shared/site/datum";
import type { Position } from "../../shared/site/geodesic";
import type { NavigationApp } from "../local/types";

const decimals = (value: number) => value.toFixed(6);

/** @param position WGS-84 */
export function navigationLink(app: NavigationApp, position: Position, name: string): string {
  const label = encodeURIComponent(name);
  const point = `${decimals(position.latitude)},${decimals(position.longitude)}`;
  switch (app) {
    case "geo":
      return `geo:${point}?q=${point}(${label})`;
    case "apple":
      return `https://maps.apple.com/?daddr=${point}&q=${label}`;
    case "google":
      return `https://www.google.com/maps/dir/?api=1&destination=${point}`;
    case "amap": {
      // Amap draws on GCJ-02; given WGS-84 it would lead some hundred metres astray.
      const { latitude, longitude } = fromWgs84("gcj02", position);
      const to = `${decimals(longitude)},${decimals(latitude)},${label}`;
      return `https://uri.amap.com/navigation?to=${to}&mode=car&coordinate=gaode&callnative=1`;
    }
  }
}
