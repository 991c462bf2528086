import { expect, test } from "vitest";
import { backOffMs } from "../../../phone/outbox/back_off";
import { nextPieceBytes } from "../../../phone/outbox/send_photo";

test("it doubles, up to ten minutes", () => {
  const longest = (failures: number) => backOffMs(failures, 1);
  expect([1, 2, 3, 4].map(longest)).toEqual([2000, 4000, 8000, 16000]);
  expect(longest(50)).toBe(600_000);
  expect(longest(5000)).toBe(600_000);
});

test("a random half is left out, so that phones do not come back together", () => {
  expect(backOffMs(3, 0)).toBe(4000);
  expect(backOffMs(3, 0.5)).toBe(6000);
});

test("never sooner than the server asked for", () => {
  expect(backOffMs(1, 0, 30)).toBe(30_000);
  expect(backOffMs(10, 1, 1)).toBe(600_000);
});

test("pieces of a photo last about four seconds, within bounds", () => {
  expect(nextPieceBytes(256_000, 1000)).toBe(1_024_000);
  expect(nextPieceBytes(256_000, 60_000)).toBe(128 * 1024);
  expect(nextPieceBytes(4_000_000, 10)).toBe(4 * 1024 * 1024);
});
