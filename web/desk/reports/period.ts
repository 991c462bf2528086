export const PERIODS = ["thisWeek", "lastWeek", "thisMonth", "lastMonth", "custom"] as const;
export type Period = (typeof PERIODS)[number];

const iso = (day: Date): string => day.toISOString().slice(0, 10);
const at = (year: number, month: number, day: number): Date => new Date(Date.UTC(year, month, day));

/** The first and last day of a period as seen from `today` (2026-11-20). Weeks begin on Monday. */
export function daysOf(period: Exclude<Period, "custom">, today: string): { from: string; to: string } {
  const now = new Date(`${today}T00:00:00Z`);
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  const monday = day - ((now.getUTCDay() + 6) % 7);
  switch (period) {
    case "thisWeek":
      return { from: iso(at(year, month, monday)), to: iso(at(year, month, monday + 6)) };
    case "lastWeek":
      return { from: iso(at(year, month, monday - 7)), to: iso(at(year, month, monday - 1)) };
    case "thisMonth":
      return { from: iso(at(year, month, 1)), to: iso(at(year, month + 1, 0)) };
    case "lastMonth":
      return { from: iso(at(year, month - 1, 1)), to: iso(at(year, month, 0)) };
  }
}
