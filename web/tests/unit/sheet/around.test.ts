import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import type { PhotoRecord, SignatureDraft, VisitDraft } from "../../../phone/local/types";
import type { OutboxStatus, Refusal } from "../../../phone/outbox/items";
import { missingEvidence } from "../../../phone/sheet/missing_evidence";
import { quickFix } from "../../../phone/sheet/quick_fix";
import { type QrPicture, qrPicture } from "../../../shared/enrolment/qr";
import { sealOf } from "../../../phone/sheet/seal";
import { checkIn, refused, safe, sheet, signature } from "../outbox/samples";
import { order, site } from "./samples";

describe("what the checklist still asks for", () => {
  const item = (id: string, change: object) => ({
    id, kind: "photo" as const, label: id, photo_role: null, asset_id: null, asset_name: null, minimum_count: 1, required: true, done: false,
    ...change,
  });
  const checklist = [
    item("before", { photo_role: "before" }), item("scan", { kind: "scan", asset_id: "asset" }),
    item("known", { photo_role: "meter", done: true }), item("meter", { photo_role: "meter", required: false }),
  ];
  const scan = { id: "s", captured_at: "", symbology: "qr_code", value: "A1", entered: "camera" as const };
  const visit = (change: object) =>
    ({ site, work_orders: [{ ...order, checklist }], check_ins: [], gathered: { scans: [] }, ...change }) as unknown as VisitDraft;
  const labels = (of: VisitDraft, photos: object[] = []) =>
    missingEvidence(of, photos.map((photo) => ({ warnings: [], ...photo })) as unknown as PhotoRecord[], []).map(({ label, isRequired }) => `${label} ${isRequired}`);

  test("all that nobody has, required or not", () =>
    expect(labels(visit({}))).toEqual(["before true", "scan true", "meter false"]));
  test("photos and scans on the phone count, sent or gathered", () => {
    expect(labels(visit({ gathered: { scans: [scan] } }), [{ role: "before", work_order_id: null }])).toEqual(["meter false"]);
    expect(labels(visit({ check_ins: [{ scans: [scan] }] }))).toEqual(["before true", "meter false"]);
  });
  test("of several photos it says how many", () => {
    const several = [item("door", { photo_role: "after", minimum_count: 4 })];
    const taken = Array(3).fill({ role: "after", work_order_id: null }) as object[];
    const of = visit({ work_orders: [{ ...order, checklist: several }] });
    expect(labels(of, taken)).toEqual(["door ×4 true"]);
    expect(labels(of, [...taken, taken[0] as object])).toEqual([]);
  });
  test("a video does not, nor a photo that cannot be opened", () => {
    const scans = { gathered: { scans: [scan] } };
    expect(labels(visit(scans), [{ role: "before", work_order_id: null, media: "video" }])).toContain("before true");
    expect(labels(visit(scans), [{ role: "before", work_order_id: null, warnings: ["broken"] }])).toContain("before true");
  });
  test("a scan of something else does not", () =>
    expect(labels(visit({ gathered: { scans: [{ ...scan, value: "B2" }] } }))).toContain("scan true"));
});

describe("where a signature stands", () => {
  const mine = { id: "s" } as SignatureDraft;
  test("waiting, held back, sealed", () => {
    const waitsFor = signature("s", 2, { depends_on: ["sheet", "c"] });
    expect(sealOf(mine, [waitsFor, checkIn("c", 1)])).toEqual({ is: "waiting", isAwaited: false });
    expect(sealOf(mine, [waitsFor, checkIn("c", 1, { status: refused })])).toEqual({ is: "waiting", isAwaited: false });
    expect(sealOf(mine, [waitsFor, sheet("sheet", 1, { status: refused })])).toEqual({ is: "held_back" });
    const problem: Refusal = { code: "evidence_awaited", reason_code: null, detail: "", fields: [] };
    const status: OutboxStatus = { state: "waiting", attempts: 1, not_before_ms: 9, problem };
    expect(sealOf(mine, [signature("s", 2, { status })])).toEqual({ is: "waiting", isAwaited: true });
    expect(sealOf(mine, [signature("s", 2, { status: safe })]).is).toBe("sealed");
  });
});

describe("a quick position", () => {
  type Source = Pick<Geolocation, "getCurrentPosition">;
  const report = { coords: { latitude: 1, longitude: 2, accuracy: 5, altitude: null, speed: null }, timestamp: Date.now() };
  test("is the browser's", async () => {
    const source = { getCurrentPosition: (good: PositionCallback) => good(report as never) } as Source;
    expect(await quickFix(source)).toMatchObject({ latitude: 1, longitude: 2, datum: "wgs84", accuracy_m: 5, mocked: false });
  });
  test("is nothing when it is denied, or not there: nobody waits for it", async () => {
    const source = { getCurrentPosition: (_: unknown, bad: () => void) => bad() } as unknown as Source;
    expect(await quickFix(source)).toBeNull();
    expect(await quickFix(undefined)).toBeNull();
  });
});

/** The code as pixels, four to a module. */
function pixelsOf({ side, path }: QrPicture): ImageData {
  const width = side * 4;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, column, row] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let y = Number(row) * 4; y < Number(row) * 4 + 4; y++) {
      data.fill(0, (y * width + Number(column) * 4) * 4, (y * width + Number(column) * 4 + 4) * 4);
      for (let x = Number(column) * 4; x < Number(column) * 4 + 4; x++) data[(y * width + x) * 4 + 3] = 255;
    }
  }
  return { data, width, height: width, colorSpace: "srgb" };
}

test.each(["https://example.org/c/2idCQEWyTaKMi5EbVol4onyDejjqBLgkxXvWA0YJLR3gS1Hz", "注册码：冷库"])(
  "what is shown as a code can be scanned: %s",
  async (text) => {
    const wasm = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });
    const [read] = await readBarcodes(pixelsOf(qrPicture(text)), { formats: ["QRCode"] });
    expect(read?.text).toBe(text);
  },
);
