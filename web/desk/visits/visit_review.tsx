import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { ReasonDialog, useReasons } from "../audit/reason_dialog";
import { failureText } from "../failure_text";
import { api } from "../session";
import { visits as words } from "../words/visits";

interface Properties {
  visit: Schema<"Visit">;
  onDone: () => void;
}

/** The decision about the visit as a whole. */
export function VisitReview({ visit, onDone }: Properties) {
  const reasons = useReasons();
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const decide = async (decision: Schema<"ReviewDecision">, reason: string | null) => {
    setAsking(false);
    setFailure(null);
    const json = { id: crypto.randomUUID(), decision, reason, seen_decision: visit.review_decision };
    await api
      .call<"reviewVisit">({ method: "POST", path: path`/v1/visits/${visit.id}/reviews`, json })
      .catch((error: unknown) => setFailure(failureText(error)));
    onDone();
  };
  return (
    <div class="stack">
      <div class="row visits-review">
        {visit.review_decision === null ? (
          <>
            <button type="button" class="button button-primary" onClick={() => void decide("approve", null)}>
              {t(words.approve)}
            </button>
            <button type="button" class="button button-danger" onClick={() => setAsking(true)}>
              {t(words.reject)}
            </button>
          </>
        ) : (
          <button type="button" class="button" onClick={() => void decide("withdraw", null)}>
            {t(words.withdraw)}
          </button>
        )}
      </div>
      {failure && <Banner tone="fail">{failure}</Banner>}
      {isAsking && (
        <ReasonDialog title={t(words.reject)} reasons={reasons} onCancel={() => setAsking(false)} onReason={(reason) => void decide("reject", reason)} />
      )}
    </div>
  );
}
