/**
 * Photos as the camera took them, where smaller copies were sent by choice. They are nowhere else: each stays until the
 * technician removes it, or until the phone has no room left for new photos.
 */
import { database, write } from "./database";
import { originalKey, readPhotoBytes } from "./photos";
import type { PhotoRecord } from "./types";

/** An original that is on this phone, and where it was taken. */
export interface KeptOriginal {
  readonly photo: PhotoRecord;
  readonly bytes: number;
  readonly site: string;
  readonly timeZone: string | undefined;
}

const isKept = ({ original }: PhotoRecord): boolean => original?.kept === true;

/** A user's, the newest first. */
export async function listOriginals(userId: string): Promise<KeptOriginal[]> {
  const db = await database();
  const photos = (await db.getAllFromIndex("photos", "by_user", userId)).filter(isKept);
  const visits = new Map((await db.getAllFromIndex("visits", "by_user", userId)).map((visit) => [visit.id, visit]));
  return photos
    .sort((a, b) => (a.captured_at < b.captured_at ? 1 : -1))
    .map((photo) => {
      const site = visits.get(photo.visit_id)?.site;
      return { photo, bytes: photo.original?.bytes ?? 0, site: site?.name ?? "", timeZone: site?.time_zone };
    });
}

/** Undefined once it was removed. */
export const readOriginal = (photoId: string): Promise<Blob | undefined> => readPhotoBytes(originalKey(photoId));

/**
 * Removes originals, the oldest first, until so many bytes are free; of photos that are not safe on the server none goes.
 * Returns how many bytes went.
 */
export function removeOriginals(userId: string, wantedBytes = Infinity): Promise<number> {
  return write(["photos", "photo_bytes", "outbox"], async (transaction) => {
    const photos = transaction.objectStore("photos");
    const kept = (await photos.index("by_user").getAll(userId)).filter(isKept);
    let removed = 0;
    for (const photo of kept.sort((a, b) => (a.captured_at < b.captured_at ? -1 : 1))) {
      if (removed >= wantedBytes) break;
      const item = await transaction.objectStore("outbox").get(photo.id);
      // Receipts are forgotten before originals are; a photo whose bytes are gone had one.
      if (!photo.original || (photo.freed_at_ms === null && item?.status.state !== "safe")) continue;
      await transaction.objectStore("photo_bytes").delete(originalKey(photo.id));
      await photos.put({ ...photo, original: { ...photo.original, kept: false } });
      removed += photo.original.bytes;
    }
    return removed;
  });
}
