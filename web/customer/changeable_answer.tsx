import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { t } from "../shared/i18n/i18n";
import { Banner, type Tone } from "../shared/ui/banner";
import type { SharedResponse, SharedVisit } from "./shared_work";
import { answerWords as words } from "./words/answers";

/** What every answer to a visit gets. */
export interface AnswerProperties {
  token: string;
  visit: SharedVisit;
  zone: string;
  said: SharedResponse[];
  onSaid: (response: SharedResponse) => void;
}

/** How a form ends: with an answer that was taken, or, where there is an earlier one, without. */
export interface FormEnds {
  onSaid: (response: SharedResponse) => void;
  onCancel: (() => void) | null;
}

interface ChangeableAnswerProperties {
  tone: Tone;
  /** The answer that counts; null before the first. */
  latest: ComponentChildren;
  form: (ends: FormEnds) => ComponentChildren;
  onSaid: (response: SharedResponse) => void;
}

/** The answer that counts, until it is to be changed; the form for it then, and before the first. */
export function ChangeableAnswer({ tone, latest, form, onSaid }: ChangeableAnswerProperties) {
  const [isOpen, setOpen] = useState(false);
  if (latest && !isOpen)
    return (
      <Banner tone={tone}>
        {latest}
        <button type="button" class="button" onClick={() => setOpen(true)}>
          {t(words.change)}
        </button>
      </Banner>
    );
  const taken = (response: SharedResponse) => {
    setOpen(false);
    onSaid(response);
  };
  return <>{form({ onSaid: taken, onCancel: latest ? () => setOpen(false) : null })}</>;
}
