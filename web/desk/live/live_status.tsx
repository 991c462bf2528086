import "./live.css";
import { t, timeOfDay } from "../../shared/i18n/i18n";
import { live as words } from "../words/live";
import { useLiveState } from "./live";

/** Whether what is shown is what is: connected, or since when it is not. */
export function LiveStatus() {
  const state = useLiveState();
  const time = "sinceMs" in state ? timeOfDay(state.sinceMs) : "";
  return (
    <span class={`live-status live-${state.kind}`} data-live={state.kind}>
      {t(words[state.kind], { time })}
    </span>
  );
}
