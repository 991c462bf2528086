import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { api } from "../api";
import { problemText } from "../problem_text";
import { signed as words } from "../words/sign";
import type { QrPicture } from "../../shared/enrolment/qr";
import { newId } from "../../shared/new_id";

interface Shown {
  url: string;
  qr: QrPicture;
}

/** Makes the customer's link when it is asked for: as a code to scan, to share and to copy. */
export function CustomerLink({ visitId }: { visitId: string }) {
  // One id for all attempts: a repeated request makes no second link.
  const [id] = useState(() => newId());
  const [shown, setShown] = useState<Shown | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isCopied, setCopied] = useState(false);
  const make = async () => {
    setTrouble(null);
    try {
      const { body } = await api.call<"createVisitLink">({
        method: "POST",
        path: path`/v1/visits/${visitId}/links`,
        json: { id },
      });
      if (!body.url) throw new Error("no address");
      const url = new URL(body.url, location.origin).href;
      const { qrPicture } = await import("../../shared/enrolment/qr");
      setShown({ url, qr: qrPicture(url) });
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  const copy = async (url: string) => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
  if (!shown) {
    return (
      <div>
        <button type="button" class="button button-wide" onClick={() => void make()}>
          {t(words.link)}
        </button>
        {trouble && <Banner tone="warn">{trouble}</Banner>}
      </div>
    );
  }
  return (
    <section class="card customer-link">
      <p>{t(words.linkHint)}</p>
      <svg class="qr" viewBox={`0 0 ${shown.qr.side} ${shown.qr.side}`} role="img" aria-label={t(words.qr)}>
        <path d={shown.qr.path} />
      </svg>
      <p class="small link-text">{shown.url}</p>
      <div class="row">
        {"share" in navigator && (
          <button
            type="button"
            class="button button-primary"
            onClick={() => void navigator.share({ url: shown.url }).catch(() => undefined)}
          >
            {t(words.share)}
          </button>
        )}
        <button type="button" class="button" onClick={() => void copy(shown.url)}>
          {t(words.copy)}
        </button>
        {isCopied && <span role="status">{t(words.copied)}</span>}
      </div>
    </section>
  );
}
