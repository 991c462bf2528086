/** The plain grid under a map: lines a round number of metres apart, which stand still when the map moves. */
import type { Position } from "../../shared/site/geodesic";
import { radians } from "../../shared/site/geodesic";
import { roundLengthM } from "../../shared/site/plan";

/** Which part of the Earth is seen. */
export interface View {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

export interface Grid {
  readonly spacing_m: number;
  /** Each from edge to edge. */
  readonly lines: readonly (readonly [Position, Position])[];
}

/** So many pixels lie between lines, at least half as many. */
const SPACING_PX = 110;
const LINES_MOST = 200;

/** Metres of a degree at a latitude, on the WGS-84 ellipsoid: the usual series, right to a centimetre. */
function metresPerDegree(latitude: number): { north_m: number; east_m: number } {
  const phi = radians(latitude);
  return {
    north_m: 111132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi),
    east_m: 111412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi),
  };
}

function steps(from: number, to: number, origin: number, step: number): number[] {
  const first = Math.ceil((from - origin) / step);
  const count = Math.min(Math.floor((to - origin) / step) - first + 1, LINES_MOST);
  return Array.from({ length: Math.max(count, 0) }, (_, i) => origin + (first + i) * step);
}

/** @param metresPerPixel of the map as it is now */
export function gridOf(view: View, origin: Position, metresPerPixel: number): Grid {
  const spacing_m = roundLengthM(SPACING_PX * metresPerPixel);
  const { north_m, east_m } = metresPerDegree(Math.min(Math.max(origin.latitude, -85), 85));
  const across = steps(view.south, view.north, origin.latitude, spacing_m / north_m).map(
    (latitude) => [{ latitude, longitude: view.west }, { latitude, longitude: view.east }] as const,
  );
  const along = steps(view.west, view.east, origin.longitude, spacing_m / east_m).map(
    (longitude) => [{ latitude: view.south, longitude }, { latitude: view.north, longitude }] as const,
  );
  return { spacing_m, lines: [...across, ...along] };
}
