import { database, type KeptBytes, write } from "./database";
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

/** Every photo has fewer, and most videos. */
const HELD_MAX_BYTES = 32 * 1024 * 1024;

async function digestOf(content: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", content);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const sha256Of = async (bytes: Blob): Promise<string> => digestOf(await bytes.arrayBuffer());

/** A file as it is kept, and the digest of what is kept. */
async function toKeep(file: Blob): Promise<{ kept: KeptBytes; sha256: string }> {
  const content = await file.arrayBuffer();
  const kept = file.size > HELD_MAX_BYTES ? file : { type: file.type, content };
  return { kept, sha256: await digestOf(content) };
}

/** A Blob is believed to be there once it has been read again. */
async function readAgain(photoId: string, sha256: string): Promise<void> {
  const found = await readPhotoBytes(photoId);
  if (found && (await sha256Of(found).catch(() => "")) === sha256) return;
  await dropPhoto(photoId);
  throw new Error("what was read again is not what was kept");
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
  const { kept, sha256 } = await toKeep(send);
  const first = original && (await toKeep(original.blob));
  const record = await write(["visits", "photos", "photo_bytes"], async (transaction) => {
    const visit = await changeVisitIn(transaction, visitId, (before) => ({
      ...before,
      gathered: { ...before.gathered, photo_ids: [...before.gathered.photo_ids, photo.id] },
    }));
    const noted: PhotoRecord = {
      ...photo,
      user_id: visit.user_id,
      visit_id: visitId,
      check_in_id: visit.gathered.check_in_id,
      sha256,
      bytes: send.size,
      original: original && first && { sha256: first.sha256, bytes: original.blob.size, kept: original.keep },
      freed_at_ms: null,
    };
    await transaction.objectStore("photos").add(noted);
    await transaction.objectStore("photo_bytes").add(kept, photo.id);
    if (original?.keep && first) await transaction.objectStore("photo_bytes").add(first.kept, originalKey(photo.id));
    return noted;
  });
  if (kept instanceof Blob) await readAgain(photo.id, sha256);
  return record;
}

/** Changes what is noted of a photo; undefined when it was thrown away meanwhile. */
function changePhoto(photoId: string, change: (photo: PhotoRecord) => PhotoRecord): Promise<PhotoRecord | undefined> {
  return write(["photos"], async (transaction) => {
    const store = transaction.objectStore("photos");
    const photo = await store.get(photoId);
    const changed = photo && change(photo);
    if (changed) await store.put(changed);
    return changed;
  });
}

/** Notes what the phone saw in a photo that it keeps. */
export const noteWarnings = (photoId: string, warnings: PhotoWarning[]): Promise<PhotoRecord | undefined> =>
  changePhoto(photoId, (photo) => ({ ...photo, warnings }));

/** The technician has read what speaks against a photo, and lets it be. */
export async function noteDoubtsRead(photoId: string, codes: readonly string[]): Promise<void> {
  await changePhoto(photoId, (photo) => ({ ...photo, doubts_read: [...new Set([...(photo.doubts_read ?? []), ...codes])] }));
}

/** The same bytes are a photo of another visit, as far as this phone knows. */
export async function isOfOtherVisit({ user_id, visit_id, sha256 }: PhotoRecord): Promise<boolean> {
  return (await listPhotosOf(user_id)).some((other) => other.sha256 === sha256 && other.visit_id !== visit_id);
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
  const kept = await (await database()).get("photo_bytes", id);
  return kept === undefined || kept instanceof Blob ? kept : new Blob([kept.content], { type: kept.type });
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
