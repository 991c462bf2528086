import { useId, useRef } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { scanner as words } from "../words/camera";

/** A code by hand. The field keeps its own text, so that keyboards that compose characters work. */
export function TypedCode({ onCode }: { onCode: (typed: string) => void }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    const typed = input.current?.value.trim() ?? "";
    if (typed !== "") onCode(typed);
  };
  return (
    <form class="typed-code" onSubmit={submit}>
      <label for={id}>{t(words.typed)}</label>
      <div class="row typed-row">
        <input
          ref={input}
          id={id}
          class="field-box"
          type="text"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          enterkeyhint="done"
          maxLength={200}
          placeholder={t(words.typedHint)}
        />
        <button class="button button-dark" type="submit">
          {t(words.check)}
        </button>
      </div>
    </form>
  );
}
