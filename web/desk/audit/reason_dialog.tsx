import { useEffect, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { Dialog } from "../../shared/ui/dialog";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { audit as words } from "../words/audit";

interface Properties {
  title: string;
  /** Those that the organisation keeps; the first nine have a key. */
  reasons: readonly string[];
  onReason: (reason: string) => void;
  onCancel: () => void;
}

/** Asks why: one of the organisation's reasons by its number, or the manager's own words. */
export function ReasonDialog({ title, reasons, onReason, onCancel }: Properties) {
  const [text, setText] = useState("");
  const [isMissing, setMissing] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim()) onReason(text.trim());
    else setMissing(true);
  };
  const choose = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLTextAreaElement) return;
    const reason = /^[1-9]$/.test(event.key) ? reasons[Number(event.key) - 1] : undefined;
    if (reason !== undefined) onReason(reason);
  };
  return (
    <Dialog title={title} onClose={onCancel}>
      <form class="stack" onSubmit={submit} onKeyDown={choose}>
        <p>{t(words.why)}</p>
        {reasons.length > 0 && (
          <ul class="list" aria-label={t(words.reasonList)}>
            {reasons.map((reason, i) => (
              <li key={reason}>
                <button type="button" class="button button-wide" aria-keyshortcuts={i < 9 ? String(i + 1) : undefined} onClick={() => onReason(reason)}>
                  {i < 9 && <kbd aria-hidden="true">{i + 1}</kbd>} {reason}
                </button>
              </li>
            ))}
          </ul>
        )}
        <Field
          label={t(words.reasonText)}
          lines={3}
          value={text}
          onValue={(value) => (setText(value), setMissing(false))}
          error={isMissing ? t(words.reasonMissing) : null}
          attributes={{ maxLength: 2000 }}
        />
        <div class="row">
          <button type="submit" class="button button-primary">
            {title}
          </button>
          <button type="button" class="button" onClick={onCancel}>
            {t(words.cancel)}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** None until they have come: asked for with the page, so that they stand there when a key asks for them. */
export function useReasons(): readonly string[] {
  const [reasons, setReasons] = useState<readonly string[]>([]);
  useEffect(() => {
    api
      .call<"getPolicy">({ method: "GET", path: "/v1/organisation/policy" })
      .then(({ body }) => setReasons(body.review_reasons))
      .catch(() => undefined); // own words do as well
  }, []);
  return reasons;
}
