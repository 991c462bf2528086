import { useState } from "preact/hooks";
import { ApiProblem } from "../../shared/api/problem";
import type { Schema } from "../../shared/api/types";
import { languageTag, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Field } from "../../shared/ui/field";
import { failureText } from "../failure_text";
import { api } from "../session";
import type { PageProperties } from "../shell/page_properties";
import { FormDialog } from "../ui/form_dialog";
import { ListEnd } from "../ui/list_end";
import { useAnswer } from "../ui/use_answer";
import { retention as words } from "../words/retention";
import { EventList } from "./event_list";
import { Holds } from "./holds";
import { moment } from "./moments";
import { removesMore, type Rules, rulesOf } from "./retention_rules";

type Retention = Schema<"Retention">;
type Preview = Schema<"RetentionPreview">;

/** How long photos are kept, and what is kept whatever its age. */
export function RetentionPart({ person }: PageProperties) {
  const answer = useAnswer<"getRetention">("/v1/organisation/retention");
  const [version, setVersion] = useState(0);
  const timeZone = person.organisation.time_zone;
  const saved = () => {
    setVersion(version + 1);
    answer.reload();
  };
  return (
    <>
      <p>{t(words.explanation)}</p>
      {answer.body ? (
        <RulesForm key={answer.body.version} retention={answer.body} timeZone={timeZone} mayChange={person.user.role === "administrator"} onSaved={saved} hasSaved={version > 0} />
      ) : (
        <ListEnd more={null} {...answer} />
      )}
      <Holds timeZone={timeZone} />
      <h2>{t(words.history)}</h2>
      <EventList key={version} query={{ entity_kind: "retention" }} timeZone={timeZone} />
    </>
  );
}

interface FormProperties {
  retention: Retention;
  timeZone: string;
  mayChange: boolean;
  onSaved: () => void;
  hasSaved: boolean;
}

const textOf = (months: number | null) => (months === null ? "" : String(months));

function put(rules: Rules, retention: Retention, confirmation?: string) {
  const headers = retention.version > 0 ? { "If-Match": `"${retention.version}"` } : undefined;
  return api.call<"changeRetention">({ method: "PUT", path: "/v1/organisation/retention", json: { ...rules, confirmation }, headers });
}

function RulesForm({ retention, timeZone, mayChange, onSaved, hasSaved }: FormProperties) {
  const [originals, setOriginals] = useState(textOf(retention.originals_months));
  const [thumbnails, setThumbnails] = useState(textOf(retention.thumbnails_months));
  const [problem, setProblem] = useState<unknown>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const rules = rulesOf(originals, thumbnails);
  const isSame = rules.originals_months === retention.originals_months && rules.thumbnails_months === retention.thumbnails_months;
  const go = async (event: Event) => {
    event.preventDefault();
    setProblem(null);
    try {
      const { body } = await api.call<"previewRetention">({ method: "POST", path: "/v1/organisation/retention/preview", json: rules });
      if (removesMore(rules, retention)) return setPreview(body);
      await put(rules, retention);
      onSaved();
    } catch (error) {
      setProblem(error);
    }
  };
  const errorOf = (pointer: string) =>
    problem instanceof ApiProblem ? (problem.problem.errors.find((error) => error.pointer === pointer)?.detail ?? null) : null;
  const touch = (set: (typed: string) => void) => (typed: string) => {
    setProblem(null);
    set(typed);
  };
  const attributes = { inputMode: "numeric", maxLength: 6, autoComplete: "off", readOnly: !mayChange } as const;
  const isAtField = errorOf("/originals_months") !== null || errorOf("/thumbnails_months") !== null;
  return (
    <form class="stack" onSubmit={(event) => void go(event)} noValidate>
      <div class="administration-limits">
        <Field label={t(words.originals)} hint={t(words.hint)} value={originals} onValue={touch(setOriginals)} error={errorOf("/originals_months")} attributes={attributes} />
        <Field label={t(words.thumbnails)} hint={t(words.thumbnailsHint)} value={thumbnails} onValue={touch(setThumbnails)} error={errorOf("/thumbnails_months")} attributes={attributes} />
      </div>
      <p class="quiet">
        {retention.changed_by && retention.changed_at
          ? t(words.since, { name: retention.changed_by.name, time: moment(retention.changed_at, timeZone) })
          : t(words.neverSet)}{" "}
        {!mayChange && t(words.readOnly)}
      </p>
      {problem !== null && !isAtField && <Banner tone="fail">{failureText(problem)}</Banner>}
      {hasSaved && isSame && <Banner tone="good">{t(words.saved)}</Banner>}
      {mayChange && (
        <button type="submit" class="button button-primary" disabled={isSame}>
          {t(removesMore(rules, retention) ? words.preview : words.save)}
        </button>
      )}
      {preview && (
        <FormDialog
          title={t(words.confirmTitle)}
          action={t(words.confirm)}
          isDanger
          submit={async () => {
            await put(rules, retention, preview.confirmation);
            onSaved();
          }}
          onClose={() => setPreview(null)}
        >
          {() => <WouldGo preview={preview} />}
        </FormDialog>
      )}
    </form>
  );
}

function WouldGo({ preview }: { preview: Preview }) {
  const size = new Intl.NumberFormat(languageTag(), { style: "unit", unit: "megabyte", maximumFractionDigits: 1 }).format(preview.original_bytes / 1e6);
  return (
    <>
      <p>{t(words.wouldGo, { originals: preview.originals, size, thumbnails: preview.thumbnails })}</p>
      {preview.spared > 0 && <p>{t(words.spared, { count: preview.spared })}</p>}
      <p>{t(words.later)}</p>
    </>
  );
}
