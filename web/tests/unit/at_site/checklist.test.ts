import { describe, expect, test } from "vitest";
import { type ChecklistItem, firstMissingRole, progressOf } from "../../../phone/at_site/checklist";
import type { KnownAsset } from "../../../phone/at_site/scan_match";

const order = "11111111-1111-1111-1111-111111111111";
const item = (change: Partial<ChecklistItem>): ChecklistItem => ({
  id: "i", kind: "photo", label: "x", photo_role: "before", asset_id: null, asset_name: null, minimum_count: 1, required: true, done: false, ...change,
});
const asset = { id: "a", name: "A", barcode: "A1", serial: null, site_id: "s", site_name: "S" } satisfies KnownAsset;
const isDone = (of: ChecklistItem, photos: Parameters<typeof progressOf>[2], scans: Parameters<typeof progressOf>[3] = []) =>
  progressOf([of], order, photos, scans)[0]?.isDone;

describe("an item is answered", () => {
  test("by what the server has", () => expect(isDone(item({ done: true }), [])).toBe(true));
  test("by a photo of its role, of this work order or of none", () => {
    expect(isDone(item({}), [{ role: "before", work_order_id: order }])).toBe(true);
    expect(isDone(item({}), [{ role: "before", work_order_id: null }])).toBe(true);
    expect(isDone(item({}), [{ role: "after", work_order_id: order }])).toBe(false);
    expect(isDone(item({}), [{ role: "before", work_order_id: "another" }])).toBe(false);
  });
  test("by any photo where no role is asked for", () =>
    expect(isDone(item({ photo_role: null }), [{ role: "other", work_order_id: order }])).toBe(true));
  test("by as many photos as it asks for; a day of an earlier version asks for one", () => {
    const three = item({ minimum_count: 3 });
    const photo = { role: "before", work_order_id: order } as const;
    expect(progressOf([three], order, [photo, photo], [])[0]).toMatchObject({ isDone: false, wanted: 3, taken: 2 });
    expect(isDone(three, [photo, photo, { role: "after", work_order_id: order }])).toBe(false);
    expect(isDone(three, [photo, photo, photo])).toBe(true);
    const { minimum_count: _, ...earlier } = item({});
    expect(isDone(earlier as ChecklistItem, [photo])).toBe(true);
  });
  test("by scans of as many assets; of one asset there is only one", () => {
    const two = item({ kind: "scan", photo_role: null, minimum_count: 2 });
    expect(isDone(two, [], [{ asset }, { asset }])).toBe(false);
    expect(isDone(two, [], [{ asset }, { asset: { ...asset, id: "b" } }])).toBe(true);
    expect(isDone(item({ kind: "scan", asset_id: "a", minimum_count: 2 }), [], [{ asset }])).toBe(true);
  });
  test("by a scan of its asset, or of any asset that is known", () => {
    const scan = item({ kind: "scan", photo_role: null, asset_id: "a" });
    expect(isDone(scan, [], [{ asset }])).toBe(true);
    expect(isDone(scan, [], [{ asset: { ...asset, id: "b" } }])).toBe(false);
    expect(isDone(scan, [], [{ asset: null }])).toBe(false);
    expect(isDone(item({ kind: "scan", asset_id: null }), [], [{ asset }])).toBe(true);
    expect(isDone(item({ kind: "scan", asset_id: null }), [], [{ asset: null }])).toBe(false);
  });
});

test("the camera opens with what is missing, required things first", () => {
  const progress = (items: ChecklistItem[]) => progressOf(items, order, [{ role: "before", work_order_id: null }], []);
  const optional = item({ photo_role: "overview", required: false });
  expect(firstMissingRole(progress([item({}), optional, item({ photo_role: "after" })]), "other")).toBe("after");
  expect(firstMissingRole(progress([item({}), optional]), "other")).toBe("overview");
  expect(firstMissingRole(progress([item({})]), "other")).toBe("other");
});
