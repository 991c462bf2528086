/**
 * GCJ-02 and BD-09, as in geo/datum.h: used only to foresee that a fix outside the fence would be
 * inside if it, or the site, were stated in the datum of Chinese maps. Nothing is ever converted for
 * sending: a fix goes out as the phone gave it.
 */
import { type Position, radians } from "./geodesic";

export type Datum = "wgs84" | "gcj02" | "bd09";

/** Krasovsky 1940, on which the GCJ-02 formula works. */
const SEMI_MAJOR_AXIS_M = 6378245;
const ECCENTRICITY_SQUARED = 0.00669342162296594323;

const BD09_WAVE_RAD_PER_DEG = (Math.PI * 3000) / 180;
const INVERSE_TOLERANCE_DEG = 1e-11;
const INVERSE_ROUNDS_MAX = 30;

/** The sine of so many half turns. */
function wave(halfTurns: number): number {
  return Math.sin(halfTurns * Math.PI);
}

function commonRippleM(x: number): number {
  return 20 * wave(6 * x) + 20 * wave(2 * x);
}

function latitudeShiftM(x: number, y: number): number {
  const trend = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x));
  const waves = 20 * wave(y) + 40 * wave(y / 3) + 160 * wave(y / 12) + 320 * wave(y / 30);
  return trend + ((commonRippleM(x) + waves) * 2) / 3;
}

function longitudeShiftM(x: number, y: number): number {
  const trend = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x));
  const waves = 20 * wave(x) + 40 * wave(x / 3) + 150 * wave(x / 12) + 300 * wave(x / 30);
  return trend + ((commonRippleM(x) + waves) * 2) / 3;
}

function gcj02FromWgs84(wgs84: Position): Position {
  const x = wgs84.longitude - 105;
  const y = wgs84.latitude - 35;
  const lat = radians(wgs84.latitude);
  const wSquared = 1 - ECCENTRICITY_SQUARED * Math.sin(lat) ** 2;
  const primeVertical_m = SEMI_MAJOR_AXIS_M / Math.sqrt(wSquared);
  const meridian_m = (primeVertical_m * (1 - ECCENTRICITY_SQUARED)) / wSquared;
  return {
    latitude: wgs84.latitude + (latitudeShiftM(x, y) / meridian_m) * (180 / Math.PI),
    longitude:
      wgs84.longitude + (longitudeShiftM(x, y) / (primeVertical_m * Math.cos(lat))) * (180 / Math.PI),
  };
}

function bd09FromGcj02(gcj02: Position): Position {
  const { longitude: x, latitude: y } = gcj02;
  const radius = Math.hypot(x, y) + 0.00002 * Math.sin(y * BD09_WAVE_RAD_PER_DEG);
  const angle = Math.atan2(y, x) + 0.000003 * Math.cos(x * BD09_WAVE_RAD_PER_DEG);
  return { latitude: radius * Math.sin(angle) + 0.006, longitude: radius * Math.cos(angle) + 0.0065 };
}

/** Whether GCJ-02 and BD-09 differ from WGS-84 there. */
export function isShiftedAt(point: Position): boolean {
  return (
    point.latitude >= 0.8293 &&
    point.latitude <= 55.8271 &&
    point.longitude >= 72.004 &&
    point.longitude <= 137.8347
  );
}

function shift(datum: Datum, wgs84: Position): Position {
  if (datum === "wgs84") return wgs84;
  const gcj02 = gcj02FromWgs84(wgs84);
  return datum === "gcj02" ? gcj02 : bd09FromGcj02(gcj02);
}

/** The position in `datum` of a WGS-84 position. */
export function fromWgs84(datum: Datum, wgs84: Position): Position {
  return isShiftedAt(wgs84) ? shift(datum, wgs84) : wgs84;
}

/** The WGS-84 position of a position in `datum`. */
export function toWgs84(datum: Datum, point: Position): Position {
  if (datum === "wgs84" || !isShiftedAt(point)) return point;
  let guess = point;
  for (let round = 0; round < INVERSE_ROUNDS_MAX; round++) {
    const forth = shift(datum, guess);
    const latitudeError = point.latitude - forth.latitude;
    const longitudeError = point.longitude - forth.longitude;
    guess = { latitude: guess.latitude + latitudeError, longitude: guess.longitude + longitudeError };
    if (Math.max(Math.abs(latitudeError), Math.abs(longitudeError)) < INVERSE_TOLERANCE_DEG) break;
  }
  return guess;
}
