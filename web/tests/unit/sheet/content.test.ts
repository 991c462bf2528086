import { describe, expect, test } from "vitest";
import { cleanText } from "../../../phone/sheet/clean_text";
import {
  gapsOf, newCorrection, newSheet, readQuantity, sentOutcomes, sheetBody, transitionsOf, withEveryWorkOrder,
  withoutCorrection,
} from "../../../phone/sheet/content";
import { composeDocument } from "../../../phone/sheet/document";
import type { VisitDraft } from "../../../phone/local/types";
import { facts, order, ORDER } from "./samples";

const empty = newSheet([order]);

test("text is cleaned of what the server refuses", () => {
  expect(cleanText(" a\r\nb\u0000\u0007\tc\u007f ")).toBe("a\nb\tc");
  expect(cleanText("half \ud83d")).toBe("half \ufffd");
  expect(cleanText("whole 👍")).toBe("whole 👍");
});

describe("the body", () => {
  test("rows in which nothing was written are left out", () => {
    const body = sheetBody({ ...empty, open_before: [" ", "x "], parts: [{ name: " ", quantity: 1 }] }, "site", null);
    expect(body).toMatchObject({ open_before: ["x"], done: [], parts: [], left_open: [], version: 1 });
  });

  test("members that were left empty are null", () => {
    const done = [{ work_order_id: null, what: "x", cause: " ", remedy: undefined }];
    expect(sheetBody({ ...empty, done }, "site", null).done).toEqual([{ work_order_id: null, what: "x", cause: null, remedy: null }]);
  });
});

describe("gaps", () => {
  const places = (change: Partial<typeof empty>) => gapsOf({ ...empty, ...change }).map(({ what }) => what);

  test("a sheet that says what was open has none", () => expect(gapsOf(empty)).toEqual([]));
  test("an empty sheet", () => expect(places({ open_before: [] })).toEqual(["nothing_written"]));
  test("a plan is needed for what is left open", () =>
    expect(places({ left_open: [{ what: "x", plan: " " }] })).toEqual(["left_open_without_plan"]));
  test("a cause without what was done", () =>
    expect(places({ done: [{ what: "", cause: "x" }] })).toEqual(["done_without_words"]));
  test("a part without a name or number", () =>
    expect(places({ parts: [{ name: "", number: "F", quantity: 0 }] })).toEqual([
      "part_without_name", "part_without_quantity",
    ]));
  test("an unresolved work order without a reason, which the server would refuse", () => {
    expect(places({ outcomes: { [ORDER]: { to: "unresolved", reason: " ", is_sent: false } } })).toEqual([
      "outcome_without_reason",
    ]);
    expect(places({ outcomes: { [ORDER]: { to: "partly_done", reason: "", is_sent: false } } })).toEqual([]);
  });
  test("a correction without a reason", () =>
    expect(places({ corrects_version: 1, correction_reason: "" })).toEqual(["correction_without_reason"]));
});

test("work orders move once", () => {
  const outcomes = { [ORDER]: { to: "unresolved" as const, reason: " 缺配件 ", is_sent: false } };
  const visit = { work_orders: [order] } as unknown as VisitDraft;
  const [step] = transitionsOf(visit, outcomes);
  expect(step?.body).toMatchObject({ to: "unresolved", reason: "缺配件" });
  expect(transitionsOf(visit, sentOutcomes(outcomes))).toEqual([]);
});

test("a work order that joined later gets its place, once", () => {
  const joined = withEveryWorkOrder(empty, [order, { ...order, id: "w2" }]);
  expect(joined.done.map((entry) => entry.work_order_id)).toEqual([ORDER, "w2"]);
  expect(withEveryWorkOrder(joined, [order, { ...order, id: "w2" }])).toBe(joined);
});

test("a correction begins with the signed words, and can be given up", () => {
  const document = composeDocument(facts);
  const signed = { ...empty, ...facts.content };
  const correction = newCorrection(signed);
  expect(correction).toMatchObject({ version: 2, corrects_version: 1, correction_reason: "" });
  const back = withoutCorrection({ ...correction, open_before: ["other"] }, document);
  expect(back).toMatchObject({ version: 1, corrects_version: null, open_before: ["温度偏高"] });
});

test.each([
  ["1", 1], ["1,5", 1.5], ["１２", 12], [" 0.25 ", 0.25], ["3.", 3], ["", null], ["0", null], ["-1", null], ["1e3", null],
  ["2000000", null], ["x", null],
])("the quantity %j is %j", (text, value) => expect(readQuantity(text)).toBe(value));
