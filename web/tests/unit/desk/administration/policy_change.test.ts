import { expect, test } from "vitest";
import { changeOf, countOf, limitOf, type Policy } from "../../../../desk/administration/policy_change";

const policy = { thresholds: { stale_fix_s: 300, low_accuracy_m: 100 }, verdicts: { stale_fix: "needs_review" } } as unknown as Policy;

test("what was typed as a number", () => {
  expect(["12", " 0,5 ", "", "1e3", "many"].map(limitOf)).toEqual([12, 0.5, null, 1000, undefined]);
});

test("only what differs is sent; empty takes a limit back", () => {
  expect(changeOf(policy, { limits: { stale_fix_s: "300" }, effects: { stale_fix: "needs_review" } })).toBeNull();
  const change = changeOf(policy, { limits: { stale_fix_s: "60", low_accuracy_m: "" }, effects: { stale_fix: "rejected" } });
  expect(change).toEqual({ thresholds: { stale_fix_s: 60, low_accuracy_m: null }, verdicts: { stale_fix: "rejected" } });
  expect(countOf(change)).toBe(3);
});

test("what is no number is sent, so that the server names the field", () => {
  expect(changeOf(policy, { limits: { stale_fix_s: "many" }, effects: {} })).toEqual({ thresholds: { stale_fix_s: "many" } });
});
