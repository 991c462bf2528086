/** What an address of the reports asks for, and how the server is asked. Pure. */
import type { Schema } from "../../shared/api/types";
import type { QueryValues } from "../ui/use_answer";
import { type Days, daysOf, lengthOf, type Period, PERIODS } from "./period";

export type Kind = "evidence" | "service";
export type By = Schema<"ReportBy">;

/** In the order of the choice. */
export const GROUPS: readonly By[] = ["technician", "team", "site", "customer", "week", "day"];

/** Named as the server, and the lists of the desk, name them. */
export const FILTERS = ["technician_id", "team", "site_id", "customer_id"] as const;
export type FilterName = (typeof FILTERS)[number];
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

export interface Asked {
  readonly kind: Kind;
  readonly period: Period;
  readonly days: Days;
  readonly by: By;
  readonly filters: Filters;
  /** What the groups are compared by; null: what the kind of report begins with. */
  readonly measure: string | null;
}

const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

function chosenDays(query: URLSearchParams, today: string): { period: Period; days: Days } {
  const named = PERIODS.find((one) => one === query.get("period")) ?? "last13Weeks";
  if (named !== "custom") return { period: named, days: daysOf(named, today) };
  const week = daysOf("thisWeek", today);
  const [from, to] = [query.get("from"), query.get("to")];
  return { period: "custom", days: { from: isDay(from) ? from : week.from, to: isDay(to) ? to : week.to } };
}

/** `today` is 2026-11-20, by the organisation's clock. */
export function askedOf(query: URLSearchParams, today: string): Asked {
  const filters = FILTERS.flatMap((name) => {
    const value = query.get(name);
    return value ? [[name, value] as const] : [];
  });
  return {
    ...chosenDays(query, today),
    kind: query.get("report") === "service" ? "service" : "evidence",
    by: GROUPS.find((one) => one === query.get("by")) ?? "technician",
    filters: Object.fromEntries(filters),
    measure: query.get("measure"),
  };
}

/** Periods up to this long are drawn by the day. */
const DAYS_BY_DAY = 14;

/** What stands along the axis of time: what was grouped by, or what suits the period's length. */
export function stepOf({ by, days }: Pick<Asked, "by" | "days">): "day" | "week" {
  if (by === "day" || by === "week") return by;
  return lengthOf(days) <= DAYS_BY_DAY ? "day" : "week";
}

export const pathOf = (kind: Kind): string => `/v1/reports/${kind}`;

export const queryOf = ({ days, filters }: Asked, by: By): QueryValues => ({ ...days, by, ...filters });
