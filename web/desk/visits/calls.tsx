import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { momentAt } from "../moments";
import { api } from "../session";
import { Choice } from "../ui/choice";
import { FormDialog } from "../ui/form_dialog";
import { callWords as words, timelineWords } from "../words/visits";
import type { VisitFile } from "./file";
import { CALL_TONES, Tag } from "./tags";

interface Properties {
  file: VisitFile;
  onDone: () => void;
}

/** Calls after the visit: was the customer satisfied? */
export function Calls({ file, onDone }: Properties) {
  const [isAsking, setAsking] = useState(false);
  return (
    <section class="stack">
      <h2>{t(words.title)}</h2>
      {file.callbacks.length === 0 && <p class="quiet">{t(words.none)}</p>}
      {[...file.callbacks].reverse().map((callback) => (
        <Call key={callback.id} callback={callback} zone={file.visit.site.time_zone} />
      ))}
      <button type="button" class="button" onClick={() => setAsking(true)}>
        {t(words.record)}
      </button>
      {isAsking && <CallDialog visitId={file.visit.id} onDone={onDone} onClose={() => setAsking(false)} />}
    </section>
  );
}

function Call({ callback, zone }: { callback: Schema<"Callback">; zone: string }) {
  const { outcome, score, spoke_with, note, called_by, called_at } = callback;
  return (
    <article class="card stack">
      <p class="row row-spread">
        <span class="visits-said">
          <Tag tone={CALL_TONES[outcome]} text={t(words[outcome])} />
          {score !== null && t(words.points, { count: score })}
        </span>
        <span class="small quiet">{t(words.by, { name: called_by.name, time: momentAt(called_at, zone) })}</span>
      </p>
      {spoke_with && <p>{t(timelineWords.spokeWith, { name: spoke_with })}</p>}
      {note && <blockquote class="visits-quote">{note}</blockquote>}
    </article>
  );
}

const OUTCOMES: readonly Schema<"CallbackOutcome">[] = ["satisfied", "follow_up", "dissatisfied", "not_reached"];

/** Now, as a field for a local date and time takes it. */
function localNow(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function CallDialog({ visitId, onDone, onClose }: { visitId: string; onDone: () => void; onClose: () => void }) {
  const [id] = useState(() => crypto.randomUUID()); // one for all attempts
  const [calledAt, setCalledAt] = useState(localNow);
  const [outcome, setOutcome] = useState<Schema<"CallbackOutcome">>("satisfied");
  const [score, setScore] = useState("");
  const [spokeWith, setSpokeWith] = useState("");
  const [note, setNote] = useState("");
  const wasReached = outcome !== "not_reached";
  const submit = async () => {
    const moment = new Date(calledAt);
    const json = {
      id, outcome, note: note.trim() || null,
      called_at: Number.isNaN(moment.getTime()) ? calledAt : moment.toISOString(),
      score: wasReached && score !== "" ? Number(score) : null,
      spoke_with: wasReached ? spokeWith.trim() || null : null,
    };
    await api.call<"createCallback">({ method: "POST", path: path`/v1/visits/${visitId}/callbacks`, json });
    onDone();
  };
  return (
    <FormDialog title={t(words.record)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          <Field
            label={t(words.calledAt)}
            value={calledAt}
            onValue={setCalledAt}
            error={errorOf("/called_at")}
            attributes={{ type: "datetime-local" }}
          />
          <Choice
            label={t(words.outcome)}
            options={OUTCOMES.map((value) => ({ value, label: t(words[value]) }))}
            value={outcome}
            onValue={(value) => setOutcome(value as Schema<"CallbackOutcome">)}
            error={errorOf("/outcome")}
          />
          {wasReached && (
            <>
              <Choice
                label={t(words.score)}
                all={t(words.noScore)}
                options={[5, 4, 3, 2, 1].map((count) => ({ value: String(count), label: t(words.points, { count }) }))}
                value={score}
                onValue={setScore}
                error={errorOf("/score")}
              />
              <Field
                label={t(words.spokeWith)}
                value={spokeWith}
                onValue={setSpokeWith}
                error={errorOf("/spoke_with")}
                attributes={{ maxLength: 200, autocomplete: "off" }}
              />
            </>
          )}
          <Field label={t(words.note)} lines={4} value={note} onValue={setNote} error={errorOf("/note")} attributes={{ maxLength: 4000 }} />
        </>
      )}
    </FormDialog>
  );
}
