import { beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabase, database, write } from "../../../phone/local/database";
import { addPhoto, dropPhoto, readPhotoBytes, sha256Of } from "../../../phone/local/photos";
import { newVisit, readVisit } from "../../../phone/local/visits";
import { enqueueCheckIn, enqueueSignedSheet, enqueueSheet } from "../../../phone/outbox/enqueue";
import { sheetItemId } from "../../../phone/outbox/items";
import { nextFacts } from "../../../phone/outbox/order";
import { dismiss, listOutbox, sendAgain, settle } from "../../../phone/outbox/store";
import type { OutboxItem } from "../../../phone/outbox/items";
import { accepted, site, USER } from "./samples";

const AT = "2026-11-21T08:00:00.000Z";
const arrival = { kind: "arrival", captured_at: AT, fix: null } as const;
const newPhoto = (id: string) => ({
  id, role: "before" as const, captured_at: AT, work_order_id: null, retake_of: null, caption: null, warnings: [],
});
const sheet = { version: 1, open_before: [], done: [{ what: "filter" }], left_open: [], parts: [] };
const same = <T>(value: T): T => value;
const itemOf = async (id: string) => (await listOutbox(USER)).find((item) => item.id === id) as OutboxItem;

/** The phone is switched off and on: only what was durable is there. */
const restart = () => closeDatabase();

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("fieldproof").onsuccess = resolve;
  });
});

describe("enqueueCheckIn", () => {
  test("the arrival stores visit and item together", async () => {
    const visit = newVisit(USER, site, ["w"], AT);
    await enqueueCheckIn(visit, arrival);
    await restart();
    const stored = await readVisit(visit.id);
    expect(stored?.check_ins.map(({ kind }) => kind)).toEqual(["arrival"]);
    const [item] = await listOutbox(USER);
    expect(item).toMatchObject({ kind: "check_in", id: stored?.check_ins[0]?.id, status: { state: "waiting" } });
  });

  test("photos go with the check-in that declares them, after it, and the next one begins empty", async () => {
    const visit = await enqueueCheckIn(newVisit(USER, site, ["w"], AT), arrival);
    const bytes = new Blob([new Uint8Array([1, 2, 3])]);
    const record = await addPhoto(visit.id, newPhoto("p1"), bytes);
    await restart();
    expect(await sha256Of((await readPhotoBytes("p1")) as Blob)).toBe(record.sha256);
    const after = await enqueueCheckIn(visit, { ...arrival, kind: "progress" });
    const checkIn = await itemOf(record.check_in_id);
    expect(checkIn).toMatchObject({ kind: "check_in", body: { photos: [{ id: "p1", sha256: record.sha256 }] } });
    expect(await itemOf("p1")).toMatchObject({ kind: "photo", bytes: 3, depends_on: [record.check_in_id] });
    expect(after.gathered.photo_ids).toEqual([]);
    expect(after.gathered.check_in_id).not.toBe(record.check_in_id);
    await expect(dropPhoto("p1")).rejects.toThrow("declared");
    expect(await readPhotoBytes("p1")).toBeDefined();
  });

  test("a gathered photo can be dropped, bytes and all", async () => {
    const visit = await enqueueCheckIn(newVisit(USER, site, ["w"], AT), arrival);
    await addPhoto(visit.id, newPhoto("p1"), new Blob(["x"]));
    await dropPhoto("p1");
    expect(await readPhotoBytes("p1")).toBeUndefined();
    expect((await readVisit(visit.id))?.gathered.photo_ids).toEqual([]);
  });

  test("a departure ends the visit", async () => {
    const visit = await enqueueCheckIn(newVisit(USER, site, ["w"], AT), arrival);
    expect(visit.left_at).toBeNull();
    expect((await enqueueCheckIn(visit, { ...arrival, kind: "departure" })).left_at).toBe(AT);
  });

  test("a full disk leaves neither half: no visit without its item, no item without its visit", async () => {
    const visit = newVisit(USER, site, ["w"], AT);
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...values) {
      if (this.name === "outbox") throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, values);
    });
    await expect(enqueueCheckIn(visit, arrival)).rejects.toThrow("full");
    vi.restoreAllMocks();
    await restart();
    expect(await readVisit(visit.id)).toBeUndefined();
    expect(await listOutbox(USER)).toEqual([]);
  });
});

