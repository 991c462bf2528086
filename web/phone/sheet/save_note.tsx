import { currentLanguage, type Language, t } from "../../shared/i18n/i18n";
import { sheet as words } from "../words/sheet";
import type { SaveState } from "./autosaver";

/** Says whether what was written is on the phone. Trouble is read out at once. */
export function SaveNote({ state, language = currentLanguage() }: { state: SaveState; language?: Language }) {
  if (state.is === "failed") {
    return (
      <p class="save-note save-note-failed" role="alert">
        {t(words.notSaved, { detail: String(state.error) }, language)}
      </p>
    );
  }
  return <p class="save-note">{state.is === "saved" ? `✓ ${t(words.saved, {}, language)}` : t(words.saving, {}, language)}</p>;
}
