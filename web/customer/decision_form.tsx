import { useState } from "preact/hooks";
import { t } from "../shared/i18n/i18n";
import { Banner } from "../shared/ui/banner";
import { Field } from "../shared/ui/field";
import { type AnswerProperties, ChangeableAnswer, type FormEnds } from "./changeable_answer";
import { Handled } from "./handled";
import { dayAndTime } from "./times";
import { useSaying } from "./use_saying";
import { answerWords as words } from "./words/answers";
import { pageWords } from "./words/page";

/** Confirms or disputes a visit. The latest decision counts; it can be changed by another one. */
export function DecisionForm({ token, visit, zone, said, onSaid }: AnswerProperties) {
  const [latest] = said.filter((response) => response.kind === "decision").slice(-1);
  const isConfirmed = latest?.decision === "confirmed";
  return (
    <ChangeableAnswer
      tone={isConfirmed ? "good" : "warn"}
      latest={
        latest && (
          <>
            <p>{t(isConfirmed ? words.confirmed : words.disputed, { when: dayAndTime(latest.received_at, zone) })}</p>
            {latest.text && <p class="customer-quote">{latest.text}</p>}
            {!isConfirmed && <Handled response={latest} zone={zone} />}
          </>
        )
      }
      form={(ends) => <Choice token={token} visitId={visit.id} {...ends} />}
      onSaid={onSaid}
    />
  );
}

interface ChoiceProperties extends FormEnds {
  token: string;
  visitId: string;
}

function Choice({ token, visitId, onSaid, onCancel }: ChoiceProperties) {
  const { send, isSending, failure } = useSaying(token, onSaid);
  const [disputes, setDisputes] = useState(false);
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const decide = (decision: "confirmed" | "disputed") => {
    if (decision === "disputed" && !reason.trim()) return setMissing(true);
    const body = decision === "disputed" ? { decision, visit_id: visitId, reason } : { decision, visit_id: visitId };
    void send({ kind: "decision", body });
  };
  return (
    <fieldset class="customer-form">
      <legend>{t(words.wasItSo)}</legend>
      <div class="row">
        <button type="button" class="button" disabled={isSending} onClick={() => decide("confirmed")}>
          {t(words.confirm)}
        </button>
        <button type="button" class="button" aria-expanded={disputes} onClick={() => setDisputes(!disputes)}>
          {t(words.dispute)}
        </button>
        {onCancel && (
          <button type="button" class="button" onClick={onCancel}>
            {t(pageWords.cancel)}
          </button>
        )}
      </div>
      {disputes && (
        <div class="stack">
          <Field
            label={t(words.why)}
            lines={3}
            value={reason}
            onValue={(value) => (setReason(value), setMissing(false))}
            error={isMissing ? t(words.sayWhy) : null}
            attributes={{ maxLength: 2000 }}
          />
          <button type="button" class="button button-primary" disabled={isSending} onClick={() => decide("disputed")}>
            {t(isSending ? pageWords.sending : words.sendDispute)}
          </button>
        </div>
      )}
      {failure && <Banner tone="fail">{failure}</Banner>}
    </fieldset>
  );
}
