import { useState } from "preact/hooks";
import { ApiProblem } from "../../shared/api/problem";
import type { Schema, SuccessOf } from "../../shared/api/types";
import { currentLanguage, languageTag, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { failureText } from "../failure_text";
import { api } from "../session";
import type { PageProperties } from "../shell/page_properties";
import { Choice } from "../ui/choice";
import { ListEnd } from "../ui/list_end";
import { useAnswer } from "../ui/use_answer";
import { findingTitles, otherFindingTitles } from "../words/findings";
import { planningWords } from "../words/planning";
import { policy as words } from "../words/policy";
import { Limit } from "./limit";
import { OtherSettings } from "./other_settings";
import { changeOf, countOf, type Draft, EMPTY, type Policy, type Verdicts } from "./policy_change";
import { PlanningSettings } from "./planning_settings";
import { PreviewPanel } from "./preview_panel";
import { thresholds } from "./thresholds";
import { EventList } from "./event_list";

type Preview = SuccessOf<"previewPolicy">;
const EFFECTS: readonly Schema<"Verdict">[] = ["accepted", "needs_review", "rejected"];

/** The limits and effects that evidence is judged by, what a change would have done, and who changed what. */
export function PolicyPart({ person }: PageProperties) {
  const answer = useAnswer<"getPolicy">("/v1/organisation/policy");
  const [saved, setSaved] = useState<Policy | null>(null);
  const policy = saved && saved.version > (answer.body?.version ?? 0) ? saved : answer.body;
  return (
    <>
      <p>{t(words.explanation)}</p>
      {policy ? (
        <PolicyForm policy={policy} timeZone={person.organisation.time_zone} reload={answer.reload} onSaved={setSaved} />
      ) : (
        <ListEnd more={null} {...answer} />
      )}
      <h2>{t(words.history)}</h2>
      <EventList key={saved?.version} query={{ entity_kind: "policy" }} timeZone={person.organisation.time_zone} />
    </>
  );
}

interface FormProperties {
  policy: Policy;
  timeZone: string;
  reload: () => void;
  onSaved: (policy: Policy) => void;
}

type Outcome = { preview: Preview } | { problem: unknown } | "saved" | "overtaken" | "previewing" | null;

function PolicyForm({ policy, timeZone, reload, onSaved }: FormProperties) {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [outcome, setOutcome] = useState<Outcome>(null);
  const change = changeOf(policy, draft);
  const touch = (touched: Draft) => {
    setDraft(touched);
    setOutcome(null);
  };
  const preview = async () => {
    setOutcome("previewing");
    const headers = { "Accept-Language": languageTag(currentLanguage()) };
    const request = { method: "POST", path: "/v1/organisation/policy/preview", json: change, headers } as const;
    await api.call<"previewPolicy">(request).then(({ body }) => setOutcome({ preview: body }), (problem: unknown) => setOutcome({ problem }));
  };
  const save = async () => {
    const headers = { "If-Match": `"${policy.version}"` };
    try {
      const { body } = await api.call<"changePolicy">({ method: "PATCH", path: "/v1/organisation/policy", json: change, headers });
      onSaved(body);
      setDraft(EMPTY);
      setOutcome("saved");
    } catch (problem) {
      const isOvertaken = problem instanceof ApiProblem && problem.problem.code === "precondition_failed";
      setOutcome(isOvertaken ? "overtaken" : { problem });
      if (isOvertaken) reload();
    }
  };
  const errors = outcome && typeof outcome === "object" && "problem" in outcome && outcome.problem instanceof ApiProblem ? outcome.problem.problem.errors : [];
  const count = countOf(change);
  return (
    <form class="stack" onSubmit={(event) => (event.preventDefault(), void save())} noValidate>
      <h2>{t(words.limits)}</h2>
      <div class="administration-limits">
        {thresholds.map((threshold) => (
          <Limit
            key={threshold.name}
            threshold={threshold}
            stored={policy.thresholds[threshold.name]}
            typed={draft.limits[threshold.name]}
            error={errors.find(({ pointer }) => pointer === `/thresholds/${threshold.name}`)?.detail ?? null}
            onTyped={(typed) => touch({ ...draft, limits: { ...draft.limits, [threshold.name]: typed } })}
          />
        ))}
      </div>
      <details>
        <summary>{t(words.effects)}</summary>
        <Effects policy={policy} draft={draft} onChoose={touch} />
      </details>
      <details open={["/review_reasons", "/receiver_device_ids", "/customer_page"].some((start) => errors.some(({ pointer }) => pointer.startsWith(start)))}>
        <summary>{t(words.others)}</summary>
        <OtherSettings policy={policy} draft={draft} errors={errors} onChange={touch} />
      </details>
      <details open={errors.some(({ pointer }) => pointer.startsWith("/planning"))}>
        <summary>{t(planningWords.title)}</summary>
        <p class="quiet">{t(planningWords.explanation)}</p>
        <PlanningSettings policy={policy} draft={draft} errors={errors} onChange={touch} />
      </details>
      <div class="administration-bar">
        <button type="submit" class="button button-primary" disabled={change === null || outcome === "previewing"}>
          {t(words.save)}
        </button>
        <button type="button" class="button" disabled={change === null || outcome === "previewing"} onClick={() => void preview()}>
          {t(words.preview)}
        </button>
        <button type="button" class="button" disabled={change === null} onClick={() => touch(EMPTY)}>
          {t(words.reset)}
        </button>
        <span role="status">{count > 0 ? t(words.changes, { count }) : t(words.noChanges)}</span>
      </div>
      <OutcomeOf outcome={outcome} timeZone={timeZone} />
    </form>
  );
}

function OutcomeOf({ outcome, timeZone }: { outcome: Outcome; timeZone: string }) {
  if (outcome === null) return null;
  if (outcome === "saved") return <Banner tone="good">{t(words.saved)}</Banner>;
  if (outcome === "overtaken") return <Banner tone="warn">{t(words.overtaken)}</Banner>;
  if (outcome === "previewing") return <Banner tone="info">{t(words.previewing)}</Banner>;
  if ("problem" in outcome) return <Banner tone="fail">{failureText(outcome.problem)}</Banner>;
  return <PreviewPanel preview={outcome.preview} timeZone={timeZone} />;
}

function Effects({ policy, draft, onChoose }: { policy: Policy; draft: Draft; onChoose: (draft: Draft) => void }) {
  const titles = { ...otherFindingTitles, ...findingTitles };
  const codes = Object.keys(titles) as (keyof Verdicts & keyof typeof titles)[];
  return (
    <div class="administration-limits">
      {codes.map((code) => (
        <div key={code} class={`card ${draft.effects[code] && draft.effects[code] !== policy.verdicts[code] ? "administration-changed" : ""}`}>
          <Choice
            label={t(titles[code])}
            options={EFFECTS.map((value) => ({ value, label: t(words[value]) }))}
            value={draft.effects[code] ?? policy.verdicts[code]}
            onValue={(value) => onChoose({ ...draft, effects: { ...draft.effects, [code]: value as Schema<"Verdict"> } })}
          />
        </div>
      ))}
    </div>
  );
}
