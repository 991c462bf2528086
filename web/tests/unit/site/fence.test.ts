import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Fence, fenceDistanceM, fenceOf, fenceVerdict } from "../../../shared/site/fence";
import { type Position, distanceM, isPosition, offsetM } from "../../../shared/site/geodesic";

type Pair = [number, number];
interface Expected {
  distances: { from: Pair; to: Pair; distance_m: number }[];
  offsets: { origin: Pair; point: Pair; east_m: number; north_m: number }[];
  fences: { name: string; polygons: Pair[][][]; points: { at: Pair; distance_m: number }[] }[];
}

/* The answers of PROJ and PostGIS that the server's geo/ is tested with: tests/geo/oracle.py. */
const file = new URL("../../../../tests/geo/expected.json", import.meta.url);
const expected = JSON.parse(readFileSync(file, "utf8")) as Expected;

const at = ([latitude, longitude]: Pair): Position => ({ latitude, longitude });
const EARTH_M = 20_000_000;

describe("distance", () => {
  for (const { from, to, distance_m } of expected.distances) {
    const isNearlyAntipodal = distance_m > 0.995 * EARTH_M;
    test(`${from} to ${to} is PROJ's`, () => {
      const tolerance_m = isNearlyAntipodal ? 0.007 * distance_m : 1e-4;
      expect(Math.abs(distanceM(at(from), at(to)) - distance_m)).toBeLessThan(tolerance_m);
    });
  }

  test("there are nearly antipodal pairs, which Vincenty's formula cannot do", () => {
    expect(expected.distances.some(({ distance_m }) => distance_m > 0.995 * EARTH_M)).toBe(true);
  });

  test("of a point from itself is 0", () => {
    expect(distanceM(at([31.2, 121.5]), at([31.2, 121.5]))).toBe(0);
    expect(distanceM(at([0, 0]), at([0, 0]))).toBe(0);
    expect(distanceM(at([90, 0]), at([90, 77]))).toBeLessThan(1e-6);
  });

  for (const { origin, point, east_m, north_m } of expected.offsets) {
    test(`offset of ${point} from ${origin} is PROJ's`, () => {
      const offset = offsetM(at(origin), at(point));
      expect(offset.east_m).toBeCloseTo(east_m, 3);
      expect(offset.north_m).toBeCloseTo(north_m, 3);
    });
  }
});

describe("distance to a fence", () => {
  for (const { name, polygons, points } of expected.fences) {
    test(`${name}: PostGIS's`, () => {
      const fence: Fence = { kind: "polygons", polygons: polygons.map((rings) => rings.map((ring) => ring.map(at))) };
      for (const point of points) {
        expect(Math.abs(fenceDistanceM(fence, at(point.at)) - point.distance_m), `${point.at}`).toBeLessThan(1e-3);
      }
    });
  }

  test("of the API: GeoJSON's order, holes, a closing point and points written twice", () => {
    const ring = (east: number, north: number, size: number) => [
      [east, north],
      [east + size, north],
      [east + size, north],
      [east + size, north + size],
      [east, north + size],
      [east, north],
    ];
    const polygon = { coordinates: [ring(116.39, 39.9, 0.01), ring(116.393, 39.903, 0.004)] };
    const wgs84 = { position: at([39.905, 116.395]), polygon };
    const fence = fenceOf({ radius_m: null, wgs84 });
    if (!fence) throw new Error("no fence");
    expect(fenceDistanceM(fence, at([39.905, 116.395]))).toBeGreaterThan(100); // in the hole
    expect(fenceDistanceM(fence, at([39.9015, 116.3915]))).toBeLessThan(-100);
    expect(fenceDistanceM(fence, at([39.88, 116.395]))).toBeGreaterThan(2000);
  });

  test("a circle is geodesic", () => {
    const wgs84 = { position: at([39.908823, 116.39747]), polygon: null };
    const fence = fenceOf({ radius_m: 50, wgs84 });
    if (!fence) throw new Error("no fence");
    // echo '39.908823 116.39747 39.909123 116.39797' | geod -I +ellps=WGS84 -F %.6f
    expect(fenceDistanceM(fence, at([39.909123, 116.39797]))).toBeCloseTo(4.197922, 4);
    expect(fenceOf({ radius_m: null, wgs84 })).toBeNull();
  });
});

describe("verdict", () => {
  // The same rows as test_fence__verdict_is_three_way in tests/geo/test_fence.c.
  test.each([
    [-20, 10, "inside"],
    [-10, 10, "inside"],
    [-9.99, 10, "uncertain"],
    [0, 10, "uncertain"],
    [10, 10, "uncertain"],
    [10.01, 10, "outside"],
    [0, 0, "inside"],
    [0.01, 0, "outside"],
    [-100, -1, "uncertain"],
    [100, NaN, "uncertain"],
    [NaN, 10, "uncertain"],
    [-100, Infinity, "uncertain"],
  ])("%d m at an accuracy of %d m is %s", (distance_m, accuracy_m, verdict) => {
    expect(fenceVerdict(distance_m, accuracy_m)).toBe(verdict);
  });

  test("positions have ranges", () => {
    expect(isPosition(at([90, -180]))).toBe(true);
    expect(isPosition(at([90.1, 0]))).toBe(false);
    expect(isPosition(at([NaN, 0]))).toBe(false);
  });
});
