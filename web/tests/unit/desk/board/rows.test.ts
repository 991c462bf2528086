import { describe, expect, test } from "vitest";
import type { Board, WorkOrder } from "../../../../desk/board/board_state";
import { countsOf, rowsOf, shownOf } from "../../../../desk/board/rows";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const person = (id: string, name: string) => ({ id, name, last_check_in: null });
const order = (id: string, assignees: string[], fields: Partial<WorkOrder> = {}) =>
  ({
    id, number: id, state: "assigned", due_at: null, window_starts_at: null, window_ends_at: null, planned_starts_at: null, on_the_way: null,
    assignees: assignees.map((each) => ({ id: each, name: each })), ...fields,
  }) as unknown as WorkOrder;
const board = {
  technicians: [person("b", "Bo"), person("a", "An")],
  work_orders: [
    order("2", ["a"], { window_starts_at: "2026-11-22T09:00:00Z" }),
    order("1", ["a", "b"], { window_starts_at: "2026-11-22T08:00:00Z", due_at: "2026-11-22T09:00:00Z" }),
    order("3", [], { state: "new" }),
    order("4", ["gone"], { state: "accepted" }),
  ],
} as unknown as Board;
const rows = (show = "", technician = "") =>
  rowsOf(board, shownOf(board, NOW), { show, technician }).map((row) => [row.technician?.name ?? "-", ...row.work.map((each) => each.order.id)]);

describe("the board's rows", () => {
  test("are what nobody has, then technicians by name with their work in the order of the day", () => {
    expect(rows()).toEqual([["-", "3", "4"], ["An", "1", "2"], ["Bo", "1"]]);
  });
  test("begin with what is still to be done, and end with what is closed", () => {
    const ordered = (...states: WorkOrder["state"][]) => {
      const work_orders = states.map((state, i) => order(`${i}`, ["a"], { state, window_starts_at: `2026-11-22T0${i}:00:00Z` }));
      return shownOf({ ...board, work_orders } as unknown as Board, NOW).map(({ order: { state } }) => state);
    };
    expect(ordered("closed", "partly_done", "assigned", "closed", "on_site")).toEqual(["assigned", "on_site", "partly_done", "closed", "closed"]);
  });
  test("are narrowed to a state, to what is late, to a technician", () => {
    expect(rows("new")).toEqual([["-", "3"]]);
    expect(rows("late")).toEqual([["An", "1"], ["Bo", "1"]]);
    expect(rows("", "b")).toEqual([["Bo", "1"]]);
  });
  test("are counted once, however many people have the work", () => {
    expect(countsOf(shownOf(board, NOW))).toEqual([
      { show: "late", count: 1 }, { show: "soon", count: 0 }, { show: "new", count: 1 }, { show: "assigned", count: 2 },
      { show: "accepted", count: 1 },
    ]);
  });
});
