/** By what technicians, teams, sites and customers are compared, and which of them is worst. Pure. */
import type { Schema } from "../../shared/api/types";
import type { figures as figureWords } from "../words/reports";
import type { Kind } from "./asked";

export type FigureName = keyof typeof figureWords;

export type EvidenceFigures = Schema<"EvidenceFigures">;
export type ServiceFigures = Schema<"ServiceFigures">;
export type Figures = EvidenceFigures | ServiceFigures;
export type Row = Schema<"EvidenceReport">["rows"][number] | Schema<"ServiceReport">["rows"][number];
export type FindingCode = EvidenceFigures["findings"][number]["code"];

/** Below this many, a share says little about whom it is of. */
export const FEW = 20;

/** A figure by its name; null: there is nothing to measure, or the report has no such figure. */
export function valueOf(figures: Figures, name: string): number | null {
  const value = (figures as unknown as Record<string, unknown>)[name];
  return typeof value === "number" ? value : null;
}

export const findingOf = (figures: Figures, code: string) =>
  "findings" in figures ? figures.findings.find((one) => one.code === code) : undefined;

export type Look = "rejected" | "needsReview" | "accepted" | "first" | "second";

/** A share of `whole`, in parts that stand one after the other. */
export interface Measure {
  readonly id: string;
  readonly whole: FigureName;
  readonly parts: readonly { readonly figure: FigureName; readonly look: Look }[];
  /** Of the visits, those in which this was found. */
  readonly finding: FindingCode | null;
  /** Whether much of it is good. */
  readonly isGood: boolean;
}

const simple = (id: string, whole: FigureName, figure: FigureName, isGood = false): Measure => ({
  id, whole, parts: [{ figure, look: "first" }], finding: null, isGood,
});

const MEASURES: Record<Kind, readonly [Measure, ...Measure[]]> = {
  evidence: [
    {
      id: "doubtful", whole: "photos", finding: null, isGood: false,
      parts: [{ figure: "photos_rejected", look: "rejected" }, { figure: "photos_needs_review", look: "needsReview" }],
    },
  ],
  service: [
    simple("first_time_fix", "orders_visited", "orders_fixed_first", true),
    simple("windows_late", "windows", "windows_late"),
    simple("time_on_site_short", "visits", "time_on_site_short"),
  ],
};

/** What can be chosen: the report's own, and each finding that there was. */
export function measuresOf(kind: Kind, total: Figures): readonly [Measure, ...Measure[]] {
  const found = "findings" in total ? total.findings.filter(({ visits }) => visits > 0) : [];
  return [
    ...MEASURES[kind],
    ...found.map(({ code }): Measure => ({ id: code, whole: "visits", parts: [{ figure: "visits", look: "first" }], finding: code, isGood: false })),
  ];
}

export function partOf(measure: Measure, figure: FigureName, figures: Figures): number {
  return measure.finding ? (findingOf(figures, measure.finding)?.visits ?? 0) : (valueOf(figures, figure) ?? 0);
}

export function shareOf(measure: Measure, figures: Figures): { part: number; whole: number; percent: number | null } {
  const part = measure.parts.reduce((sum, { figure }) => sum + partOf(measure, figure, figures), 0);
  const whole = valueOf(figures, measure.whole) ?? 0;
  return { part, whole, percent: whole > 0 ? (100 * part) / whole : null };
}

/** 0: enough to compare; 1: few; 2: none. */
const rank = (whole: number) => (whole >= FEW ? 0 : whole > 0 ? 1 : 2);

/** The worst first; of too few to tell, and of none, come after those that can be told. */
export function worstFirst<R extends { figures: Figures }>(rows: readonly R[], measure: Measure): R[] {
  const sign = measure.isGood ? 1 : -1;
  return [...rows].sort((one, other) => {
    const [a, b] = [shareOf(measure, one.figures), shareOf(measure, other.figures)];
    return rank(a.whole) - rank(b.whole) || sign * ((a.percent ?? 0) - (b.percent ?? 0)) || b.whole - a.whole;
  });
}
