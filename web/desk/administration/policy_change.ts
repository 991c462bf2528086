/** What was changed in the form, as the server wants it. Pure. */
import type { BodyOf, Schema } from "../../shared/api/types";
import type { ThresholdName } from "./thresholds";

export type Policy = Schema<"Policy">;
export type Verdicts = Policy["verdicts"];

/** Limits as they were typed, and effects as they were chosen; only those that were touched. */
export interface Draft {
  readonly limits: Readonly<Partial<Record<ThresholdName, string>>>;
  readonly effects: Readonly<Partial<Verdicts>>;
  /** Lists as they were typed, an entry a line. */
  readonly lists?: Readonly<Partial<Record<ListName, string>>>;
  readonly shownPhotos?: Policy["customer_page"]["photos"];
  /** As it was typed. */
  readonly linkDays?: string;
  /** As it was typed; the beginning of a day as a clock shows it, "08:00". */
  readonly planning?: Readonly<Partial<Record<PlanningName, string>>>;
}

export type PlanningName = keyof Policy["planning"];

export type ListName = "review_reasons" | "receiver_device_ids";

export const EMPTY: Draft = { limits: {}, effects: {} };

/** Entries as they were typed, an entry a line, each once. */
export const linesOf = (typed: string): string[] => [...new Set(typed.split("\n").map((line) => line.trim()).filter(Boolean))];

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((entry, i) => entry === other[i]);

function listsOf(policy: Policy, draft: Draft): Partial<Record<ListName, string[]>> {
  const lists = Object.entries(draft.lists ?? {}).map(([name, typed]) => [name as ListName, linesOf(typed)] as const);
  return Object.fromEntries(lists.filter(([name, lines]) => !isSame(lines, policy[name])));
}

function customerPageOf({ customer_page: page }: Policy, { shownPhotos, linkDays }: Draft): Record<string, unknown> {
  const days = linkDays === undefined ? page.link_days : (limitOf(linkDays) ?? (linkDays.trim() || null));
  return {
    ...(shownPhotos !== undefined && shownPhotos !== page.photos && { photos: shownPhotos }),
    ...(days !== page.link_days && { link_days: days }),
  };
}

const CLOCK = /^([01]?\d|2[0-3])[:：]([0-5]\d)$/;

/** Minutes after midnight as a clock shows them: 480 is "08:00". */
export const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** What was typed of the planning, as the server wants it; what cannot be read is sent as it is, and refused by name. */
function plannedOf(name: PlanningName, typed: string): number | string | null {
  const clock = name === "day_start_minutes" ? CLOCK.exec(typed.trim()) : null;
  return clock ? Number(clock[1]) * 60 + Number(clock[2]) : (limitOf(typed) ?? (typed.trim() || null));
}

function planningOf({ planning: stored }: Policy, { planning = {} }: Draft): Record<string, unknown> {
  const planned = (Object.entries(planning) as [PlanningName, string][]).map(([name, typed]) => [name, plannedOf(name, typed)] as const);
  return Object.fromEntries(planned.filter(([name, value]) => value !== stored[name]));
}

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
  const lists = listsOf(policy, draft);
  const page = customerPageOf(policy, draft);
  const planning = planningOf(policy, draft);
  if (limits.length + effects.length + [lists, page, planning].flatMap(Object.keys).length === 0) return null;
  return {
    ...lists,
    ...(Object.keys(page).length > 0 && { customer_page: page }),
    ...(Object.keys(planning).length > 0 && { planning }),
    // What is no number is sent as it was typed: the server says what is wrong with it, at its field.
    ...(limits.length > 0 && { thresholds: Object.fromEntries(limits.map(([name, typed]) => [name, limitOf(typed) ?? (typed.trim() || null)])) }),
    ...(effects.length > 0 && { verdicts: Object.fromEntries(effects) }),
  } as BodyOf<"changePolicy">;
}

export function countOf(change: BodyOf<"changePolicy"> | null): number {
  if (!change) return 0;
  const { thresholds, verdicts, customer_page, planning, ...lists } = change;
  return [thresholds, verdicts, customer_page, planning, lists].reduce((count, group) => count + Object.keys(group ?? {}).length, 0);
}
