// What a map is made of, apart from the library that draws it.
import { describe, expect, test } from "vitest";
import { circleRing, destination } from "../../../desk/map/circle";
import { gridOf } from "../../../desk/map/grid";
import { extentOf } from "../../../desk/map/shapes";
import { Crossing } from "../../../desk/map/tiles";
import { distanceM, geodesic } from "../../../shared/site/geodesic";

const SHANGHAI = { latitude: 31.2304, longitude: 121.4737 };

describe("circles", () => {
  test("a destination lies where the geodesic says, within a millimetre, near and far", () => {
    for (const origin of [SHANGHAI, { latitude: 0, longitude: 179.9 }, { latitude: -77.8, longitude: 166.6 }]) {
      for (const distance_m of [1, 50, 5_000, 200_000]) {
        for (const azimuth of [0, 1, 2.5, 4, 6]) {
          const there = destination(origin, azimuth, distance_m);
          expect(Math.abs(distanceM(origin, there) - distance_m)).toBeLessThan(0.001);
          const turn = geodesic(origin, there).azimuth_rad - azimuth;
          expect(Math.abs(Math.sin(turn)) * distance_m).toBeLessThan(0.01);
        }
      }
    }
  });

  test("a ring keeps its radius on a shifted map: every point crosses by itself", () => {
    const crossing = new Crossing("gcj02");
    const back = circleRing(SHANGHAI, 150).map((point) => {
      const [lat, lng] = crossing.toMap(point);
      return crossing.fromMap({ lat, lng });
    });
    for (const point of back) expect(Math.abs(distanceM(SHANGHAI, point) - 150)).toBeLessThan(0.001);
  });
});

describe("the crossing between WGS-84 and the tiles", () => {
  test("a click on what was drawn gives what was drawn, in each datum, within a millimetre", () => {
    for (const datum of ["wgs84", "gcj02", "bd09"] as const) {
      const crossing = new Crossing(datum);
      const [lat, lng] = crossing.toMap(SHANGHAI);
      expect(distanceM(crossing.fromMap({ lat, lng }), SHANGHAI)).toBeLessThan(0.001);
      expect(distanceM(crossing.fromMap({ lat, lng: lng + 720 }), SHANGHAI)).toBeLessThan(0.001);
    }
  });

  test("what is drawn on GCJ-02 tiles is moved by hundreds of metres, on others not at all", () => {
    expect(new Crossing("wgs84").toMap(SHANGHAI)).toEqual([SHANGHAI.latitude, SHANGHAI.longitude]);
    const [latitude, longitude] = new Crossing("gcj02").toMap(SHANGHAI);
    expect(distanceM({ latitude, longitude }, SHANGHAI)).toBeGreaterThan(400);
  });
});

describe("the plain grid", () => {
  const view = { south: 31.22, north: 31.24, west: 121.46, east: 121.49 };

  test("its lines are a round number of metres apart, within a thousandth", () => {
    const { spacing_m, lines } = gridOf(view, SHANGHAI, 2);
    expect(spacing_m).toBe(200);
    const across = lines.filter(([a, b]) => a.latitude === b.latitude).map(([a]) => ({ ...a, longitude: 121.47 }));
    const along = lines.filter(([a, b]) => a.longitude === b.longitude).map(([a]) => ({ ...a, latitude: 31.2304 }));
    expect(across.length).toBeGreaterThan(8);
    expect(along.length).toBeGreaterThan(10);
    for (const set of [across, along]) {
      for (let i = 1; i < set.length; i++) {
        const [a, b] = [set[i - 1], set[i]];
        expect(a && b && Math.abs(distanceM(a, b) / 200 - 1)).toBeLessThan(0.001);
      }
    }
  });

  test("a line goes through its origin and stays there when the view moves", () => {
    const moved = { ...view, south: 31.2251, west: 121.4688 };
    for (const seen of [view, moved]) {
      const { lines } = gridOf(seen, SHANGHAI, 2);
      expect(lines.some(([a]) => Math.abs(a.longitude - SHANGHAI.longitude) < 1e-9)).toBe(true);
      expect(lines.some(([a]) => Math.abs(a.latitude - SHANGHAI.latitude) < 1e-9)).toBe(true);
    }
  });

  test("never more lines than can be drawn, however far the view reaches", () => {
    expect(gridOf({ south: -85, north: 85, west: -720, east: 720 }, SHANGHAI, 0.1).lines.length).toBeLessThanOrEqual(400);
  });
});

test("a fix that knows nothing does not push the rest out of the picture", () => {
  const fix = { kind: "fix", id: "1", position: SHANGHAI, accuracy_m: 100_000, verdict: null, label: "" } as const;
  const reach = Math.max(...extentOf([fix]).map((point) => distanceM(SHANGHAI, point)));
  expect(reach).toBeLessThan(5001);
  expect(extentOf([{ ...fix, accuracy_m: null }])).toEqual([SHANGHAI]);
});
