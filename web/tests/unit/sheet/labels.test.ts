import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { documentWords as words } from "../../../phone/words/document";

/** What the customer reads on the phone is called the same in the PDF. */
const IN_THE_PDF = {
  title: "VISIT_SHEET", version: "VERSION", technician: "TECHNICIAN", customer: "CUSTOMER", site: "SITE",
  workOrders: "WORK_ORDERS", attendance: "TIMES_ON_SITE", arrival: "ARRIVAL", departure: "DEPARTURE",
  openBefore: "OPEN_BEFORE", done: "DONE", cause: "CAUSE", remedy: "REMEDY", leftOpen: "LEFT_OPEN", plan: "PLAN",
  due: "DUE", nothing: "NONE", parts: "PARTS", scans: "SCANS", photos: "PHOTOS",
} as const satisfies Partial<Record<keyof typeof words, string>>;

test("the labels are those of the PDF", () => {
  const source = readFileSync(new URL("../../../../media/sheet/label.c", import.meta.url), "utf8");
  for (const [word, label] of Object.entries(IN_THE_PDF)) {
    const [, en, zh] = new RegExp(`LABEL_${label}\\] = \\{"([^"]+)", "([^"]+)"\\}`).exec(source) ?? [];
    expect(words[word as keyof typeof IN_THE_PDF], word).toEqual({ en, zh });
  }
});
