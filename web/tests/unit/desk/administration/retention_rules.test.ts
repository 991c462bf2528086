import { expect, test } from "vitest";
import { removesMore, rulesOf, visitIdOf } from "../../../../desk/administration/retention_rules";

const rules = (originals_months: number | null, thumbnails_months: number | null) => ({ originals_months, thumbnails_months });

test("empty is for ever; what is no number is sent as it is", () => {
  expect(rulesOf(" 24 ", "")).toEqual({ originals_months: 24, thumbnails_months: null });
  expect(rulesOf("1.5", "-6")).toEqual({ originals_months: "1.5", thumbnails_months: "-6" });
});

test("whether more is removed", () => {
  expect(removesMore(rules(24, null), rules(null, null))).toBe(true);
  expect(removesMore(rules(24, 60), rules(24, null))).toBe(true);
  expect(removesMore(rules(23, 60), rules(24, 60))).toBe(true);
  expect(removesMore(rules(24, 60), rules(24, 60))).toBe(false);
  expect(removesMore(rules(null, null), rules(24, 60))).toBe(false);
  expect(removesMore(rules(30, 70), rules(24, 60))).toBe(false);
});

test("the id in what was pasted", () => {
  const id = "0192f3a1-7c10-7000-8000-000000000061";
  expect(visitIdOf(`https://desk.example/desk#/visits/${id}?tab=sheet`)).toBe(id);
  expect(visitIdOf(` ${id.toUpperCase()} `)).toBe(id);
  expect(visitIdOf("the visit of yesterday")).toBeNull();
});
