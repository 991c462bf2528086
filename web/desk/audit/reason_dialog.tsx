import { useEffect, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { Dialog } from "../../shared/ui/dialog";
import { Field } from "../../shared/ui/field";
import { api } from "../session";
import { audit as words } from "../words/audit";

interface Properties {
  title: string;
  onReason: (reason: string) => void;
  onCancel: () => void;
}

/** Asks why: one of the organisation's reasons by its number, or the manager's own words. */
export function ReasonDialog({ title, onReason, onCancel }: Properties) {
  const reasons = useReasons();
  const [text, setText] = useState("");
  const [isMissing, setMissing] = useState(false);
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim()) onReason(text.trim());
    else setMissing(true);
  };
  return (
    <Dialog title={title} onClose={onCancel}>
      <form class="stack" onSubmit={submit}>
        <p>{t(words.why)}</p>
        {reasons.length > 0 && (
          <ul class="list" aria-label={t(words.reasonList)}>
            {reasons.map((reason) => (
              <li key={reason}>
                <button type="button" class="button button-wide" onClick={() => onReason(reason)}>
                  {reason}
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

/** Those that the organisation keeps; none until they have come. */
function useReasons(): readonly string[] {
  const [reasons, setReasons] = useState<readonly string[]>([]);
  useEffect(() => {
    api
      .call<"getPolicy">({ method: "GET", path: "/v1/organisation/policy" })
      .then(({ body }) => setReasons(body.review_reasons))
      .catch(() => undefined); // own words do as well
  }, []);
  return reasons;
}
