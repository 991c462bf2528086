/** Which photos of a visit belong side by side. Pure. */
import type { Schema } from "../../shared/api/types";
import type { Photo } from "./file";

export interface Pair {
  readonly before: Photo;
  readonly after: Photo;
}

const isAbout = (photo: Photo, other: Photo) => photo.work_order_id === other.work_order_id;

/**
 * Before and after of the same work: the first photo before with the first one after, the second with the second, work
 * order by work order. What was not sent yet is no half of a pair.
 */
export function pairsOf(photos: readonly Photo[]): Pair[] {
  const there = photos.filter(({ state }) => state === "stored");
  const left = there.filter(({ role }) => role === "before");
  const right = there.filter(({ role }) => role === "after");
  const pairs: Pair[] = [];
  for (const before of left) {
    const at = right.findIndex((after) => isAbout(before, after));
    const [after] = at < 0 ? [] : right.splice(at, 1);
    if (after) pairs.push({ before, after });
  }
  return pairs;
}

/** Photos by what they show, in the order in which technicians take them. */
const ORDER: readonly Schema<"PhotoRole">[] = ["overview", "nameplate", "before", "damage", "part", "meter", "after", "other"];

export function byRole(photos: readonly Photo[]): { role: Schema<"PhotoRole">; photos: Photo[] }[] {
  return ORDER.map((role) => ({ role, photos: photos.filter((photo) => photo.role === role) })).filter(
    (group) => group.photos.length > 0,
  );
}
