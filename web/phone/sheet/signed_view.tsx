import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { currentLanguage, dayOf, languageTag, t, timeOfDay } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { api } from "../api";
import { database } from "../local/database";
import type { SignatureDraft, VisitDraft } from "../local/types";
import { useStored } from "../local/use_stored";
import type { Refusal } from "../outbox/items";
import { problemText } from "../problem_text";
import { signed as words } from "../words/sign";
import { CustomerLink } from "./customer_link";
import { differenceTexts } from "./difference_text";
import { readDocument } from "./document";
import { DocumentView } from "./document_view";
import { type Seal, sealOf } from "./seal";
import { SignaturePicture } from "./signature_picture";
import { SignedPhoto } from "./signed_photo";
import { NothingToSign, showServersSheet } from "./signing";

interface SignedViewProperties {
  visit: VisitDraft;
  signature: SignatureDraft;
  /** Just now: the customer is thanked. */
  isFresh: boolean;
  onCorrect: () => void;
  /** The sheet as the office has it is ready to be shown to the customer. */
  onShowAgain: () => void;
}

/** A signed sheet: whether it is sealed, what was signed, and what can be done with it. Nothing can be changed. */
export function SignedView({ visit, signature, isFresh, onCorrect, onShowAgain }: SignedViewProperties) {
  const items = useStored(
    ["outbox"],
    async () => (await database()).getAllFromIndex("outbox", "by_user", visit.user_id),
    [visit.user_id],
  );
  if (!items) return null;
  const seal = sealOf(signature, items);
  const isSealed = seal.is === "sealed" || seal.is === "gone";
  return (
    <div class="stack">
      {isFresh && seal.is !== "refused" && <Thanks signature={signature} />}
      <SealNote visit={visit} seal={seal} onShowAgain={onShowAgain} />
      <Signer signature={signature} timeZone={visit.site.time_zone} />
      {isSealed && <Pdf visit={visit} version={signature.sheet_version} />}
      {isSealed && <CustomerLink visitId={visit.id} />}
      <DocumentView text={signature.document} language={currentLanguage()} Photo={SignedPhoto} />
      {isSealed && (
        <section class="signed-correct">
          <p class="quiet small">{t(words.correctHint)}</p>
          <button type="button" class="button" onClick={onCorrect}>
            {t(words.correct)}
          </button>
        </section>
      )}
    </div>
  );
}

/** In the customer's language: the phone is still in their hand. */
function Thanks({ signature }: { signature: SignatureDraft }) {
  const { language } = readDocument(signature.document).customer;
  return (
    <Banner tone="good">
      <p lang={languageTag(language)}>
        <strong>{t(words.thanks, { name: signature.signer_name }, language)}</strong> {t(words.handBack, {}, language)}
      </p>
    </Banner>
  );
}

/** "Fri, 20 Nov 14:05" at the site. */
const momentAt = (at: string, timeZone: string): string => `${dayOf(at, timeZone)} ${timeOfDay(at, timeZone)}`;

interface NoteProperties {
  visit: VisitDraft;
  onShowAgain: () => void;
}

function SealNote({ visit, seal, onShowAgain }: NoteProperties & { seal: Seal }) {
  switch (seal.is) {
    case "waiting":
      return <Banner tone="info">{t(seal.isAwaited ? words.awaited : words.waiting)}</Banner>;
    case "sealed":
      return <Banner tone="good">{t(words.sealed, { time: momentAt(seal.at, visit.site.time_zone) })}</Banner>;
    case "held_back":
      return (
        <Banner tone="warn">
          <p>{t(words.heldBack)}</p>
          <a class="button" href="#/outbox">
            {t(words.toOutbox)}
          </a>
        </Banner>
      );
    case "gone":
      return <AskServer visit={visit} />;
    case "refused":
      return <Refused visit={visit} problem={seal.problem} onShowAgain={onShowAgain} />;
  }
}

