import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { currentLanguage, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { differenceTexts } from "../../phone/sheet/difference_text";
import { DocumentView } from "../../phone/sheet/document_view";
import { SignaturePicture } from "../../phone/sheet/signature_picture";
import { failureText } from "../failure_text";
import { momentAt } from "../moments";
import { openFile, saveFile } from "../save_file";
import { hrefTo, type Route } from "../shell/route";
import { sheetWords as words, visits } from "../words/visits";
import type { Sheet, VisitFile } from "./file";
import { CorrectionRequest } from "./correction_request";
import { missingTexts } from "./missing_texts";
import { sheetChanges } from "./sheet_changes";
import { SideBySide } from "./side_by_side";
import { Stars } from "./tags";

interface Properties {
  file: VisitFile;
  route: Route;
  /** Managers and administrators ask for corrections. */
  mayAsk: boolean;
  onDone: () => void;
}

/** The sheet as it was signed, who signed it, and what each correction changed. */
export function SheetTab({ file, route, mayAsk, onDone }: Properties) {
  const { sheets, visit } = file;
  const asked = Number(route.query.get("version"));
  const signed = sheets.find(({ state }) => state === "signed");
  const sheet = sheets.find(({ version }) => version === asked) ?? signed ?? sheets[0];
  if (!sheet) return <p class="desk-empty">{t(words.none)}</p>;
  const zone = visit.site.time_zone;
  const corrected = sheets.find(({ version }) => version === sheet.corrects_version);
  const compares = route.query.get("compare") === "yes" && corrected;
  if (compares) {
    return (
      <div class="stack">
        <Versions file={file} shown={null} compared={sheet} />
        {sheet.correction_reason && <blockquote class="visits-quote">{sheet.correction_reason}</blockquote>}
        <SideBySide before={corrected} after={sheet} zone={zone} />
      </div>
    );
  }
  return (
    <div class="visits-sheet">
      <div class="stack">
        {sheets.length > 1 && <Versions file={file} shown={sheet} compared={null} />}
        {sheet.state === "draft" && <Banner tone="warn">{t(words.unsigned)}</Banner>}
        {sheet.signature && sheet.signature.missing.length > 0 && <Missing sheet={sheet} missing={sheet.signature.missing} />}
        <DocumentView text={sheet.document} language={currentLanguage()} />
      </div>
      <aside class="stack">
        {sheet.signature && <SignaturePart signature={sheet.signature} zone={zone} />}
        {sheet.state === "signed" && <Pdf visitId={visit.id} version={sheet.version} />}
        <Corrections sheets={sheets} zone={zone} />
        <CorrectionRequest file={file} mayAsk={mayAsk} onDone={onDone} />
      </aside>
    </div>
  );
}

interface VersionsProperties {
  file: VisitFile;
  /** The version that is shown alone. */
  shown: Sheet | null;
  /** The correction that is shown beside what it corrects. */
  compared: Sheet | null;
}

function Versions({ file, shown, compared }: VersionsProperties) {
  const corrections = file.sheets.filter(({ corrects_version }) => file.sheets.some(({ version }) => version === corrects_version));
  return (
    <nav class="visits-tabs" aria-label={t(words.versions)}>
      {file.sheets.map(({ version, state }) => (
        <a
          key={version}
          href={hrefTo("visits", [file.visit.id, "sheet"], { version })}
          aria-current={version === shown?.version ? "page" : undefined}
        >
          {t(words.version, { version })} ({t(state === "signed" ? words.signedState : words.draft)})
        </a>
      ))}
      {corrections.map(({ version, corrects_version }) => (
        <a
          key={`${version} compared`}
          href={hrefTo("visits", [file.visit.id, "sheet"], { version, compare: "yes" })}
          aria-current={version === compared?.version ? "page" : undefined}
        >
          {t(words.sideBySide, { before: corrects_version ?? 0, after: version })}
        </a>
      ))}
    </nav>
  );
}

function SignaturePart({ signature, zone }: { signature: Schema<"Signature">; zone: string }) {
  const { signer_name, signer_role, strokes, rating, differs } = signature;
  return (
    <section class="card stack">
      <h2>{t(words.signature)}</h2>
      {strokes ? (
        <div class="visits-signature">
          <SignaturePicture strokes={strokes} label={t(words.signatureOf, { name: signer_name })} />
        </div>
      ) : (
        <p>{t(words.typed)}</p>
      )}
      <dl class="desk-fact-list">
        <Line name={t(words.signer)} text={`${signer_name}, ${signer_role}`} />
        <Line name={t(words.signedAt)} text={momentAt(signature.signed_at, zone)} />
        <Line name={t(words.receivedAt)} text={momentAt(signature.received_at, zone)} />
        <Line name={t(words.collectedBy)} text={signature.collected_by.name} />
      </dl>
      {rating && (
        <p>
          {t(words.rating)}: <Stars count={rating.score} />
        </p>
      )}
      {rating?.comment && <blockquote class="visits-quote">{rating.comment}</blockquote>}
      {differs.length > 0 && <Differs differs={differs} />}
    </section>
  );
}

function Line({ name, text }: { name: string; text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function Differs({ differs }: { differs: readonly Schema<"SignatureDifference">[] }) {
  return (
    <Banner tone="info">
      <p>
        <strong>{t(words.differs)}</strong> {t(words.differsHint)}
      </p>
      <ul>
        {differs.map(({ pointer, signed, known }) => (
          <li key={pointer}>
            {t(words.differsLine, { what: differenceTexts([pointer]).join(), signed: signed ?? "–", known: known ?? "–" })}
          </li>
        ))}
      </ul>
    </Banner>
  );
}

/** What the customer signed, and nobody has received. */
function Missing({ sheet, missing }: { sheet: Sheet; missing: readonly Schema<"SignatureMissing">[] }) {
  return (
    <Banner tone="warn">
      <p>
        <strong>{t(words.missing)}</strong> {t(words.missingHint)}
      </p>
      <ul>
        {missingTexts(sheet.document, missing.map(({ pointer }) => pointer)).map((text, i) => (
          <li key={i}>{text}</li>
        ))}
      </ul>
    </Banner>
  );
}

function Pdf({ visitId, version }: { visitId: string; version: number }) {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const address = `${path`/v1/visits/${visitId}/sheet.pdf`}?version=${version}`;
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    await work().catch((error: unknown) => setFailure(failureText(error)));
    setBusy(false);
  };
  return (
    <div class="stack">
      <div class="row">
        <button type="button" class="button" disabled={isBusy} onClick={() => void run(() => openFile(address))}>
          {t(visits.openPdf)}
        </button>
        <button type="button" class="button" disabled={isBusy} onClick={() => void run(() => saveFile(address, `sheet-${visitId}-${version}.pdf`))}>
          {t(visits.savePdf)}
        </button>
      </div>
      {failure && <Banner tone="fail">{failure}</Banner>}
    </div>
  );
}

/** Of each correction: who wrote it, why, and what it says otherwise. */
function Corrections({ sheets, zone }: { sheets: readonly Sheet[]; zone: string }) {
  const pairs = sheets.flatMap((sheet) => {
    const before = sheets.find(({ version }) => version === sheet.corrects_version);
    return before ? [{ sheet, before }] : [];
  });
  return (
    <>
      {pairs.map(({ sheet, before }) => (
        <section key={sheet.version} class="card stack">
          <h2>{t(words.changes, { version: sheet.version })}</h2>
          <p class="quiet">{t(words.writtenBy, { name: sheet.written_by.name, time: momentAt(sheet.written_at, zone) })}</p>
          {sheet.correction_reason && <blockquote class="visits-quote">{sheet.correction_reason}</blockquote>}
          <Changes before={before} after={sheet} />
        </section>
      ))}
    </>
  );
}

function Changes({ before, after }: { before: Sheet; after: Sheet }) {
  const changes = sheetChanges(before.content, after.content);
  if (changes.length === 0) return <p>{t(words.noChanges)}</p>;
  return (
    <ul class="visits-changes">
      {changes.map(({ block, is, text }, i) => (
        <li key={i}>
          <span class="small quiet">
            {t(words[block])} · {t(words[is])}
          </span>
          {is === "added" ? <ins>{text}</ins> : <del>{text}</del>}
        </li>
      ))}
    </ul>
  );
}
