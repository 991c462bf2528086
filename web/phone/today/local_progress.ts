/** What this phone has done and the server may not know yet. Pure. */
import type { Schema } from "../../shared/api/types";
import { type Progress, progressOf } from "../at_site/checklist";
import { knownAssets } from "../at_site/scan_match";
import { takenPhotos, takenScans } from "../at_site/subject";
import type { PhotoRecord, VisitDraft } from "../local/types";
import type { OutboxItem } from "../outbox/items";
import { unusable } from "../outbox/photo_doubts";
import type { WorkOrder } from "./plan_day";

/**
 * Work orders whose visit was left here, as long as the server's list is older than that: some of the visit is
 * unsent, or came to the server after the list was fetched. Then the list counts: work may be sent out again.
 */
export function finishedHere(
  visits: readonly VisitDraft[],
  outbox: readonly OutboxItem[],
  fetchedAtMs: number,
): Set<string> {
  const news = new Set(
    outbox
      .filter(({ status }) => status.state !== "safe" || status.at_ms > fetchedAtMs)
      .map(({ visit_id }) => visit_id),
  );
  const left = visits.filter((visit) => visit.left_at !== null && news.has(visit.id));
  return new Set(left.flatMap((visit) => visit.work_order_ids));
}

/** Where the checklist stands, with what was taken and scanned on this phone. A photo that was sent back or refused is missing. */
export function progressHere(
  order: WorkOrder,
  visits: readonly VisitDraft[],
  photos: readonly PhotoRecord[],
  retakes: readonly Schema<"Retake">[],
  outbox: readonly OutboxItem[],
): Progress[] {
  const mine = visits.filter((visit) => visit.work_order_ids.includes(order.id));
  const ids = new Set(mine.map((visit) => visit.id));
  const assets = knownAssets([order.site]);
  const scans = mine.flatMap((visit) => takenScans(visit, order.site.id, assets));
  const taken = takenPhotos(photos.filter((photo) => ids.has(photo.visit_id)), retakes, unusable(photos, outbox));
  return progressOf(order.checklist, order.id, taken, scans);
}

/** Corrections that wait for this phone; a signed one is on its way, and the server tells when it is there. */
export function correctionsToMake(
  corrections: readonly Schema<"Correction">[],
  visits: readonly VisitDraft[],
): Schema<"Correction">[] {
  const signed = new Map(visits.map(({ id, signature }) => [id, signature?.sheet_version ?? 0]));
  return corrections.filter(({ visit_id, sheet_version }) => (signed.get(visit_id) ?? 0) <= sheet_version);
}

/** The photos that were taken again on this phone. One that the server refused is to be taken once more. */
export function takenAgain(photos: readonly PhotoRecord[], outbox: readonly OutboxItem[]): Set<string> {
  const refused = new Set(outbox.filter(({ status }) => status.state === "refused").map(({ id }) => id));
  return new Set(
    photos.flatMap(({ id, check_in_id, retake_of }) =>
      retake_of === null || refused.has(id) || refused.has(check_in_id) ? [] : [retake_of],
    ),
  );
}
