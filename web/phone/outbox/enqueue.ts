/**
 * Handing work over for sending. Each function resolves when the item *and* the draft that it belongs to
 * are durable, in one transaction: a phone that dies in between has both or neither.
 */
import type { BodyOf, Schema } from "../../shared/api/types";
import { deviceFacts } from "../device/facts";
import { write, type WriteTransaction } from "../local/database";
import type { CheckInKind, VisitDraft, VisitWorkOrder } from "../local/types";
import { changeVisitIn, emptyGathered } from "../local/visits";
import { readSettings } from "../local/settings";
import { type OutboxItem, sheetItemId, waitingAtOnce } from "./items";
import { wakeSender } from "./wake";

/** Puts items into the outbox inside a transaction over (at least) `outbox`; one with the same id is replaced. */
export async function enqueueIn(transaction: WriteTransaction, items: OutboxItem[]): Promise<void> {
  const store = transaction.objectStore("outbox");
  for (const item of items) {
    const before = await store.get(item.id);
    await store.put(before ? { ...item, revision: before.revision + 1 } : item);
  }
}

export interface NewCheckIn {
  kind: CheckInKind;
  captured_at: string;
  fix: Schema<"Fix"> | null;
}

/**
 * Makes a check-in of all that the visit has gathered (photos, scans, note), and queues it with its photos.
 * `visit` need not be stored before: the arrival stores it. A departure ends the visit.
 */
export async function enqueueCheckIn(visit: VisitDraft, checkIn: NewCheckIn): Promise<VisitDraft> {
  const device = await thisDevice();
  const stored = await write(["visits", "photos", "outbox", "days"], async (transaction) => {
    const visits = transaction.objectStore("visits");
    if (!(await visits.get(visit.id))) await visits.add(visit);
    const current = (await visits.get(visit.id)) as VisitDraft;
    const { gathered } = current;
    const photos = [];
    for (const id of gathered.photo_ids) {
      const photo = await transaction.objectStore("photos").get(id);
      if (photo) photos.push(photo);
    }
    const common = {
      user_id: current.user_id,
      visit_id: current.id,
      title: current.site.name,
      revision: 0,
      status: waitingAtOnce,
    };
    const facts: OutboxItem = {
      ...common,
      kind: "check_in",
      id: gathered.check_in_id,
      captured_at: checkIn.captured_at,
      depends_on: [],
      body: {
        id: gathered.check_in_id,
        visit_id: current.id,
        site_id: current.site.id,
        work_order_ids: current.work_order_ids,
        ...checkIn,
        device,
        note: gathered.note.trim() || null,
        scans: gathered.scans,
        photos: photos.map(({ id, role, media, captured_at, work_order_id, retake_of, caption, sha256 }) => ({
          id, role, captured_at, work_order_id, retake_of, caption, sha256, ...(media === "video" && { media }),
        })),
      },
    };
    const bytes: OutboxItem[] = photos.map((photo) => ({
      ...common,
      kind: "photo",
      id: photo.id,
      captured_at: photo.captured_at,
      depends_on: [gathered.check_in_id],
      photo_id: photo.id,
      bytes: photo.bytes,
      upload_url: null,
    }));
    await enqueueIn(transaction, [facts, ...bytes]);
    const work_orders = await knownWorkOrders(transaction, current);
    return changeVisitIn(transaction, current.id, (before) => ({
      ...before,
      work_orders,
      left_at: checkIn.kind === "departure" ? checkIn.captured_at : before.left_at,
      check_ins: [
        ...before.check_ins,
        {
          id: gathered.check_in_id,
          ...checkIn,
          work_order_ids: current.work_order_ids,
          photo_ids: gathered.photo_ids,
          scans: gathered.scans,
          note: facts.body.note ?? null,
        },
      ],
      gathered: emptyGathered(),
    }));
  });
  wakeSender();
  return stored;
}

/** The visit's work orders out of the day, or as they were known before: the day moves on, the visit stays. */
async function knownWorkOrders(transaction: WriteTransaction, visit: VisitDraft): Promise<VisitWorkOrder[]> {
  const day = await transaction.objectStore("days").get(visit.user_id);
  const known = [...(day?.work_orders ?? []), ...visit.work_orders];
  return visit.work_order_ids.flatMap((wanted) => {
    const order = known.find(({ id }) => id === wanted);
    return order ? [{ id: order.id, number: order.number, title: order.title, checklist: order.checklist }] : [];
  });
}

/**
 * Queues the sheet, and what became of its work orders; the draft in the visit is changed with it. A version
 * that waits already is replaced.
 */
