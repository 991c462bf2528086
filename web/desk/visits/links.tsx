import { useEffect, useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Dialog } from "../../shared/ui/dialog";
import { Field } from "../../shared/ui/field";
import type { QrPicture } from "../../shared/enrolment/qr";
import { momentAt } from "../moments";
import { api } from "../session";
import { FormDialog } from "../ui/form_dialog";
import { links as words } from "../words/answers";
import { galleryWords } from "../words/visits";
import type { VisitFile } from "./file";
import { Tag } from "./tags";

type Link = Schema<"CustomerLink">;

interface Properties {
  file: VisitFile;
  onDone: () => void;
}

/** Links by which the customer sees the visit: make, pass on, revoke, and when they were opened. */
export function Links({ file, onDone }: Properties) {
  const [isMaking, setMaking] = useState(false);
  return (
    <section class="stack">
      <h2>{t(words.title)}</h2>
      <p class="quiet small">{t(words.hint)}</p>
      {file.links.length === 0 && <p>{t(words.none)}</p>}
      {file.links.map((link) => (
        <LinkCard key={link.id} link={link} file={file} onDone={onDone} />
      ))}
      <button type="button" class="button" onClick={() => setMaking(true)}>
        {t(words.make)}
      </button>
      {isMaking && <MakeDialog visitId={file.visit.id} onDone={onDone} onClose={() => setMaking(false)} />}
    </section>
  );
}

const STATES = {
  active: { word: words.active, tone: "good" },
  expired: { word: words.expired, tone: "info" },
  revoked: { word: words.revoked, tone: "info" },
} as const;

function LinkCard({ link, file, onDone }: { link: Link; file: VisitFile; onDone: () => void }) {
  const zone = file.visit.site.time_zone;
  const openings = file.openings.filter(({ link_id }) => link_id === link.id);
  const { word, tone } = STATES[link.state];
  return (
    <article class="card stack">
      <p class="visits-said">
        <Tag tone={tone} text={t(word)} />
        {link.work_order_id && <span class="small">{t(words.ofOrder)}</span>}
      </p>
      <p class="small">
        {t(words.madeBy, { name: link.created_by.name, time: momentAt(link.created_at, zone) })} ·{" "}
        {t(words.until, { time: momentAt(link.expires_at, zone) })}
      </p>
      <p class="small">
        {link.last_viewed_at
          ? t(words.views, { count: link.views, time: momentAt(link.last_viewed_at, zone) })
          : t(words.neverOpened)}
      </p>
      {openings.length > 1 && (
        <details>
          <summary class="small">{t(words.allOpenings)}</summary>
          <ul class="small">
            {openings.map(({ opened_at }, i) => (
              <li key={i}>{momentAt(opened_at, zone)}</li>
            ))}
          </ul>
        </details>
      )}
      {link.state === "active" && <Passing link={link} onDone={onDone} />}
    </article>
  );
}

/** What can be done with a link that works. */
function Passing({ link, onDone }: { link: Link; onDone: () => void }) {
  const [isCopied, setCopied] = useState(false);
  const [shown, show] = useState<"qr" | "revoke" | null>(null);
  const url = link.url && new URL(link.url, location.origin).href;
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const revoke = async () => {
    await api.call<"revokeLink">({ method: "DELETE", path: path`/v1/links/${link.id}` });
    onDone();
  };
  return (
    <>
      {url ? <p class="small link-text">{url}</p> : <p class="small">{t(words.noAddress)}</p>}
      <div class="row">
        {url && (
          <>
            <button type="button" class="button desk-quiet-button" onClick={() => void copy(url)}>
              {t(isCopied ? words.copied : words.copy)}
            </button>
            <button type="button" class="button desk-quiet-button" onClick={() => show("qr")}>
              {t(words.qr)}
            </button>
          </>
        )}
        <button type="button" class="button desk-quiet-button" onClick={() => show("revoke")}>
          {t(words.revoke)}
        </button>
      </div>
      {shown === "qr" && url && <QrDialog url={url} onClose={() => show(null)} />}
      {shown === "revoke" && (
        <FormDialog title={t(words.revokeTitle)} action={t(words.revoke)} isDanger submit={revoke} onClose={() => show(null)}>
          {() => <p>{t(words.revokeHint)}</p>}
        </FormDialog>
      )}
    </>
  );
}

function QrDialog({ url, onClose }: { url: string; onClose: () => void }) {
  const [qr, setQr] = useState<QrPicture | null>(null);
  useEffect(() => {
    void import("../../shared/enrolment/qr").then(({ qrPicture }) => setQr(qrPicture(url)));
  }, [url]);
  return (
    <Dialog title={t(words.qr)} onClose={onClose}>
      <div class="stack">
        {qr && (
          <svg class="qr" viewBox={`0 0 ${qr.side} ${qr.side}`} role="img" aria-label={t(words.qrLabel)}>
            <path d={qr.path} />
          </svg>
        )}
        <p class="small link-text">{url}</p>
        <button type="button" class="button" onClick={onClose}>
          {t(galleryWords.close)}
        </button>
      </div>
    </Dialog>
  );
}

function MakeDialog({ visitId, onDone, onClose }: { visitId: string; onDone: () => void; onClose: () => void }) {
  const [id, setId] = useState(() => crypto.randomUUID());
  const [days, setDays] = useState("");
  const change = (text: string) => {
    setDays(text);
    setId(crypto.randomUUID()); // another life is another link
  };
  const submit = async () => {
    const json = { id, ...(days.trim() ? { days: Number(days) } : {}) };
    await api.call<"createVisitLink">({ method: "POST", path: path`/v1/visits/${visitId}/links`, json });
    onDone();
  };
  return (
    <FormDialog title={t(words.make)} action={t(words.make)} submit={submit} onClose={onClose}>
      {(errorOf) => (
        <Field
          label={t(words.days)}
          hint={t(words.daysHint)}
          value={days}
          onValue={change}
          error={errorOf("/days") && t(words.daysWrong)}
          attributes={{ inputMode: "numeric", autocomplete: "off" }}
        />
      )}
    </FormDialog>
  );
}
