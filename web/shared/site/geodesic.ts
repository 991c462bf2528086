/**
 * Distances on the WGS-84 ellipsoid, as geo/distance.h has them, without a library of 30 kB.
 *
 * Vincenty's inverse formula (T. Vincenty, "Direct and inverse solutions of geodesics on the
 * ellipsoid", Survey Review 23, 1975): within 0.1 mm of Karney's algorithm up to a quarter of the
 * Earth, and all fences and walks are far smaller. It does not converge for nearly antipodal points;
 * there the sphere's distance stands in, which is up to 0.7 % off and 20,000 km from any fence.
 */

/** A position in degrees, WGS-84 unless said otherwise. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/** From one position to another. */
export interface Geodesic {
  readonly distance_m: number;
  /** Direction at the first position, clockwise from north. */
  readonly azimuth_rad: number;
}

/** EPSG:7030. */
const SEMI_MAJOR_AXIS_M = 6378137;
const FLATTENING = 1 / 298.257223563;
const SEMI_MINOR_AXIS_M = SEMI_MAJOR_AXIS_M * (1 - FLATTENING);
/** IUGG. */
const MEAN_RADIUS_M = 6371008.8;

const ROUNDS_MAX = 100;
/** 6 nanometres of longitude. */
const TOLERANCE_RAD = 1e-15;

export function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

export function degrees(angle_rad: number): number {
  return (angle_rad * 180) / Math.PI;
}

/** Finite numbers within the ranges of latitude and longitude. */
export function isPosition(position: Position): boolean {
  return Math.abs(position.latitude) <= 90 && Math.abs(position.longitude) <= 180;
}

interface Angle {
  readonly sin: number;
  readonly cos: number;
}

/** The latitude on the auxiliary sphere. */
function reducedLatitude(latitude: number): Angle {
  const tan = (1 - FLATTENING) * Math.tan(radians(latitude));
  const cos = 1 / Math.hypot(1, tan);
  return { sin: tan * cos, cos };
}

/** What one round of the iteration knows of the arc between the two points. */
interface Arc {
  readonly sin: number;
  readonly cos: number;
  readonly sigma: number;
  readonly cosSquaredAlpha: number;
  readonly cosTwiceMiddle: number;
  /** Longitude difference on the auxiliary sphere that follows from this arc. */
  readonly lambda: number;
}

function arcOf(from: Angle, to: Angle, lambda: number, difference: number): Arc {
  const sinLambda = Math.sin(lambda);
  const cosLambda = Math.cos(lambda);
  const sin = Math.hypot(to.cos * sinLambda, from.cos * to.sin - from.sin * to.cos * cosLambda);
  const cos = from.sin * to.sin + from.cos * to.cos * cosLambda;
  const sigma = Math.atan2(sin, cos);
  const sinAlpha = sin === 0 ? 0 : (from.cos * to.cos * sinLambda) / sin;
  const cosSquaredAlpha = 1 - sinAlpha * sinAlpha;
  const cosTwiceMiddle = cosSquaredAlpha === 0 ? 0 : cos - (2 * from.sin * to.sin) / cosSquaredAlpha;
  const c = (FLATTENING / 16) * cosSquaredAlpha * (4 + FLATTENING * (4 - 3 * cosSquaredAlpha));
  const bent = cosTwiceMiddle + c * cos * (2 * cosTwiceMiddle * cosTwiceMiddle - 1);
  return {
    sin,
    cos,
    sigma,
    cosSquaredAlpha,
    cosTwiceMiddle,
    lambda: difference + (1 - c) * FLATTENING * sinAlpha * (sigma + c * sin * bent),
  };
}

function lengthOf(arc: Arc): number {
  const axes = SEMI_MAJOR_AXIS_M ** 2 / SEMI_MINOR_AXIS_M ** 2 - 1;
  const u = arc.cosSquaredAlpha * axes;
  const a = 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u)));
  const b = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
  const m = arc.cosTwiceMiddle;
  const inner = arc.cos * (2 * m * m - 1) - (b / 6) * m * (4 * arc.sin ** 2 - 3) * (4 * m * m - 3);
  return SEMI_MINOR_AXIS_M * a * (arc.sigma - b * arc.sin * (m + (b / 4) * inner));
}

function azimuthOf(from: Angle, to: Angle, lambda: number): number {
  const north = from.cos * to.sin - from.sin * to.cos * Math.cos(lambda);
  return Math.atan2(to.cos * Math.sin(lambda), north);
}

function onSphere(from: Angle, to: Angle, difference: number): Geodesic {
  const arc = arcOf(from, to, difference, difference);
  return { distance_m: MEAN_RADIUS_M * arc.sigma, azimuth_rad: azimuthOf(from, to, difference) };
}

/** The geodesic between two positions. */
export function geodesic(from: Position, to: Position): Geodesic {
  const start = reducedLatitude(from.latitude);
  const end = reducedLatitude(to.latitude);
  let turn = to.longitude - from.longitude;
  if (turn > 180) turn -= 360;
  if (turn < -180) turn += 360;
  const difference = radians(turn);
  let lambda = difference;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const arc = arcOf(start, end, lambda, difference);
    if (Math.abs(arc.lambda) > Math.PI) break;
    if (Math.abs(arc.lambda - lambda) < TOLERANCE_RAD) {
      return { distance_m: lengthOf(arc), azimuth_rad: azimuthOf(start, end, arc.lambda) };
    }
    lambda = arc.lambda;
  }
  return onSphere(start, end, difference);
}

/** Metres between two positions. */
export function distanceM(from: Position, to: Position): number {
  return geodesic(from, to).distance_m;
}

/** Where `point` lies as seen from `origin`; distance and direction from there are true. */
export function offsetM(origin: Position, point: Position): { east_m: number; north_m: number } {
  const { distance_m, azimuth_rad } = geodesic(origin, point);
  return { east_m: distance_m * Math.sin(azimuth_rad), north_m: distance_m * Math.cos(azimuth_rad) };
}
