import { describe, expect, test } from "vitest";
import { boardOf } from "../../../../desk/plan/board";
import { carriedOn, type Field, firstPlace } from "../../../../desk/plan/carry";
import { movesOf, orderDay } from "../../../../desk/plan/order_day";
import { dayOfBoard } from "../../../../desk/plan/board";
import { at, DAY, order, planning, planOf, ZONE } from "./samples";

const planned = order("a", { planned_starts_at: at(9) });
const field = (change: Partial<Field> = {}): Field => ({
  board: boardOf(planOf([planned]), planning, DAY), planning, zone: ZONE, today: "2026-11-24", technicians: ["ann", "bob"],
  days: [DAY, "2026-11-24", "2026-11-25"], stepMinutes: null, ...change,
});

describe("with the arrow keys", () => {
  const here = { technician: "ann", day: DAY, minute: 540 } as const;

  test("a week: to other days and other people, and no further than the edges", () => {
    expect(firstPlace(field(), planned, "ann")).toEqual(here);
    expect(carriedOn(field(), planned, here, "right")).toEqual({ ...here, day: "2026-11-24" });
    expect(carriedOn(field(), planned, here, "left")).toEqual(here);
    expect(carriedOn(field(), planned, here, "down")).toEqual({ ...here, technician: "bob" });
    expect(carriedOn(field(), planned, { ...here, technician: "bob" }, "down")).toEqual({ ...here, technician: "bob" });
  });

  test("a day: by quarters of an hour", () => {
    const day = field({ days: [DAY], stepMinutes: 15 });
    expect(carriedOn(day, planned, here, "right")).toEqual({ ...here, minute: 555 });
    expect(carriedOn(day, planned, { ...here, minute: 5 }, "left")).toEqual({ ...here, minute: 0 });
    expect(carriedOn(day, planned, here, "down")).toEqual({ ...here, technician: "bob" });
  });

  test("above the first row is what waits, and back", () => {
    const up = carriedOn(field(), planned, here, "up");
    expect(up).toEqual({ technician: null });
    expect(carriedOn(field(), planned, up, "up")).toEqual({ technician: null });
    expect(carriedOn(field(), planned, up, "down")).toMatchObject({ technician: "ann", day: "2026-11-24" });
  });

  test("from the list it begins where it could be", () => {
    const waiting = order("b", { assignee_ids: [], state: "new" });
    expect(firstPlace(field(), waiting, null)).toEqual({ technician: "ann", day: "2026-11-24", minute: 480 });
    expect(firstPlace(field({ today: "2027-01-01" }), waiting, null)).toEqual({ technician: "ann", day: DAY, minute: 600 });
    expect(firstPlace(field(), order("b", { assignee_ids: ["bob"] }), null)).toMatchObject({ technician: "bob" });
    expect(firstPlace(field({ technicians: [] }), waiting, null)).toEqual({ technician: null });
  });
});

describe("ordering a day", () => {
  const orders = [
    order("1", { planned_starts_at: at(8) }), order("2", { planned_starts_at: at(9), site_id: "spandau" }), order("3", { planned_starts_at: at(10) }),
  ];
  const day = (list = orders) => dayOfBoard(boardOf(planOf(list), planning, DAY), "ann", DAY);

  test("saves the way there and back, and changes only what moves", () => {
    const found = orderDay(day(), DAY, ZONE, planning, null);
    expect(found.travelNow - found.proposal.travelMinutes).toBe(37);
    expect(found.proposal.stops.at(-1)?.id === "2" || found.proposal.stops[0]?.id === "2").toBe(true);
    const moves = movesOf(found, DAY, ZONE);
    expect(moves.length).toBeGreaterThan(0);
    for (const { change } of moves) expect(Object.keys(change)).toEqual(["planned_starts_at"]);
  });

  test("goes on from where somebody is, and not before now", () => {
    const running = [{ ...(orders[0] as never as typeof planned), state: "on_site" as const }, ...orders.slice(1)];
    const found = orderDay(day(running), DAY, ZONE, planning, 700);
    expect(found.fixed.map((stop) => stop.order.id)).toEqual(["1"]);
    expect(found.proposal.stops.map(({ id }) => id)).toEqual(["3", "2"]);
    expect(found.proposal.stops[0]?.start).toBe(700);
  });
});
