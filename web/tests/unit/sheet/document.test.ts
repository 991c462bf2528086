import { expect, test } from "vitest";
import { composeDocument, documentText, MissingFact, readDocument } from "../../../phone/sheet/document";
import { documentSections } from "../../../phone/sheet/document_sections";
import { facts, fix, ORDER } from "./samples";

const [arrival] = facts.check_ins;

test("work orders stand by code point, as the server sorts them", () => {
  const numbers = ["\u{20BB7}", "\uffee", "a", "B"];
  const work_orders = numbers.map((number, i) => ({ id: `w${i}`, number, title: "t" }));
  const check_ins = [{ ...arrival!, work_order_ids: work_orders.map(({ id }) => id) }];
  const document = composeDocument({ ...facts, work_orders, check_ins });
  expect(document.work_orders.map(({ number }) => number)).toEqual(["B", "a", "\uffee", "\u{20BB7}"]);
});

test("what was captured later is left out, and so are the work orders that it named", () => {
  const later = {
    ...arrival!, id: "later", captured_at: "2026-11-21T09:00:00.001Z", kind: "departure" as const,
    work_order_ids: ["another"], scans: [{ ...arrival!.scans[0]!, captured_at: "2026-11-21T09:30:00Z" }],
  };
  const photos = [...facts.photos, { ...facts.photos[0]!, id: "p2", captured_at: "2026-11-21T09:30:00Z" }];
  const document = composeDocument({ ...facts, check_ins: [later, arrival!], photos });
  expect(documentText(document)).toBe(documentText(composeDocument(facts)));
});

test("the phone's order of things does not matter", () => {
  const second = { ...arrival!, id: "check-in-0", scans: [] };
  const one = composeDocument({ ...facts, check_ins: [arrival!, second] });
  const other = composeDocument({ ...facts, check_ins: [second, arrival!] });
  expect(documentText(one)).toBe(documentText(other));
  expect(one.check_ins.map(({ id }) => id)).toEqual(["check-in-0", "check-in-1"]);
});

test("what the phone does not know is not made up", () => {
  expect(() => composeDocument({ ...facts, work_orders: [] })).toThrow(MissingFact);
  const check_ins = [{ ...arrival!, fix: { ...fix, datum: "gcj02" as const } }];
  expect(() => composeDocument({ ...facts, check_ins })).toThrow(MissingFact);
  const site = { ...facts.site, customer_language: undefined as never };
  expect(() => composeDocument({ ...facts, site })).toThrow(MissingFact);
});

test("another kind of document is not read", () => {
  expect(() => readDocument('{"schema":"fieldproof.visit-sheet/2"}')).toThrow();
});

/** Every text and number of a value, with its place. */
function leaves(value: unknown, place = ""): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[place, value]];
  return Object.entries(value).flatMap(([name, inner]) => leaves(inner, `${place}/${name}`));
}

test.each(["en", "zh"] as const)("everything that is signed can be read on the page (%s)", (language) => {
  const document = composeDocument({ ...facts, version: 2, corrects_version: 1, correction_reason: "写错了" });
  const shown = documentSections(document, language)
    .flatMap((section) => section.lines.flatMap((line) => [line.label ?? "", line.text]))
    .join("\n");
  // Ids and the schema's name say nothing to a reader; they stand in the exact text below.
  const hidden = /\/(id|schema|visit_id|work_order_id|language|kind|role)$/;
  const missing = leaves(document)
    .filter(([place, value]) => value !== null && !hidden.test(place))
    .filter(([place, value]) => !shown.includes(asShown(place, value)));
  expect(missing).toEqual([]);
});

/** Times are shown in the site's zone, positions to the metre. */
function asShown(place: string, value: unknown): string {
  if (/(latitude|longitude)$/.test(place)) return (value as number).toFixed(5);
  if (!/(_at|_until)$/.test(place)) return String(value);
  const time = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" } as const;
  return new Intl.DateTimeFormat("en", time).format(new Date(value as string));
}

test("a work order that was done is named by its number", () => {
  const sections = documentSections(composeDocument(facts), "en");
  expect(sections.find(({ title }) => title.startsWith("Done"))?.lines[0]).toEqual({ label: "WO-7", text: "换电容" });
  expect(ORDER).toBe(facts.content.done[0]?.work_order_id);
});
