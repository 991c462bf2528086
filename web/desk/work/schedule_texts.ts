/** Recurring work in words. */
import type { Schema } from "../../shared/api/types";
import { languageTag, t } from "../../shared/i18n/i18n";
import { schedules as words } from "../words/work";

export type Schedule = Schema<"WorkSchedule">;
export type Rule = Schema<"WorkScheduleRule">;
export type Weekday = Schema<"Weekday">;

export const WEEKDAYS: readonly Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** 2026-11-23 was a Monday. */
export const weekdayName = (day: Weekday, style: "long" | "short" = "short"): string =>
  new Intl.DateTimeFormat(languageTag(), { weekday: style, timeZone: "UTC" }).format(Date.UTC(2026, 10, 23 + WEEKDAYS.indexOf(day)));

export function ruleText({ frequency, every = 1, weekdays, month_day: day }: Rule): string {
  const isEach = every === 1;
  if (frequency === "daily") return t(isEach ? words.everyDay : words.everyDays, { count: every });
  if (frequency === "monthly") return t(isEach ? words.everyMonth : words.everyMonths, { count: every, day: day ?? 1 });
  const days = WEEKDAYS.filter((known) => weekdays?.includes(known)).map((known) => weekdayName(known));
  return t(isEach ? words.everyWeek : words.everyWeeks, { count: every, days: days.join(languageTag() === "en" ? ", " : "、") });
}

/** A calendar day of no zone: Mon, 1 Dec 2026. */
export const dateText = (date: string): string =>
  new Intl.DateTimeFormat(languageTag(), { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(
    Date.parse(`${date}T00:00:00Z`),
  );

export const hasEnded = ({ ends_on: end, next_dates: next }: Schedule): boolean => end !== null && next.length === 0;
