/** The marks of a visit, as its row and its page show them. */
import type { Schema } from "../../shared/api/types";
import { t, type Word } from "../../shared/i18n/i18n";
import type { Tone } from "../../shared/ui/banner";
import { verdictOf } from "../audit/verdicts";
import { correctionWords } from "../words/corrections";
import { callWords, visits as words } from "../words/visits";

type Visit = Schema<"VisitSummary">;

export function Tag({ tone, text }: { tone: Tone; text: string }) {
  return <span class={`tag tag-${tone}`}>{text}</span>;
}

/** "★★★★☆", said in words to those who do not see it. */
export function Stars({ count }: { count: number }) {
  return (
    <span class="visits-stars" role="img" aria-label={t(words.stars, { count })}>
      {"★".repeat(count)}
      {"☆".repeat(5 - count)}
    </span>
  );
}

export function VerdictTag({ verdict }: { verdict: Schema<"Verdict"> }) {
  const { tone, word } = verdictOf(verdict);
  return <Tag tone={tone} text={t(word)} />;
}

const DECISIONS: Record<Schema<"Decision">, { word: Word; tone: Tone }> = {
  approve: { word: words.approved, tone: "good" },
  reject: { word: words.rejected, tone: "fail" },
  retake: { word: words.retake, tone: "warn" },
};

export function ReviewTag({ decision }: { decision: Schema<"Decision"> | null }) {
  return decision && <Tag tone={DECISIONS[decision].tone} text={t(DECISIONS[decision].word)} />;
}

export function SheetState({ visit }: { visit: Visit }) {
  const { sheet, signed_version } = visit;
  if (!sheet) return <span class="quiet">{t(words.sheetNone)}</span>;
  if (signed_version === null) return <Tag tone="warn" text={t(words.sheetDraft)} />;
  return (
    <>
      {sheet.signer_name && <span>{t(words.sheetSigned, { name: sheet.signer_name })} </span>}
      {signed_version > 1 && <Tag tone="info" text={t(words.sheetCorrected, { version: signed_version })} />}
      {visit.correction_requested_at && <Tag tone="warn" text={t(correctionWords.tag)} />}
      {sheet.state === "draft" && <Tag tone="warn" text={t(words.sheetCorrecting)} />}
    </>
  );
}

export const CALL_TONES: Record<Schema<"CallbackOutcome">, Tone> = {
  satisfied: "good", dissatisfied: "fail", follow_up: "warn", not_reached: "info",
};

/** What the customer said, in marks: rating, dispute, complaints, the last call. */
export function Said({ visit }: { visit: Visit }) {
  const { rating, customer_decision, complaints, concerns_open, callback } = visit;
  const tone: Tone = concerns_open > 0 ? "fail" : "info";
  if (rating === null && !customer_decision && complaints === 0 && !callback) return <span class="quiet">–</span>;
  return (
    <span class="visits-said">
      {rating !== null && <Stars count={rating} />}
      {customer_decision === "disputed" && <Tag tone={tone} text={t(words.disputed)} />}
      {customer_decision === "confirmed" && <Tag tone="good" text={t(words.confirmed)} />}
      {complaints > 0 && <Tag tone={tone} text={t(words.complained, { count: complaints })} />}
      {callback && <Tag tone={CALL_TONES[callback.outcome]} text={`☎ ${t(callWords[callback.outcome])}`} />}
    </span>
  );
}

export function PhotoCounts({ visit }: { visit: Visit }) {
  const { needs_review, rejected } = visit.photo_verdicts;
  const doubtful = needs_review + rejected;
  return (
    <>
      {t(words.photoCount, { count: visit.photos_stored })}{" "}
      {doubtful > 0 && <Tag tone={rejected > 0 ? "fail" : "warn"} text={t(words.doubtfulCount, { count: doubtful })} />}
      {visit.photos_awaited > 0 && <Tag tone="info" text={t(words.awaitedCount, { count: visit.photos_awaited })} />}
    </>
  );
}
