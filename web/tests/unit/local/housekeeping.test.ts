import { beforeEach, expect, test } from "vitest";
import { closeDatabase, database } from "../../../phone/local/database";
import { countOnlyHere, forgetUser, tidyUp } from "../../../phone/local/housekeeping";
import { addPhoto, readPhoto, readPhotoBytes } from "../../../phone/local/photos";
import { newVisit, readVisit } from "../../../phone/local/visits";
import { enqueueCheckIn } from "../../../phone/outbox/enqueue";
import { listOutbox, settle } from "../../../phone/outbox/store";
import { accepted, site, USER } from "../outbox/samples";

const AT = "2026-11-21T08:00:00.000Z";
const DAY = 24 * 60 * 60_000;
const newPhoto = (id: string) => ({
  id, role: "before" as const, captured_at: AT, work_order_id: null, retake_of: null, caption: null, warnings: [],
});

/** A finished visit with one photo. */
async function visitWithPhoto(photoId: string, userId = USER) {
  const visit = await enqueueCheckIn(newVisit(userId, site, ["w"], AT), { kind: "arrival", captured_at: AT, fix: null });
  await addPhoto(visit.id, newPhoto(photoId), new Blob(["four"]));
  return enqueueCheckIn(visit, { kind: "departure", captured_at: AT, fix: null });
}
const settleAll = async () => {
  for (const item of await listOutbox(USER)) await settle(item, accepted);
};

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("fieldproof").onsuccess = resolve;
  });
});

test("bytes go only when the photo is safe, and after a day; at once when room is needed", async () => {
  await visitWithPhoto("p");
  expect(await tidyUp(USER, { isUrgent: true, nowMs: Date.now() + 100 * DAY })).toBe(0);
  expect(await readPhotoBytes("p")).toBeDefined();
  await settleAll();
  expect(await tidyUp(USER)).toBe(0);
  expect(await tidyUp(USER, { isUrgent: true })).toBe(4);
  expect(await readPhotoBytes("p")).toBeUndefined();
  expect((await readPhoto("p"))?.freed_at_ms).not.toBeNull();
});

test("a visit with anything unsent is kept however old it is; one that is safe goes after two weeks", async () => {
  const visit = await visitWithPhoto("p");
  await tidyUp(USER, { nowMs: Date.now() + 100 * DAY });
  expect(await readVisit(visit.id)).toBeDefined();
  await settleAll();
  await tidyUp(USER, { nowMs: Date.now() + 13 * DAY });
  expect(await readVisit(visit.id)).toBeDefined();
  await tidyUp(USER, { nowMs: Date.now() + 15 * DAY });
  expect(await readVisit(visit.id)).toBeUndefined();
  expect(await readPhoto("p")).toBeUndefined();
  expect(await listOutbox(USER), "receipts outlive the visit").toHaveLength(3);
  await tidyUp(USER, { nowMs: Date.now() + 91 * DAY });
  expect(await listOutbox(USER)).toEqual([]);
});

test("what exists on this phone only is counted: unsent items, and photos that are not queued yet", async () => {
  const visit = await enqueueCheckIn(newVisit(USER, site, ["w"], AT), { kind: "arrival", captured_at: AT, fix: null });
  await addPhoto(visit.id, newPhoto("p"), new Blob(["x"]));
  expect(await countOnlyHere(USER)).toBe(2);
  await settleAll();
  expect(await countOnlyHere(USER)).toBe(1);
});

test("forgetting a user leaves nothing of that user and all of the others", async () => {
  await visitWithPhoto("mine");
  const theirs = await visitWithPhoto("theirs", "another");
  await forgetUser(USER);
  expect(await listOutbox(USER)).toEqual([]);
  expect(await readPhotoBytes("mine")).toBeUndefined();
  expect(await readVisit(theirs.id)).toBeDefined();
  expect(await (await database()).count("photo_bytes")).toBe(1);
});
