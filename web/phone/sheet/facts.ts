/** What the phone knows of a visit, for its sheet. */
import type { Schema } from "../../shared/api/types";
import { readDay } from "../local/day";
import { listPhotos } from "../local/photos";
import { readSession } from "../local/session";
import type { PhotoRecord, Session, SheetDraft, StoredDay, VisitDraft } from "../local/types";
import type { SheetFacts } from "./document";
import { writtenContent } from "./content";

export interface KnownFacts {
  session: Session;
  day: StoredDay | undefined;
  photos: PhotoRecord[];
}

/** Reads all that a sheet of this visit is made of beside the visit itself. */
export async function readFacts(visit: VisitDraft): Promise<KnownFacts> {
  const session = await readSession();
  if (!session || session.user.id !== visit.user_id) throw new Error("the visit is somebody else's");
  return { session, day: await readDay(visit.user_id), photos: await listPhotos(visit.id) };
}

/** The freshest that the phone was told of the site: the day while the site is in it, else the visit's own. */
export function knownSite(visit: VisitDraft, day: StoredDay | undefined): Schema<"DaySite"> {
  return day?.work_orders.find((order) => order.site.id === visit.site.id)?.site ?? visit.site;
}

/** Work orders of the day go before what the visit remembers of them. */
function knownWorkOrders(visit: VisitDraft, day: StoredDay | undefined): SheetFacts["work_orders"] {
  return [...(day?.work_orders ?? []), ...visit.work_orders];
}

/** What the document is made of when it is shown at `shownAt`. */
export function factsOf(visit: VisitDraft, sheet: SheetDraft, shownAt: string, known: KnownFacts): SheetFacts {
  return {
    visit_id: visit.id,
    version: sheet.version,
    corrects_version: sheet.corrects_version,
    correction_reason: sheet.correction_reason?.trim() || null,
    evidence_until: shownAt,
    organisation: known.session.organisation,
    technician: known.session.user,
    site: knownSite(visit, known.day),
    work_orders: knownWorkOrders(visit, known.day),
    check_ins: visit.check_ins,
    // Photos are part of the visit once a check-in has declared them.
    photos: known.photos.filter((photo) => visit.check_ins.some((checkIn) => checkIn.photo_ids.includes(photo.id))),
    content: writtenContent(sheet),
  };
}
