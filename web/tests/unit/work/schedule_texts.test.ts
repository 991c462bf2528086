// Rules of recurring work, in both languages.
import { afterEach, expect, test } from "vitest";
import { dateText, type Rule, ruleText } from "../../../desk/work/schedule_texts";
import { setLanguage } from "../../../shared/i18n/i18n";

afterEach(() => setLanguage("en"));

const RULES: readonly (readonly [Rule, string, string])[] = [
  [{ frequency: "daily" }, "Every day", "每天"],
  [{ frequency: "daily", every: 3 }, "Every 3 days", "每 3 天"],
  [{ frequency: "weekly", weekdays: ["friday", "monday"] }, "Every week on Mon, Fri", "每周：周一、周五"],
  [{ frequency: "weekly", every: 2, weekdays: ["sunday"] }, "Every 2 weeks on Sun", "每 2 周：周日"],
  [{ frequency: "monthly", month_day: 31 }, "Every month on day 31", "每月 31 日"],
  [{ frequency: "monthly", every: 3, month_day: 1 }, "Every 3 months on day 1", "每 3 个月的 1 日"],
];

test.each(RULES)("%j", (rule, en, zh) => {
  setLanguage("en");
  expect(ruleText(rule)).toBe(en);
  setLanguage("zh");
  expect(ruleText(rule)).toBe(zh);
});

test("a date is the same everywhere", () => {
  setLanguage("en");
  expect(dateText("2026-11-30")).toContain("Nov 30, 2026");
});
