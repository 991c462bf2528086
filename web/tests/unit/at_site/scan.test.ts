import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import { prepareZXingModule } from "zxing-wasm/reader";
import { prepareZXingModule as prepareWriter, writeBarcode } from "zxing-wasm/writer";
import { barcodesIn } from "../../../phone/at_site/barcode_reader";
import { type KnownAsset, knownAssets, matchScan, settledReading, spelledAsLabel } from "../../../phone/at_site/scan_match";
import { looksLikeChinese, storable } from "../../../phone/at_site/scan_text";
import { Believer } from "../../../phone/at_site/scanner";

const module = createRequire(import.meta.url);
function wasm(name: string): ArrayBuffer {
  const file = readFileSync(module.resolve(`zxing-wasm/${name}`));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
}

beforeAll(() => {
  prepareZXingModule({ overrides: { wasmBinary: wasm("reader/zxing_reader.wasm") } });
  prepareWriter({ overrides: { wasmBinary: wasm("writer/zxing_writer.wasm") } });
});

/** Draws a symbol in the middle of a larger grey picture, as a camera would see a label. */
function photograph(isDark: (x: number, y: number) => boolean, width: number, height: number, scale: number): ImageData {
  const margin = 60;
  const picture = { width: width * scale + 2 * margin, height: height * scale + 2 * margin };
  const data = new Uint8ClampedArray(picture.width * picture.height * 4).fill(215);
  for (let y = 0; y < height * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      if (!isDark(Math.floor(x / scale), Math.floor(y / scale))) continue;
      data.fill(35, ((y + margin) * picture.width + x + margin) * 4, ((y + margin) * picture.width + x + margin) * 4 + 3);
    }
  }
  return { ...picture, data, colorSpace: "srgb" } as ImageData;
}

async function written(value: string, format: "DataMatrix" | "Code128" | "Code39" | "EAN13" | "UPCA" | "ITF" | "QRCode", options = "") {
  const { symbol, error } = await writeBarcode(value, { format, options });
  if (error) throw new Error(error);
  const { width, height, data } = symbol;
  const tall = height === 1 ? 40 : height;
  return photograph((x, y) => data[(height === 1 ? 0 : y) * width + x] === 0, width, tall, 4);
}

/* Made with segno 1.6: one row a string of hexadecimal digits would be shorter, and nobody could look at it. */
const codes = JSON.parse(readFileSync(new URL("chinese_qr_codes.json", import.meta.url), "utf8")) as Record<
  string,
  { value: string; modules: string[] }
>;

describe("QR codes with Chinese text", () => {
  for (const [name, { value, modules }] of Object.entries(codes)) {
    test(`${name} reads "${value}"`, async () => {
      const picture = photograph((x, y) => modules[y]?.[x] === "1", modules.length, modules.length, 5);
      const [sighting] = await barcodesIn(picture);
      expect(sighting).toMatchObject({ symbology: "qr_code", value, isVerified: true });
    });
  }
});

describe("other codes", () => {
  test.each([
    ["QRCode", "https://example.test/a?b=水泵", "", "qr_code", "https://example.test/a?b=水泵", true],
    ["DataMatrix", "FP-0042", "", "data_matrix", "FP-0042", true],
    ["Code128", "FP-0042", "", "code_128", "FP-0042", true],
    ["Code128", "(01)09506000134352(10)A1", "gs1", "gs1_128", "010950600013435210A1", true],
    ["Code39", "PUMP 7", "", "code_39", "PUMP 7", false],
    ["EAN13", "4006381333931", "", "ean_13", "4006381333931", true],
    ["ITF", "00012345600012", "", "itf", "00012345600012", false],
  ] as const)("%s %s", async (format, value, options, symbology, read, isVerified) => {
    const sightings = await barcodesIn(await written(value, format, options));
    expect(sightings).toHaveLength(1);
    expect(sightings[0]).toMatchObject({ symbology, value: read, isVerified });
  });

  test("an empty picture has none", async () => {
    expect(await barcodesIn(photograph(() => false, 40, 40, 5))).toEqual([]);
  });
});

