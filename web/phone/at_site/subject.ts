/** What a site's screen is about: a place, the work there, and the visit that is under way. */
import type { Schema } from "../../shared/api/types";
import { currentLanguage } from "../../shared/i18n/i18n";
import type { PhotoRecord, StoredDay, VisitDraft } from "../local/types";
import { newVisit } from "../local/visits";
import type { TakenPhoto, TakenScan } from "./checklist";
import { type KnownAsset, knownAssets, matchScan } from "./scan_match";

export type DaySite = Schema<"DaySite">;
export type DayWorkOrder = Schema<"DayWorkOrder">;
export type Retake = Schema<"Retake">;

export interface Subject {
  readonly site: DaySite;
  /** Null: a retake whose work order is no longer on the phone, or that never had one. */
  readonly workOrder: DayWorkOrder | null;
  /** Photos to take again at this site. */
  readonly retakes: readonly Retake[];
}

/** A site of which only the summary is known: enough to check in, not enough to match scans. */
function siteOfSummary(site: Schema<"SiteSummary">): DaySite {
  const { position, ...known } = site;
  return {
    ...known,
    customer_language: currentLanguage(),
    wgs84: { position, polygon: null },
    entry_accuracy_m: null,
    minimum_minutes: null,
    note: null,
    contacts: [],
    assets: [],
  };
}

/**
 * The subject of #/site/{work_order_id}?retake={photo_id}; see addresses.ts. The visit knows the site when the
 * day has moved on, and a retake knows at least where it is.
 */
export function findSubject(
  workOrderId: string,
  photoId: string | null,
  day: StoredDay | null,
  visit: VisitDraft | null,
): Subject | null {
  const workOrder = day?.work_orders.find(({ id }) => id === workOrderId) ?? null;
  const retake = day?.retakes.find(({ photo_id }) => photo_id === photoId);
  const neighbour = day?.work_orders.find(({ site }) => site.id === retake?.site.id);
  const site = workOrder?.site ?? visit?.site ?? neighbour?.site ?? (retake && siteOfSummary(retake.site));
  return site ? { site, workOrder, retakes: retakesAt(day, site.id) } : null;
}

/** Those that still wait for a photo. */
function retakesAt(day: StoredDay | null, siteId: string): Retake[] {
  const open = day?.retakes.filter((retake) => !retake.answered_by_photo_id && !retake.withdrawn_at) ?? [];
  return open.filter(({ site }) => site.id === siteId);
}

/** A visit for this subject that begins now; it is stored with its arrival. */
export function visitFor(subject: Subject, userId: string, startedAt: string, retake: Retake | null): VisitDraft {
  const id = subject.workOrder?.id ?? retake?.work_order_id;
  return newVisit(userId, subject.site, id ? [id] : [], startedAt);
}

/** Every asset that the phone has heard of. */
export function assetsOf(subject: Subject, day: StoredDay | null): KnownAsset[] {
  return knownAssets([subject.site, ...(day?.work_orders.map(({ site }) => site) ?? [])]);
}

/** The scans of a visit, handed over already or not. */
export function scansOf(visit: VisitDraft | null): Schema<"ScanCreate">[] {
  return visit ? [...visit.check_ins.flatMap(({ scans }) => scans), ...visit.gathered.scans] : [];
}

/** The scans with their assets, for the checklist. */
export function takenScans(visit: VisitDraft | null, siteId: string, assets: readonly KnownAsset[]): TakenScan[] {
  return scansOf(visit).map(({ value }) => {
    const match = matchScan(value, siteId, assets);
    return { asset: match.kind === "unknown" ? null : match.asset };
  });
}

/**
 * Photos that count for a checklist: a video does not, and one that was sent back, or that the server refused, leaves
 * its item open.
 */
export function takenPhotos(
  photos: readonly PhotoRecord[],
  retakes: readonly Retake[],
  ofNoUse: ReadonlySet<string>,
): TakenPhoto[] {
  const sentBack = new Set(retakes.map(({ photo_id }) => photo_id));
  return photos.filter(({ id, media }) => media !== "video" && !sentBack.has(id) && !ofNoUse.has(id));
}
