/** Room on the phone for photos, and the browser's promise to keep them. */
import { Observable } from "../../shared/ui/observable";

export interface Room {
  usedBytes: number;
  /** What the browser would let the app have in all. */
  quotaBytes: number;
  /** True when the browser promised not to clear it by itself. */
  isPersistent: boolean;
}

/** Null where the browser does not tell. */
export const room = new Observable<Room | null>(null);

/** About forty photos: time to find a network, or to make room. */
const LOW_BYTES = 200_000_000;

/** True when there is little room left for more photos. */
export function isNearlyFull(known: Room | null): boolean {
  if (!known || known.quotaBytes === 0) return false;
  const left = known.quotaBytes - known.usedBytes;
  return left < LOW_BYTES && left < known.quotaBytes / 2;
}

/** How many bytes less there should be for the room not to be nearly full. */
export const missingBytes = (known: Room | null): number =>
  known && isNearlyFull(known) ? LOW_BYTES - (known.quotaBytes - known.usedBytes) : 0;

/** Room enough to keep an original beside its smaller copy. */
export const hasRoomFor = (known: Room | null, bytes: number): boolean =>
  known !== null && known.quotaBytes - known.usedBytes > LOW_BYTES + bytes;

/** Measures anew. */
export async function measureRoom(): Promise<Room | null> {
  if (!navigator.storage?.estimate) return null;
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  const isPersistent = (await navigator.storage.persisted?.()) ?? false;
  room.set({ usedBytes: usage, quotaBytes: quota, isPersistent });
  return room.value;
}

/** The window forgets what is stored when it is closed. */
export const isPrivate = new Observable(false);

/** Safari and Firefox give private windows no files of their own; Chrome does not let itself be told. */
export async function noticePrivateWindow(): Promise<void> {
  await navigator.storage?.getDirectory?.().catch(() => isPrivate.set(true));
}

/** Asks the browser to keep what is stored. It grants this to apps that are installed or often used. */
export async function askToKeep(): Promise<void> {
  await navigator.storage?.persist?.();
  await measureRoom();
}
