import type { Schema } from "../../shared/api/types";
import { pairsOf } from "../visits/pairs";
import type { Visit } from "./use_visit";

type Photo = Schema<"Photo">;
type Role = Schema<"PhotoRole">;

/** What a photo is compared with: the other half of a pair, or else its own kind. */
const PAIR: Partial<Record<Role, Role>> = { before: "after", after: "before", damage: "after" };

/** In the order in which they were taken. */
const photosOf = (visit: Visit | null): Photo[] => visit?.check_ins.flatMap((checkIn) => checkIn.photos) ?? [];

/** The other half of before and after; null: it is no half. */
export function otherHalfOf(photo: Photo, visit: Visit | null): Photo | null {
  const pair = pairsOf(photosOf(visit)).find(({ before, after }) => before.id === photo.id || after.id === photo.id);
  if (!pair) return null;
  return pair.before.id === photo.id ? pair.after : pair.before;
}

/** The photo of the same visit to lay beside this one: its other half, else one of the same work order if there is one. */
export function counterpartOf(photo: Photo, visit: Visit | null): Photo | null {
  const half = otherHalfOf(photo, visit);
  if (half) return half;
  const role = PAIR[photo.role] ?? photo.role;
  const photos = photosOf(visit);
  const fitting = photos.filter((other) => other.id !== photo.id && other.role === role && other.state === "stored");
  return fitting.find((other) => other.work_order_id === photo.work_order_id) ?? fitting[0] ?? null;
}

/** The photo that had the very same bytes before; null when there is none. */
export function earlierPhotoId(photo: Photo): string | null {
  const finding = photo.findings.find(({ code }) => code === "photo_reused" || code === "photo_sent_twice");
  const id = (finding?.numbers as Record<string, unknown> | undefined)?.earlier_photo_id;
  return typeof id === "string" ? id : null;
}
