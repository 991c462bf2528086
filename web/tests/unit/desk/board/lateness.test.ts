import { describe, expect, test } from "vitest";
import { latenessOf } from "../../../../desk/board/lateness";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
type Order = Parameters<typeof latenessOf>[0];
const order = (fields: Partial<Order>): Order => ({
  state: "assigned", due_at: null, window_ends_at: null, planned_starts_at: null, on_the_way: null, ...fields,
});
const late = (fields: Partial<Order>) => {
  const found = latenessOf(order(fields), NOW);
  return found && [found.kind, found.of, Math.round(found.ms / 60_000)];
};
const onTheWay = { since: at(-5), by: { id: "t", name: "T" } };

describe("work is late", () => {
  test("when it is past due, on site or not", () => {
    expect(late({ due_at: at(-5) })).toEqual(["late", "due", 5]);
    expect(late({ due_at: at(-5), state: "on_site" })).toEqual(["late", "due", 5]);
  });
  test("when its window is over and nobody came", () => {
    expect(late({ window_ends_at: at(-1) })).toEqual(["late", "window", 1]);
    expect(late({ window_ends_at: at(-1), state: "on_site" })).toBeNull();
  });
  test("when it should have begun, unless somebody is on the way", () => {
    expect(late({ planned_starts_at: at(-15) })).toEqual(["late", "start", 15]);
    expect(late({ planned_starts_at: at(-14) })).toBeNull();
    expect(late({ planned_starts_at: at(-30), on_the_way: onTheWay })).toBeNull();
  });
  test("by what it missed most", () => {
    expect(late({ due_at: at(-5), window_ends_at: at(-60) })).toEqual(["late", "window", 60]);
  });
});

describe("work is late soon", () => {
  test("within an hour of what comes first", () => {
    expect(late({ due_at: at(60) })).toEqual(["soon", "due", 60]);
    expect(late({ due_at: at(61) })).toBeNull();
    expect(late({ due_at: at(50), window_ends_at: at(20) })).toEqual(["soon", "window", 20]);
    expect(late({ due_at: at(50), window_ends_at: at(20), state: "on_site" })).toEqual(["soon", "due", 50]);
  });
});

test("what is finished is not late, nor what has no time", () => {
  for (const state of ["done", "partly_done", "unresolved", "closed"] as const) expect(late({ state, due_at: at(-500) })).toBeNull();
  expect(late({})).toBeNull();
});
