import { expect, test } from "vitest";
import { applyChanges } from "../../../phone/local/day";
import type { Schema } from "../../../shared/api/types";

type Changes = Schema<"MyChanges">;
const policy = { version: 3 } as Schema<"Policy">;
const order = (id: string, title = id) => ({ id, title }) as Schema<"DayWorkOrder">;
const retake = (id: string) => ({ id }) as Schema<"Retake">;
const answer = (change: Partial<Changes>): Changes => ({
  cursor: "c1", complete: true, full: false, organisation: null, policy: null, technician: null, work_orders: [], retakes: [],
  corrections: [], deleted: { work_orders: [], retakes: [], corrections: [] }, ...change,
});
const first = applyChanges("u", undefined, answer({ full: true, policy, work_orders: [order("a"), order("b")], retakes: [retake("r")] }), '"1"', 5);
const ids = (items: { id: string }[] | undefined) => items?.map((item) => item.id).sort();

test("the first answer is the whole", () => {
  expect(ids(first?.work_orders)).toEqual(["a", "b"]);
  expect(first).toMatchObject({ user_id: "u", cursor: "c1", etag: '"1"', policy, fetched_at_ms: 5 });
});

test("later ones bring what changed and take what left; the policy stays when it is not told", () => {
  const changes = answer({
    cursor: "c2", work_orders: [order("b", "new title"), order("c")], deleted: { work_orders: ["a", "never had"], retakes: ["r"], corrections: [] },
  });
  const after = applyChanges("u", first ?? undefined, changes, null, 6);
  expect(ids(after?.work_orders)).toEqual(["b", "c"]);
  expect(after?.work_orders.find(({ id }) => id === "b")?.title).toBe("new title");
  expect(after?.retakes).toEqual([]);
  expect(after).toMatchObject({ policy, cursor: "c2" });
});

test("an answer that begins anew forgets what was there", () => {
  const after = applyChanges("u", first ?? undefined, answer({ full: true, policy, work_orders: [order("z")] }), null, 6);
  expect(ids(after?.work_orders)).toEqual(["z"]);
  expect(after?.retakes).toEqual([]);
});

test("what came back after it left is there", () => {
  const changes = answer({ work_orders: [order("a")], deleted: { work_orders: ["a"], retakes: [], corrections: [] } });
  expect(ids(applyChanges("u", first ?? undefined, changes, null, 6)?.work_orders)).toEqual(["a", "b"]);
});

test("a change without anything to apply it to cannot be kept", () => {
  expect(applyChanges("u", undefined, answer({}), null, 6)).toBeNull();
});
