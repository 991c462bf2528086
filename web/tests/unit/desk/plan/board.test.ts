import { describe, expect, test } from "vitest";
import { boardOf, checkedDay, dayOfBoard, freeMinute, type Order } from "../../../../desk/plan/board";
import { linesOf } from "../../../../desk/plan/day_grid";
import { travelBetween } from "../../../../desk/plan/travel";
import { at, DAY, order, planning, planOf, sites, ZONE } from "./samples";

const [mitte, spandau, nextDoor] = sites.map(({ position }) => position) as [never, never, never];

describe("travel", () => {
  test("by the line, the detour and the speed, rounded up", () => {
    const travel = travelBetween(mitte, spandau, planning);
    expect(travel.metres).toBeCloseTo(14_012.674 * 1.3, 1); // echo 52.52 13.405 52.535 13.2 | geod +ellps=WGS84 -I +units=m
    expect(travel.minutes).toBe(Math.ceil(travel.metres / 500));
    expect(travelBetween(mitte, spandau, { ...planning, travel_speed_kmh: 60 }).minutes).toBe(Math.ceil(travel.metres / 1000));
  });

  test("next door there is no way", () => {
    expect(travelBetween(mitte, nextDoor, planning)).toEqual({ minutes: 0, metres: 0 });
  });
});

describe("the board", () => {
  const board = (orders: Order[], today = DAY) => boardOf(planOf(orders), planning, today);

  test("the plan goes before the window, and the day is the organisation's", () => {
    const late = order("late", { planned_starts_at: "2026-11-23T23:30:00.000Z", window_starts_at: at(9) });
    const shown = board([late, order("window", { window_starts_at: at(9) })]);
    expect(dayOfBoard(shown, "ann", DAY).stops.map((stop) => stop.order.id)).toEqual(["window"]);
    expect(dayOfBoard(shown, "ann", "2026-11-24").stops[0]).toMatchObject({ start: 30, end: 90 });
  });

  test("work of two people is in both rows", () => {
    const shown = board([order("both", { planned_starts_at: at(9), assignee_ids: ["ann", "bob"] })]);
    expect(["ann", "bob"].map((id) => dayOfBoard(shown, id, DAY).stops.length)).toEqual([1, 1]);
    expect(shown.waiting).toEqual([]);
  });

  test("what waits: unassigned, without a time, or left from before; the most urgent first", () => {
    const orders = [
      order("planned", { planned_starts_at: at(9) }),
      order("untimed", { due_at: at(18) }),
      order("unassigned", { state: "new", assignee_ids: [], planned_starts_at: at(10), priority: "urgent" }),
      order("missed", { planned_starts_at: "2026-11-19T08:00:00.000Z", due_at: at(12) }),
      order("running", { state: "on_site", planned_starts_at: "2026-11-19T08:00:00.000Z" }),
    ];
    expect(board(orders).waiting.map(({ id }) => id)).toEqual(["unassigned", "missed", "untimed"]);
  });

  test("a day of this week that is over keeps what was planned for it", () => {
    const shown = board([order("missed", { planned_starts_at: at(9) })], "2026-11-25");
    expect(shown.waiting).toEqual([]);
    expect(dayOfBoard(shown, "ann", DAY).stops).toHaveLength(1);
  });
});

describe("what does not work out", () => {
  const remarks = (...orders: Order[]) => {
    const day = dayOfBoard(boardOf(planOf(orders), planning, DAY), "ann", DAY);
    return day.stops.map((stop) => stop.remarks);
  };

  test("overlaps and impossible ways, with numbers", () => {
    const first = order("a", { planned_starts_at: at(9) });
    expect(remarks(first, order("b", { planned_starts_at: at(9, 40) }))[1]).toEqual([{ kind: "overlap", number: "WO-a", minutes: 20 }]);
    expect(remarks(first, order("b", { planned_starts_at: at(10, 10), site_id: "spandau" }))[1]).toEqual([
      { kind: "late", number: "WO-a", minutes: 27, travel: 37, between: 10 },
    ]);
    expect(remarks(first, order("b", { planned_starts_at: at(10, 37), site_id: "spandau" }))[1]).toEqual([]);
    expect(remarks(first, order("b", { planned_starts_at: at(10) }))[1]).toEqual([]);
  });

  test("promises: the window, the due time", () => {
    const window = { window_starts_at: at(9), window_ends_at: at(11) };
    const kinds = (hour: number, change: Partial<Order> = window) =>
      remarks(order("a", { planned_starts_at: at(hour), ...change }))[0]?.map(({ kind }) => kind);
    expect([kinds(8), kinds(9), kinds(11), kinds(12)]).toEqual([["outside_window"], [], [], ["outside_window"]]);
    expect(kinds(9, { due_at: at(10) })).toEqual([]);
    expect(kinds(9, { due_at: at(9, 59) })).toEqual(["after_due"]);
    expect(kinds(12, { ...window, state: "done" })).toEqual([]);
  });

  test("more than a day holds: work and ways", () => {
    const orders = ["a", "b"].map((id, i) =>
      order(id, { planned_starts_at: at(8 + i * 5), planned_minutes: 240, site_id: ["mitte", "spandau"][i] as string }),
    );
    const day = dayOfBoard(boardOf(planOf(orders), planning, DAY), "ann", DAY);
    expect(day).toMatchObject({ workMinutes: 480, travelMinutes: 37, overMinutes: 37 });
  });
});

test("where a work order fits", () => {
  const busy = checkedDay([{ order: order("a"), site: sites[0] as never, start: 540 }], planning);
  const free = (change: Partial<Order>, day = busy) => freeMinute(day, order("b", change), spandau, DAY, ZONE, planning);
  expect(free({})).toBe(640); // 10:00 and 37 minutes, at the next five
  expect(free({}, checkedDay([], planning))).toBe(480);
  expect(free({ window_starts_at: at(14) })).toBe(840);
  expect(free({ window_starts_at: "2026-11-24T13:00:00Z" })).toBe(640);
  expect(free({ planned_starts_at: "2026-11-25T07:15:00Z" })).toBe(495);
});

test("no block hides another", () => {
  expect(linesOf([{ start: 0, end: 60 }, { start: 30, end: 90 }, { start: 60, end: 70 }, { start: 65, end: 80 }])).toEqual([0, 1, 0, 2]);
});
