/** What was typed of the rules of retention. Pure. */
import type { Schema } from "../../shared/api/types";

export type Rules = Schema<"RetentionRules">;

/** A field as the server wants it: empty is for ever; what is no number is sent, so that the server names the field. */
const monthsOf = (typed: string): number | string | null => {
  const text = typed.trim();
  if (text === "") return null;
  return /^\d{1,6}$/.test(text) ? Number(text) : text;
};

export const rulesOf = (originals: string, thumbnails: string): Rules =>
  ({ originals_months: monthsOf(originals), thumbnails_months: monthsOf(thumbnails) }) as Rules;

const isSooner = (months: number | null, before: number | null): boolean => months !== null && (before === null || months < before);

/** Whether these rules remove more than those before, which needs a second step. */
export const removesMore = (rules: Rules, before: Rules): boolean =>
  isSooner(rules.originals_months, before.originals_months) || isSooner(rules.thumbnails_months, before.thumbnails_months);

const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The id in an address of a visit, or the id itself. */
export const visitIdOf = (text: string): string | null => ID.exec(text)?.[0].toLowerCase() ?? null;
