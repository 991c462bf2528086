import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { iconPng } from "../../../build_steps/icons";

test("an icon is a PNG whose pixels can be read back, on the app's ground up to the edge", () => {
  const png = iconPng(64);
  expect(png.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([64, 64]);
  const start = png.indexOf("IDAT");
  const rows = inflateSync(png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4)));
  expect(rows.length).toBe(64 * (1 + 64 * 3));
  expect([...rows.subarray(1, 4)]).toEqual([11, 79, 138]);
  // crc32("IEND") is the same in every PNG.
  expect(png.readUInt32BE(png.length - 4)).toBe(0xae426082);
});