describe("sheets and signatures", () => {
  test("writing a sheet again replaces the one that waits; an answer to the older one does not count", async () => {
    const visit = await enqueueCheckIn(newVisit(USER, site, ["w"], AT), arrival);
    await enqueueSheet(visit.id, sheet, AT, same);
    const older = await itemOf(sheetItemId(visit.id, 1));
    await enqueueSheet(visit.id, { ...sheet, done: [{ what: "filter and belt" }] }, AT, same);
    await settle(older, accepted);
    const current = await itemOf(sheetItemId(visit.id, 1));
    expect(current.status.state).toBe("waiting");
    await settle(current, accepted);
    expect((await itemOf(current.id)).status.state).toBe("safe");
  });

  test("a signature waits for its sheet and for the evidence that the sheet lists", async () => {
    const visit = await enqueueCheckIn(newVisit(USER, site, ["w"], AT), arrival);
    const signature = {
      id: "s1", sheet_version: 1, document_sha256: "0".repeat(64), signer_name: "王", signer_role: "店长", signed_at: AT,
      strokes: { width: 1, height: 1, lines: [[{ x: 0, y: 0, t_ms: 0 }]] },
    };
    await enqueueSignedSheet(visit.id, sheet, signature as never, same);
    const item = await itemOf("s1");
    expect(item.depends_on).toEqual([sheetItemId(visit.id, 1), visit.check_ins[0]?.id]);
    await restart();
    expect((await itemOf(sheetItemId(visit.id, 1))).kind).toBe("sheet");
  });
});

describe("settling", () => {
  test("a refused item can be sent again or put away with all that hangs on it", async () => {
    const visit = await enqueueCheckIn(newVisit(USER, site, ["w"], AT), arrival);
    await enqueueSheet(visit.id, sheet, AT, same);
    const checkIn = await itemOf(visit.check_ins[0]?.id as string);
    await settle(checkIn, { kind: "refused", problem: { code: "invalid_field", reason_code: null, detail: "", fields: [] } });
    expect((await itemOf(checkIn.id)).status.state).toBe("refused");
    await sendAgain(USER, checkIn.id);
    expect((await itemOf(checkIn.id)).status).toMatchObject({ state: "waiting", attempts: 0 });
    await dismiss(USER, checkIn.id);
    expect((await listOutbox(USER)).map(({ kind }) => kind), "the sheet can be sent without it").toEqual(["sheet"]);
    await dismiss(USER, sheetItemId(visit.id, 1));
    expect(await listOutbox(USER)).toEqual([]);
  });

  test("a refused arrival that is put away leaves the sheet and its signature, ready to be sent", async () => {
    const visit = await enqueueCheckIn(newVisit(USER, site, ["w"], AT), arrival);
    const transitions = [{ workOrder: { id: "w", title: "W" }, body: { id: "t1", to: "done" as const } }];
    await enqueueSignedSheet(visit.id, sheet, { id: "s1", sheet_version: 1, signed_at: AT } as never, same, { transitions });
    const checkIn = await itemOf(visit.check_ins[0]?.id as string);
    await settle(checkIn, { kind: "refused", problem: { code: "unknown_reference", reason_code: null, detail: "", fields: [] } });
    await dismiss(USER, checkIn.id);
    await restart();
    const left = await listOutbox(USER);
    expect(left.map(({ kind }) => kind).sort()).toEqual(["sheet", "signature"]);
    expect(nextFacts(left, Date.now()).map(({ kind }) => kind)).toEqual(["sheet"]);
    await settle(await itemOf(sheetItemId(visit.id, 1)), accepted);
    expect(nextFacts(await listOutbox(USER), Date.now()).map(({ id }) => id)).toEqual(["s1"]);
  });

  test("nobody else's outbox is touched", async () => {
    await enqueueCheckIn(newVisit("another", site, ["w"], AT), arrival);
    expect(await listOutbox(USER)).toEqual([]);
    await sendAgain(USER);
    expect(await listOutbox("another")).toHaveLength(1);
  });

  test("a write that throws in the middle leaves nothing behind", async () => {
    await expect(
      write(["settings"], async (transaction) => {
        await transaction.objectStore("settings").put({} as never, "settings");
        throw new Error("killed");
      }),
    ).rejects.toThrow("killed");
    expect(await (await database()).count("settings")).toBe(0);
  });
});
