import { describe, expect, test } from "vitest";
import { type Content, rowsOf, sheetChanges } from "../../../../desk/visits/sheet_changes";

const content = (fields: Partial<Content>): Content => ({ open_before: [], done: [], left_open: [], parts: [], ...fields });
const said = (before: Partial<Content>, after: Partial<Content>) =>
  sheetChanges(content(before), content(after)).map(({ block, is, text }) => `${block} ${is === "added" ? "+" : "-"} ${text}`);

describe("what a correction changed", () => {
  test("nothing, where the lines are the same", () => {
    expect(said({ open_before: ["a", "b"] }, { open_before: ["a", "b"] })).toEqual([]);
  });

  test("a line in the middle, without touching those around it", () => {
    expect(said({ open_before: ["a", "b", "c"] }, { open_before: ["a", "x", "c"] })).toEqual(["open_before - b", "open_before + x"]);
    expect(said({ open_before: ["a", "c"] }, { open_before: ["a", "b", "c"] })).toEqual(["open_before + b"]);
    expect(said({ open_before: ["a", "b", "c"] }, { open_before: ["c"] })).toEqual(["open_before - a", "open_before - b"]);
  });

  test("a line that moved is taken out and put in", () => {
    expect(said({ open_before: ["a", "b"] }, { open_before: ["b", "a"] })).toHaveLength(2);
  });

  test("every member of a line counts", () => {
    const done = { work_order_id: null, what: "Cleaned", cause: null, remedy: null };
    expect(said({ done: [done] }, { done: [{ ...done, cause: "Dust" }] })).toEqual(["done - Cleaned", "done + Cleaned – Dust"]);
    const part = { name: "Filter", number: "F-7", quantity: 1, unit: "pc" };
    expect(said({ parts: [part] }, { parts: [{ ...part, quantity: 2 }] })).toEqual(["parts - Filter, F-7, 1 pc", "parts + Filter, F-7, 2 pc"]);
    const open = { what: "Seal", plan: "Order", due_at: null };
    expect(said({}, { left_open: [open] })).toEqual(["left_open + Seal – Order"]);
  });
});

test("line beside line: what replaces a line stands beside it, the rest stays in its place", () => {
  const rows = rowsOf(["a", "b", "c", "d"], ["a", "x", "y", "d", "e"]).map(({ before, after }) => [before, after]);
  expect(rows).toEqual([["a", "a"], ["b", "x"], ["c", "y"], ["d", "d"], [null, "e"]]);
  expect(rowsOf([], [])).toEqual([]);
  expect(rowsOf(["a"], [])).toEqual([{ before: "a", after: null }]);
});
