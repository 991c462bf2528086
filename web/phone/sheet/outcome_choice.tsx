import { t } from "../../shared/i18n/i18n";
import type { WorkOrderOutcome } from "../local/types";
import { sheet as words } from "../words/sheet";
import { placeOf } from "./content";
import { TextArea } from "./text_area";

interface OutcomeProperties {
  workOrderId: string;
  outcome: WorkOrderOutcome | null;
  isWrong: boolean;
  onOutcome: (outcome: WorkOrderOutcome) => void;
}

const choices = [
  { to: "done", word: words.outcomeDone },
  { to: "partly_done", word: words.outcomePartly },
  { to: "unresolved", word: words.outcomeUnresolved },
] as const;

/** What became of a work order: three big buttons, and why where it is not done. */
export function OutcomeChoice({ workOrderId, outcome, isWrong, onOutcome }: OutcomeProperties) {
  return (
    <fieldset class="outcome" id={placeOf.outcome(workOrderId)} disabled={outcome?.is_sent}>
      <legend class="field-label">{t(words.outcome)}</legend>
      <div class="outcome-choices">
        {choices.map(({ to, word }) => (
          <label class="outcome-choice" key={to}>
            <input
              type="radio"
              class="unseen"
              name={placeOf.outcome(workOrderId)}
              checked={outcome?.to === to}
              onChange={() => onOutcome({ to, reason: outcome?.reason ?? "", is_sent: false })}
            />
            <span class="outcome-face">{t(word)}</span>
          </label>
        ))}
      </div>
      {outcome && outcome.to !== "done" && (
        <TextArea
          label={t(outcome.to === "unresolved" ? words.outcomeReason : words.outcomeReasonPartly)}
          place={placeOf.reason(workOrderId)}
          isWrong={isWrong}
          rows={1}
          maxLength={2000}
          value={outcome.reason}
          onValue={(reason) => onOutcome({ ...outcome, reason })}
        />
      )}
    </fieldset>
  );
}
