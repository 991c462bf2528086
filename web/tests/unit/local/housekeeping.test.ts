import { beforeEach, expect, test } from "vitest";
import { closeDatabase, database } from "../../../phone/local/database";
import { countOnlyHere, forgetUser, tidyUp } from "../../../phone/local/housekeeping";
import { listOriginals, readOriginal, removeOriginals } from "../../../phone/local/originals";
import { addPhoto, readPhoto, readPhotoBytes } from "../../../phone/local/photos";
import { changeSettings } from "../../../phone/local/settings";
import { changeVisit, newVisit, readVisit } from "../../../phone/local/visits";
import { enqueueCheckIn, enqueueSheet } from "../../../phone/outbox/enqueue";
import { listOutbox, settle } from "../../../phone/outbox/store";
import { newSheet } from "../../../phone/sheet/content";
import { Signer, safeBy } from "../outbox/receipts";
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
const signer = new Signer();
/** The server has everything, and says so; its receipt of each photo is as `receiptOf` makes it. */
const settleAll = async (receiptOf: (id: string) => string | null = (id) => signer.receipt(id, "four")) => {
  for (const item of await listOutbox(USER)) await settle(item, item.kind === "photo" ? safeBy(receiptOf(item.id)) : accepted);
};

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("fieldproof").onsuccess = resolve;
  });
  await signer.pin();
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

test.each([
  ["signed by nobody we know", (id: string) => new Signer().receipt(id, "four")],
  ["for another photo", () => signer.receipt("another", "four")],
  ["for other bytes", (id: string) => signer.receipt(id, "five")],
  ["none", () => null],
])("bytes stay, and are sent anew, when the receipt is %s", async (_, receiptOf) => {
  const visit = await visitWithPhoto("p");
  await settleAll(receiptOf);
  expect(await tidyUp(USER, { isUrgent: true, nowMs: Date.now() + 100 * DAY })).toBe(0);
  expect(await readPhotoBytes("p")).toBeDefined();
  expect(await readVisit(visit.id)).toBeDefined();
  const photo = (await listOutbox(USER)).find(({ id }) => id === "p");
  expect(photo?.status).toMatchObject({ state: "waiting", problem: { code: "receipt_unproven" } });
});

test("while the phone knows no key of the server, nothing goes and nothing is doubted", async () => {
  await changeSettings({ receipt_keys: [] });
  const visit = await visitWithPhoto("p");
  await settleAll();
  expect(await tidyUp(USER, { isUrgent: true, nowMs: Date.now() + 100 * DAY })).toBe(0);
  expect(await readPhotoBytes("p")).toBeDefined();
  expect(await readVisit(visit.id)).toBeDefined();
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

test("a note and a sheet that were begun exist on this phone only, until they are handed over", async () => {
  const visit = await enqueueCheckIn(newVisit(USER, site, ["w"], AT), { kind: "arrival", captured_at: AT, fix: null });
  await settleAll();
  expect(await countOnlyHere(USER)).toBe(0);
  await changeVisit(visit.id, (before) => ({ ...before, gathered: { ...before.gathered, note: "Mind the step." } }));
  expect(await countOnlyHere(USER)).toBe(1);
  await changeVisit(visit.id, (before) => ({ ...before, sheet: newSheet([]) }));
  expect(await countOnlyHere(USER)).toBe(2);
  const body = { version: 1, site_id: site.id, open_before: [], done: [], left_open: [], parts: [] };
  await enqueueSheet(visit.id, body, AT, (before) => before);
  expect(await countOnlyHere(USER), "the sheet waits in the outbox now").toBe(2);
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

/** A finished visit whose photo was sent smaller than it was taken. */
async function visitWithOriginal(photoId: string, captured_at: string) {
  const visit = await enqueueCheckIn(newVisit(USER, site, ["w"], AT), { kind: "arrival", captured_at: AT, fix: null });
  await addPhoto(visit.id, { ...newPhoto(photoId), captured_at }, new Blob(["four"]), { blob: new Blob(["seven77"]), keep: true });
  return enqueueCheckIn(visit, { kind: "departure", captured_at: AT, fix: null });
}

test("an original of which a smaller copy was sent stays, with its visit, as long as there is room", async () => {
  const visit = await visitWithOriginal("p", AT);
  await settleAll();
  await tidyUp(USER, { isUrgent: true, nowMs: Date.now() + 100 * DAY });
  expect(await readPhotoBytes("p")).toBeUndefined();
  expect(await readVisit(visit.id)).toBeDefined();
  expect(await (await readOriginal("p"))?.text()).toBe("seven77");
  const [kept] = await listOriginals(USER);
  expect(kept).toMatchObject({ bytes: 7, site: site.name, photo: { id: "p" } });
  expect(await listOriginals("another")).toEqual([]);
});

test("when there is none, originals go, the oldest first, and none whose copy is not safe", async () => {
  await visitWithOriginal("old", "2026-11-20T08:00:00.000Z");
  await visitWithOriginal("new", "2026-11-21T08:00:00.000Z");
  expect(await removeOriginals(USER, 1)).toBe(0);
  await settleAll();
  await visitWithOriginal("unsent", "2026-11-19T08:00:00.000Z");
  expect(await removeOriginals(USER, 1)).toBe(7);
  expect((await listOriginals(USER)).map(({ photo }) => photo.id)).toEqual(["new", "unsent"]);
  expect(await readOriginal("old")).toBeUndefined();
  expect(await readPhotoBytes("old"), "what was sent is another matter").toBeDefined();
  expect(await removeOriginals(USER)).toBe(7);
  expect((await listOriginals(USER)).map(({ photo }) => photo.id)).toEqual(["unsent"]);
});
