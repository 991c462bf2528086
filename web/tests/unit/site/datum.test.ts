// The shifts between WGS-84 and the datums of Chinese maps, held to what the server's own code gives.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Datum, fromWgs84, toWgs84 } from "../../../shared/site/datum";
import { distanceM, type Position } from "../../../shared/site/geodesic";

/** Written by geo/datum.c; tests/geo/test_datum.c holds it to the same file. */
const vectors = readFileSync(new URL("../../../../tests/geo/datum_vectors.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"))
  .map((line) => {
    const [datum, ...numbers] = line.split(" ");
    const [a = NaN, b = NaN, c = NaN, d = NaN] = numbers.map(Number);
    const wgs84: Position = { latitude: a, longitude: b };
    return { datum: datum as Datum, wgs84, shifted: { latitude: c, longitude: d } as Position };
  });

/** 10 micrometres: what the last digits of a double are worth, and less than any screen or fix can show. */
const MOST_APART_M = 1e-5;

test("both ways within 10 µm of the server's values, at fifty places", () => {
  expect(vectors.length).toBe(50);
  for (const { datum, wgs84, shifted } of vectors) {
    const where = `${datum} ${wgs84.latitude} ${wgs84.longitude}`;
    expect(distanceM(fromWgs84(datum, wgs84), shifted), where).toBeLessThan(MOST_APART_M);
    expect(distanceM(toWgs84(datum, shifted), wgs84), where).toBeLessThan(MOST_APART_M);
  }
});

test("there and back within a millimetre all over the rectangle, but for 2 km at its border", () => {
  for (const datum of ["gcj02", "bd09"] as const) {
    for (let latitude = 0.9; latitude < 55.8; latitude += 1.37) {
      for (let longitude = 72.1; longitude < 137.8; longitude += 1.71) {
        const wgs84 = { latitude, longitude };
        expect(distanceM(toWgs84(datum, fromWgs84(datum, wgs84)), wgs84)).toBeLessThan(0.001);
      }
    }
  }
});

test("a shift is hundreds of metres in China and nothing in Europe", () => {
  const shanghai = { latitude: 31.2304, longitude: 121.4737 };
  expect(distanceM(fromWgs84("gcj02", shanghai), shanghai)).toBeGreaterThan(400);
  expect(distanceM(fromWgs84("bd09", shanghai), shanghai)).toBeGreaterThan(900);
  expect(fromWgs84("gcj02", { latitude: 52.5, longitude: 13.4 })).toEqual({ latitude: 52.5, longitude: 13.4 });
});
