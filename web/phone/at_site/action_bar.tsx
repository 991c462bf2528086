import { t } from "../../shared/i18n/i18n";
import { atSite as words } from "../words/at_site";
import { common } from "../words/common";
import type { VisitSteps } from "./use_visit";

interface Properties {
  steps: VisitSteps;
  left_s: number;
  isHere: boolean;
  isRetake: boolean;
  onArrive: () => void;
  onSettle: () => void;
  onPhoto: () => void;
  onScan: () => void;
  onLeave: () => void;
}

/** What there is to do, under the thumb. */
export function ActionBar(properties: Properties) {
  const { steps, isHere, isRetake, onArrive, onSettle, onPhoto, onScan, onLeave } = properties;
  const { step, visit } = steps;
  if (step === "arrival" || step === "departure") {
    const isLeaving = step === "departure";
    return (
      <div class="action-bar">
        <p>{t(isLeaving ? words.leavingThen : words.searchingThen, { seconds: properties.left_s })}</p>
        <button class="button button-primary button-big" type="button" onClick={onSettle}>
          {t(isLeaving ? words.leaveNow : words.checkInNow)}
        </button>
      </div>
    );
  }
  if (visit?.left_at) {
    return (
      <div class="action-bar">
        <button class="button" type="button" onClick={steps.startAnother}>
          {t(words.again)}
        </button>
        <a class="button button-primary" href="#/">
          {t(common.toToday)}
        </a>
      </div>
    );
  }
  if (!isHere) {
    return (
      <div class="action-bar">
        <button class="button button-primary button-big" type="button" onClick={onArrive}>
          {t(isRetake ? words.checkInRetake : words.checkIn)}
        </button>
      </div>
    );
  }
  return (
    <div class="action-bar">
      <button class="button button-primary" type="button" onClick={onPhoto}>
        {t(words.photo)}
      </button>
      <button class="button button-primary" type="button" onClick={onScan}>
        {t(words.scan)}
      </button>
      <button class="button" type="button" onClick={onLeave}>
        {t(words.leave)}
      </button>
    </div>
  );
}
