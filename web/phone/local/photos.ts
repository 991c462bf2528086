import { database, write } from "./database";
import type { PhotoRecord, PhotoRole, PhotoWarning } from "./types";
import { changeVisitIn } from "./visits";

/** A photo as the camera hands it over. */
export interface NewPhoto {
  id: string;
  role: PhotoRole;
  /** Left out: a photo. */
  media?: "photo" | "video";
  captured_at: string;
  work_order_id: string | null;
  retake_of: string | null;
  caption: string | null;
  warnings: PhotoWarning[];
}

/** The key in `photo_bytes` of an original that is kept beside the smaller copy that is sent. */
export const originalKey = (photoId: string): string => `original:${photoId}`;

export async function sha256Of(bytes: Blob): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await bytes.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Keeps a photo with its bytes and puts it into what the visit has gathered. Resolves when all of it is
 * durable: only then may the screen say "saved".
 *
 * @param send     the bytes that will be sent: the camera's own, unless the user chose smaller ones
 * @param original the camera's bytes, when `send` is a smaller copy; kept when the phone has room
 */
export async function addPhoto(
  visitId: string,
  photo: NewPhoto,
  send: Blob,
  original: { blob: Blob; keep: boolean } | null = null,
): Promise<PhotoRecord> {
  const sha256 = await sha256Of(send);
  const originalSha256 = original ? await sha256Of(original.blob) : "";
  return write(["visits", "photos", "photo_bytes"], async (transaction) => {
    const visit = await changeVisitIn(transaction, visitId, (before) => ({
      ...before,
      gathered: { ...before.gathered, photo_ids: [...before.gathered.photo_ids, photo.id] },
    }));
    const record: PhotoRecord = {
      ...photo,
      user_id: visit.user_id,
      visit_id: visitId,
      check_in_id: visit.gathered.check_in_id,
      sha256,
      bytes: send.size,
      original: original && { sha256: originalSha256, bytes: original.blob.size, kept: original.keep },
      freed_at_ms: null,
    };
    await transaction.objectStore("photos").add(record);
    await transaction.objectStore("photo_bytes").add(send, photo.id);
    if (original?.keep) await transaction.objectStore("photo_bytes").add(original.blob, originalKey(photo.id));
    return record;
  });
}

/** Throws a gathered photo away (it is taken again). One that a check-in has declared already stays. */
export function dropPhoto(photoId: string): Promise<void> {
  return write(["visits", "photos", "photo_bytes"], async (transaction) => {
    const photo = await transaction.objectStore("photos").get(photoId);
    if (!photo) return;
    await changeVisitIn(transaction, photo.visit_id, (visit) => {
      if (!visit.gathered.photo_ids.includes(photoId)) throw new Error("a declared photo cannot be dropped");
      const photo_ids = visit.gathered.photo_ids.filter((id) => id !== photoId);
      return { ...visit, gathered: { ...visit.gathered, photo_ids } };
    });
    await transaction.objectStore("photos").delete(photoId);
    await transaction.objectStore("photo_bytes").delete(photoId);
    await transaction.objectStore("photo_bytes").delete(originalKey(photoId));
  });
}

export async function readPhoto(id: string): Promise<PhotoRecord | undefined> {
  return (await database()).get("photos", id);
}

/** The bytes that are sent; undefined once they were freed. */
export async function readPhotoBytes(id: string): Promise<Blob | undefined> {
  return (await database()).get("photo_bytes", id);
}

/** Of one visit, in the order they were taken. */
export async function listPhotos(visitId: string): Promise<PhotoRecord[]> {
  const photos = await (await database()).getAllFromIndex("photos", "by_visit", visitId);
  return photos.sort((a, b) => (a.captured_at < b.captured_at ? -1 : 1));
}

/** All of a user's, in no order. */
export async function listPhotosOf(userId: string): Promise<PhotoRecord[]> {
  return (await database()).getAllFromIndex("photos", "by_user", userId);
}
