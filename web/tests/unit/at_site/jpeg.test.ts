import { describe, expect, test } from "vitest";
import { exifOf, kindOf, withExif } from "../../../phone/at_site/jpeg";

const bytes = (...parts: (number[] | string)[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...part].map((c) => c.charCodeAt(0)) : part)));
const blob = (...parts: (number[] | string)[]): Blob => new Blob([bytes(...parts)]);
const content = async (of: Blob): Promise<number[]> => [...new Uint8Array(await of.arrayBuffer())];

describe("a file's kind is told by its first bytes", () => {
  test.each([
    ["jpeg", blob([0xff, 0xd8, 0xff, 0xe1], "....")],
    ["heic", blob([0, 0, 0, 24], "ftypheic", [0, 0])],
    ["heic", blob([0, 0, 0, 24], "ftypmif1", [0, 0])],
    ["png", blob([0x89], "PNG\r\n")],
    ["empty", blob()],
    ["other", blob("GIF89a")],
    ["video", blob([0, 0, 0, 24], "ftypmp42")],
  ])("%s", async (kind, file) => expect(await kindOf(file)).toBe(kind));
});

/** A TIFF with one directory of two entries: Orientation, and another that must stay as it is. */
function tiff(isLittle: boolean, orientation: number): number[] {
  const short = (n: number) => (isLittle ? [n & 255, n >> 8] : [n >> 8, n & 255]);
  const long = (n: number) => (isLittle ? [...short(n), 0, 0] : [0, 0, ...short(n)]);
  return [
    ...(isLittle ? [0x49, 0x49] : [0x4d, 0x4d]),
    ...short(42),
    ...long(8),
    ...short(2),
    ...[...short(0x0112), ...short(3), ...long(1), ...short(orientation), 0, 0],
    ...[...short(0x0213), ...short(3), ...long(1), ...short(2), 0, 0],
    ...long(0),
  ];
}

function jpeg(exif: number[] | null): Blob {
  const app0 = [0xff, 0xe0, 0, 4, 7, 7];
  const body = exif && [0x45, 0x78, 0x69, 0x66, 0, 0, ...exif];
  const app1 = body ? [0xff, 0xe1, 0, body.length + 2, ...body] : [];
  return blob([0xff, 0xd8], app0, app1, [0xff, 0xda, 0, 2, 1, 2, 3]);
}

describe("EXIF goes over to a smaller copy", () => {
  for (const isLittle of [true, false]) {
    test(`made upright, the rest unchanged (${isLittle ? "little" : "big"} endian)`, async () => {
      const exif = await exifOf(jpeg(tiff(isLittle, 6)));
      const upright = await exifOf(jpeg(tiff(isLittle, 1)));
      expect(exif).toEqual(upright);
      const copy = withExif(blob([0xff, 0xd8, 0xff, 0xdb, 9, 9]), exif);
      expect(await content(copy)).toEqual([0xff, 0xd8, ...(exif ?? []), 0xff, 0xdb, 9, 9]);
      expect(copy.type).toBe("image/jpeg");
    });
  }

  test("none stays none: nothing is made up", async () => {
    expect(await exifOf(jpeg(null))).toBeNull();
    const copy = blob([0xff, 0xd8, 1]);
    expect(withExif(copy, null)).toBe(copy);
  });

  test("what cannot be read is left out", async () => {
    const beyond = tiff(true, 6);
    beyond[4] = 200;
    expect(await exifOf(jpeg(beyond))).toBeNull();
    expect(await exifOf(blob([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1]))).toBeNull();
    expect(await exifOf(blob("no picture"))).toBeNull();
  });
});
