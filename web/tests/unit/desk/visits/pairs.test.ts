import { describe, expect, test } from "vitest";
import { counterpartOf, otherHalfOf } from "../../../../desk/audit/counterpart";
import { byRole, pairsOf } from "../../../../desk/visits/pairs";
import { checkIn, file, photo } from "./samples";

const before = (id: string, order: string | null = null) => photo(id, { role: "before", work_order_id: order });
const after = (id: string, order: string | null = null) => photo(id, { role: "after", work_order_id: order });
const pairs = (...photos: ReturnType<typeof photo>[]) => pairsOf(photos).map((pair) => [pair.before.id, pair.after.id]);

describe("before and after", () => {
  test("stand together in the order in which they were taken", () => {
    expect(pairs(before("b1"), before("b2"), after("a1"), after("a2"))).toEqual([["b1", "a1"], ["b2", "a2"]]);
  });

  test("of another work order are no pair", () => {
    expect(pairs(before("b1", "x"), before("b2", "y"), after("a2", "y"))).toEqual([["b2", "a2"]]);
  });

  test("that have not come yet are no half", () => {
    expect(pairs(before("b1"), photo("a1", { role: "after", state: "awaited" }))).toEqual([]);
  });

  test("are each other's other half in the audit; a nameplate is nobody's", () => {
    const photos = [before("b1"), photo("n", { role: "nameplate" }), before("b2"), after("a1"), after("a2")];
    const { visit } = file({ check_ins: [checkIn("arrival", { photos })] });
    expect(otherHalfOf(photos[2] as (typeof photos)[0], visit)?.id).toBe("a2");
    expect(otherHalfOf(photos[3] as (typeof photos)[0], visit)?.id).toBe("b1");
    expect(otherHalfOf(photos[1] as (typeof photos)[0], visit)).toBeNull();
    expect(counterpartOf(photos[4] as (typeof photos)[0], visit)?.id).toBe("b2");
  });
});

test("every photo stands in one group", () => {
  const photos = [after("a"), before("b"), photo("o", { role: "other" }), photo("v", { role: "overview" })];
  expect(byRole(photos).map(({ role }) => role)).toEqual(["overview", "before", "after", "other"]);
  expect(byRole(photos).flatMap((group) => group.photos)).toHaveLength(photos.length);
});
