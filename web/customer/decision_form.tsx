import { useState } from "preact/hooks";
import { t } from "../shared/i18n/i18n";
import { Banner } from "../shared/ui/banner";
import { Field } from "../shared/ui/field";
import type { SharedResponse, SharedVisit } from "./shared_work";
import { dayAndTime } from "./times";
import { useSaying } from "./use_saying";
import { answerWords as words } from "./words/answers";
import { pageWords } from "./words/page";

export interface AnswerProperties {
  token: string;
  visit: SharedVisit;
  zone: string;
  said: SharedResponse[];
  onSaid: (response: SharedResponse) => void;
}

/** Confirms or disputes a visit. The latest decision counts; it can be changed by another one. */
export function DecisionForm({ token, visit, zone, said, onSaid }: AnswerProperties) {
  const [latest] = said.filter((response) => response.kind === "decision").slice(-1);
  const [isOpen, setOpen] = useState(false);
  if (latest && !isOpen)
    return (
      <Banner tone={latest.decision === "confirmed" ? "good" : "warn"}>
        <p>
          {t(latest.decision === "confirmed" ? words.confirmed : words.disputed, {
            when: dayAndTime(latest.received_at, zone),
          })}
        </p>
        {latest.text && <p class="customer-quote">{latest.text}</p>}
        <button type="button" class="button" onClick={() => setOpen(true)}>
          {t(words.change)}
        </button>
      </Banner>
    );
  const taken = (response: SharedResponse) => {
    setOpen(false);
    onSaid(response);
  };
  return <Choice token={token} visitId={visit.id} onSaid={taken} onCancel={latest ? () => setOpen(false) : null} />;
}

interface ChoiceProperties {
  token: string;
  visitId: string;
  onSaid: (response: SharedResponse) => void;
  onCancel: (() => void) | null;
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
