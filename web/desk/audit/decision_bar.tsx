import { t } from "../../shared/i18n/i18n";
import { audit as words } from "../words/audit";
import type { Command } from "./keys";
import { type Entry, isDecided, progress, standing } from "./queue";
import type { Audit } from "./use_audit";

interface Properties {
  audit: Audit;
  entry: Entry;
  mayDecide: boolean;
  isComparing: boolean;
  onCommand: (command: Command) => void;
}

/** The same commands as the keys, for the mouse and the screen reader. */
export function DecisionBar({ audit, entry, mayDecide, isComparing, onCommand }: Properties) {
  const selected = audit.queue.entries.filter(({ isSelected }) => isSelected).length;
  const { left, held } = progress(audit.queue);
  const button = (command: Command, label: string, key: string, kind = "", isDisabled = false) => (
    <button
      type="button"
      class={`button ${kind}`}
      disabled={isDisabled}
      aria-keyshortcuts={key}
      onClick={() => onCommand(command)}
    >
      {label} <kbd aria-hidden="true">{key}</kbd>
    </button>
  );
  const step = (command: Command, label: string, arrow: string, key: string) => (
    <button type="button" class="button" title={label} aria-keyshortcuts={key} onClick={() => onCommand(command)}>
      <span class="unseen">{label}</span>
      <span aria-hidden="true">{arrow}</span> <kbd aria-hidden="true">{key}</kbd>
    </button>
  );
  return (
    <div class="desk-bar">
      <Standing entry={entry} />
      {selected > 0 && (
        <p class="row">
          <strong role="status">{t(words.selected, { count: selected })}</strong>
          <button type="button" class="button desk-quiet-button" onClick={audit.clearSelection}>
            {t(words.clearSelection)}
          </button>
        </p>
      )}
      <div class="row">
        {mayDecide && (
          <>
            {button("approve", t(words.approve), "A", "button-primary")}
            {button("reject", t(words.reject), "R", "button-danger")}
            {button("retake", t(words.retake), "T")}
            {button("undo", t(words.undo), "U", "", audit.queue.history.length === 0)}
          </>
        )}
        <button type="button" class="button" aria-pressed={isComparing} aria-keyshortcuts="B" onClick={() => onCommand("compare")}>
          {t(words.compare)} <kbd aria-hidden="true">B</kbd>
        </button>
        {step("previous", t(words.previous), "←", "K")}
        {step("next", t(words.next), "→", "J")}
        {isDecided(entry) && left + held > 0 && button("goOn", t(words.goOn), "N")}
      </div>
    </div>
  );
}

const SAID = {
  approve: { word: words.approved, tone: "good" },
  reject: { word: words.rejected, tone: "fail" },
  retake: { word: words.retakeAsked, tone: "warn" },
} as const;

/** What counts for this photo now. */
function Standing({ entry }: { entry: Entry }) {
  if (entry.refusal !== null) {
    return (
      <p class="tag tag-warn" role="alert">
        {t(words.conflict, { detail: entry.refusal })}
      </p>
    );
  }
  const decided = standing(entry);
  if (entry.elsewhere !== null && entry.elsewhere !== decided && entry.decided === null) {
    return (
      <p class="tag tag-warn" role="alert">
        {t(words.elsewhere, { decision: t(SAID[entry.elsewhere].word) })}
      </p>
    );
  }
  if (!decided && entry.heldBy !== null) return <p class="tag tag-info">{t(words.heldBy, { name: entry.heldBy })}</p>;
  if (!decided) return entry.decided ? <p class="tag tag-info">{t(words.undone)}</p> : null;
  const { word, tone } = SAID[decided];
  return (
    <p class={`tag tag-${tone}`}>
      {t(word)}
      {entry.decided?.reason ? `: ${entry.decided.reason}` : ""}
    </p>
  );
}
