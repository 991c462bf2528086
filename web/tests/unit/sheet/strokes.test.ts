import { expect, test } from "vitest";
import { boundsOf, isSignature, lastMsOf, LINES_MAX, padLinesOf, POINTS_MAX, strokesOf, svgPathOf } from "../../../phone/sheet/strokes";

const line = (count: number, from = 1000) => ({
  points: Array.from({ length: count }, (_, i) => ({ x: i * 0.123456, y: 10, time: from + i * 10, pressure: 0.123456 })),
});

test("nothing drawn is no signature", () => {
  expect(strokesOf([], 300, 100)).toBeNull();
  expect(strokesOf([{ points: [] }], 300, 100)).toBeNull();
});

test("points are rounded, and time counts from the first one", () => {
  const strokes = strokesOf([line(2, 5_000_000)], 300.004, 100);
  expect(strokes).toEqual({
    width: 300, height: 100,
    lines: [[{ x: 0, y: 10, t_ms: 0, pressure: 0.12 }, { x: 0.12, y: 10, t_ms: 10, pressure: 0.12 }]],
  });
});

test("time does not run backwards, and ends within an hour", () => {
  const strokes = strokesOf([line(1, 1000), line(1, 500), line(1, 9_000_000)], 300, 100);
  expect(strokes?.lines.map((points) => points[0]?.t_ms)).toEqual([0, 0, 3_600_000]);
});

test("the longest scribble stays within what the server takes", () => {
  const strokes = strokesOf(Array.from({ length: 1000 }, () => line(200)), 300, 100);
  expect(strokes?.lines.length).toBe(LINES_MAX);
  expect(strokes?.lines.flat().length).toBeLessThanOrEqual(POINTS_MAX);
  const long = strokesOf([line(50_000)], 300, 100);
  expect(long?.lines[0]?.length).toBeLessThanOrEqual(POINTS_MAX);
  expect(long?.lines[0]?.at(-1)?.x, "the end of a line stays").toBeCloseTo(49_999 * 0.123456, 1);
});

test("a turned phone fits the strokes into the new box and back, without distortion", () => {
  const strokes = strokesOf([line(100)], 300, 600)!;
  const turned = padLinesOf(strokes, 800, 300, 0);
  expect(turned[0]?.points[0]).toMatchObject({ x: (800 - 150) / 2, y: 5 });
  const again = padLinesOf(strokesOf(turned, 800, 300)!, 800, 300, 0);
  expect(again[0]?.points[50]?.x).toBeCloseTo(turned[0]!.points[50]!.x, 1);
});

test("drawing goes on where it was when the app was closed", () => {
  const strokes = strokesOf([line(10)], 300, 100)!;
  const now = 9_000_000;
  const restored = padLinesOf(strokes, 300, 100, now - lastMsOf(strokes));
  const more = strokesOf([...restored, line(2, now + 500)], 300, 100);
  expect(more?.lines[1]?.[0]?.t_ms).toBe(lastMsOf(strokes) + 500);
});

test("a tap is no signature, a name is", () => {
  expect(isSignature(null)).toBe(false);
  expect(isSignature(strokesOf([line(3)], 300, 100))).toBe(false);
  expect(isSignature(strokesOf([line(500)], 300, 100))).toBe(true);
});

test("as a picture, with dots", () => {
  const dot = { width: 10, height: 10, lines: [[{ x: 1, y: 2, t_ms: 0 }], [{ x: 1, y: 1, t_ms: 1 }, { x: 2, y: 3, t_ms: 2 }]] };
  expect(svgPathOf(dot)).toBe("M1 2h0.01M1 1L2 3");
});

test("a picture shows where the pen was", () => {
  const strokes = { width: 200, height: 100, lines: [[{ x: 50, y: 20, t_ms: 0 }, { x: 150, y: 60, t_ms: 9 }]] };
  expect(boundsOf(strokes)).toEqual({ left: 45, top: 15, width: 110, height: 50 });
});
