/**
 * What waits to be sent. An item never holds what can be read elsewhere: a photo's bytes stay in
 * `photo_bytes`. "Sending" is not stored: a phone that is killed in mid-sending wakes up with an item that
 * waits, and there is nothing to repair.
 */
import type { BodyOf, Schema } from "../../shared/api/types";

/** A check-in without `sent_at`, which is set when it is sent. */
export type CheckInFacts = Omit<BodyOf<"createCheckIn">, "sent_at">;

interface Common {
  /**
   * Names the item, and makes a second one of the same thing replace the first: the check-in's, photo's,
   * signature's, transition's, report's id; for a sheet: see sheetItemId.
   */
  id: string;
  user_id: string;
  /** Whose work it is part of, for the order and the outbox screen. */
  visit_id: string | null;
  /** What the outbox screen calls it: the site's name, or the work order's title. */
  title: string;
  /** When the work was done, by the phone's clock: the newest is sent first. */
  captured_at: string;
  /** Items that must be safe before this one can be sent. One that is refused holds this one back. */
  depends_on: string[];
  /** Goes up when a waiting item is replaced; an answer to an older one does not count. */
  revision: number;
  status: OutboxStatus;
}

export type OutboxItem =
  | (Common & { kind: "check_in"; body: CheckInFacts })
  | (Common & { kind: "photo"; photo_id: string; bytes: number; upload_url: string | null })
  | (Common & { kind: "sheet"; visit_id: string; body: BodyOf<"putSheet"> })
  | (Common & { kind: "signature"; visit_id: string; body: BodyOf<"signSheet"> })
  | (Common & { kind: "transition"; work_order_id: string; body: BodyOf<"transitionWorkOrder"> })
  | (Common & { kind: "on_the_way"; work_order_id: string; body: BodyOf<"reportOnTheWay"> });

export type OutboxKind = OutboxItem["kind"];

export type OutboxStatus =
  /** To be sent, not before `not_before_ms` (0: at once). `problem` is why it did not work the last time. */
  | { state: "waiting"; attempts: number; not_before_ms: number; problem: Refusal | null }
  /** On the server, to stay. */
  | { state: "safe"; at_ms: number; receipt: Receipt }
  /** The server said no, for good. It stays until the technician has dealt with it. */
  | { state: "refused"; at_ms: number; problem: Refusal };

/** Why not, in a form that can be shown later and in either language. */
export interface Refusal {
  /** A code of the contract's Problem, or one of the phone's own. */
  code: Schema<"Problem">["code"] | "no_network" | "receipt_differs" | "receipt_unproven" | "bytes_missing";
  /** Which byte trouble a photo has; null for all else. */
  reason_code: Schema<"Problem">["reason_code"];
  /** The server's own words. */
  detail: string;
  fields: { pointer: string; detail: string }[];
}

/** What the server gave for it. */
export interface Receipt {
  /** By the server's clock; null when the answer does not say. */
  received_at: string | null;
  /** Of a photo's bytes as the server stored them, compared with the phone's own. */
  sha256: string | null;
  /** Of a check-in or photo: what the evidence amounts to. */
  verdict: Schema<"Verdict"> | null;
  findings: Schema<"Finding">[];
  /** The server's signed statement about a photo, kept as it came: see docs/receipts.md. Null for facts. */
  signed: string | null;
}

/** One sheet a visit and version waits; writing again replaces it. */
export const sheetItemId = (visitId: string, version: number): string => `sheet:${visitId}:${version}`;

export const waitingAtOnce: OutboxStatus = { state: "waiting", attempts: 0, not_before_ms: 0, problem: null };
