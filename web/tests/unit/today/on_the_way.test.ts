import { describe, expect, test } from "vitest";
import type { OutboxItem } from "../../../phone/outbox/items";
import { canBeGoneTo, onTheWaySince, unsentReports } from "../../../phone/today/on_the_way";
import type { WorkOrder } from "../../../phone/today/plan_day";
import { operationOf } from "../../../phone/outbox/send_facts";
import { refused, safe } from "../outbox/samples";

const order = (id: string, change: object = {}) =>
  ({ id, state: "accepted", site: { id: "here" }, on_the_way: null, ...change }) as unknown as WorkOrder;
const orders = [order("a"), order("beside"), order("elsewhere", { site: { id: "there" } })];

let count = 0;
const report = (work_order_id: string, since: string | null, status: object = { state: "waiting" }) =>
  ({
    kind: "on_the_way", id: `report-${++count}`, work_order_id, captured_at: `2026-11-22T08:00:0${count % 10}Z`, status,
    body: { id: `report-${count}`, since },
  }) as unknown as OutboxItem & { kind: "on_the_way" };

const since = (outbox: OutboxItem[], own = orders[0] as WorkOrder) => onTheWaySince(own, orders, outbox, "me", 100);

describe("on the way", () => {
  test("as this phone said last, sent or not", () => {
    expect(since([])).toBeNull();
    expect(since([report("a", "09:00")])).toBe("09:00");
    expect(since([report("a", "09:00"), report("a", null)])).toBeNull();
    expect(since([report("a", "09:00", { ...safe, at_ms: 200 })])).toBe("09:00");
  });

  test("what was sent before the list was fetched, or was refused, counts no more", () => {
    expect(since([report("a", "09:00", { ...safe, at_ms: 50 })])).toBeNull();
    expect(since([report("a", "09:00", refused)])).toBeNull();
  });

  test("as the server says, when it was me", () => {
    const way = (id: string) => order("a", { on_the_way: { since: "08:30", by: { id, name: "" } } });
    expect(since([], way("me"))).toBe("08:30");
    expect(since([], way("colleague"))).toBeNull();
    expect(since([report("a", null)], way("me"))).toBeNull();
    expect(since([], order("a", { on_the_way: undefined }))).toBeNull();
  });

  test("to another site ends it, to the same one does not", () => {
    expect(since([report("a", "09:00"), report("elsewhere", "09:10")])).toBeNull();
    expect(since([report("a", "09:00"), report("beside", "09:10")])).toBe("09:00");
  });
});

test("taking back waits for what it takes back", () => {
  const first = report("a", "09:00");
  expect(unsentReports([first, report("beside", "09:00"), report("a", "08:00", refused)], "a")).toEqual([first.id]);
});

test("it is sent as its own operation", () => {
  const item = report("a", "09:00");
  expect(operationOf(item, new Date())).toEqual({
    id: item.id, queued_at: item.captured_at, operation: "reportOnTheWay", parameters: { work_order_id: "a" }, body: item.body,
  });
});

test("nobody goes to what has begun", () => {
  expect((["assigned", "accepted", "on_site", "done"] as const).map((state) => canBeGoneTo(order("a", { state })))).toEqual([
    true, true, false, false,
  ]);
});
