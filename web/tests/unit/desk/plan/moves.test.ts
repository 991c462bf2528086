import { describe, expect, test } from "vitest";
import type { Schema } from "../../../../shared/api/types";
import { changeFor, collides, differences, differing, inverse, withChange } from "../../../../desk/plan/moves";
import { at, DAY, order, ZONE } from "./samples";

const ten = { technician: "bob", day: DAY, minute: 600 } as const;

describe("putting it down", () => {
  test("in another row takes it from the one it came from; others stay", () => {
    const both = order("a", { assignee_ids: ["ann", "cem"], planned_starts_at: at(9) });
    expect(changeFor(both, "ann", ten, ZONE)).toEqual({ assignee_ids: ["cem", "bob"], planned_starts_at: at(10) });
    expect(changeFor(both, "ann", { ...ten, technician: "cem" }, ZONE)).toEqual({ assignee_ids: ["cem"], planned_starts_at: at(10) });
    expect(changeFor(both, "ann", { ...ten, technician: "ann" }, ZONE)).toEqual({ planned_starts_at: at(10) });
  });

  test("from the list it is that technician's alone, unless it was already", () => {
    expect(changeFor(order("a", { assignee_ids: ["ann"] }), null, ten, ZONE)?.assignee_ids).toEqual(["bob"]);
    expect(changeFor(order("a", { assignee_ids: ["ann", "bob"] }), null, ten, ZONE)).toEqual({ planned_starts_at: at(10) });
  });

  test("where it was changes nothing", () => {
    const planned = order("a", { assignee_ids: ["bob"], planned_starts_at: "2026-11-23T09:00:00Z" });
    expect(changeFor(planned, "bob", ten, ZONE)).toBeNull();
    expect(changeFor(order("a"), null, { technician: null }, ZONE)).toBeNull();
  });

  test("back in the list it has no time, but stays with whom else it is", () => {
    const both = order("a", { assignee_ids: ["ann", "bob"], planned_starts_at: at(9) });
    expect(changeFor(both, "ann", { technician: null }, ZONE)).toEqual({ assignee_ids: ["bob"] });
    expect(changeFor(order("b", { planned_starts_at: at(9) }), "ann", { technician: null }, ZONE)).toEqual({
      assignee_ids: [], planned_starts_at: null,
    });
  });
});

test("taking back is the same the other way round", () => {
  const before = order("a", { planned_starts_at: at(9), planned_minutes: 30 });
  const change = { assignee_ids: ["bob"], planned_starts_at: at(10), planned_minutes: null };
  const back = inverse(before, change);
  expect(withChange(withChange(before, change), back)).toEqual(before);
  expect(differing(before, back)).toBeNull();
});

describe("two dispatchers", () => {
  const event = (change: Partial<Schema<"WorkOrderEvent">>): Schema<"WorkOrderEvent"> => ({
    id: "e", happened_at: at(8), actor: { id: "u", name: "Chen" }, kind: "changed", from_state: null, to_state: null, changes: null,
    reason: null, ...change,
  });
  const seen = order("a", { planned_starts_at: at(9) });
  const history = [
    event({ changes: { planned_starts_at: { from: null, to: at(7) } }, actor: { id: "v", name: "Old" } }),
    event({ changes: { planned_starts_at: { from: at(9), to: at(11) } } }),
    event({ kind: "state_changed", to_state: "accepted", actor: { id: "w", name: "Ann" }, happened_at: at(12) }),
  ];

  test("who changed what is said by the newest event of each field", () => {
    const now = order("a", { planned_starts_at: at(11), state: "accepted", version: 3 });
    expect(differences(seen, now, history)).toEqual([
      { field: "planned_starts_at", from: at(9), to: at(11), actor: "Chen", at: at(8) },
      { field: "state", from: "assigned", to: "accepted", actor: "Ann", at: at(12) },
    ]);
  });

  test("only what both change collides; what has begun always does", () => {
    const found = differences(seen, order("a", { planned_starts_at: at(11) }), history);
    expect(collides({ planned_starts_at: at(10) }, found, seen)).toBe(true);
    expect(collides({ assignee_ids: ["bob"] }, found, seen)).toBe(false);
    expect(collides({ assignee_ids: ["bob"] }, [], order("a", { state: "on_site" }))).toBe(true);
    expect(collides({ assignee_ids: ["bob"] }, differences(seen, { ...seen, state: "accepted" }, history), seen)).toBe(false);
  });
});
