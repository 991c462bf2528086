import { listed, t } from "../../shared/i18n/i18n";
import { atSite as words } from "../words/at_site";
import { Overlay } from "./overlay";

interface Properties {
  /** Labels of required evidence that is missing. */
  missing: readonly string[];
  /** Minutes on site, and the least that are expected; null: long enough. */
  short: { minutes: number; expected: number } | null;
  onStay: () => void;
  onLeave: () => void;
}

/** Asks before a departure, and says what a manager would ask about. */
export function LeaveDialog({ missing, short, onStay, onLeave }: Properties) {
  return (
    <Overlay label={t(words.leaveTitle)} onClose={onStay}>
      <h2>{t(words.leaveTitle)}</h2>
      {missing.length > 0 && <p>{t(words.leaveMissing, { labels: listed(missing, "; ") })}</p>}
      {short && <p>{t(words.leaveShort, short)}</p>}
      {(missing.length > 0 || short) && <p class="quiet">{t(words.leaveMissingHint)}</p>}
      <div class="quick-bar">
        <button class="button" type="button" onClick={onStay}>
          {t(words.stay)}
        </button>
        <button class="button button-primary" type="button" onClick={onLeave}>
          {t(words.leaveAnyway)}
        </button>
      </div>
    </Overlay>
  );
}
