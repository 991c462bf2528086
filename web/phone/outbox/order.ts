/**
 * What is sent next. Small facts go before big photos, those before large videos, the newest work first: what the office waits for is
 * where the technician is now. An item goes only when all that it depends on is safe.
 */
import type { OutboxItem } from "./items";

/** Facts of one request: few enough that a bad network carries them in one go. */
export const BATCH_ITEMS = 20;
export const BATCH_BYTES = 200_000;

export type PhotoItem = Extract<OutboxItem, { kind: "photo" }>;
export type FactItem = Exclude<OutboxItem, { kind: "photo" }>;

/** No photo is as large; a video must not keep the photos waiting. */
const LARGE_BYTES = 26_214_400;

const isLarge = (item: OutboxItem): boolean => item.kind === "photo" && item.bytes > LARGE_BYTES;
const newestFirst = (a: OutboxItem, b: OutboxItem) => b.captured_at.localeCompare(a.captured_at) || a.id.localeCompare(b.id);

/** What a customer signed is evidence by itself, whatever becomes of the check-ins that it lists. */
export const isSheetPart = ({ kind }: OutboxItem): boolean => kind === "sheet" || kind === "signature";

/**
 * What an item waits for. One that is no longer in the outbox was safe, or was put away. A check-in that was
 * refused does not keep a sheet on the phone: the server waits a day for it, then takes the sheet as it was signed.
 */
export function blockersOf(item: OutboxItem, all: ReadonlyMap<string, OutboxItem>): OutboxItem[] {
  return item.depends_on
    .map((id) => all.get(id))
    .filter((other): other is OutboxItem => other !== undefined && other.status.state !== "safe")
    .filter((other) => !(isSheetPart(item) && other.kind === "check_in" && other.status.state === "refused"));
}

/** True when the item will never be sent as things are: what it needs was refused, directly or further up. */
export function isHeldBack(item: OutboxItem, all: ReadonlyMap<string, OutboxItem>, depth = 0): boolean {
  if (depth > 10) return false;
  return blockersOf(item, all).some((other) => other.status.state === "refused" || isHeldBack(other, all, depth + 1));
}

/**
 * What is put away with an item: all that can never be sent without it. A sheet and its signature can be sent
 * without any check-in, so they stay; a signature goes with its sheet.
 */
export function goesWith(itemId: string, items: readonly OutboxItem[]): Set<string> {
  const all = byId(items);
  const gone = new Set([itemId]);
  const isLost = (item: OutboxItem) =>
    item.depends_on.some((id) => gone.has(id) && !(isSheetPart(item) && all.get(id)?.kind === "check_in"));
  for (let before = 0; before !== gone.size; ) {
    before = gone.size;
    for (const item of items) if (isLost(item)) gone.add(item.id);
  }
  return gone;
}

export const byId = (items: readonly OutboxItem[]): Map<string, OutboxItem> =>
  new Map(items.map((item) => [item.id, item]));

function dueItems(items: readonly OutboxItem[], nowMs: number): OutboxItem[] {
  const all = byId(items);
  return items
    .filter((item) => item.status.state === "waiting" && item.status.not_before_ms <= nowMs)
    .filter((item) => blockersOf(item, all).length === 0)
    .sort(newestFirst);
}

/** The facts of the next request; empty when none is due. One big fact goes alone. */
export function nextFacts(items: readonly OutboxItem[], nowMs: number): FactItem[] {
  const batch: FactItem[] = [];
  let bytes = 0;
  for (const item of dueItems(items, nowMs)) {
    if (item.kind === "photo") continue;
    bytes += JSON.stringify(item.body).length;
    if (batch.length === BATCH_ITEMS || (batch.length > 0 && bytes > BATCH_BYTES)) break;
    batch.push(item);
  }
  return batch;
}

/**
 * The photo to send next: one of `tried`, which broke off before, only when there is no other. So a photo
 * that never gets through (a proxy that stumbles over it) does not stand in the way of the rest.
 */
export function nextPhoto(
  items: readonly OutboxItem[],
  nowMs: number,
  tried: ReadonlySet<string> = new Set(),
): PhotoItem | null {
  const photos = dueItems(items, nowMs).filter((item): item is PhotoItem => item.kind === "photo");
  const inTurn = [...photos.filter((photo) => !isLarge(photo)), ...photos.filter(isLarge)];
  return inTurn.find((photo) => !tried.has(photo.id)) ?? inTurn[0] ?? null;
}

/** When the next item that waits for its time is due; null when none does. */
export function nextDueMs(items: readonly OutboxItem[], nowMs: number): number | null {
  const times = items
    .filter((item) => item.status.state === "waiting")
    .map((item) => (item.status.state === "waiting" ? item.status.not_before_ms : 0))
    .filter((time) => time > nowMs);
  return times.length > 0 ? Math.min(...times) : null;
}
