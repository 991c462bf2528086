import { distance, t } from "../../shared/i18n/i18n";
import { isApple } from "../device/facts";
import { position as words } from "../words/at_site";
import type { Fence } from "../../shared/site/fence";
import type { FixSearch } from "./fix_seeker";
import { foresee, type SiteToJudge } from "./foresight";
import { PlanView } from "../../shared/site/plan_view";
import type { SitePolicy } from "./policy";
import { foresightWords, positionProblemText } from "./position_words";

interface Properties {
  fence: Fence | null;
  site: SiteToJudge;
  policy: SitePolicy;
  search: FixSearch;
  onAgain: () => void;
  /** Before the arrival the plan is what the technician looks for; afterwards the words will do. */
  hasPlan: boolean;
}

const TONES = { accepted: "good", needs_review: "warn", rejected: "fail" } as const;

/** Where the phone is, and what the server will make of it. Never in the way of checking in. */
export function PositionCard({ fence, site, policy, search, onAgain, hasPlan }: Properties) {
  const { best, isOver, problem } = search;
  const now_ms = Date.now();
  const fix = best && { ...best, captured_at_ms: Math.max(now_ms, best.fix_at_ms) };
  const foresight = foresee(fix, site, policy);
  const { head, reasons } = foresightWords(foresight, policy);
  const isKnown = isOver || best !== null;
  const plain = best && reasons.length === 0 ? [t(words.ok, { accuracy: distance(best.accuracy_m ?? 0) })] : reasons;
  return (
    <section class="card position" aria-labelledby="position-title">
      <div class="row row-spread">
        <h2 id="position-title">{t(words.title)}</h2>
        {isOver ? (
          <button class="button button-small" type="button" onClick={onAgain}>
            {t(words.again)}
          </button>
        ) : (
          <Countdown left_s={search.left_s} />
        )}
      </div>
      <div class="position-body">
        {fence && hasPlan && (
          <PlanView
            fence={fence}
            position={best?.position ?? null}
            accuracy_m={best?.accuracy_m ?? null}
            label={t(words.because, { head, reasons: plain.join(t(words.and)) })}
          />
        )}
        <div class="position-words" role="status" aria-live="polite">
          {search.wasPaused && !isOver && <p>{t(words.wasPaused)}</p>}
          {problem && <p>{positionProblemText(problem)}</p>}
          {!best && !isOver && !problem && <p>{t(isApple() ? words.allowIphone : words.allow)}</p>}
          {isKnown && !(problem && !best && !isOver) && (
            <p class={`verdict verdict-${TONES[foresight.verdict]}`}>
              <strong>{head}</strong>
              {plain.length > 0 && t(words.because, { head: "", reasons: plain.join(t(words.and)) })}
            </p>
          )}
          {isKnown && foresight.verdict !== "accepted" && <p>{t(words.still)}</p>}
          {!fence && <p class="quiet small">{t(words.noFence)}</p>}
        </div>
      </div>
    </section>
  );
}

/** Seen each second, read out every five: a screen reader that counts aloud says nothing else. */
function Countdown({ left_s }: { left_s: number }) {
  return (
    <>
      <span class="tag tag-info" aria-hidden="true">
        {t(words.searching, { seconds: left_s })}
      </span>
      <span class="unseen" role="timer" aria-live="polite">
        {t(words.searching, { seconds: Math.ceil(left_s / 5) * 5 })}
      </span>
    </>
  );
}
