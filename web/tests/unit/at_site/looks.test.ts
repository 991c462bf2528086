import { describe, expect, test } from "vitest";
import { type Grey, greyOfRgba, looksOf, meanLuminance, sharpness, shrink, warningsOf } from "../../../phone/at_site/looks";

const thresholds = { photo_least_side_px: 480, photo_least_luminance: 20, photo_least_sharpness: 20 };

function picture(width: number, height: number, at: (x: number, y: number) => number): Grey {
  const samples = Uint8Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width)));
  return { width, height, samples };
}

/** Averages each pixel with those within `radius`: what a lens out of focus does. */
function blurred(grey: Grey, radius: number): Grey {
  return picture(grey.width, grey.height, (x, y) => {
    let sum = 0;
    let count = 0;
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        const [u, v] = [x + dx, y + dy];
        if (u < 0 || v < 0 || u >= grey.width || v >= grey.height) continue;
        sum += grey.samples[v * grey.width + u] ?? 0;
        count++;
      }
    }
    return sum / count;
  });
}

/** A drawn nameplate: frames and bars of several widths on a light ground. */
const nameplate = picture(640, 480, (x, y) => {
  const isText = y % 40 < 18 && (x * 7 + Math.floor(y / 40) * 13) % 23 < 9 && x % 97 > 12;
  return isText ? 40 : 205;
});

describe("sharpness", () => {
  test("is the variance of the Laplacian", () => {
    // Five by five, one bright pixel in the middle: -4 x 100 there, +100 at its four neighbours, 0 else.
    const dot = picture(5, 5, (x, y) => (x === 2 && y === 2 ? 100 : 0));
    expect(sharpness(dot)).toBeCloseTo((400 ** 2 + 4 * 100 ** 2) / 9, 9);
    // A ramp has none, whatever its slope.
    expect(sharpness(picture(9, 9, (x, y) => 3 * x + 2 * y))).toBe(0);
    expect(sharpness(picture(2, 9, () => 7))).toBe(0);
  });

  test("tells a sharp picture from a blurred one", () => {
    const sharp = looksOf(nameplate, 640, 480);
    const soft = looksOf(blurred(blurred(nameplate, 7), 7), 640, 480);
    expect(sharp.sharpness).toBeGreaterThan(100);
    expect(soft.sharpness).toBeLessThan(20);
    expect(warningsOf(sharp, thresholds)).toEqual([]);
    expect(warningsOf(soft, thresholds)).toEqual(["blurred"]);
  });
});

describe("shrinking", () => {
  test("averages areas, also with a factor that is no whole number", () => {
    const halves = picture(640, 2, (x) => (x < 320 ? 0 : 200));
    expect(shrink(halves, 320)).toMatchObject({ width: 320, height: 1 });
    const columns = shrink(picture(3, 3, (x) => 90 * x), 2);
    expect([...columns.samples]).toEqual([30, 150, 30, 150]); // (0 + 90/2) / 1.5 and (90/2 + 180) / 1.5
  });
  test("does not change the mean, and never enlarges", () => {
    const fine = picture(1000, 750, (x, y) => (x * 31 + y * 17) % 256);
    expect(Math.abs(meanLuminance(shrink(fine, 320)) - meanLuminance(fine))).toBeLessThan(0.5);
    const small = picture(100, 80, () => 9);
    expect(shrink(small, 320)).toBe(small);
  });
  test("a fine pattern averages out instead of making new edges", () => {
    const stripes = picture(1280, 960, (x) => (x % 2) * 255);
    expect(sharpness(shrink(stripes, 320))).toBeLessThan(1);
  });
});

describe("warnings", () => {
  const looks = { width_px: 640, height_px: 480, mean_luminance: 100, sharpness: 100 };
  test("values at the thresholds are within them", () => {
    expect(warningsOf({ ...looks, mean_luminance: 20, sharpness: 20 }, thresholds)).toEqual([]);
  });
  test("too small goes by the shorter side", () => {
    expect(warningsOf({ ...looks, width_px: 4000, height_px: 479 }, thresholds)).toEqual(["too_small"]);
  });
  test("a dark picture is not called blurred as well", () => {
    expect(warningsOf({ ...looks, mean_luminance: 19.9, sharpness: 1 }, thresholds)).toEqual(["too_dark"]);
    const night = looksOf(picture(640, 480, (x) => 4 + (x % 5)), 640, 480);
    expect(warningsOf(night, thresholds)).toEqual(["too_dark"]);
  });
});

test("colours count as JPEG counts them", () => {
  const rgba = Uint8ClampedArray.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]);
  expect([...greyOfRgba(rgba, 2, 2).samples]).toEqual([76, 150, 29, 255]);
});
