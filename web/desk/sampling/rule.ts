import type { Schema } from "../../shared/api/types";
import { languageTag, t, type Word } from "../../shared/i18n/i18n";
import { sampling as words } from "../words/sampling";

type Rule = Pick<Schema<"SamplingPlan">, "visits" | "per" | "period" | "weighting">;

const RULES: Record<Rule["period"], Record<Rule["per"], Word>> = {
  week: { organisation: words.ruleWeekOrganisation, team: words.ruleWeekTeam, technician: words.ruleWeekTechnician },
  month: { organisation: words.ruleMonthOrganisation, team: words.ruleMonthTeam, technician: words.ruleMonthTechnician },
};

/** A plan's rule: "5 visits a week of each team, doubtful ones more often". */
export function ruleText({ visits, per, period, weighting }: Rule): string {
  const comma = languageTag() === "zh-CN" ? "，" : ", ";
  return t(RULES[period][per], { count: visits }) + comma + t(weighting === "risk" ? words.byRisk : words.evenly);
}

/** A calendar day, 2026-11-16, as people write it. */
export const dayText = (day: string): string =>
  new Intl.DateTimeFormat(languageTag(), { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));

/** "4.3", or "–" for nothing. */
export const scoreText = (score: number | null): string =>
  score === null ? "–" : new Intl.NumberFormat(languageTag(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(score);

/** Which period is drawn first, as a day in it: of the one that runs now (0), or of one before. Null: the next one. */
export function startDay(period: Rule["period"], choice: "next" | "this" | "last", now = new Date()): string | null {
  if (choice === "next") return null;
  const day = new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
  if (choice === "last") {
    if (period === "week") day.setUTCDate(day.getUTCDate() - 7);
    else day.setUTCMonth(day.getUTCMonth() - 1, 1);
  }
  return day.toISOString().slice(0, 10);
}
