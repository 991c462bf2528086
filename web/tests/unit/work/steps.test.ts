// The steps that the desk offers are those of docs/work-orders.md.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { STEPS, stepName, stepsFrom } from "../../../desk/work/steps";
import { workStates } from "../../../desk/words/work_states";
import { setLanguage, t } from "../../../shared/i18n/i18n";

const ROW = /^\| (\w+) \| (\w+) \| ([TDMA ]+) \| (yes|no) \| (yes|no) \|$/gm;

test("the table of steps", () => {
  const text = readFileSync(new URL("../../../../docs/work-orders.md", import.meta.url), "utf8");
  const documented = [...text.matchAll(ROW)].map(([, from, to, who, reason, assignees]) => ({
    from, to, needsReason: reason === "yes", needsAssignees: assignees === "yes", isForManagers: !who?.includes("D"),
  }));
  const order = (step: { from?: string; to?: string }) => `${step.from} ${step.to}`;
  expect(documented.length).toBeGreaterThan(20);
  expect([...STEPS].sort((a, b) => order(a).localeCompare(order(b)))).toEqual(documented.sort((a, b) => order(a).localeCompare(order(b))));
});

test("what is offered", () => {
  const to = (...of: Parameters<typeof stepsFrom>) => stepsFrom(...of).map((step) => step.to);
  expect(to("new", "dispatcher", false)).toEqual(["cancelled"]);
  expect(to("new", "dispatcher", true)).toEqual(["assigned", "cancelled"]);
  expect(to("closed", "dispatcher", true)).toEqual([]);
  expect(to("closed", "manager", true)).toEqual(["assigned"]);
});

test.each(["en", "zh"] as const)("a step is called what it does, in %s, and no two of a state alike", (language) => {
  setLanguage(language);
  const states = new Set(Object.values(workStates).map((word) => t(word)));
  const named = STEPS.map(({ from, to }) => `${from}: ${stepName(from, to)}`);
  expect(STEPS.filter(({ from, to }) => states.has(stepName(from, to)))).toEqual([]);
  expect(new Set(named).size).toBe(STEPS.length);
});
