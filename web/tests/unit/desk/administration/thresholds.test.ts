import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { clockOf } from "../../../../desk/administration/policy_change";
import { thresholds } from "../../../../desk/administration/thresholds";
import { planningWords } from "../../../../desk/words/planning";
import { thresholdMeanings, thresholdTitles } from "../../../../desk/words/thresholds";

const LIMIT = /^ {8}(\w+):\n {10}type: \[number, 'null'\]\n {10}minimum: (\S+)\n {10}maximum: (\S+)\n {10}description: .*Default (\S+)\.$/gm;

test("the form's limits are the contract's", () => {
  const contract = readFileSync(new URL("../../../../../api-spec/openapi.yaml", import.meta.url), "utf8");
  const [, block = ""] = contract.split("\n    PolicyThresholdsChange:\n");
  const [own = ""] = block.split(/\n {4}\w/);
  const limits = [...own.matchAll(LIMIT)].map(([, name, min, max, standard]) => ({
    name, min: Number(min), max: Number(max), standard: Number(standard),
  }));
  expect(limits.length).toBe(17);
  expect(thresholds.map(({ name, min, max, standard }) => ({ name, min, max, standard }))).toEqual(limits);
});

test("the planning's hints tell the contract's ranges and standards", () => {
  const contract = readFileSync(new URL("../../../../../api-spec/openapi.yaml", import.meta.url), "utf8");
  const [, block = ""] = contract.split("\n    PolicyPlanning:\n");
  const [own = ""] = block.split(/\n {4}\w/);
  const numbers = [...own.matchAll(/(\w+): \{type: \w+, minimum: (\S+), maximum: (\S+), default: (\S+), /g)];
  expect(numbers.map(([, name]) => name)).toEqual(["day_start_minutes", "capacity_minutes", "visit_minutes", "detour_factor", "travel_speed_kmh"]);
  const hints = [planningWords.dayStartHint, planningWords.capacityHint, planningWords.visitHint, planningWords.detourHint, planningWords.speedHint];
  numbers.forEach(([, name, min, max, standard], i) => {
    const said = name === "day_start_minutes" ? [clockOf(Number(standard))] : [min, max, standard];
    for (const number of said) for (const text of [hints[i]?.en, hints[i]?.zh]) expect(text).toContain(number);
  });
});

test("each is called and explained", () => {
  const names = thresholds.map(({ name }) => name);
  expect(Object.keys(thresholdTitles)).toEqual(names);
  expect(Object.keys(thresholdMeanings)).toEqual(names);
});
