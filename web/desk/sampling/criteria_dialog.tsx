import { useEffect, useState } from "preact/hooks";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { FormDialog } from "../ui/form_dialog";
import { ListEnd } from "../ui/list_end";
import { useAnswer } from "../ui/use_answer";
import { sampling as words } from "../words/sampling";

type Criterion = Schema<"AssessmentCriterion">;

/** The lines as criteria: a line that says the same as before stays the same criterion. */
export function criteriaOf(text: string, known: readonly Criterion[], newId: () => string): Criterion[] {
  const names = [...new Set(text.split("\n").map((line) => line.trim()).filter(Boolean))];
  return names.map((name) => known.find((criterion) => criterion.name === name) ?? { id: newId(), name });
}

/** What visits that were drawn are scored for. */
export function CriteriaDialog({ onClose, onDone }: { onClose: () => void; onDone?: () => void }) {
  const policy = useAnswer<"getPolicy">("/v1/organisation/policy");
  const [text, setText] = useState<string | null>(null);
  const known = policy.body?.assessment_criteria ?? [];
  useEffect(() => {
    if (policy.body && text === null) setText(policy.body.assessment_criteria.map(({ name }) => name).join("\n"));
  }, [policy.body]);
  const submit = async () => {
    const assessment_criteria = criteriaOf(text ?? "", known, () => crypto.randomUUID());
    // Of two who change the criteria at once the second is told.
    const headers = { "If-Match": `"${policy.body?.version}"` };
    await api.call<"changePolicy">({ method: "PATCH", path: "/v1/organisation/policy", json: { assessment_criteria }, headers });
    onDone?.();
  };
  const usual = [words.usual1, words.usual2, words.usual3, words.usual4].map((word) => t(word)).join("\n");
  return (
    <FormDialog title={t(words.criteriaTitle)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <>
          {text === null ? (
            <ListEnd more={null} {...policy} />
          ) : (
            <Field
              label={t(words.criteria)}
              hint={t(words.criteriaHint)}
              lines={7}
              value={text}
              onValue={setText}
              error={errorOf("/assessment_criteria")}
            />
          )}
          {text === "" && (
            <button type="button" class="button desk-quiet-button" onClick={() => setText(usual)}>
              {t(words.usualCriteria)}
            </button>
          )}
        </>
      )}
    </FormDialog>
  );
}
