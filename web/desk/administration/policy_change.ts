/** What was changed in the form, as the server wants it. Pure. */
import type { BodyOf, Schema } from "../../shared/api/types";
import type { ThresholdName } from "./thresholds";

export type Policy = Schema<"Policy">;
export type Verdicts = Policy["verdicts"];

/** Limits as they were typed, and effects as they were chosen; only those that were touched. */
export interface Draft {
  readonly limits: Readonly<Partial<Record<ThresholdName, string>>>;
  readonly effects: Readonly<Partial<Verdicts>>;
}

export const EMPTY: Draft = { limits: {}, effects: {} };

/** A limit as it was typed: null takes it back to the standard, undefined is no number. */
export function limitOf(typed: string): number | null | undefined {
  const text = typed.trim().replace(",", ".");
  if (text === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Null: nothing differs from the policy. */
export function changeOf(policy: Policy, draft: Draft): BodyOf<"changePolicy"> | null {
  const limits = Object.entries(draft.limits).filter(([name, typed]) => limitOf(typed) !== policy.thresholds[name as ThresholdName]);
  const effects = Object.entries(draft.effects).filter(([code, effect]) => effect !== policy.verdicts[code as keyof Verdicts]);
  if (limits.length + effects.length === 0) return null;
  return {
    // What is no number is sent as it was typed: the server says what is wrong with it, at its field.
    ...(limits.length > 0 && { thresholds: Object.fromEntries(limits.map(([name, typed]) => [name, limitOf(typed) ?? (typed.trim() || null)])) }),
    ...(effects.length > 0 && { verdicts: Object.fromEntries(effects) }),
  } as BodyOf<"changePolicy">;
}

export function countOf(change: BodyOf<"changePolicy"> | null): number {
  return Object.keys(change?.thresholds ?? {}).length + Object.keys(change?.verdicts ?? {}).length;
}
