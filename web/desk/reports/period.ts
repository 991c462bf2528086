export const PERIODS = ["last13Weeks", "thisWeek", "lastWeek", "thisMonth", "lastMonth", "thisYear", "last12Months", "custom"] as const;
export type Period = (typeof PERIODS)[number];

export interface Days {
  readonly from: string;
  readonly to: string;
}

const iso = (day: Date): string => day.toISOString().slice(0, 10);
const at = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month, day));
const parse = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** The day so many days later: 2026-11-20. */
export function dayAfter(day: string, days: number): string {
  const date = parse(day);
  return iso(at(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + days));
}

/** Weeks begin on Monday. */
export const mondayOf = (day: string): string => dayAfter(day, -((parse(day).getUTCDay() + 6) % 7));

/** From this day to that one, both counted. */
export const lengthOf = ({ from, to }: Days): number => Math.round((parse(to).getTime() - parse(from).getTime()) / 86_400_000) + 1;

/** The first and last day of a period as seen from `today` (2026-11-20). */
export function daysOf(period: Exclude<Period, "custom">, today: string): Days {
  const [year, month] = [parse(today).getUTCFullYear(), parse(today).getUTCMonth()];
  const monday = mondayOf(today);
  switch (period) {
    case "thisWeek":
      return { from: monday, to: dayAfter(monday, 6) };
    case "lastWeek":
      return { from: dayAfter(monday, -7), to: dayAfter(monday, -1) };
    case "thisMonth":
      return { from: iso(at(year, month, 1)), to: iso(at(year, month + 1, 0)) };
    case "lastMonth":
      return { from: iso(at(year, month - 1, 1)), to: iso(at(year, month, 0)) };
    case "thisYear":
      return { from: iso(at(year, 0, 1)), to: iso(at(year, 11, 31)) };
    case "last12Months":
      return { from: iso(at(year, month - 11, 1)), to: iso(at(year, month + 1, 0)) };
    case "last13Weeks":
      return { from: dayAfter(monday, -12 * 7), to: dayAfter(monday, 6) };
  }
}
