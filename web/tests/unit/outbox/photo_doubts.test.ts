import { describe, expect, test } from "vitest";
import type { Schema } from "../../../shared/api/types";
import type { PhotoRecord, VisitDraft } from "../../../phone/local/types";
import type { OutboxItem, OutboxStatus } from "../../../phone/outbox/items";
import { codeOfWarning, doubtsOf, isStillNear, objectionsOf, unusable } from "../../../phone/outbox/photo_doubts";
import { photo as item, problem } from "./samples";

const TAKEN = "2026-11-21T08:00:00.000Z";
const HEARD_MS = Date.parse("2026-11-21T08:10:00.000Z");

const photo = (id: string, change: Partial<PhotoRecord> = {}): PhotoRecord =>
  ({ id, visit_id: "v", role: "nameplate", captured_at: TAKEN, warnings: [], ...change }) as PhotoRecord;
const finding = (code: string, change: Partial<Schema<"Finding">> = {}) =>
  ({ code, severity: "warn", explained: false, numbers: {}, sentence: code, ...change }) as Schema<"Finding">;
const judged = (...findings: Schema<"Finding">[]): OutboxStatus => ({
  state: "safe", at_ms: HEARD_MS,
  receipt: { received_at: null, sha256: null, verdict: "needs_review", findings, signed: null },
});
const sent = (id: string, status: OutboxStatus): OutboxItem => item(id, 0, { status });
const refused: OutboxStatus = { state: "refused", at_ms: HEARD_MS, problem: { ...problem("photo_refused", 422, false), fields: [] } };
const codes = (photos: PhotoRecord[], items: OutboxItem[] = []) =>
  doubtsOf(photos, items).map(({ photo: { id }, objections }) => [id, ...objections.map(({ code }) => code)]);

describe("what is said against a photo", () => {
  test("nothing of a good one, sent or not", () => {
    expect(codes([photo("a"), photo("b")], [sent("b", judged())])).toEqual([]);
  });

  test("what the phone saw, at once", () => {
    expect(codes([photo("a", { warnings: ["dark", "reused"] })])).toEqual([["a", "photo_too_dark", "photo_reused"]]);
  });

  test("what the server found that counts: not what informs, not what is explained, not what is about the check-in", () => {
    const findings = [
      finding("photo_reused", { severity: "fail" }), finding("photo_other_camera", { severity: "info" }),
      finding("photo_taken_elsewhere", { explained: true }), finding("geofence_outside"),
    ];
    expect(codes([photo("a")], [sent("a", judged(...findings))])).toEqual([["a", "photo_reused"]]);
    expect(objectionsOf(sent("a", judged(...findings))).map(({ code }) => code)).toEqual(["photo_reused"]);
  });

  test("of what both say, the server's word; it also clears what the phone suspected", () => {
    const dark = photo("a", { warnings: ["dark"] });
    const [doubt] = doubtsOf([dark], [sent("a", judged(finding("photo_too_dark")))]);
    expect(doubt?.objections.map(({ by }) => by)).toEqual(["server"]);
    expect(codes([dark], [sent("a", judged())])).toEqual([]);
  });

  test("that the server refused it", () => {
    expect(codes([photo("a")], [sent("a", refused)])).toEqual([["a", "refused"]]);
  });
});

describe("it is said until", () => {
  const bad = sent("a", judged(finding("photo_reused")));

  test("the technician has read it; what is new is said all the same", () => {
    expect(codes([photo("a", { doubts_read: ["photo_reused"] })], [bad])).toEqual([]);
    expect(codes([photo("a", { doubts_read: [codeOfWarning("blurred")] })], [bad])).toEqual([["a", "photo_reused"]]);
    const broken = photo("a", { warnings: ["broken"], doubts_read: [codeOfWarning("broken")] });
    expect(codes([broken])).toEqual([]);
    expect(codes([broken], [sent("a", refused)]), "now it is certain").toEqual([["a", "refused"]]);
  });

  test("another photo of the same thing was taken after it was known, at the same visit", () => {
    const after = new Date(HEARD_MS + 1000).toISOString();
    expect(codes([photo("a"), photo("b", { captured_at: after })], [bad])).toEqual([]);
    expect(codes([photo("a"), photo("b", { captured_at: "2026-11-21T08:05:00.000Z" })], [bad])).toHaveLength(1);
    expect(codes([photo("a"), photo("b", { captured_at: after, role: "meter" })], [bad])).toHaveLength(1);
    expect(codes([photo("a"), photo("b", { captured_at: after, visit_id: "w" })], [bad])).toHaveLength(1);
  });

  test("of what the phone said at once, any later one", () => {
    const blurred = photo("a", { warnings: ["blurred"] });
    expect(codes([blurred, photo("b", { captured_at: "2026-11-21T08:00:05.000Z" })])).toEqual([]);
  });
});

test("photos of no use: refused, or broken and not taken by the server", () => {
  const photos = [photo("a"), photo("b", { warnings: ["broken"] }), photo("c", { warnings: ["broken"] }), photo("d", { warnings: ["dark"] })];
  expect([...unusable(photos, [sent("a", refused), sent("c", judged())])]).toEqual(["a", "b"]);
});

test("a technician who left a while ago is not near any more", () => {
  const left = (left_at: string | null) => isStillNear({ left_at } as VisitDraft, HEARD_MS);
  expect([left(null), left(TAKEN), left("2026-11-21T06:00:00.000Z")]).toEqual([true, true, false]);
});
