import type { Schema } from "../../shared/api/types";
import type { Word } from "../../shared/i18n/i18n";
import type { Tone } from "../../shared/ui/banner";
import { audit as words } from "../words/audit";

const VERDICTS: Record<Schema<"Verdict">, { tone: Tone; word: Word }> = {
  accepted: { tone: "good", word: words.accepted },
  needs_review: { tone: "warn", word: words.needsReview },
  rejected: { tone: "fail", word: words.failed },
};

export const verdictOf = (verdict: Schema<"Verdict">) => VERDICTS[verdict];

/** The worse verdict of a photo and its check-in, which stands in the thousands of the risk. */
export const verdictOfRisk = (risk: number) =>
  VERDICTS[risk >= 2000 ? "rejected" : risk >= 1000 ? "needs_review" : "accepted"];

const TONES: Record<Schema<"Severity">, Tone> = { info: "info", warn: "warn", fail: "fail" };

export const toneOf = (severity: Schema<"Severity">) => TONES[severity];
