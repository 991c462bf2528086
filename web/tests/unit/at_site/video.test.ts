import { describe, expect, test } from "vitest";
import { isWholeVideo } from "../../../phone/at_site/video";

function box(type: string, size: number, declared = size): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, declared);
  bytes.set([...type].map((character) => character.charCodeAt(0)), 4);
  return bytes;
}

const whole = [box("ftyp", 24), box("mdat", 5000), box("moov", 300)];

describe("a video", () => {
  test("is whole when its boxes end where the file does", async () => {
    expect(await isWholeVideo(new Blob(whole))).toBe(true);
    expect(await isWholeVideo(new Blob([box("ftyp", 24), box("moov", 300), box("mdat", 900, 0)]))).toBe(true);
  });

  test("may have boxes whose size takes 64 bits", async () => {
    const large = box("mdat", 64, 1);
    new DataView(large.buffer).setBigUint64(8, 64n);
    expect(await isWholeVideo(new Blob([box("ftyp", 24), large, box("moov", 300)]))).toBe(true);
  });

  test("is not whole wherever it was cut", async () => {
    const file = new Blob(whole);
    for (let size = 0; size < file.size; size += 37) expect(await isWholeVideo(file.slice(0, size)), `${size}`).toBe(false);
  });

  test("of nonsense is not whole, and does not take for ever", async () => {
    expect(await isWholeVideo(new Blob([new Uint8Array(100)]))).toBe(false);
    expect(await isWholeVideo(new Blob([box("ftyp", 24), box("moov", 24, 3)]))).toBe(false);
  });
});
