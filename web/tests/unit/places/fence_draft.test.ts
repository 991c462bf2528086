// A fence while it is drawn: what becomes of it when handles are moved, and what is sent.
import { describe, expect, test } from "vitest";
import type { Schema } from "../../../shared/api/types";
import {
  appendCorner, CORNERS_TO_MOVE_MAX, type Draft, draftOf, emptyDraft, fenceOfDraft, geometryOf, gripOf, handlesOf, inDatum, moveGrip, pressGrip,
  reinterpret, removeCorner, withKind,
} from "../../../desk/places/fence_draft";
import { toWgs84 } from "../../../shared/site/datum";
import { fenceDistanceM } from "../../../shared/site/fence";
import { distanceM } from "../../../shared/site/geodesic";

const PLACE = { latitude: 31.2304, longitude: 121.4737 };
const SQUARE = [
  { latitude: 31.23, longitude: 121.47 }, { latitude: 31.23, longitude: 121.48 },
  { latitude: 31.24, longitude: 121.48 }, { latitude: 31.24, longitude: 121.47 },
];
const words = { centre: "centre", radius: "radius", corner: (n: number) => `corner ${n}`, middle: (n: number) => `after ${n}` };
const circle: Draft = { ...emptyDraft(), position: PLACE, radius_m: 80 };
const polygon: Draft = { ...emptyDraft(), position: PLACE, kind: "polygon", rings: [SQUARE] };

test.each(["wgs84", "gcj02", "bd09"] as const)("what was given in %s is sent as it was given", (datum) => {
  const given = { latitude: 31.230416, longitude: 121.473701 };
  const draft: Draft = { ...circle, datum, position: toWgs84(datum, given) };
  expect(geometryOf(draft)).toEqual({ datum, position: given, radius_m: 80, polygon: null });
});

test("a site comes back as it is stored, holes and all", () => {
  const hole = [[121.473, 31.233], [121.475, 31.233], [121.474, 31.235], [121.473, 31.233]];
  const outer = [[121.47, 31.23], [121.48, 31.23], [121.48, 31.24], [121.47, 31.24], [121.47, 31.23]];
  const stored = { type: "Polygon", coordinates: [outer, hole] } as unknown as Schema<"Polygon">;
  const draft = draftOf({ datum: "wgs84", radius_m: null, wgs84: { position: PLACE, polygon: stored } });
  expect(draft.rings.map((ring) => ring.length)).toEqual([4, 3]);
  expect(geometryOf(draft)).toEqual({ datum: "wgs84", position: PLACE, radius_m: null, polygon: stored });
});

test("nothing is sent before there is a place and an area", () => {
  expect(geometryOf(emptyDraft())).toBeNull();
  expect(geometryOf({ ...polygon, rings: [SQUARE.slice(0, 2)] })).toBeNull();
  expect(geometryOf({ ...polygon, position: null })?.position).toEqual({ latitude: 31.235, longitude: 121.475 });
});

describe("handles", () => {
  test("of a circle: its centre and its edge", () => {
    const [centre, edge] = handlesOf(circle, words);
    expect(centre?.position).toEqual(PLACE);
    expect(distanceM(PLACE, edge?.position ?? PLACE)).toBeCloseTo(80, 3);
    const wider = moveGrip(circle, gripOf("radius"), { latitude: 31.2304, longitude: 121.4747 });
    expect(wider.radius_m).toBeCloseTo(95.3, 0);
    expect(moveGrip(circle, gripOf("radius"), PLACE).radius_m).toBe(1);
    expect(moveGrip(circle, gripOf("centre"), SQUARE[0] as typeof PLACE).position).toEqual(SQUARE[0]);
  });

  test("of a polygon: corners to move, edges to bend, corners to take away", () => {
    expect(handlesOf(polygon, words).map(({ id }) => id)).toEqual([
      "centre", "corner/0/0", "middle/0/0", "corner/0/1", "middle/0/1", "corner/0/2", "middle/0/2", "corner/0/3", "middle/0/3",
    ]);
    const bent = pressGrip(polygon, gripOf("middle/0/3"));
    expect(bent.rings[0]?.[4]).toEqual({ latitude: 31.235, longitude: 121.47 });
    const moved = moveGrip(bent, gripOf("corner/0/4"), PLACE);
    expect(moved.rings[0]?.[4]).toEqual(PLACE);
    expect(removeCorner(moved, 0, 4).rings[0]).toEqual(SQUARE);
    expect(appendCorner({ ...polygon, rings: [[]] }, PLACE).rings).toEqual([[PLACE]]);
  });

  test("a hole that is no area goes", () => {
    const withHole: Draft = { ...polygon, rings: [SQUARE, SQUARE.slice(0, 3)] };
    expect(removeCorner(withHole, 1, 0).rings).toEqual([SQUARE]);
  });

  test("of a surveyed outline with thousands of corners: none but its place", () => {
    const many = Array.from({ length: CORNERS_TO_MOVE_MAX + 1 }, () => PLACE);
    expect(handlesOf({ ...polygon, rings: [many] }, words)).toHaveLength(1);
  });
});

test("a circle that becomes a polygon keeps its middle and about its area; back again nothing is lost", () => {
  const square = withKind(circle, "polygon");
  const fence = fenceOfDraft(square);
  expect(square.rings[0]).toHaveLength(4);
  expect(fence && fenceDistanceM(fence, PLACE)).toBeCloseTo((-80 * Math.sqrt(Math.PI)) / 2, 0);
  expect(withKind(square, "circle").radius_m).toBe(80);
});

test("another datum reads the same numbers anew: nothing that was typed changes, the place does", () => {
  const before = geometryOf(polygon);
  const after = reinterpret(polygon, "gcj02");
  expect({ ...geometryOf(after), datum: "wgs84" }).toEqual(before);
  expect(distanceM(after.position ?? PLACE, PLACE)).toBeGreaterThan(400);
  expect(inDatum("gcj02", after.position ?? PLACE)).toEqual(PLACE);
});
