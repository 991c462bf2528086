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
  /** How many photos (or assets, of scans) it asks for, and how many this phone has. */
  readonly wanted: number;
  readonly taken: number;
}

/** A day that was kept by an earlier version of the app does not say how many: one. Of one asset there is only one. */
function wantedOf(item: ChecklistItem): number {
  const count = (item as Partial<ChecklistItem>).minimum_count ?? 1;
  return item.kind === "scan" && item.asset_id !== null ? 1 : count;
}

function answersPhoto(item: ChecklistItem, workOrderId: string, photo: TakenPhoto): boolean {
  const isOfOrder = photo.work_order_id === null || photo.work_order_id === workOrderId;
  return isOfOrder && (item.photo_role === null || item.photo_role === photo.role);
}

function answersScan(item: ChecklistItem, scan: TakenScan): boolean {
  return scan.asset !== null && (item.asset_id === null || item.asset_id === scan.asset.id);
}

/** As checklist_item_answer in migrations/0048: what the server has, or what this phone will send. */
export function progressOf(
  checklist: readonly ChecklistItem[],
  workOrderId: string,
  photos: readonly TakenPhoto[],
  scans: readonly TakenScan[],
): Progress[] {
  return checklist.map((item) => {
    const wanted = wantedOf(item);
    const taken =
      item.kind === "photo"
        ? photos.filter((photo) => answersPhoto(item, workOrderId, photo)).length
        : new Set(scans.filter((scan) => answersScan(item, scan)).map(({ asset }) => asset?.id)).size;
    return { item, isDone: item.done || taken >= wanted, wanted, taken };
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
