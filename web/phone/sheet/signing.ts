/** Putting the sheet before the customer, and what the customer's signature does. */
import { path } from "../../shared/api/client";
import type { BodyOf, Schema } from "../../shared/api/types";
import { api } from "../api";
import type { SheetDraft, SigningDraft, VisitDraft } from "../local/types";
import { changeVisit, readVisit } from "../local/visits";
import { enqueueCheckIn, enqueueSheet, enqueueSignedSheet } from "../outbox/enqueue";
import { sha256OfText } from "./canonical_json";
import { cleanText, cleanTextOrNull } from "./clean_text";
import { newCorrection, sentOutcomes, sheetBody, transitionsOf, withoutCorrection } from "./content";
import { composeDocument, documentText, readDocument, type SheetDocument } from "./document";
import { factsOf, type KnownFacts, readFacts } from "./facts";
import { newId } from "../../shared/new_id";

type TakeFix = () => Promise<Schema<"Fix"> | null>;

/** A sheet in front of the customer. */
export interface Showing {
  visit: VisitDraft;
  signing: SigningDraft;
  /** What was shown before is not what is shown now; strokes made under it are gone. */
  hasChanged: boolean;
}

const isSignedVersion = (visit: VisitDraft): boolean => visit.signature?.sheet_version === visit.sheet?.version;

/** The visit cannot be signed now: there is nothing to sign, or it was signed. */
export class NothingToSign extends Error {
  override readonly name = "NothingToSign";
}

/** What was gathered becomes a check-in, so that it is in the document and bound by the signature. */
async function withGathered(visit: VisitDraft, takeFix: TakeFix): Promise<VisitDraft> {
  const { photo_ids, scans } = visit.gathered;
  if (photo_ids.length + scans.length === 0) return visit;
  const fix = await takeFix();
  // The position may have taken seconds: what is in the database by now counts.
  const current = (await readVisit(visit.id)) ?? visit;
  return enqueueCheckIn(current, { kind: "progress", captured_at: new Date().toISOString(), fix });
}

function composed(visit: VisitDraft, sheet: SheetDraft, shownAt: string, known: KnownFacts): string {
  return documentText(composeDocument(factsOf(visit, sheet, shownAt, known)));
}

/** Whether what was shown before still says all there is to say. */
function isStillTrue(signing: SigningDraft, visit: VisitDraft, sheet: SheetDraft, now: string, known: KnownFacts): boolean {
  if (signing.is_servers) return true;
  const document = composeDocument(factsOf(visit, sheet, now, known));
  return documentText({ ...document, evidence_until: signing.shown_at }) === signing.document;
}

/**
 * Shows the visit's sheet: makes the document, or finds the one that was shown before and is still true, with
 * what the customer has written under it so far.
 *
 * @throws MissingFact, NothingToSign
 */
export async function showSheet(visitId: string, takeFix: TakeFix): Promise<Showing> {
  const stored = await readVisit(visitId);
  if (!stored?.sheet || (isSignedVersion(stored) && !stored.signing)) throw new NothingToSign(visitId);
  const visit = await withGathered(stored, takeFix);
  const sheet = visit.sheet ?? stored.sheet;
  const known = await readFacts(visit);
  const now = new Date().toISOString();
  const before = visit.signing;
  if (before && isStillTrue(before, visit, sheet, now, known)) return { visit, signing: before, hasChanged: false };
  const signing: SigningDraft = {
    shown_at: now,
    document: composed(visit, sheet, now, known),
    is_servers: false,
    signer_name: before?.signer_name ?? "",
    signer_role: before?.signer_role ?? "",
    method: before?.method ?? "drawn",
    has_consented: false,
    strokes: null,
    rating_score: before?.rating_score ?? null,
    rating_comment: before?.rating_comment ?? "",
  };
  const changed = await changeVisit(visitId, (current) => ({ ...current, signing }));
  return { visit: changed, signing, hasChanged: before?.strokes != null };
}

/** Keeps what the customer wrote so far; not once the sheet is signed. */
export function keepSigning(visitId: string, signing: SigningDraft): Promise<VisitDraft> {
  return changeVisit(visitId, (visit) =>
    visit.signing?.document === signing.document ? { ...visit, signing } : visit,
  );
}

/** The sheet as it was shown: what is sent is what was signed, whatever another tab wrote since. */
function shownSheet(document: SheetDocument): BodyOf<"putSheet"> {
  const { version, corrects_version, correction_reason, evidence_until } = document;
  const { open_before, done, left_open, parts } = document;
  const site_id = document.site.id;
  return { site_id, version, corrects_version, correction_reason, evidence_until, open_before, done, left_open, parts };
}

