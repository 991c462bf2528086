import { useId, useState } from "preact/hooks";
import { t } from "../shared/i18n/i18n";
import { Banner } from "../shared/ui/banner";
import { Field } from "../shared/ui/field";
import { type AnswerProperties, ChangeableAnswer, type FormEnds } from "./changeable_answer";
import { dayAndTime } from "./times";
import { useSaying } from "./use_saying";
import { answerWords as words } from "./words/answers";
import { pageWords } from "./words/page";

const STARS = [1, 2, 3, 4, 5];

/** One to five stars and a word. The latest rating counts; it can be changed by another one. */
export function RatingForm({ token, visit, zone, said, onSaid }: AnswerProperties) {
  const [latest] = said.filter((response) => response.kind === "rating").slice(-1);
  return (
    <ChangeableAnswer
      tone="info"
      latest={
        latest && (
          <>
            <p>{t(words.rated, { when: dayAndTime(latest.received_at, zone) })}</p>
            <Stars count={latest.stars ?? 0} />
            {latest.text && <p class="customer-quote">{latest.text}</p>}
          </>
        )
      }
      form={(ends) => <Choice token={token} visitId={visit.id} {...ends} />}
      onSaid={onSaid}
    />
  );
}

function Stars({ count }: { count: number }) {
  return (
    <p role="img" aria-label={t(words.stars, { count })} class="customer-stars">
      {STARS.map((star) => (
        <span key={star} class={star <= count ? "customer-star customer-star-on" : "customer-star"}>
          {star <= count ? "★" : "☆"}
        </span>
      ))}
    </p>
  );
}

interface ChoiceProperties extends FormEnds {
  token: string;
  visitId: string;
}

function Choice({ token, visitId, onSaid, onCancel }: ChoiceProperties) {
  const { send, isSending, failure } = useSaying(token, onSaid);
  const group = useId();
  const [stars, setStars] = useState(0);
  const [comment, setComment] = useState("");
  const [isMissing, setMissing] = useState(false);
  const rate = () => {
    if (stars === 0) return setMissing(true);
    void send({ kind: "rating", body: { visit_id: visitId, stars, comment: comment.trim() ? comment : null } });
  };
  return (
    <fieldset class="customer-form">
      <legend>{t(words.rate)}</legend>
      <div class="row customer-stars">
        {STARS.map((star) => (
          <label key={star} class={star <= stars ? "customer-star customer-star-on" : "customer-star"}>
            <input
              type="radio"
              class="unseen"
              name={group}
              checked={star === stars}
              onChange={() => (setStars(star), setMissing(false))}
            />
            <span aria-hidden="true">{star <= stars ? "★" : "☆"}</span>
            <span class="unseen">{t(words.stars, { count: star })}</span>
          </label>
        ))}
      </div>
      {isMissing && (
        <p class="field-error" role="alert">
          {t(words.chooseStars)}
        </p>
      )}
      <Field label={t(words.comment)} lines={2} value={comment} onValue={setComment} attributes={{ maxLength: 2000 }} />
      <div class="row">
        <button type="button" class="button" disabled={isSending} onClick={rate}>
          {t(isSending ? pageWords.sending : words.sendRating)}
        </button>
        {onCancel && (
          <button type="button" class="button" onClick={onCancel}>
            {t(pageWords.cancel)}
          </button>
        )}
      </div>
      {failure && <Banner tone="fail">{failure}</Banner>}
    </fieldset>
  );
}
