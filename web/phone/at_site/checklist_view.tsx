import { t } from "../../shared/i18n/i18n";
import { roles } from "../../shared/words/roles";
import { atSite as words } from "../words/at_site";
import type { ChecklistItem, Progress } from "./checklist";

interface Properties {
  progress: readonly Progress[];
  /** Opens the camera or the scanner for an item; null: the technician is not on site. */
  onItem: ((item: ChecklistItem) => void) | null;
}

function kindOf(item: ChecklistItem): string {
  if (item.kind === "scan") return t(words.scanOf, { asset: item.asset_name ?? t(words.anyAsset) });
  return t(words.photoOf, { role: t(roles[item.photo_role ?? "other"]) });
}

/** What evidence the work order asks for, and what is missing. */
export function ChecklistView({ progress, onItem }: Properties) {
  const missing = progress.filter(({ item, isDone }) => item.required && !isDone).length;
  if (progress.length === 0) return null;
  return (
    <section class="card" aria-labelledby="checklist-title">
      <h2 id="checklist-title">{t(words.checklist)}</h2>
      <p class={missing === 0 ? "tag tag-good" : "tag tag-warn"}>
        {missing === 0 ? t(words.checklistDone) : t(words.checklistMissing, { count: missing })}
      </p>
      <ul class="checklist">
        {progress.map(({ item, isDone, wanted, taken }) => (
          <li key={item.id} class={isDone ? "check-done" : "check-open"}>
            <span class="check-sign" aria-hidden="true">
              {isDone ? "✓" : "○"}
            </span>
            <span class="check-words">
              <span>{item.label}</span>
              <span class="quiet small">
                {kindOf(item)}
                {wanted > 1 && !item.done && ` · ${t(words.countOf, { taken: Math.min(taken, wanted), wanted })}`}
                {!item.required && ` (${t(words.optional)})`}
                <span class="unseen">: {t(isDone ? words.done : words.missing)}</span>
              </span>
            </span>
            {onItem && !isDone && (
              <button class="button button-small" type="button" onClick={() => onItem(item)}>
                {t(item.kind === "photo" ? words.photo : words.scan)}
                <span class="unseen">: {item.label}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
