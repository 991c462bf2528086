import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { Field } from "../../shared/ui/field";
import { momentAt, ownZone } from "../moments";
import { api } from "../session";
import { hrefTo } from "../shell/route";
import { FormDialog } from "../ui/form_dialog";
import { answers as words } from "../words/answers";
import type { Response } from "./file";
import { Stars, Tag } from "./tags";

interface Properties {
  response: Response;
  /** Of the site, where that is known; else the reader's own. */
  zone?: string;
  /** Where it stands on its own: which visit it is about. */
  isAlone?: boolean;
  onDone: () => void;
}

/** What a customer said, and who dealt with it. */
export function AnswerCard({ response, zone = ownZone(), isAlone, onDone }: Properties) {
  const [isAsking, setAsking] = useState(false);
  const isHandled = response.handled_at !== null;
  return (
    <article class={`card stack visits-answer ${response.urgency > 0 && !isHandled ? "visits-answer-open" : ""}`}>
      <p class="row row-spread">
        <span class="visits-said">
          <Kind response={response} />
          {response.stars !== null && <Stars count={response.stars} />}
        </span>
        <span class="small quiet">
          {momentAt(response.received_at, zone)} · {t(response.signature_id ? words.withSignature : words.byLink)}
        </span>
      </p>
      {isAlone && <About response={response} />}
      {response.text && <blockquote class="visits-quote">{response.text}</blockquote>}
      <Handlings response={response} zone={zone} />
      <button type="button" class={`button ${isHandled ? "desk-quiet-button" : ""}`} onClick={() => setAsking(true)}>
        {t(isHandled ? words.reopen : words.handle)}
      </button>
      {isAsking && <HandleDialog response={response} onDone={onDone} onClose={() => setAsking(false)} />}
    </article>
  );
}

function Kind({ response: { kind, decision } }: { response: Response }) {
  if (kind === "complaint") return <Tag tone="fail" text={t(words.complaint)} />;
  if (decision === "disputed") return <Tag tone="fail" text={t(words.disputed)} />;
  if (decision === "confirmed") return <Tag tone="good" text={t(words.confirmed)} />;
  return <span>{t(words.rating)}</span>;
}

function About({ response: { customer, site, technician, visit_id, work_order_id } }: { response: Response }) {
  return (
    <p>
      <strong>
        <a href={hrefTo("places", ["customers", customer.id])}>{customer.name}</a>
      </strong>{" "}
      · {site.name}
      {technician && ` · ${t(words.visitBy, { name: technician.name })}`}{" "}
      {visit_id && <a href={hrefTo("visits", [visit_id, "customer"])}>{t(words.openVisit)}</a>}
      {!visit_id && work_order_id && <a href={hrefTo("work", ["orders", work_order_id])}>{t(words.openOrder)}</a>}
    </p>
  );
}

function Handlings({ response, zone }: { response: Response; zone: string }) {
  return (
    <>
      {response.handlings.map(({ id, state, note, actor, happened_at }) => (
        <div key={id}>
          <p class="small">
            {t(state === "handled" ? words.handled : words.reopened, { name: actor.name, time: momentAt(happened_at, zone) })}
          </p>
          {note && <blockquote class="visits-quote">{note}</blockquote>}
        </div>
      ))}
    </>
  );
}

interface DialogProperties {
  response: Response;
  onDone: () => void;
  onClose: () => void;
}

function HandleDialog({ response, onDone, onClose }: DialogProperties) {
  const [id] = useState(() => crypto.randomUUID()); // one for all attempts
  const [note, setNote] = useState("");
  const state: Schema<"ResponseHandling">["state"] = response.handled_at === null ? "handled" : "open";
  const submit = async () => {
    const json = { id, state, note: note.trim() || null };
    await api.call<"handleCustomerResponse">({
      method: "POST",
      path: path`/v1/customer-responses/${response.id}/handlings`,
      json,
    });
    onDone();
  };
  return (
    <FormDialog
      title={t(state === "handled" ? words.handleTitle : words.reopenTitle)}
      action={t(state === "handled" ? words.handledState : words.reopen)}
      submit={submit}
      onClose={onClose}
    >
      {(errorOf) => (
        <Field label={t(words.note)} lines={4} value={note} onValue={setNote} error={errorOf("/note")} attributes={{ maxLength: 2000 }} />
      )}
    </FormDialog>
  );
}
