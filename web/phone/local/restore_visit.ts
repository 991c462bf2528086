/** A visit of one's own that this phone no longer keeps, or never had, as the office has it. */
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { api } from "../api";
import { readDocument, type SheetDocument } from "../sheet/document";
import { write } from "./database";
import type { MadeCheckIn, PhotoRecord, SheetDraft, SignatureDraft, VisitDraft } from "./types";
import { emptyGathered } from "./visits";

type Visit = Schema<"Visit">;
type Sheet = Schema<"Sheet">;

/** The site as it was signed: what is not in a sheet is not needed for one. */
function siteOf({ site, customer }: SheetDocument): Schema<"DaySite"> {
  return {
    id: site.id, name: site.name, code: null, address: site.address, time_zone: site.time_zone,
    customer_id: customer.id, customer_name: customer.name, customer_language: customer.language,
    radius_m: site.radius_m, wgs84: { position: site.position, polygon: site.polygon },
    entry_accuracy_m: null, minimum_minutes: null, note: null, contacts: [], assets: [],
  };
}

/** The server has converted every position to WGS-84, whatever was sent. */
function fixOf({ fix, wgs84, captured_at }: Schema<"CheckIn">): Schema<"Fix"> | null {
  if (!fix || !wgs84) return null;
  return { ...wgs84, datum: "wgs84", accuracy_m: fix.accuracy_m, mocked: fix.mocked, fix_at: fix.fix_at ?? captured_at };
}

function checkInOf(checkIn: Schema<"CheckIn">): MadeCheckIn {
  const { id, kind, captured_at, work_order_ids, photos, scans, note } = checkIn;
  return {
    id, kind, captured_at, work_order_ids, note,
    fix: fixOf(checkIn),
    photo_ids: photos.map((photo) => photo.id),
    scans: scans.map((scan) => ({ id: scan.id, captured_at: scan.captured_at, symbology: scan.symbology, value: scan.value, entered: scan.entered })),
  };
}

/** A photo's record without its bytes; those are at the server. */
function photoOf(photo: Schema<"Photo">, userId: string, document: SheetDocument, nowMs: number): PhotoRecord {
  const signed = document.photos.find(({ id }) => id === photo.id);
  const { id, visit_id, check_in_id, role, media, captured_at, work_order_id, retake_of, caption, receipt } = photo;
  return {
    id, visit_id, check_in_id, role, media, captured_at, work_order_id, retake_of, caption,
    user_id: userId,
    sha256: receipt?.sha256 ?? signed?.sha256 ?? "",
    bytes: receipt?.bytes ?? 0,
    warnings: [],
    original: null,
    freed_at_ms: nowMs,
  };
}

/** What became of the work orders was told long ago: it is shown, and not sent again. */
function outcomesOf(orders: Visit["work_orders"]): SheetDraft["outcomes"] {
  const ends = orders.flatMap(({ id, state }) => {
    const to = state === "closed" ? "done" : state;
    return to === "done" || to === "partly_done" || to === "unresolved" ? [[id, { to, reason: "", is_sent: true }] as const] : [];
  });
  return Object.fromEntries(ends);
}

function sheetOf(sheet: Sheet, orders: Visit["work_orders"]): SheetDraft {
  const { content, version, corrects_version, correction_reason, evidence_until } = sheet;
  return { ...content, version, corrects_version, correction_reason, shown_at: evidence_until, outcomes: outcomesOf(orders) };
}

function signatureOf({ signature, document }: Sheet): SignatureDraft | null {
  if (!signature) return null;
  const { id, sheet_version, document_sha256, signer_name, signer_role, method, strokes, rating, signed_at } = signature;
  return { id, sheet_version, document, document_sha256, signer_name, signer_role, method, strokes, rating, signed_at };
}

/** The visit as this phone would keep it, had it been made here. Pure. */
export function visitOf(visit: Visit, sheet: Sheet, userId: string, nowMs: number): { visit: VisitDraft; photos: PhotoRecord[] } {
  const document = readDocument(sheet.document);
  const photos = visit.check_ins.flatMap((checkIn) => checkIn.photos);
  const [last] = visit.check_ins.map(({ captured_at }) => captured_at).sort().slice(-1);
  return {
    visit: {
      id: visit.id,
      user_id: userId,
      site: siteOf(document),
      work_order_ids: visit.work_orders.map(({ id }) => id),
      work_orders: visit.work_orders.map(({ id, number, title }) => ({ id, number, title, checklist: [] })),
      started_at: visit.arrived_at ?? visit.first_seen_at,
      // It is over: nobody shall take it for a visit that goes on.
      left_at: visit.departed_at ?? last ?? visit.first_seen_at,
      check_ins: visit.check_ins.map(checkInOf),
      gathered: emptyGathered(),
      sheet: sheetOf(sheet, visit.work_orders),
      signing: null,
      signature: signatureOf(sheet),
      updated_at_ms: nowMs,
    },
    photos: photos.map((photo) => photoOf(photo, userId, document, nowMs)),
  };
}

/**
 * Fetches a visit of this user with its signed sheet and keeps it, as if it had been made on this phone.
 *
 * @throws what ApiClient.call throws
 */
export async function restoreVisit(userId: string, visitId: string, version: number): Promise<void> {
  const [{ body: visit }, { body: sheet }] = await Promise.all([
    api.call<"getVisit">({ method: "GET", path: path`/v1/visits/${visitId}` }),
    api.call<"getSheet">({ method: "GET", path: path`/v1/visits/${visitId}/sheet`, query: { version } }),
  ]);
  const restored = visitOf(visit, sheet, userId, Date.now());
  await write(["visits", "photos"], async (transaction) => {
    // Another tab was faster, or the visit is here after all: what the phone has goes before what it is told.
    if (await transaction.objectStore("visits").get(visitId)) return;
    await transaction.objectStore("visits").put(restored.visit);
    for (const photo of restored.photos) {
      if (!(await transaction.objectStore("photos").get(photo.id))) await transaction.objectStore("photos").put(photo);
    }
  });
}
