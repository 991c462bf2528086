/** Writing what is gathered on site: each function resolves when it is on the phone's flash. */
import type { Schema } from "../../shared/api/types";
import { hasRoomFor, measureRoom } from "../device/storage";
import { addPhoto, isOfOtherVisit, type NewPhoto, noteWarnings } from "../local/photos";
import { readSettings } from "../local/settings";
import type { CheckInKind, PhotoRecord, PhotoWarning, VisitDraft } from "../local/types";
import { changeVisit } from "../local/visits";
import { enqueueCheckIn } from "../outbox/enqueue";
import { fixOf } from "./fix_keeper";
import type { Sample } from "./fix_choice";
import { type LooksThresholds, type LooksWarning, warningsOf } from "./looks";
import { examine } from "./pictures";
import { newId } from "../../shared/new_id";

/** The contract's ceilings for one check-in. */
const PHOTOS_MAX = 20;
const SCANS_MAX = 50;
/** … and for one photo: larger ones are refused for good. */
export const PHOTO_MAX_BYTES = 26_214_400;

const WARNING_OF: Readonly<Record<LooksWarning, PhotoWarning>> = {
  too_small: "small",
  too_dark: "dark",
  blurred: "blurred",
};

/** What the camera view knows of a picture. */
export type Shot = Pick<NewPhoto, "role" | "media" | "captured_at" | "work_order_id" | "retake_of">;

/**
 * Keeps a picture, before anything is thought of it. The bytes are sent as they are, unless the technician has chosen
 * smaller ones in the settings; the original is then kept as well while the phone has room.
 */
export async function keepPicture(visitId: string, shot: Shot, file: Blob): Promise<PhotoRecord> {
  const photo: NewPhoto = { ...shot, id: newId(), caption: null, warnings: [] };
  const { downscale_photos_to_px } = await readSettings();
  if (shot.media === "video" || downscale_photos_to_px === null) return addPhoto(visitId, photo, file);
  const { copy } = await examine(file, downscale_photos_to_px);
  const original = copy ? { blob: file, keep: hasRoomFor(await measureRoom(), file.size) } : null;
  return addPhoto(visitId, photo, copy ?? file, original);
}

/** What the phone thinks of a picture that it keeps already: the same, with its warnings. */
export async function judgePicture(photo: PhotoRecord, file: Blob, thresholds: LooksThresholds): Promise<PhotoRecord> {
  if (photo.media === "video") return photo;
  const { looks, isBroken } = await examine(file, null);
  const warnings = looks ? warningsOf(looks, thresholds).map((warning) => WARNING_OF[warning]) : [];
  if (isBroken) warnings.push("broken");
  if (await isOfOtherVisit(photo)) warnings.push("reused");
  if (warnings.length === 0) return photo;
  return (await noteWarnings(photo.id, warnings)) ?? photo;
}

/** Keeps a scan; one of the same value in the same visit is kept once. */
export function keepScan(visitId: string, scan: Schema<"ScanCreate">): Promise<VisitDraft> {
  return changeVisit(visitId, (visit) => ({
    ...visit,
    gathered: { ...visit.gathered, scans: [...visit.gathered.scans, scan] },
  }));
}

/** The note that goes with the next check-in. */
export function keepNote(visitId: string, note: string): Promise<VisitDraft> {
  return changeVisit(visitId, (visit) => ({ ...visit, gathered: { ...visit.gathered, note } }));
}

/** Photos or scans wait for a check-in to carry them. A note alone can wait for the next one. */
export function hasGathered({ gathered }: VisitDraft): boolean {
  return gathered.photo_ids.length > 0 || gathered.scans.length > 0;
}

/** The next piece of evidence would not fit into one check-in with what is gathered. */
export function isFull({ gathered }: VisitDraft): boolean {
  return gathered.photo_ids.length >= PHOTOS_MAX || gathered.scans.length >= SCANS_MAX;
}

/** Makes a check-in of what the visit has gathered, with this position, and queues it. */
export function checkIn(
  visit: VisitDraft,
  kind: CheckInKind,
  sample: Sample | null,
  captured_at = new Date().toISOString(),
): Promise<VisitDraft> {
  return enqueueCheckIn(visit, { kind, captured_at, fix: fixOf(sample) });
}
