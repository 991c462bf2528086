/** Everything about one visit, as the server answers it. */
import type { Schema } from "../../shared/api/types";

export type VisitFile = Schema<"VisitFile">;
export type Photo = Schema<"Photo">;
export type CheckIn = Schema<"CheckIn">;
export type Sheet = Schema<"Sheet">;
export type Response = Schema<"CustomerResponse">;

/** The visit's photos in the order they were taken. */
export function photosOf({ visit }: VisitFile): Photo[] {
  return visit.check_ins
    .flatMap(({ photos }) => photos)
    .sort((a, b) => a.captured_at.localeCompare(b.captured_at) || a.id.localeCompare(b.id));
}
