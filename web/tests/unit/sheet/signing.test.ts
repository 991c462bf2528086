import { beforeEach, describe, expect, test, vi } from "vitest";
import { closeDatabase, database, write } from "../../../phone/local/database";
import { addPhoto } from "../../../phone/local/photos";
import { changeVisit, readVisit } from "../../../phone/local/visits";
import { api } from "../../../phone/api";
import { listOutbox, settle } from "../../../phone/outbox/store";
import { sha256OfText } from "../../../phone/sheet/canonical_json";
import { newSheet } from "../../../phone/sheet/content";
import { readDocument } from "../../../phone/sheet/document";
import { sealOf } from "../../../phone/sheet/seal";
import { keepSigning, NothingToSign, sendUnsigned, showServersSheet, showSheet, signSheet } from "../../../phone/sheet/signing";
import type { SigningDraft, VisitDraft } from "../../../phone/local/types";
import { accepted, USER } from "../outbox/samples";
import { ARRIVED, beginVisit, fix, order, ORDER } from "./samples";

const strokes = { width: 300, height: 100, lines: [[{ x: 0, y: 0, t_ms: 0 }, { x: 90, y: 50, t_ms: 9 }]] };
const noFix = () => Promise.resolve(null);
const here = () => Promise.resolve(fix);
const filled = (signing: SigningDraft): SigningDraft => ({ ...signing, signer_name: "王芳 ", signer_role: "店长", strokes });
const outbox = () => listOutbox(USER);
const kinds = async () => (await outbox()).map((item) => item.kind).sort();
const refusal = { code: "sheet_changed", reason_code: null, detail: "", fields: [{ pointer: "/document/photos", detail: "" }] } as const;

let visit: VisitDraft;

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("fieldproof").onsuccess = resolve;
  });
  visit = await beginVisit();
  visit = await changeVisit(visit.id, (current) => ({ ...current, sheet: newSheet([order]) }));
});

const newPhoto = (id: string) => ({
  id, role: "before" as const, captured_at: new Date().toISOString(), work_order_id: null, retake_of: null,
  caption: null, warnings: [],
});

describe("showing", () => {
  test("the document names what the phone knows, to the moment it is shown", async () => {
    const { signing, hasChanged } = await showSheet(visit.id, noFix);
    const document = readDocument(signing.document);
    expect(document).toMatchObject({
      visit_id: visit.id, version: 1, evidence_until: signing.shown_at, organisation: { name: "北方制冷" },
      technician: { name: "李伟" }, work_orders: [{ number: "WO-7" }], open_before: ["冷库温度过高"],
    });
    expect(hasChanged).toBe(false);
  });

  test("photos that wait for a check-in get one first: the signature binds their bytes", async () => {
    const photo = await addPhoto(visit.id, newPhoto("p1"), new Blob(["x"]));
    const { signing, visit: after } = await showSheet(visit.id, here);
    expect(after.check_ins.map(({ kind }) => kind)).toEqual(["arrival", "progress"]);
    expect(after.check_ins[1]?.fix).toEqual(fix);
    expect(readDocument(signing.document).photos).toMatchObject([{ id: "p1", sha256: photo.sha256 }]);
  });

  test("opened again, it is the same document, and what the customer wrote is there", async () => {
    const { signing } = await showSheet(visit.id, noFix);
    await keepSigning(visit.id, filled(signing));
    await closeDatabase();
    const again = await showSheet(visit.id, noFix);
    expect(again.signing).toEqual(filled(signing));
    expect(again.hasChanged).toBe(false);
  });

  test.each([
    ["words", () => changeVisit(visit.id, (v) => ({ ...v, sheet: v.sheet && { ...v.sheet, open_before: ["other"] } }))],
    ["evidence", () => addPhoto(visit.id, newPhoto("p2"), new Blob(["y"]))],
  ])("new %s make another document, and strokes under the old one are gone", async (_, change) => {
    const { signing } = await showSheet(visit.id, noFix);
    await keepSigning(visit.id, filled(signing));
    await change();
    const again = await showSheet(visit.id, noFix);
    expect(again.hasChanged).toBe(true);
    expect(again.signing.strokes).toBeNull();
    expect(again.signing.signer_name).toBe("王芳 ");
    expect(again.signing.document).not.toBe(signing.document);
  });

  test("a signed sheet is not shown again", async () => {
    const { signing } = await showSheet(visit.id, noFix);
    await signSheet(visit.id, filled(signing), null);
    await expect(showSheet(visit.id, noFix)).rejects.toThrow(NothingToSign);
  });
});

