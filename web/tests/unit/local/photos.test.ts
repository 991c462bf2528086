import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { closeDatabase, database, write } from "../../../phone/local/database";
import { addPhoto, listPhotos, readPhotoBytes, sha256Of } from "../../../phone/local/photos";
import { newVisit, readVisit } from "../../../phone/local/visits";
import { enqueueCheckIn } from "../../../phone/outbox/enqueue";
import { site, USER } from "../outbox/samples";

const AT = "2026-11-21T08:00:00.000Z";
const newPhoto = (id: string) => ({
  id, role: "before" as const, captured_at: AT, work_order_id: null, retake_of: null, caption: null, warnings: [],
});
const begin = () => enqueueCheckIn(newVisit(USER, site, ["w"], AT), { kind: "arrival", captured_at: AT, fix: null });
const photo = new Blob(["four"], { type: "image/jpeg" });
/** More than is held in memory. */
const film = new Blob([new Uint8Array(33 * 1024 * 1024)], { type: "video/mp4" });

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("fieldproof").onsuccess = resolve;
  });
});
afterEach(() => void vi.restoreAllMocks());

test("a photo's bytes are in its record, not in a file beside the database", async () => {
  const visit = await begin();
  const { sha256 } = await addPhoto(visit.id, newPhoto("p"), photo, { blob: new Blob(["original"]), keep: true });
  for (const key of ["p", "original:p"]) expect(await (await database()).get("photo_bytes", key)).not.toBeInstanceOf(Blob);
  const found = (await readPhotoBytes("p")) as Blob;
  expect([found.type, await found.text(), await sha256Of(found)]).toEqual(["image/jpeg", "four", sha256]);
});

test("one that was kept as a file before is found", async () => {
  await write(["photo_bytes"], (transaction) => transaction.objectStore("photo_bytes").put(photo, "old"));
  expect(await (await readPhotoBytes("old"))?.text()).toBe("four");
});

test("what is too large for that is believed to be there once it has been read again", async () => {
  const visit = await begin();
  await addPhoto(visit.id, newPhoto("large"), film);
  expect(await (await database()).get("photo_bytes", "large")).toBeInstanceOf(Blob);

  const read = vi.spyOn(Blob.prototype, "arrayBuffer");
  read.mockResolvedValueOnce(await film.arrayBuffer()).mockRejectedValue(new DOMException("gone", "NotFoundError"));
  await expect(addPhoto(visit.id, newPhoto("lost"), film)).rejects.toThrow("read again");
  read.mockRestore();
  expect((await listPhotos(visit.id)).map(({ id }) => id)).toEqual(["large"]);
  expect((await readVisit(visit.id))?.gathered.photo_ids).toEqual(["large"]);
  expect(await readPhotoBytes("lost")).toBeUndefined();
});

test("a connection that the phone closed while nobody looked is opened anew", async () => {
  const visit = await begin();
  (await database()).close();
  await addPhoto(visit.id, newPhoto("p"), photo);
  (await database()).close();
  expect(await (await readPhotoBytes("p"))?.text()).toBe("four");
});
