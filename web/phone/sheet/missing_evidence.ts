/** What the checklists of a visit still ask for. Pure. */
import { progressOf } from "../at_site/checklist";
import { knownAssets, matchScan } from "../at_site/scan_match";
import { takenPhotos } from "../at_site/subject";
import type { PhotoRecord, VisitDraft } from "../local/types";
import type { OutboxItem } from "../outbox/items";
import { unusable } from "../outbox/photo_doubts";

export interface MissingEvidence {
  label: string;
  isRequired: boolean;
}

/** By the evidence on this phone, gathered or sent, and what the server had. */
export function missingEvidence(
  visit: VisitDraft,
  photos: readonly PhotoRecord[],
  outbox: readonly OutboxItem[],
): MissingEvidence[] {
  const taken = takenPhotos(photos, [], unusable(photos, outbox));
  const assets = knownAssets([visit.site]);
  const values = [...visit.check_ins.flatMap((checkIn) => checkIn.scans), ...visit.gathered.scans];
  const scans = values.map(({ value }) => {
    const match = matchScan(value, visit.site.id, assets);
    return { asset: match.kind === "unknown" ? null : match.asset };
  });
  return visit.work_orders.flatMap((order) =>
    progressOf(order.checklist, order.id, taken, scans)
      .filter(({ isDone }) => !isDone)
      .map(({ item, wanted }) => ({ label: wanted > 1 ? `${item.label} ×${wanted}` : item.label, isRequired: item.required })),
  );
}
