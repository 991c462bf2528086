import { expect, test } from "vitest";
import { visitOf } from "../../../phone/local/restore_visit";
import { composeDocument, documentText } from "../../../phone/sheet/document";
import { factsOf } from "../../../phone/sheet/facts";
import type { Session } from "../../../phone/local/types";
import type { Schema } from "../../../shared/api/types";

const AT = "2026-11-20T02:00:00.000Z";
const UNTIL = "2026-11-20T03:00:00.000Z";
const document: Schema<"SheetDocument"> = {
  schema: "fieldproof.visit-sheet/1", visit_id: "v", version: 1, corrects_version: null, correction_reason: null, evidence_until: UNTIL,
  organisation: { id: "o", name: "Nordlicht" }, customer: { id: "c", name: "海底捞", language: "zh" },
  site: { id: "s", name: "人民广场店", address: null, time_zone: "Asia/Shanghai", position: { latitude: 31.2, longitude: 121.4 }, radius_m: 120, polygon: null },
  technician: { id: "t", name: "李伟" }, work_orders: [{ id: "w", number: "WO-1", title: "Too warm" }],
  check_ins: [{ id: "a", kind: "arrival", captured_at: AT, position: { latitude: 31.2001, longitude: 121.4001 }, accuracy_m: 8 }],
  scans: [{ id: "q", captured_at: AT, symbology: "qr_code", value: "A1" }],
  photos: [{ id: "p", role: "before", captured_at: AT, caption: "门", sha256: "ab" }, { id: "z-late", role: "after", captured_at: AT, caption: null, sha256: "cd" }],
  open_before: ["Too warm"], done: [], left_open: [], parts: [],
};
const photo = (id: string, role: string, caption: string | null, receipt: object | null) => ({
  id, visit_id: "v", check_in_id: "a", role, media: "photo", captured_at: AT, work_order_id: "w", retake_of: null, caption, receipt,
});
const visit = {
  id: "v", arrived_at: AT, departed_at: null, first_seen_at: AT,
  work_orders: [{ id: "w", number: "WO-1", title: "Too warm", state: "closed" }],
  check_ins: [{
    id: "a", kind: "arrival", captured_at: AT, work_order_ids: ["w"], note: null,
    // As a phone sent it that measures in GCJ-02; the server has converted it.
    fix: { latitude: 31.198, longitude: 121.405, datum: "gcj02", accuracy_m: 8, mocked: false, fix_at: AT },
    wgs84: { latitude: 31.2001, longitude: 121.4001 },
    scans: [{ id: "q", captured_at: AT, symbology: "qr_code", value: "A1", entered: "camera" }],
    photos: [photo("p", "before", "门", { sha256: "ab", bytes: 3 }), photo("z-late", "after", null, null)],
  }],
} as unknown as Schema<"Visit">;
const sheet = {
  version: 1, state: "signed", corrects_version: null, correction_reason: null, evidence_until: UNTIL, document: documentText(document),
  content: { open_before: ["Too warm"], done: [], left_open: [], parts: [] },
  signature: { id: "sig", sheet_version: 1, document_sha256: "d", signer_name: "王芳", signer_role: "店长", method: "typed", strokes: null, rating: null, signed_at: UNTIL },
} as unknown as Schema<"Sheet">;
const session = { user: { id: "t", name: "李伟" }, organisation: { id: "o", name: "Nordlicht" } } as Session;

test("from a restored visit the phone makes the very document that was signed", () => {
  const restored = visitOf(visit, sheet, "t", 5);
  const { visit: mine, photos } = restored;
  if (!mine.sheet) throw new Error("there is no sheet");
  const facts = factsOf(mine, mine.sheet, UNTIL, { session, day: undefined, photos });
  expect(documentText(composeDocument(facts))).toBe(sheet.document);
});

test("it is over, signed, holds no bytes, and tells nothing of its work orders again", () => {
  const { visit: mine, photos } = visitOf(visit, sheet, "t", 5);
  expect(mine).toMatchObject({ left_at: AT, signature: { sheet_version: 1 }, sheet: { outcomes: { w: { to: "done", is_sent: true } } } });
  expect(photos.map(({ id, freed_at_ms, sha256 }) => [id, freed_at_ms, sha256])).toEqual([["p", 5, "ab"], ["z-late", 5, "cd"]]);
});
