/**
 * The document that a customer reads and signs, made of what the phone knows: byte for byte the one that the
 * server makes (sheet_document in migrations/), so that it can be signed where there is no network.
 * tests/api/test_phone_documents.py compares the two.
 */
import type { Schema } from "../../shared/api/types";
import type { CheckInKind, PhotoRole, Scan, SheetContent } from "../local/types";
import { canonicalJson, type Json } from "./canonical_json";

export const DOCUMENT_SCHEMA = "fieldproof.visit-sheet/1";

interface Named {
  id: string;
  name: string;
}

interface NamedWorkOrder {
  id: string;
  number: string;
  title: string;
}

/** All that a document is made of. */
export interface SheetFacts {
  visit_id: string;
  version: number;
  corrects_version: number | null;
  correction_reason: string | null;
  /** When the sheet was shown; what was captured later is left out. Null: all of the visit counts. */
  evidence_until: string | null;
  organisation: Named;
  technician: Named;
  site: Pick<
    Schema<"DaySite">,
    | "id"
    | "name"
    | "address"
    | "time_zone"
    | "radius_m"
    | "wgs84"
    | "customer_id"
    | "customer_name"
    | "customer_language"
  >;
  /** At least those that the check-ins name. */
  work_orders: readonly NamedWorkOrder[];
  check_ins: readonly {
    id: string;
    kind: CheckInKind;
    captured_at: string;
    fix: Schema<"Fix"> | null;
    work_order_ids: readonly string[];
    scans: readonly Scan[];
  }[];
  photos: readonly {
    id: string;
    role: PhotoRole;
    captured_at: string;
    caption: string | null;
    /** Of the bytes that were sent or will be: so the signature binds them. */
    sha256: string | null;
  }[];
  content: SheetContent;
}

export type SheetDocument = Schema<"SheetDocument">;

/** The phone does not know enough to make the document; it was never told, or forgot. */
export class MissingFact extends Error {
  override readonly name = "MissingFact";
  constructor(
    readonly fact: "work_order" | "datum" | "customer_language",
    detail: string,
  ) {
    super(detail);
  }
}

/** As the server writes times: UTC, to the millisecond. */
const asTime = (text: string): string => new Date(text).toISOString();

/** By code point, as the server sorts; ids and times are ASCII, where this is the same as any order. */
function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a, (c) => c.codePointAt(0) as number);
  const right = Array.from(b, (c) => c.codePointAt(0) as number);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i] as number) - (right[i] as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** What was captured by `until`, by time and id. */
function captured<Entry extends { id: string; captured_at: string }>(
  entries: readonly Entry[],
  until: string | null,
): Entry[] {
  return entries
    .filter((entry) => until === null || Date.parse(entry.captured_at) <= Date.parse(until))
    .sort((a, b) => Date.parse(a.captured_at) - Date.parse(b.captured_at) || compareCodePoints(a.id, b.id));
}

/** The server keeps positions in WGS-84; a browser gives no other ones. */
function positionOf(fix: Schema<"Fix"> | null): Schema<"Position"> | null {
  if (!fix) return null;
  if (fix.datum !== "wgs84") throw new MissingFact("datum", `the phone does not convert ${fix.datum}`);
  return { latitude: fix.latitude, longitude: fix.longitude };
}

function workOrdersOf(facts: SheetFacts, checkIns: SheetFacts["check_ins"]): NamedWorkOrder[] {
  const wanted = new Set(checkIns.flatMap((checkIn) => checkIn.work_order_ids));
  const orders = [...wanted].map((id) => {
    const known = facts.work_orders.find((order) => order.id === id);
    if (!known) throw new MissingFact("work_order", `the phone does not know work order ${id}`);
    return { id, number: known.number, title: known.title };
  });
  return orders.sort((a, b) => compareCodePoints(a.number, b.number) || compareCodePoints(a.id, b.id));
}

function siteOf({ site }: SheetFacts): SheetDocument["site"] {
  return {
    id: site.id,
    name: site.name,
    address: site.address,
    time_zone: site.time_zone,
    position: { latitude: site.wgs84.position.latitude, longitude: site.wgs84.position.longitude },
    radius_m: site.radius_m,
    polygon: site.wgs84.polygon,
  };
}

/** What was left out is null, as in the server's own. */
function contentOf(content: SheetContent): Pick<SheetDocument, "open_before" | "done" | "left_open" | "parts"> {
  return {
    open_before: content.open_before,
    done: content.done.map(({ work_order_id = null, what, cause = null, remedy = null }) => ({
      work_order_id, what, cause, remedy,
    })),
    left_open: content.left_open.map(({ what, plan, due_at = null }) => ({ what, plan, due_at })),
    parts: content.parts.map(({ name, number = null, quantity, unit = null }) => ({ name, number, quantity, unit })),
  };
}

/** @throws MissingFact */
export function composeDocument(facts: SheetFacts): SheetDocument {
  const checkIns = captured(facts.check_ins, facts.evidence_until);
  const scans = captured(facts.check_ins.flatMap((checkIn) => checkIn.scans), facts.evidence_until);
  const { site } = facts;
  if (!site.customer_language) throw new MissingFact("customer_language", "the day is of an older server");
  return {
    schema: DOCUMENT_SCHEMA,
    visit_id: facts.visit_id,
    version: facts.version,
    corrects_version: facts.corrects_version,
    correction_reason: facts.correction_reason,
    evidence_until: facts.evidence_until && asTime(facts.evidence_until),
    organisation: { id: facts.organisation.id, name: facts.organisation.name },
    customer: { id: site.customer_id, name: site.customer_name, language: site.customer_language },
    site: siteOf(facts),
    technician: { id: facts.technician.id, name: facts.technician.name },
    work_orders: workOrdersOf(facts, checkIns),
    check_ins: checkIns.map(({ id, kind, captured_at, fix }) => ({
      id, kind, captured_at: asTime(captured_at), position: positionOf(fix), accuracy_m: fix?.accuracy_m ?? null,
    })),
    scans: scans.map(({ id, captured_at, symbology, value }) => ({
      id, captured_at: asTime(captured_at), symbology, value,
    })),
    photos: captured(facts.photos, facts.evidence_until).map(({ id, role, captured_at, caption, sha256 }) => ({
      id, role, captured_at: asTime(captured_at), caption, sha256,
    })),
    ...contentOf(facts.content),
  };
}

/** The text that is shown, hashed and signed. */
export function documentText(document: SheetDocument): string {
  return canonicalJson(document as unknown as Json);
}

/** A document's text as what it says. @throws when it is none of ours */
export function readDocument(text: string): SheetDocument {
  const document = JSON.parse(text) as SheetDocument;
  if (document.schema !== DOCUMENT_SCHEMA) throw new Error(`${document.schema} is no visit sheet`);
  return document;
}