describe("character sets", () => {
  const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
  test("ASCII, UTF-8 and what names its own are left alone", () => {
    expect(looksLikeChinese(bytes("FP-0042"), false, "FP-0042")).toBe(false);
    expect(looksLikeChinese(new TextEncoder().encode("水泵"), false, "水泵")).toBe(false);
    expect(looksLikeChinese(bytes("\xcb\xae\xb1\xc3"), true, "Ë®±Ã")).toBe(false);
  });
  test("GB 2312 is told from Latin-1 and Shift_JIS", () => {
    expect(looksLikeChinese(bytes("\xcb\xae\xb1\xc3"), false, "ﾋｮｱﾃ")).toBe(true);
    expect(looksLikeChinese(bytes("Pr\xfcfger\xe4t"), false, "Prüfgerät")).toBe(false);
    expect(looksLikeChinese(bytes("\x83\x7c\x83\x93\x83\x76"), false, "ポンプ")).toBe(false);
  });
  test("nothing goes out that the server cannot store", () => {
    expect(storable("a\0b")).toBe("a\uFFFDb");
    expect(storable("泵".repeat(5000))).toHaveLength(4096);
  });
});

describe("a code without a check digit", () => {
  const seen = (value: string, isVerified: boolean) => ({ symbology: "itf", value, offCentre: 0, isVerified });
  test("is believed when it is read twice in a row", () => {
    const believer = new Believer();
    expect(believer.believe([seen("123456", false)])).toBeNull();
    expect(believer.believe([seen("123450", false)])).toBeNull();
    expect(believer.believe([])).toBeNull();
    expect(believer.believe([seen("123450", false)])).toBeNull();
    expect(believer.believe([seen("123450", false)])?.value).toBe("123450");
  });
  test("one with a check digit is believed at once", () => {
    expect(new Believer().believe([seen("1", true)])?.value).toBe("1");
  });
});

describe("whose label it is", () => {
  const asset = (id: string, barcode: string | null, serial: string | null) => ({ id, name: `asset ${id}`, barcode, serial });
  const assets: KnownAsset[] = knownAssets([
    { id: "here", name: "Here", assets: [asset("1", "FP-0042", "S1"), asset("2", "0012345678905", null), asset("5", null, "ABC-7")] },
    { id: "there", name: "There", assets: [asset("3", "S1", null), asset("4", "FP-0099", null), asset("6", "abc-7", null)] },
    { id: "here", name: "Here", assets: [asset("1", "FP-0042", "S1")] },
  ]);

  test("each asset is known once", () => expect(assets.map(({ id }) => id)).toEqual(["1", "2", "5", "3", "4", "6"]));
  test("this site's", () => expect(matchScan("FP-0042", "here", assets)).toMatchObject({ kind: "this_site", asset: { id: "1" } }));
  test("another site's", () =>
    expect(matchScan("FP-0099", "here", assets)).toMatchObject({ kind: "other_site", asset: { site_name: "There" } }));
  test("unknown, and exact as on the server", () => {
    expect(matchScan("FP-1", "here", assets)).toEqual({ kind: "unknown" });
    expect(matchScan("fp-0042", "here", assets)).toEqual({ kind: "unknown" });
    expect(matchScan("", "here", assets)).toEqual({ kind: "unknown" });
  });
  test("this site's serial comes before another site's barcode; elsewhere barcodes come first", () => {
    expect(matchScan("S1", "here", assets)).toMatchObject({ kind: "this_site", asset: { id: "1" } });
    expect(matchScan("S1", "nowhere", assets)).toMatchObject({ kind: "other_site", asset: { id: "3" } });
  });

  test("typing: full-width characters and small letters find the label's spelling", () => {
    expect(spelledAsLabel(" ｆｐ－００４２ ", "here", assets)).toBe("FP-0042");
    expect(spelledAsLabel("fp-0099", "here", assets)).toBe("FP-0099");
    expect(spelledAsLabel("Abc-7", "here", assets)).toBe("Abc-7"); // two labels differ in case only
    expect(spelledAsLabel("abc-7", "here", assets)).toBe("abc-7");
    expect(spelledAsLabel("unknown", "here", assets)).toBe("unknown");
  });

  test("an EAN-13 that begins with 0 is the asset's spelling, else the label's twelve digits", () => {
    const reading = { symbology: "ean_13", value: "0012345678905" };
    expect(settledReading(reading, "here", assets)).toEqual(reading);
    expect(settledReading(reading, "here", [])).toEqual({ symbology: "upc_a", value: "012345678905" });
    expect(settledReading({ symbology: "ean_13", value: "4006381333931" }, "here", [])).toMatchObject({ symbology: "ean_13" });
    expect(settledReading({ symbology: "code_128", value: "0012345678905" }, "here", [])).toMatchObject({ symbology: "code_128" });
  });
});
