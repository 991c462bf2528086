import { expect, test } from "vitest";
import { missingTexts } from "../../../../desk/visits/missing_texts";
import { setLanguage } from "../../../../shared/i18n/i18n";

const at = "2026-11-20T01:14:00.000Z";
const document = JSON.stringify({
  site: { time_zone: "Asia/Shanghai" },
  check_ins: [{ id: "a", kind: "arrival", captured_at: at }],
  scans: [{ id: "b", symbology: "qr_code", value: "冷库-7", captured_at: at }],
  photos: [{ id: "c", role: "nameplate", captured_at: at }],
  work_orders: [{ id: "d", number: "WO-7", title: "Fan" }],
});

test("each piece of evidence is told by what it is, at the site's time", () => {
  setLanguage("en");
  const texts = missingTexts(document, ["/check_ins/0", "/scans/0", "/photos/0", "/work_orders/0"]);
  expect(texts.map((text) => text.replace(/, [^:]*09:14.*$/, ", 09:14"))).toEqual([
    "Arrival, 09:14", "Scan 冷库-7, 09:14", "Photo (Nameplate), 09:14", "Work order WO-7 Fan: no check-in names it",
  ]);
});

test("a place that the document does not have is named as it is", () => {
  expect(missingTexts(document, ["/check_ins/1", "/elsewhere/0"])).toEqual(["/check_ins/1", "/elsewhere/0"]);
});
