import { t } from "../shared/i18n/i18n";
import type { SharedResponse } from "./shared_work";
import { dayAndTime } from "./times";
import { answerWords as words } from "./words/answers";

/** What became of a dispute or a complaint. */
export function Handled({ response: { handled_at }, zone }: { response: SharedResponse; zone: string }) {
  return <p>{handled_at ? t(words.handled, { when: dayAndTime(handled_at, zone) }) : t(words.notHandled)}</p>;
}