describe("signing", () => {
  test("sheet, signature and the work orders' steps wait together, and the draft is over", async () => {
    await changeVisit(visit.id, (v) => ({
      ...v, sheet: v.sheet && { ...v.sheet, outcomes: { [ORDER]: { to: "done", reason: "", is_sent: false } } },
    }));
    const { signing } = await showSheet(visit.id, noFix);
    const rated = { ...filled(signing), rating_score: 5, rating_comment: " 好 " };
    await signSheet(visit.id, rated, fix);
    await closeDatabase();
    expect(await kinds()).toEqual(["check_in", "sheet", "signature", "transition"]);
    const stored = await readVisit(visit.id);
    expect(stored?.signing).toBeNull();
    expect(stored?.sheet?.outcomes[ORDER]?.is_sent).toBe(true);
    const item = (await outbox()).find(({ kind }) => kind === "signature");
    expect(item?.kind === "signature" && item.body).toMatchObject({
      id: stored?.signature?.id, document: signing.document, document_sha256: await sha256OfText(signing.document),
      signer_name: "王芳", rating: { score: 5, comment: "好" }, method: "drawn", strokes, fix,
    });
    const sheet = (await outbox()).find(({ kind }) => kind === "sheet");
    expect(sheet?.kind === "sheet" && sheet.body.evidence_until).toBe(signing.shown_at);
  });

  test("a phone that dies in between has all of it or none", async () => {
    const { signing } = await showSheet(visit.id, noFix);
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...values) {
      if (this.name === "outbox" && (values[0] as { kind: string }).kind === "signature") throw new Error("killed");
      return put.apply(this, values);
    });
    await expect(signSheet(visit.id, filled(signing), null)).rejects.toThrow("killed");
    vi.restoreAllMocks();
    await closeDatabase();
    expect(await kinds()).toEqual(["check_in"]);
    expect(await readVisit(visit.id)).toMatchObject({ signature: null, signing: { document: signing.document } });
  });

  test("what was shown before, in another tab, cannot be signed any more", async () => {
    const { signing } = await showSheet(visit.id, noFix);
    await signSheet(visit.id, filled(signing), null);
    await expect(signSheet(visit.id, filled(signing), null)).rejects.toThrow(NothingToSign);
    expect(await kinds()).toEqual(["check_in", "sheet", "signature"]);
  });

  test("what is sent is what was shown, whatever another tab wrote since", async () => {
    const { signing } = await showSheet(visit.id, noFix);
    await changeVisit(visit.id, (v) => ({ ...v, sheet: v.sheet && { ...v.sheet, open_before: ["written since"] } }));
    const after = await signSheet(visit.id, filled(signing), null);
    const sheet = (await outbox()).find(({ kind }) => kind === "sheet");
    expect(sheet?.kind === "sheet" && sheet.body.open_before).toEqual(["冷库温度过高"]);
    expect(after.sheet?.open_before).toEqual(["冷库温度过高"]);
  });

  test("typed: no strokes go along, though some were drawn before", async () => {
    const { signing } = await showSheet(visit.id, noFix);
    const after = await signSheet(visit.id, { ...filled(signing), method: "typed", has_consented: true }, null);
    expect(after.signature).toMatchObject({ method: "typed", strokes: null });
  });

  test("strokes of an older document are not kept", async () => {
    const { signing } = await showSheet(visit.id, noFix);
    await keepSigning(visit.id, { ...filled(signing), document: "another" });
    expect((await readVisit(visit.id))?.signing?.strokes).toBeNull();
  });
});

test("without a signature the sheet waits all the same, and can still be signed", async () => {
  await sendUnsigned(visit.id, noFix);
  expect(await kinds()).toEqual(["check_in", "sheet"]);
  const { signing } = await showSheet(visit.id, noFix);
  await signSheet(visit.id, filled(signing), null);
  expect(await kinds()).toEqual(["check_in", "sheet", "signature"]);
});

describe("a signature that was refused", () => {
  async function refusedVisit() {
    const { signing } = await showSheet(visit.id, noFix);
    const signed = await signSheet(visit.id, filled(signing), null);
    for (const item of await outbox()) {
      await settle(item, item.kind === "signature" ? { kind: "refused", problem: { ...refusal, fields: [...refusal.fields] } } : accepted);
    }
    return signed;
  }
  const serversDocument = (document: string) => JSON.stringify({ ...readDocument(document), open_before: ["the office's"] });
  const answer = (state: "draft" | "signed", document: string) =>
    vi.spyOn(api, "call").mockResolvedValueOnce({
      status: 200, headers: new Headers(),
      body: {
        state, document, version: 1, evidence_until: readDocument(document).evidence_until,
        content: { open_before: ["the office's"], done: [], left_open: [], parts: [] },
      },
    } as never);

  test("is told from one that waits and one that is sealed", async () => {
    const signed = await refusedVisit();
    expect(sealOf(signed.signature!, await outbox())).toMatchObject({ is: "refused", problem: { code: "sheet_changed" } });
    expect(sealOf(signed.signature!, [])).toEqual({ is: "gone" });
  });

  test("the sheet as the office has it is shown, signed anew, and takes its place", async () => {
    const signed = await refusedVisit();
    answer("draft", serversDocument(signed.signature!.document));
    await showServersSheet(visit.id);
    const { signing } = await showSheet(visit.id, noFix);
    expect(signing).toMatchObject({ is_servers: true, signer_name: "王芳", strokes: null });
    expect(readDocument(signing.document).open_before).toEqual(["the office's"]);
    const after = await signSheet(visit.id, filled(signing), null);
    const signatures = (await outbox()).filter(({ kind }) => kind === "signature");
    expect(signatures.map(({ id }) => id)).toEqual([after.signature?.id]);
    expect(after.signature?.id).not.toBe(signed.signature?.id);
    const sheet = (await outbox()).find(({ kind }) => kind === "sheet");
    expect(sheet?.kind === "sheet" && sheet.body).toMatchObject({
      open_before: ["the office's"], evidence_until: readDocument(signing.document).evidence_until,
    });
  });

  test("is not signed anew when the server has a signature", async () => {
    const signed = await refusedVisit();
    answer("signed", serversDocument(signed.signature!.document));
    await expect(showServersSheet(visit.id)).rejects.toThrow(NothingToSign);
  });
});

test("a visit of somebody else is not shown", async () => {
  await write(["visits"], async (transaction) => {
    await transaction.objectStore("visits").put({ ...visit, user_id: "another" });
  });
  await expect(showSheet(visit.id, noFix)).rejects.toThrow("somebody else");
  expect(await (await database()).count("visits")).toBe(1);
  expect(ARRIVED).toBe(visit.started_at);
});
