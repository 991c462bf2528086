/** Rings that are drawn: points at a distance, so that a circle keeps its true size on any map and in any datum. */
import { degrees, type Position, radians } from "../../shared/site/geodesic";

/** EPSG:7030, as in shared/site/geodesic.ts, whose inverse this is. */
const SEMI_MAJOR_AXIS_M = 6378137;
const FLATTENING = 1 / 298.257223563;
const SEMI_MINOR_AXIS_M = SEMI_MAJOR_AXIS_M * (1 - FLATTENING);

const ROUNDS_MAX = 50;
const TOLERANCE_RAD = 1e-13;
const RING_POINTS = 96;

/**
 * Where one comes to: Vincenty's direct formula, Survey Review 23, 1975. Within a tenth of a millimetre.
 *
 * @param azimuth_rad clockwise from north
 */
export function destination(origin: Position, azimuth_rad: number, distance_m: number): Position {
  const tanU = (1 - FLATTENING) * Math.tan(radians(origin.latitude));
  const cosU = 1 / Math.hypot(1, tanU);
  const sinU = tanU * cosU;
  const sinAzimuth = Math.sin(azimuth_rad);
  const cosAzimuth = Math.cos(azimuth_rad);
  const start = Math.atan2(tanU, cosAzimuth);
  const sinAlpha = cosU * sinAzimuth;
  const cosSquaredAlpha = 1 - sinAlpha * sinAlpha;
  const u = cosSquaredAlpha * (SEMI_MAJOR_AXIS_M ** 2 / SEMI_MINOR_AXIS_M ** 2 - 1);
  const a = 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u)));
  const b = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
  const first = distance_m / (SEMI_MINOR_AXIS_M * a);
  let sigma = first;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const m = Math.cos(2 * start + sigma);
    const sin = Math.sin(sigma);
    const inner = Math.cos(sigma) * (2 * m * m - 1) - (b / 6) * m * (4 * sin * sin - 3) * (4 * m * m - 3);
    const next = first + b * sin * (m + (b / 4) * inner);
    const isThere = Math.abs(next - sigma) < TOLERANCE_RAD;
    sigma = next;
    if (isThere) break;
  }
  const [sin, cos] = [Math.sin(sigma), Math.cos(sigma)];
  const across = sinU * sin - cosU * cos * cosAzimuth;
  const latitude = Math.atan2(sinU * cos + cosU * sin * cosAzimuth, (1 - FLATTENING) * Math.hypot(sinAlpha, across));
  const lambda = Math.atan2(sin * sinAzimuth, cosU * cos - sinU * sin * cosAzimuth);
  const c = (FLATTENING / 16) * cosSquaredAlpha * (4 + FLATTENING * (4 - 3 * cosSquaredAlpha));
  const m = Math.cos(2 * start + sigma);
  const turn = lambda - (1 - c) * FLATTENING * sinAlpha * (sigma + c * sin * (m + c * cos * (2 * m * m - 1)));
  const longitude = ((origin.longitude + degrees(turn) + 540) % 360) - 180;
  return { latitude: degrees(latitude), longitude };
}

/** Points around a circle, clockwise from north. */
export function circleRing(centre: Position, radius_m: number): Position[] {
  return Array.from({ length: RING_POINTS }, (_, i) => destination(centre, (2 * Math.PI * i) / RING_POINTS, radius_m));
}
