import { expect, test } from "vitest";
import { isClockWrong, leadOf, TOLERATED_MS } from "../../../phone/device/clock";
import { isNearlyFull, missingBytes } from "../../../phone/device/storage";

const server = new Date("2026-11-21T08:00:00Z");
const sharp = server.getTime() + 500;

test("the lead is measured in the middle of the request", () => {
  expect(leadOf(server, sharp - 200, sharp + 200)).toBe(0);
  expect(leadOf(server, sharp + 300_000, sharp + 300_400)).toBe(300_200);
  expect(leadOf(server, sharp - 600_000, sharp - 600_000)).toBe(-600_000);
});

test("a slow answer, or a clock that was set meanwhile, says nothing", () => {
  expect(leadOf(server, sharp, sharp + 11_000)).toBeNull();
  expect(leadOf(server, sharp + 5000, sharp)).toBeNull();
});

test("two minutes are tolerated, in both directions", () => {
  expect([0, TOLERATED_MS, -TOLERATED_MS, null].map(isClockWrong)).toEqual([false, false, false, false]);
  expect([TOLERATED_MS + 1, -TOLERATED_MS - 1].map(isClockWrong)).toEqual([true, true]);
});

test("nearly full means little room left, by the browser's own count", () => {
  const room = (usedBytes: number, quotaBytes: number) => ({ usedBytes, quotaBytes, isPersistent: false });
  expect(isNearlyFull(null)).toBe(false);
  expect(isNearlyFull(room(1e9, 10e9))).toBe(false);
  expect(isNearlyFull(room(9.9e9, 10e9))).toBe(true);
  expect(isNearlyFull(room(0, 150e6)), "a small phone is not full from the start").toBe(false);
});

test("so much has to go for the room not to be nearly full", () => {
  const room = (usedBytes: number, quotaBytes: number) => ({ usedBytes, quotaBytes, isPersistent: false });
  expect(missingBytes(null)).toBe(0);
  expect(missingBytes(room(1e9, 10e9))).toBe(0);
  expect(missingBytes(room(9.95e9, 10e9))).toBe(150e6);
});
