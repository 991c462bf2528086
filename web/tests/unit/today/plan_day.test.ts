import { describe, expect, test } from "vitest";
import { isLate, planDay, type WorkOrder } from "../../../phone/today/plan_day";

const NOW = Date.parse("2026-11-21T02:00:00Z"); // 10:00 in Shanghai
const order = (number: string, change: Partial<WorkOrder> = {}): WorkOrder =>
  ({
    id: number, number, title: number, priority: "normal", state: "assigned", window_starts_at: null, window_ends_at: null,
    due_at: null, checklist: [],
    site: { time_zone: "Asia/Shanghai", wgs84: { position: { latitude: 31.2, longitude: 121.5 }, polygon: null } }, ...change,
  }) as unknown as WorkOrder;
const at = (latitude: number) => ({ site: { ...order("x").site, wgs84: { position: { latitude, longitude: 121.5 }, polygon: null } } });
const numbers = (orders: WorkOrder[]) => orders.map((o) => o.number);

describe("planDay", () => {
  test("where the technician is comes first, then the clock, then urgency", () => {
    const plan = planDay(
      [
        order("some time"),
        order("urgent", { priority: "urgent" }),
        order("at three", { window_starts_at: "2026-11-21T07:00:00Z" }),
        order("at nine", { window_starts_at: "2026-11-21T01:00:00Z" }),
        order("here", { state: "on_site", window_starts_at: "2026-11-21T09:00:00Z" }),
      ],
      NOW,
      null,
    );
    expect(numbers(plan.today)).toEqual(["here", "at nine", "at three", "urgent", "some time"]);
  });

  test("without a time the nearer one comes first", () => {
    const from = { latitude: 31.2, longitude: 121.5 };
    expect(numbers(planDay([order("far", at(32)), order("near", at(31.21))], NOW, from).today)).toEqual(["near", "far"]);
  });

  test("today is the site's calendar day, and what is overdue is today's", () => {
    const plan = planDay(
      [
        order("late tonight", { window_starts_at: "2026-11-21T15:30:00Z" }), // 23:30 in Shanghai
        order("after midnight", { window_starts_at: "2026-11-21T16:30:00Z" }), // 00:30 tomorrow
        order("yesterday", { due_at: "2026-11-20T02:00:00Z" }),
      ],
      NOW,
      null,
    );
    expect(numbers(plan.today)).toEqual(["yesterday", "late tonight"]);
    expect(numbers(plan.later)).toEqual(["after midnight"]);
  });

  test("finished is what the server says, and what was left on this phone", () => {
    const plan = planDay([order("a", { state: "done" }), order("b"), order("c")], NOW, null, new Set(["b"]));
    expect(numbers(plan.finished)).toEqual(["a", "b"]);
    expect(numbers(plan.today)).toEqual(["c"]);
  });

  test("work that is done stays, and first, until its visit is left", () => {
    const done = order("done", { state: "done" });
    expect(numbers(planDay([order("a"), done], NOW, null, new Set(["done"]), new Set(["done"])).today)).toEqual(["done", "a"]);
  });
});

test("late is what should be over and is not", () => {
  expect(isLate(order("a", { window_ends_at: "2026-11-21T01:59:00Z" }), NOW)).toBe(true);
  expect(isLate(order("a", { window_ends_at: "2026-11-21T01:59:00Z", state: "done" }), NOW)).toBe(false);
  expect(isLate(order("a", { window_ends_at: "2026-11-21T02:01:00Z" }), NOW)).toBe(false);
  expect(isLate(order("a"), NOW)).toBe(false);
});
