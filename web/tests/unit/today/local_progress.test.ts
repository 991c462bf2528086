import { describe, expect, test } from "vitest";
import { finishedHere, progressHere, takenAgain } from "../../../phone/today/local_progress";
import type { PhotoRecord, VisitDraft } from "../../../phone/local/types";
import type { OutboxItem } from "../../../phone/outbox/items";
import type { WorkOrder } from "../../../phone/today/plan_day";
import { checkIn, photo, refused, safe } from "../outbox/samples";

const visit = (change: Partial<VisitDraft>) =>
  ({
    id: "visit", work_order_ids: ["w"], left_at: "2026-11-21T09:00:00Z", check_ins: [],
    gathered: { check_in_id: "g", photo_ids: [], scans: [], note: "" }, ...change,
  }) as unknown as VisitDraft;
const taken = (change: Partial<PhotoRecord>) =>
  ({ id: "p", visit_id: "visit", check_in_id: "c", role: "before", work_order_id: null, retake_of: null, warnings: [], ...change }) as unknown as PhotoRecord;
const safeAt = (at_ms: number) => ({ ...safe, at_ms }) as typeof safe;

describe("finishedHere", () => {
  test("a visit that was left counts while the server's list is older than what was sent", () => {
    expect([...finishedHere([visit({})], [checkIn("c", 1)], 0)]).toEqual(["w"]);
    expect([...finishedHere([visit({})], [checkIn("c", 1, { status: safeAt(10) })], 9)]).toEqual(["w"]);
  });

  test("then the server's list counts: the work may have been sent out again", () => {
    expect(finishedHere([visit({})], [checkIn("c", 1, { status: safeAt(10) })], 10).size).toBe(0);
  });

  test("a visit that goes on is not finished", () => {
    expect(finishedHere([visit({ left_at: null })], [checkIn("c", 1)], 0).size).toBe(0);
  });
});

test("the checklist counts what is on this phone, but no photo that was sent back or refused", () => {
  const order = {
    id: "w", checklist: [{ id: "1", kind: "photo", photo_role: "before", required: true, done: false }],
    site: { id: "s", name: "s", assets: [] },
  } as unknown as WorkOrder;
  const isDone = (photos: PhotoRecord[], retakes: { photo_id: string }[] = [], outbox: OutboxItem[] = []) =>
    progressHere(order, [visit({})], photos, retakes as never, outbox)[0]?.isDone;
  expect(isDone([])).toBe(false);
  expect(isDone([taken({})])).toBe(true);
  expect(isDone([taken({ visit_id: "another" })])).toBe(false);
  expect(isDone([taken({})], [{ photo_id: "p" }])).toBe(false);
  expect(isDone([taken({})], [], [photo("p", 1)])).toBe(true);
  expect(isDone([taken({})], [], [photo("p", 1, { status: refused })])).toBe(false);
});

test("a photo that was taken again is no longer asked for, unless the server refused it or its check-in", () => {
  const again = [taken({ retake_of: "old" })];
  expect([...takenAgain(again, [photo("p", 1)])]).toEqual(["old"]);
  expect(takenAgain(again, [photo("p", 1, { status: refused })]).size).toBe(0);
  expect(takenAgain(again, [checkIn("c", 1, { status: refused })]).size).toBe(0);
  expect(takenAgain([taken({})], []).size).toBe(0);
});
