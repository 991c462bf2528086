import { describe, expect, test } from "vitest";
import * as boards from "../../../../desk/board/board_state";
import type { Board, Stale, WorkOrder } from "../../../../desk/board/board_state";

const order = (id: string, state = "assigned") => ({ id, state }) as WorkOrder;
const board = (fields: Partial<Board>): Board => ({
  day: "2026-11-22", time_zone: "Asia/Shanghai", now: "2026-11-22T02:00:00.000Z", is_whole: true, work_orders: [], technicians: [],
  retakes: [], is_complete: true, ...fields,
});
const stale = (fields: Partial<Stale>): Stale => ({ ...boards.nothingStale, ...fields });
const some = (kind: string, count: number) => Array.from({ length: count }, (_, i) => ({ kind, id: `${kind}-${i}` }));

describe("what is read again", () => {
  test("is what changed, and no more", () => {
    const after = boards.staleAfter(boards.nothingStale, [...some("work_order", 2), ...some("visit", 1), { kind: "retake", id: "r" }]);
    expect(boards.questionOf(after, "")).toEqual({ day: undefined, work_orders: "work_order-0,work_order-1", visits: "visit-0", retakes: "true" });
    expect(boards.questionOf(boards.staleAfter(after, some("visit", 2)), "2026-11-22").visits).toBe("visit-0,visit-1");
  });

  test("is everything when nobody can name it, or there is too much of it", () => {
    for (const news of ["everything" as const, [{ kind: "visit", id: null }], some("work_order", 51), some("site", 1)]) {
      expect(boards.staleAfter(boards.nothingStale, news)).toEqual(boards.everythingStale);
    }
    expect(boards.staleAfter(boards.everythingStale, some("visit", 1))).toEqual(boards.everythingStale);
    expect(boards.staleAfter(boards.nothingStale, some("work_order", 50)).everything).toBe(false);
  });
});

describe("an answer", () => {
  const known = board({ work_orders: [order("a"), order("b"), order("c")], technicians: [{ id: "t", name: "T", last_check_in: null }] });

  test("to a part replaces what was asked for; what did not come has left the board", () => {
    const asked = stale({ workOrders: new Set(["a", "b", "new"]) });
    const answer = board({ is_whole: false, work_orders: [order("b", "on_site"), order("new")], retakes: null });
    const after = boards.withAnswer(known, asked, answer);
    expect(after.work_orders.map(({ id, state }) => [id, state])).toEqual([["c", "assigned"], ["b", "on_site"], ["new", "assigned"]]);
    expect(after.technicians).toEqual(known.technicians);
    expect(after.retakes).toEqual([]);
  });

  test("to everything takes the place of all", () => {
    const answer = board({ work_orders: [order("z")] });
    expect(boards.withAnswer(known, boards.everythingStale, answer)).toBe(answer);
  });
});