function AskServer({ visit }: { visit: VisitDraft }) {
  const [answer, setAnswer] = useState<string | null>(null);
  const ask = async () => {
    try {
      const version = visit.signature?.sheet_version;
      const request = { method: "GET" as const, path: path`/v1/visits/${visit.id}/sheet`, query: { version } };
      const { body } = await api.call<"getSheet">(request);
      const received = body.signature?.id === visit.signature?.id && body.signature?.received_at;
      setAnswer(received ? t(words.sealed, { time: momentAt(received, visit.site.time_zone) }) : t(words.notThere));
    } catch (error) {
      setAnswer(problemText(error));
    }
  };
  return (
    <Banner tone="info">
      <p>{answer ?? t(words.gone)}</p>
      <button type="button" class="button" onClick={() => void ask()}>
        {t(words.ask)}
      </button>
    </Banner>
  );
}

function Refused({ visit, problem, onShowAgain }: NoteProperties & { problem: Refusal }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  if (problem.code === "sheet_signed") return <Banner tone="warn">{t(words.refusedSigned)}</Banner>;
  if (problem.code !== "sheet_changed")
    return <Banner tone="fail">{t(words.refusedOther, { detail: problem.detail })}</Banner>;
  const showAgain = async () => {
    setTrouble(null);
    try {
      await showServersSheet(visit.id);
      onShowAgain();
    } catch (error) {
      setTrouble(error instanceof NothingToSign ? t(words.refusedSigned) : problemText(error));
    }
  };
  const places = differenceTexts(problem.fields.map(({ pointer }) => pointer));
  return (
    <Banner tone="fail">
      <p>
        <strong>{t(words.refusedChanged)}</strong>
      </p>
      {places.length > 0 && (
        <p>
          {t(words.differs)} {places.join(currentLanguage() === "zh" ? "、" : ", ")}
        </p>
      )}
      <p>{t(words.signAgainHint)}</p>
      {trouble && <p>{trouble}</p>}
      <button type="button" class="button button-primary" onClick={() => void showAgain()}>
        {t(words.signAgain)}
      </button>
      <p class="small">{t(words.customerGone)}</p>
    </Banner>
  );
}

function Signer({ signature, timeZone }: { signature: SignatureDraft; timeZone: string }) {
  return (
    <section class="card">
      <p>
        <strong>{signature.signer_name}</strong> · {signature.signer_role}
      </p>
      <p class="quiet small">
        {t(words.signedAt)}: {momentAt(signature.signed_at, timeZone)}
      </p>
      {signature.strokes ? (
        <SignaturePicture
          strokes={signature.strokes}
          label={t(words.signatureOf, { name: signature.signer_name })}
        />
      ) : (
        <p>{t(words.typed)}</p>
      )}
      {signature.rating && (
        <p>
          {t(words.rating)}: {"★".repeat(signature.rating.score)}
          <span class="unseen">{signature.rating.score}/5</span>
          {signature.rating.comment && <span class="rating-word"> {signature.rating.comment}</span>}
        </p>
      )}
    </section>
  );
}

/** Opens what the server made; it is kept nowhere on the phone. */
function Pdf({ visit, version }: { visit: VisitDraft; version: number }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const open = async () => {
    setTrouble(null);
    try {
      const response = await api.send({
        method: "GET",
        path: path`/v1/visits/${visit.id}/sheet.pdf`,
        query: { version },
        timeoutMs: 60_000,
      });
      const url = URL.createObjectURL(await response.blob());
      const link = document.createElement("a");
      link.href = url;
      link.download = `${visit.site.name} ${visit.started_at.slice(0, 10)}.pdf`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    } catch (error) {
      setTrouble(problemText(error));
    }
  };
  return (
    <div>
      <button type="button" class="button button-wide" onClick={() => void open()}>
        {t(words.pdf)}
      </button>
      {trouble && <Banner tone="warn">{trouble}</Banner>}
    </div>
  );
}