export async function enqueueSheet(
  visitId: string,
  body: BodyOf<"putSheet">,
  capturedAt: string,
  change: (visit: VisitDraft) => VisitDraft,
  transitions: NewTransition[] = [],
): Promise<VisitDraft> {
  const visit = await write(["visits", "outbox"], async (transaction) => {
    const changed = await changeVisitIn(transaction, visitId, change);
    const steps = transitions.map((step) => transitionItem(changed.user_id, step, arrivalOf(changed)));
    await enqueueIn(transaction, [sheetItem(changed, body, capturedAt), ...steps]);
    return changed;
  });
  wakeSender();
  return visit;
}

/**
 * Queues the sheet as it was shown, the customer's signature under it and what became of its work orders, in
 * one transaction. A signature that waits for nothing any more (`replaces`) goes out with it.
 */
export async function enqueueSignedSheet(
  visitId: string,
  sheet: BodyOf<"putSheet">,
  signature: BodyOf<"signSheet">,
  change: (visit: VisitDraft) => VisitDraft,
  { transitions = [], replaces = null }: { transitions?: NewTransition[]; replaces?: string | null } = {},
): Promise<VisitDraft> {
  const visit = await write(["visits", "outbox"], async (transaction) => {
    const changed = await changeVisitIn(transaction, visitId, change);
    const sheetPart = sheetItem(changed, sheet, signature.signed_at);
    const signaturePart: OutboxItem = {
      ...sheetPart,
      kind: "signature",
      id: signature.id,
      // The document that was signed lists the evidence: the check-ins come first.
      depends_on: [sheetPart.id, ...changed.check_ins.map((checkIn) => checkIn.id)],
      body: signature,
    };
    const steps = transitions.map((step) => transitionItem(changed.user_id, step, arrivalOf(changed)));
    if (replaces) await transaction.objectStore("outbox").delete(replaces);
    await enqueueIn(transaction, [sheetPart, signaturePart, ...steps]);
    return changed;
  });
  wakeSender();
  return visit;
}

/** The server knows a visit by its first check-in, and an arrival puts its work orders on site. */
function arrivalOf(visit: VisitDraft): string[] {
  return visit.check_ins.slice(0, 1).map((checkIn) => checkIn.id);
}

function sheetItem(visit: VisitDraft, body: BodyOf<"putSheet">, capturedAt: string) {
  return {
    kind: "sheet" as const,
    id: sheetItemId(visit.id, body.version),
    user_id: visit.user_id,
    visit_id: visit.id,
    title: visit.site.name,
    captured_at: capturedAt,
    depends_on: arrivalOf(visit),
    revision: 0,
    status: waitingAtOnce,
    body,
  };
}

/** A step of a work order. `body.id` must be set. */
export interface NewTransition {
  workOrder: { id: string; title: string };
  body: BodyOf<"transitionWorkOrder"> & { id: string };
}

/** What every item about a work order says. */
function ofWorkOrder(userId: string, workOrder: { id: string; title: string }, dependsOn: string[]) {
  return {
    user_id: userId,
    visit_id: null,
    title: workOrder.title,
    captured_at: new Date().toISOString(),
    depends_on: dependsOn,
    revision: 0,
    status: waitingAtOnce,
    work_order_id: workOrder.id,
  };
}

function transitionItem(userId: string, { workOrder, body }: NewTransition, dependsOn: string[]): OutboxItem {
  return { kind: "transition", id: body.id, ...ofWorkOrder(userId, workOrder, dependsOn), body };
}

/** Queues a step of a work order (accepted, done, …). */
export async function enqueueTransition(
  userId: string,
  workOrder: NewTransition["workOrder"],
  body: NewTransition["body"],
  dependsOn: string[] = [],
): Promise<void> {
  await write(["outbox"], (transaction) =>
    enqueueIn(transaction, [transitionItem(userId, { workOrder, body }, dependsOn)]),
  );
  wakeSender();
}

/** Queues that one is on the way, or not any more; behind what was said of it before and is not sent yet. */
export async function enqueueOnTheWay(
  userId: string,
  workOrder: { id: string; title: string },
  body: BodyOf<"reportOnTheWay">,
  dependsOn: string[] = [],
): Promise<void> {
  const item: OutboxItem = { kind: "on_the_way", id: body.id, ...ofWorkOrder(userId, workOrder, dependsOn), body };
  await write(["outbox"], (transaction) => enqueueIn(transaction, [item]));
  wakeSender();
}

async function thisDevice(): Promise<Schema<"Device">> {
  const [{ device_id: id }, { model, platform }] = await Promise.all([readSettings(), deviceFacts()]);
  return { id, model, platform, app_version: __APP_VERSION__ };
}
