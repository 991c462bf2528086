import { useRef, useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Field } from "../../shared/ui/field";
import { failureText } from "../failure_text";
import { api } from "../session";
import { sampling as words } from "../words/sampling";

type Criterion = Schema<"AssessmentCriterion">;
type Assessment = Schema<"SamplingAssessment">;

/** What is filled in for one criterion; a score of 0: does not apply. */
interface Entry {
  readonly score: number | null;
  readonly comment: string;
}

interface Properties {
  drawId: string;
  visitId: string;
  criteria: readonly Criterion[];
  /** What was found before; it is where one begins. */
  latest: Assessment | null;
  isReadOnly: boolean;
  onDone: () => Promise<void>;
}

function entriesOf(criteria: readonly Criterion[], latest: Assessment | null): Record<string, Entry> {
  const known = (id: string) => latest?.scores.find(({ criterion_id }) => criterion_id === id);
  return Object.fromEntries(
    criteria.map(({ id }) => {
      const score = known(id);
      return [id, { score: score ? (score.score ?? 0) : null, comment: score?.comment ?? "" }];
    }),
  );
}

/** Scores from 1 to 5 for each criterion, with the keys 0–5 or the pointer. */
export function ScoreForm({ drawId, visitId, criteria, latest, isReadOnly, onDone }: Properties) {
  const form = useRef<HTMLFormElement>(null);
  const [id] = useState(() => crypto.randomUUID());
  const [entries, setEntries] = useState(() => entriesOf(criteria, latest));
  const [comment, setComment] = useState(latest?.comment ?? "");
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const set = (criterionId: string, change: Partial<Entry>) =>
    setEntries((before) => ({ ...before, [criterionId]: { ...(before[criterionId] as Entry), ...change } }));
  const missing = criteria.find((criterion) => (entries[criterion.id]?.score ?? null) === null);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (missing) return setFailure(t(words.missing, { name: missing.name }));
    setBusy(true);
    setFailure(null);
    const json: Schema<"SamplingAssessmentCreate"> = {
      id,
      scores: criteria.map((criterion) => {
        const { score, comment: why } = entries[criterion.id] as Entry;
        return { criterion_id: criterion.id, score: score || null, comment: why.trim() || null };
      }),
      comment: comment.trim() || null,
      seen_assessment_id: latest?.id ?? null,
    };
    try {
      const address = path`/v1/sampling-draws/${drawId}/visits/${visitId}/assessments`;
      await api.call<"assessSampledVisit">({ method: "POST", path: address, json });
      await onDone();
    } catch (error) {
      setFailure(failureText(error));
      setBusy(false);
    }
  };
  const goOnFrom = (index: number) =>
    form.current?.querySelectorAll("fieldset")[index + 1]?.querySelector("input")?.focus();
  return (
    <form ref={form} class="stack" onSubmit={(event) => void submit(event)} noValidate>
      <p class="quiet small">
        {t(words.poor)} … {t(words.good)}. {isReadOnly ? t(words.onlyManagers) : t(words.keysHint)}
      </p>
      {criteria.map((criterion, index) => (
        <Scores
          key={criterion.id}
          name={criterion.name}
          entry={entries[criterion.id] as Entry}
          isReadOnly={isReadOnly}
          onChange={(change) => set(criterion.id, change)}
          onScored={() => goOnFrom(index)}
        />
      ))}
      <Field label={t(words.comment)} lines={3} value={comment} onValue={setComment} attributes={{ maxLength: 2000 }} />
      {failure && <Banner tone="fail">{failure}</Banner>}
      {!isReadOnly && (
        <button type="submit" class="button button-primary" disabled={isBusy}>
          {t(words.saveAndNext)}
        </button>
      )}
    </form>
  );
}

interface ScoresProperties {
  name: string;
  entry: Entry;
  isReadOnly: boolean;
  onChange: (change: Partial<Entry>) => void;
  /** By a key: on to the next one. */
  onScored: () => void;
}

function Scores({ name, entry, isReadOnly, onChange, onScored }: ScoresProperties) {
  const [isCommenting, setCommenting] = useState(entry.comment !== "");
  const byKey = (event: KeyboardEvent) => {
    if (!/^[0-5]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onChange({ score: Number(event.key) });
    onScored();
  };
  const group = `scores-${name}`;
  return (
    <fieldset class="sampling-scores" disabled={isReadOnly}>
      <legend>{name}</legend>
      <div class="row" onKeyDown={byKey}>
        {[1, 2, 3, 4, 5, 0].map((score) => (
          <label key={score} class={score === 0 ? "sampling-score sampling-score-none" : "sampling-score"}>
            <input type="radio" name={group} checked={entry.score === score} onChange={() => onChange({ score })} />
            <span>{score === 0 ? t(words.notApplicable) : score}</span>
          </label>
        ))}
      </div>
      {isCommenting ? (
        <Field
          label={t(words.criterionComment, { name })}
          value={entry.comment}
          onValue={(comment) => onChange({ comment })}
          attributes={{ maxLength: 2000 }}
        />
      ) : (
        <button type="button" class="button desk-quiet-button" onClick={() => setCommenting(true)}>
          {t(words.addComment)}
          <span class="unseen"> {name}</span>
        </button>
      )}
    </fieldset>
  );
}
