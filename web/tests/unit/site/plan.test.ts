import { describe, expect, test } from "vitest";
import type { Fence } from "../../../shared/site/fence";
import { middleOf, planOf, roundLengthM } from "../../../shared/site/plan";

const centre = { latitude: 31.2304, longitude: 121.4737 };
const circle: Fence = { kind: "circle", centre, radius_m: 100 };
const north = (metres: number) => ({ ...centre, latitude: centre.latitude + metres / 110_880 });

describe("the plan", () => {
  test("of a fence alone fills the drawing", () => {
    const plan = planOf(circle, null, null);
    expect(plan.circle).toMatchObject({ centre: { x: plan.side / 2, y: plan.side / 2 } });
    expect(plan.circle?.radius).toBeGreaterThan(plan.side * 0.35);
    expect(plan.here).toBeNull();
    expect(plan.fencePointer).toBeNull();
  });
  test("has north up, and fence, position and accuracy in it, to one scale", () => {
    const plan = planOf(circle, north(150), 50);
    const perMetre = (plan.circle?.radius ?? 0) / 100;
    expect(plan.accuracy).toBeCloseTo(50 * perMetre, 6);
    expect((plan.circle?.centre.y ?? 0) - (plan.here?.y ?? 0)).toBeCloseTo(150 * perMetre, 1);
    expect(plan.here?.x).toBeCloseTo(plan.circle?.centre.x ?? 0, 3);
    expect((plan.here?.y ?? 0) - plan.accuracy).toBeGreaterThan(0);
    expect((plan.circle?.centre.y ?? 0) + (plan.circle?.radius ?? 0)).toBeLessThan(plan.side);
    expect(plan.scaleBar.length).toBeCloseTo(plan.scaleBar.metres * perMetre, 6);
  });
  test("marks a fence that is too small to see from afar", () => {
    const plan = planOf(circle, north(20_000), 10);
    expect(plan.fencePointer).not.toBeNull();
    expect(plan.here).not.toBeNull();
  });
  test("leaves out a position on another continent", () => {
    const plan = planOf(circle, { latitude: 48.1, longitude: 11.6 }, 10);
    expect(plan.here).toBeNull();
    expect(plan.circle?.radius).toBeGreaterThan(plan.side * 0.35);
  });
  test("draws holes as further rings of one path", () => {
    const ring = (size: number) => [
      { latitude: -size, longitude: 180 - size },
      { latitude: -size, longitude: size - 180 },
      { latitude: size, longitude: size - 180 },
      { latitude: size, longitude: 180 - size },
    ];
    const fence: Fence = { kind: "polygons", polygons: [[ring(0.002), ring(0.001)]] };
    expect(middleOf(fence).latitude).toBeCloseTo(0, 9);
    expect(Math.abs(middleOf(fence).longitude)).toBeCloseTo(180, 9);
    const { outline, side } = planOf(fence, null, null);
    expect(outline.match(/M/g)).toHaveLength(2);
    for (const [number] of outline.matchAll(/[\d.]+/g)) expect(Number(number)).toBeLessThanOrEqual(side);
  });
});

test.each([
  [7, 5],
  [5, 5],
  [4.9, 2],
  [1.99, 1],
  [80, 50],
  [0.3, 0.2],
])("the scale bar of at most %d m is %d m", (most, length) => expect(roundLengthM(most)).toBeCloseTo(length, 9));
