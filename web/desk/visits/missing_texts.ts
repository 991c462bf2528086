/** Pieces of evidence that a signed document lists, in words. Pure. */
import { t } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import type { SheetDocument } from "../../phone/sheet/document";
import { momentAt } from "../moments";
import { sheetWords as words, timelineWords } from "../words/visits";

/** What each pointer into the document points at: "Check-in: Arrival, 20 Nov 09:14". */
export function missingTexts(documentText: string, pointers: readonly string[]): string[] {
  const document = JSON.parse(documentText) as SheetDocument;
  return pointers.map((pointer) => textAt(document, pointer));
}

function textAt(document: SheetDocument, pointer: string): string {
  const [, list, place] = pointer.split("/");
  const i = Number(place);
  const when = (at: string) => momentAt(at, document.site.time_zone);
  const checkIn = list === "check_ins" && document.check_ins[i];
  if (checkIn) return t(words.missingCheckIn, { kind: t(timelineWords[checkIn.kind]), time: when(checkIn.captured_at) });
  const scan = list === "scans" && document.scans[i];
  if (scan) return t(words.missingScan, { value: scan.value, time: when(scan.captured_at) });
  const photo = list === "photos" && document.photos[i];
  if (photo) return t(words.missingPhoto, { role: t(roles[photo.role]), time: when(photo.captured_at) });
  const order = list === "work_orders" && document.work_orders[i];
  if (order) return t(words.missingWorkOrder, { number: order.number, title: order.title });
  return pointer;
}
