import { t } from "../../shared/i18n/i18n";
import { Dialog } from "../../shared/ui/dialog";
import { audit as words, keyHelp } from "../words/audit";
import { type Command, KEYS } from "./keys";

const DECIDES: readonly Command[] = ["approve", "reject", "retake", "undo", "select"];
const NAMES: Record<string, string> = { ArrowRight: "→", ArrowLeft: "←" };

export function KeyHelp({ mayDecide, onClose }: { mayDecide: boolean; onClose: () => void }) {
  const shown = KEYS.filter(({ command }) => mayDecide || !DECIDES.includes(command));
  return (
    <Dialog title={t(words.keys)} onClose={onClose}>
      <dl class="desk-keys">
        {shown.map(({ keys, command }) => (
          <div key={command}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{NAMES[key] ?? key.toUpperCase()}</kbd>
              ))}
            </dt>
            <dd>{t(keyHelp[command])}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="button button-primary" onClick={onClose}>
        {t(words.close)}
      </button>
    </Dialog>
  );
}
