import { useState } from "preact/hooks";
import { t } from "../shared/i18n/i18n";
import { Banner } from "../shared/ui/banner";
import { Field } from "../shared/ui/field";
import { Handled } from "./handled";
import type { SharedResponse } from "./shared_work";
import { dayAndTime } from "./times";
import { useSaying } from "./use_saying";
import { answerWords as words } from "./words/answers";
import { pageWords } from "./words/page";

interface ComplaintProperties {
  token: string;
  zone: string;
  /** What was complained of through this link. */
  said: SharedResponse[];
  onSaid: (response: SharedResponse) => void;
}

export function ComplaintForm({ token, zone, said, onSaid }: ComplaintProperties) {
  const { send, isSending, failure } = useSaying(token, onSaid);
  const [text, setText] = useState("");
  const [isMissing, setMissing] = useState(false);
  const [isSaid, setSaid] = useState(false);
  const complain = async () => {
    setSaid(false);
    if (!text.trim()) return setMissing(true);
    if (!(await send({ kind: "complaints", body: { text } }))) return;
    setText("");
    setSaid(true);
  };
  return (
    <section class="stack customer-part">
      <h2>{t(words.complain)}</h2>
      {said.map((response) => (
        <div key={response.id} class="card">
          <p class="small quiet">{t(words.complained, { when: dayAndTime(response.received_at, zone) })}</p>
          <p class="customer-quote">{response.text}</p>
          <Handled response={response} zone={zone} />
        </div>
      ))}
      <Field
        label={t(words.complaint)}
        hint={t(words.complaintHint)}
        lines={3}
        value={text}
        onValue={(value) => (setText(value), setMissing(false))}
        error={isMissing ? t(words.sayWhat) : null}
        attributes={{ maxLength: 2000 }}
      />
      <button type="button" class="button" disabled={isSending} onClick={() => void complain()}>
        {t(isSending ? pageWords.sending : words.sendComplaint)}
      </button>
      {isSaid && <Banner tone="good">{t(words.thanks)}</Banner>}
      {failure && <Banner tone="fail">{failure}</Banner>}
    </section>
  );
}