function ratingOf(signing: SigningDraft): Schema<"Rating"> | null {
  return signing.rating_score === null
    ? null
    : { score: signing.rating_score, comment: cleanTextOrNull(signing.rating_comment) };
}

/** The draft once it is signed: its words are those of the document. */
function signedDraft(sheet: SheetDraft, shown: BodyOf<"putSheet">, shown_at: string): SheetDraft {
  const { version, open_before, done, left_open, parts } = shown;
  return { ...sheet, version, open_before, done, left_open, parts, shown_at, outcomes: sentOutcomes(sheet.outcomes) };
}

/**
 * Signs what was shown. Sheet, signature and the work orders' steps are in the outbox when this resolves, all
 * or none of them.
 */
export async function signSheet(visitId: string, signing: SigningDraft, fix: Schema<"Fix"> | null): Promise<VisitDraft> {
  const visit = await readVisit(visitId);
  const sheet = visit?.sheet;
  if (!visit || !sheet) throw new NothingToSign(visitId);
  const isTyped = signing.method === "typed";
  const shown = shownSheet(readDocument(signing.document));
  const signature: BodyOf<"signSheet"> = {
    id: newId(),
    sheet_version: shown.version,
    document: signing.document,
    document_sha256: await sha256OfText(signing.document),
    signer_name: cleanText(signing.signer_name),
    signer_role: cleanText(signing.signer_role),
    signed_at: new Date().toISOString(),
    fix,
    method: signing.method,
    strokes: isTyped ? null : signing.strokes,
    rating: ratingOf(signing),
  };
  const { sheet_version, document_sha256, signer_name, signer_role, signed_at } = signature;
  const replaces = isSignedVersion(visit) ? (visit.signature?.id ?? null) : null;
  return enqueueSignedSheet(
    visitId,
    shown,
    signature,
    (current) => {
      // Another tab was faster, or the sheet was written on.
      if (current.signing?.document !== signing.document) throw new NothingToSign(visitId);
      return {
        ...current,
        sheet: signedDraft(sheet, shown, signing.shown_at),
        signing: null,
        signature: {
          id: signature.id,
          sheet_version,
          document: signing.document,
          document_sha256,
          signer_name,
          signer_role,
          method: signing.method,
          strokes: signature.strokes ?? null,
          rating: signature.rating ?? null,
          signed_at,
        },
      };
    },
    { transitions: transitionsOf(visit, sheet.outcomes), replaces },
  );
}

/** Begins a new version of a signed sheet. */
export function startCorrection(visitId: string): Promise<VisitDraft> {
  return changeVisit(visitId, (visit) => ({ ...visit, sheet: visit.sheet && newCorrection(visit.sheet) }));
}

/** Gives a correction up that was begun: what was signed stands. */
export function giveUpCorrection(visitId: string): Promise<VisitDraft> {
  return changeVisit(visitId, (visit) => ({
    ...visit,
    signing: null,
    sheet:
      visit.sheet && visit.signature && withoutCorrection(visit.sheet, readDocument(visit.signature.document)),
  }));
}

/** Hands the sheet over as it is, without a signature. */
export async function sendUnsigned(visitId: string, takeFix: TakeFix): Promise<VisitDraft> {
  const stored = await readVisit(visitId);
  if (!stored?.sheet || isSignedVersion(stored)) throw new NothingToSign(visitId);
  const visit = await withGathered(stored, takeFix);
  const sheet = visit.sheet ?? stored.sheet;
  const now = new Date().toISOString();
  return enqueueSheet(
    visitId,
    sheetBody(sheet, visit.site.id, null),
    now,
    (current) => ({ ...current, sheet: { ...sheet, outcomes: sentOutcomes(sheet.outcomes) } }),
    transitionsOf(visit, sheet.outcomes),
  );
}

/**
 * After the server refused what was signed because its facts differ: loads the sheet as the office has it, to
 * be shown and signed anew.
 *
 * @throws ApiProblem, NetworkFailure; NothingToSign when the server's sheet is signed already
 */
export async function showServersSheet(visitId: string): Promise<void> {
  const { body } = await api.call<"getSheet">({ method: "GET", path: path`/v1/visits/${visitId}/sheet` });
  if (body.state === "signed") throw new NothingToSign(visitId);
  await changeVisit(visitId, (visit) => ({
    ...visit,
    sheet: visit.sheet && { ...visit.sheet, ...body.content, version: body.version },
    signing: {
      shown_at: body.evidence_until ?? new Date().toISOString(),
      document: body.document,
      is_servers: true,
      signer_name: visit.signature?.signer_name ?? "",
      signer_role: visit.signature?.signer_role ?? "",
      method: "drawn",
      has_consented: false,
      strokes: null,
      rating_score: visit.signature?.rating?.score ?? null,
      rating_comment: visit.signature?.rating?.comment ?? "",
    },
  }));
}
