import { expect, test } from "vitest";
import { criteriaOf } from "../../../desk/sampling/criteria_dialog";
import { dayText, ruleText, scoreText, startDay } from "../../../desk/sampling/rule";
import { setLanguage } from "../../../shared/i18n/i18n";

test("a rule reads as a sentence in both languages", () => {
  const rule = { visits: 5, per: "team", period: "week", weighting: "risk" } as const;
  setLanguage("en");
  expect(ruleText(rule)).toBe("5 visits a week of each team, doubtful ones more often");
  expect(ruleText({ ...rule, visits: 1, per: "organisation", weighting: "even" })).toBe("1 visit a week, all with the same odds");
  setLanguage("zh");
  expect(ruleText({ ...rule, per: "technician", period: "month", visits: 10 })).toBe("每名技术员每月抽 10 次，存疑的概率更高");
  setLanguage("en");
});

test("days are the calendar's, whatever the browser's time zone is", () => {
  expect(dayText("2026-11-16")).toBe("Nov 16, 2026");
});

test("a missing score is not a zero", () => {
  expect([scoreText(null), scoreText(4), scoreText(3.25)]).toEqual(["–", "4.0", "3.3"]);
});

test("the first period is named by a day in it", () => {
  const today = new Date(2026, 2, 31, 23, 30); // a month before March 31st is not March 3rd
  expect(startDay("month", "next", today)).toBeNull();
  expect(startDay("month", "this", today)).toBe("2026-03-31");
  expect(startDay("month", "last", today)).toBe("2026-02-01");
  expect(startDay("week", "last", today)).toBe("2026-03-24");
});

test("a criterion whose line stays is the same criterion", () => {
  let count = 0;
  const known = [{ id: "a", name: "Photos" }, { id: "b", name: "Sheet" }];
  expect(criteriaOf(" Sheet \n\nWork\nPhotos\nWork", known, () => `new-${++count}`)).toEqual([
    { id: "b", name: "Sheet" }, { id: "new-1", name: "Work" }, { id: "a", name: "Photos" },
  ]);
});
