import { type Language, t } from "../../shared/i18n/i18n";
import { sign as words } from "../words/sign";
import { TextArea } from "./text_area";

interface RatingProperties {
  language: Language;
  score: number | null;
  comment: string;
  onScore: (score: number | null) => void;
  onComment: (comment: string) => void;
}

const SCORES = [1, 2, 3, 4, 5];

/** Five stars, or none; a word about it once one is chosen. */
export function RatingChoice({ language, score, comment, onScore, onComment }: RatingProperties) {
  return (
    <fieldset class="rating">
      <legend class="field-label">{t(words.rating, {}, language)}</legend>
      <div class="rating-stars">
        {SCORES.map((value) => (
          <label class="rating-star" key={value}>
            <input
              type="radio"
              class="unseen"
              name="rating"
              checked={score === value}
              onChange={() => onScore(value)}
            />
            <span aria-hidden="true" class={score !== null && value <= score ? "star star-on" : "star"}>
              ★
            </span>
            <span class="unseen">{t(words.stars, { count: value }, language)}</span>
          </label>
        ))}
        {score !== null && (
          <button type="button" class="button button-quiet" onClick={() => onScore(null)}>
            {t(words.noRating, {}, language)}
          </button>
        )}
      </div>
      {score !== null && (
        <TextArea
          label={t(words.ratingComment, {}, language)}
          rows={1}
          maxLength={2000}
          value={comment}
          onValue={onComment}
        />
      )}
      <p class="field-hint">{t(words.ratingApart, {}, language)}</p>
    </fieldset>
  );
}
