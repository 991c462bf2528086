/**
 * What the phone no longer needs to keep. Nothing goes that is not safe on the server, but by the person's word.
 * Originals of which smaller copies were sent: originals.ts.
 */
import { type OutboxItem, sheetItemId } from "../outbox/items";
import { database, write, type WriteTransaction } from "./database";
import { localRefusal } from "../outbox/outcome";
import { proves, readReceipt } from "../outbox/receipt";
import { proofOf } from "../outbox/receipt_proof";
import { originalKey, readPhotoBytes, sha256Of } from "./photos";
import { readSettings } from "./settings";
import type { VisitDraft } from "./types";

const DAY_MS = 24 * 60 * 60_000;
/** Receipts are kept for this long, longer than the screens show them. */
const KEEP_RECEIPTS_MS = 90 * DAY_MS;
/** Bytes of safe photos stay for quick looks … */
const KEEP_BYTES_MS = 1 * DAY_MS;
/** … and finished visits for questions. */
const KEEP_VISITS_MS = 14 * DAY_MS;

const STORES = ["outbox", "photos", "photo_bytes", "visits"] as ("outbox" | "photos" | "photo_bytes" | "visits")[];

const safeSince = (item: OutboxItem | undefined): number | null =>
  item?.status.state === "safe" ? item.status.at_ms : null;

/**
 * Tidies up a user's work: bytes of photos that are safe, receipts that were shown long enough, old visits.
 * Returns how many bytes of photos were freed.
 *
 * @param isUrgent frees the bytes of all safe photos at once, because room is needed
 */
export async function tidyUp(userId: string, { isUrgent = false, nowMs = Date.now() } = {}): Promise<number> {
  const beforeMs = nowMs - (isUrgent ? 0 : KEEP_BYTES_MS);
  const proven = await judgeReceipts(userId, beforeMs, nowMs);
  return write(STORES, async (transaction) => {
    const items = await transaction.objectStore("outbox").index("by_user").getAll(userId);
    const freed = await freePhotos(transaction, userId, items, proven, beforeMs, nowMs);
    await forgetOldVisits(transaction, userId, items, nowMs);
    for (const item of items) {
      const since = safeSince(item);
      if (since !== null && since < nowMs - KEEP_RECEIPTS_MS) await transaction.objectStore("outbox").delete(item.id);
    }
    return freed;
  });
}

/**
 * Which photos that might go have a receipt of the server for the very bytes that are here. One whose receipt proves
 * nothing is sent again. Hashing is no work for a transaction, so that this comes before it.
 */
async function judgeReceipts(userId: string, beforeMs: number, nowMs: number): Promise<ReadonlySet<string>> {
  const db = await database();
  const keys = (await readSettings()).receipt_keys ?? [];
  const proven = new Set<string>();
  for (const item of await db.getAllFromIndex("outbox", "by_user", userId)) {
    const since = safeSince(item);
    if (item.kind !== "photo" || item.status.state !== "safe" || since === null || since > beforeMs) continue;
    const bytes = await readPhotoBytes(item.photo_id);
    // Without keys nothing is proven, and nothing is doubted: the next photo that is sent brings them.
    if (!bytes || keys.length === 0) continue;
    const { signed } = item.status.receipt;
    const isProven =
      signed !== null && (await proofOf(signed, keys)) === "genuine" &&
      proves(readReceipt(signed), item.photo_id, await sha256Of(bytes), bytes.size);
    if (isProven) proven.add(item.photo_id);
    else await sendAnew(item, nowMs);
  }
  return proven;
}

/** It is not safe after all. */
function sendAnew(item: OutboxItem, nowMs: number): Promise<void> {
  const problem = localRefusal("receipt_unproven", "");
  return write(["outbox"], async (transaction) => {
    const store = transaction.objectStore("outbox");
    const current = await store.get(item.id);
    if (!current || current.revision !== item.revision || current.status.state !== "safe") return;
    await store.put({ ...current, status: { state: "waiting", attempts: 1, not_before_ms: nowMs, problem } });
  });
}

/** Removes the bytes of photos that are proven to be safe, since before `beforeMs`. An original that was not sent stays. */
async function freePhotos(
  transaction: WriteTransaction,
  userId: string,
  items: OutboxItem[],
  proven: ReadonlySet<string>,
  beforeMs: number,
  nowMs: number,
): Promise<number> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const photos = await transaction.objectStore("photos").index("by_user").getAll(userId);
  let freed = 0;
  for (const photo of photos) {
    const since = safeSince(byId.get(photo.id));
    if (photo.freed_at_ms !== null || !proven.has(photo.id) || since === null || since > beforeMs) continue;
    await transaction.objectStore("photo_bytes").delete(photo.id);
    await transaction.objectStore("photos").put({ ...photo, freed_at_ms: nowMs });
    freed += photo.bytes;
  }
  return freed;
}

async function forgetOldVisits(transaction: WriteTransaction, userId: string, items: OutboxItem[], nowMs: number) {
  const unsent = new Set(items.filter((item) => item.status.state !== "safe").map((item) => item.visit_id));
  for (const visit of await transaction.objectStore("visits").index("by_user").getAll(userId)) {
    const isOld = visit.left_at !== null && visit.updated_at_ms < nowMs - KEEP_VISITS_MS;
    if (!isOld || unsent.has(visit.id) || visit.gathered.photo_ids.length > 0) continue;
    const photos = await transaction.objectStore("photos").index("by_visit").getAll(visit.id);
    if (photos.some(({ freed_at_ms, original }) => freed_at_ms === null || original?.kept)) continue;
    await forgetVisit(transaction, visit.id);
  }
}

async function forgetVisit(transaction: WriteTransaction, visitId: string): Promise<void> {
  for (const photo of await transaction.objectStore("photos").index("by_visit").getAll(visitId)) {
    await transaction.objectStore("photo_bytes").delete(photo.id);
    await transaction.objectStore("photo_bytes").delete(originalKey(photo.id));
    await transaction.objectStore("photos").delete(photo.id);
  }
  await transaction.objectStore("visits").delete(visitId);
}

/** A sheet that was begun and neither signed nor handed over. */
function isSheetOnlyHere({ id, sheet, signature }: VisitDraft, queued: ReadonlySet<string>): boolean {
  return sheet !== null && signature?.sheet_version !== sheet.version && !queued.has(sheetItemId(id, sheet.version));
}

/**
 * Work of a user that exists on this phone only: unsent items, and of visits the photos, scans, notes and sheets that are
 * not queued yet.
 */
export async function countOnlyHere(userId: string): Promise<number> {
  const db = await database();
  const items = await db.getAllFromIndex("outbox", "by_user", userId);
  const queued = new Set(items.map(({ id }) => id));
  let count = items.filter((item) => item.status.state !== "safe").length;
  for (const visit of await db.getAllFromIndex("visits", "by_user", userId)) {
    const { photo_ids, scans, note } = visit.gathered;
    count += photo_ids.length + scans.length + Number(note.trim() !== "") + Number(isSheetOnlyHere(visit, queued));
  }
  return count;
}

/** Removes all that the phone keeps of a user, sent or not. */
export function forgetUser(userId: string): Promise<void> {
  return write([...STORES, "days"], async (transaction) => {
    for (const visit of await transaction.objectStore("visits").index("by_user").getAll(userId)) {
      await forgetVisit(transaction, visit.id);
    }
    for (const item of await transaction.objectStore("outbox").index("by_user").getAllKeys(userId)) {
      await transaction.objectStore("outbox").delete(item);
    }
    await transaction.objectStore("days").delete(userId);
  });
}
