/** What evidence a work order asks for, and what of it is still missing: the server's rule, on the phone. */
import type { Schema } from "../../shared/api/types";
import type { KnownAsset } from "./scan_match";

export type ChecklistItem = Schema<"ChecklistItem">;
export type PhotoRole = Schema<"PhotoRole">;

/** A photo on the phone, as far as checklists care. */
export interface TakenPhoto {
  readonly role: PhotoRole;
  readonly work_order_id: string | null;
}

/** A scan on the phone, and the asset it is of. */
export interface TakenScan {
  readonly asset: KnownAsset | null;
}

/** Where a work order's checklist stands. */
export interface Progress {
  readonly item: ChecklistItem;
  /** By evidence on the server or on this phone. */
  readonly isDone: boolean;
}

function answersPhoto(item: ChecklistItem, workOrderId: string, photo: TakenPhoto): boolean {
  const isOfOrder = photo.work_order_id === null || photo.work_order_id === workOrderId;
  return isOfOrder && (item.photo_role === null || item.photo_role === photo.role);
}

function answersScan(item: ChecklistItem, scan: TakenScan): boolean {
  return scan.asset !== null && (item.asset_id === null || item.asset_id === scan.asset.id);
}

/** As checklist_item_is_done() in migrations/0005: what the server has, or what this phone will send. */
export function progressOf(
  checklist: readonly ChecklistItem[],
  workOrderId: string,
  photos: readonly TakenPhoto[],
  scans: readonly TakenScan[],
): Progress[] {
  return checklist.map((item) => {
    const isTaken =
      item.kind === "photo"
        ? photos.some((photo) => answersPhoto(item, workOrderId, photo))
        : scans.some((scan) => answersScan(item, scan));
    return { item, isDone: item.done || isTaken };
  });
}

/** The roles in the order in which a job goes. */
export const ROLES: readonly PhotoRole[] = [
  "before",
  "overview",
  "nameplate",
  "meter",
  "damage",
  "part",
  "after",
  "other",
];

/** The role the camera opens with: the first that is missing, required ones first; else `otherwise`. */
export function firstMissingRole(progress: readonly Progress[], otherwise: PhotoRole): PhotoRole {
  const missing = progress.filter(({ item, isDone }) => !isDone && item.kind === "photo" && item.photo_role);
  const first = missing.find(({ item }) => item.required) ?? missing[0];
  return first?.item.photo_role ?? otherwise;
}
