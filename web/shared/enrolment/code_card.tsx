import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/i18n";
import type { Schema } from "../api/types";
import { Banner } from "../ui/banner";
import "./enrolment.css";
import { type Enrolling, type ShownCode, useEnrolment } from "./use_enrolment";
import { enrolmentCode as words } from "./words/enrolment_code";

interface Properties {
  technician: Schema<"User">;
  enrolling: Enrolling;
  /** What the button says that leads away from the code. */
  backLabel: string;
  onBack: () => void;
}

/** The code for one technician, until it is used or ends. */
export function CodeCard({ technician, enrolling, backLabel, onBack }: Properties) {
  const { shown, trouble, again, withdraw } = useEnrolment(technician.id, enrolling);
  const { name } = technician;
  const state = shown?.enrolment.state;
  return (
    <section class="stack">
      <h2>{t(words.codeFor, { name })}</h2>
      {trouble && <Banner tone="warn">{trouble}</Banner>}
      {!shown && !trouble && <p role="status">{t(words.loading)}</p>}
      {shown && state === "open" && <OpenCode shown={shown} name={name} />}
      {state === "used" && <Banner tone="good">{usedText(name, shown?.enrolment.device?.name)}</Banner>}
      {state === "expired" && <Banner tone="warn">{t(words.expired)}</Banner>}
      {state === "revoked" && <Banner tone="info">{t(words.revoked)}</Banner>}
      <div class="row">
        {state === "open" && (
          <button type="button" class="button" onClick={withdraw}>
            {t(words.withdraw)}
          </button>
        )}
        {state !== "open" && (shown || trouble) && (
          <button type="button" class="button button-primary" onClick={again}>
            {t(words.newCode)}
          </button>
        )}
        <button type="button" class="button" onClick={onBack}>
          {backLabel}
        </button>
      </div>
    </section>
  );
}

function usedText(name: string, device: string | null | undefined): string {
  return device ? t(words.usedOn, { name, device }) : t(words.used, { name });
}

function OpenCode({ shown, name }: { shown: ShownCode; name: string }) {
  const { qr, url, enrolment } = shown;
  const lifeMs = Date.parse(enrolment.expires_at) - Date.parse(enrolment.created_at);
  return (
    <div class="stack">
      <p>{t(words.howTo)}</p>
      <svg class="enrolment-qr" viewBox={`0 0 ${qr.side} ${qr.side}`} role="img" aria-label={t(words.qr, { name })}>
        <path d={qr.path} />
      </svg>
      <TimeLeft key={enrolment.id} lifeMs={lifeMs} />
      <p>{t(words.secret, { name })}</p>
      <details>
        <summary>{t(words.address)}</summary>
        <p class="small">{url}</p>
      </details>
    </div>
  );
}

/** Counts down by this device's clock from when the code came, so that a wrong clock does no harm. */
function TimeLeft({ lifeMs }: { lifeMs: number }) {
  const [startedAt] = useState(() => performance.now());
  const [now, setNow] = useState(startedAt);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((lifeMs - (now - startedAt)) / 1000));
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return <p>{t(words.onlyOnce, { time })}</p>;
}
