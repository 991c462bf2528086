/**
 * What the phone keeps. Every record of work carries the user who did it: another user of the same phone
 * neither sees nor sends it.
 */
import type { Tokens } from "../../shared/api/client";
import type { Language } from "../../shared/i18n/i18n";
import type { Schema } from "../../shared/api/types";

/** Who is logged in. One a phone. */
export interface Session {
  user: Schema<"User">;
  organisation: Schema<"OrganisationReference">;
  /** Null when the server ended the session: work goes on offline, and a log-in as the same user sends it. */
  tokens: Tokens | null;
}

export type NavigationApp = "geo" | "amap" | "apple" | "google";

/** Choices of this phone. They outlive a log-out. */
export interface Settings {
  /** Stays the same for one phone; sent with every check-in. */
  device_id: string;
  /** Null: as the user's account says, before that as the browser. */
  language: Language | null;
  navigation_app: NavigationApp;
  /** Photos wait for Wi-Fi; facts are small and go at once. */
  pause_photos_when_metered: boolean;
  /** Longest side that a photo is scaled down to before it is sent; null: sent as taken. */
  downscale_photos_to_px: number | null;
  /** The server's public keys as they were at the last log-in; receipts of photos are verified with them. */
  receipt_keys?: { kid: string; x: string }[];
  /** Offered again when logging in. */
  last_organisation: string;
}

/** The technician's work as the server told it last; the change feed keeps it equal. One a user. */
export interface StoredDay {
  user_id: string;
  /** Every open work order, and those that were finished within two days. */
  work_orders: Schema<"DayWorkOrder">[];
  /** Photos that a manager wants again. */
  retakes: Schema<"Retake">[];
  /** Signed sheets that a manager wants corrected. Left out by days that were kept before there were any. */
  corrections?: Schema<"Correction">[];
  /** What findings are judged by. */
  policy: Schema<"Policy">;
  /** Where the change feed goes on, and the tag of its last answer. */
  cursor: string;
  etag: string | null;
  fetched_at_ms: number;
}

export type CheckInKind = Schema<"CheckInKind">;
export type PhotoRole = Schema<"PhotoRole">;
export type Scan = Schema<"ScanCreate">;

/** A check-in that was handed to the outbox. */
export interface MadeCheckIn {
  id: string;
  kind: CheckInKind;
  captured_at: string;
  fix: Schema<"Fix"> | null;
  work_order_ids: string[];
  photo_ids: string[];
  scans: Scan[];
  note: string | null;
}

/** Of a work order, what the visit's sheet needs without the day: as the phone knew it last. */
export type VisitWorkOrder = Pick<Schema<"DayWorkOrder">, "id" | "number" | "title" | "checklist">;

/**
 * Evidence on its way into the next check-in. The check-in's id is chosen with the first piece, so that a
 * photo knows where it belongs from the moment it is taken.
 */
export interface GatheredEvidence {
  check_in_id: string;
  photo_ids: string[];
  scans: Scan[];
  note: string;
}

/** The three blocks as they are being written: as putSheet takes them. */
export type SheetContent = Pick<Schema<"SheetWrite">, "open_before" | "done" | "left_open" | "parts">;

/** What became of a work order, as the technician sees it. `reason` is required of an unresolved one. */
export interface WorkOrderOutcome {
  to: "done" | "partly_done" | "unresolved";
  reason: string;
  /** Handed to the outbox: it cannot be chosen anew. */
  is_sent: boolean;
}

export interface SheetDraft extends SheetContent {
  /** By work order; sent as its transition when the sheet is finished. */
  outcomes: Record<string, WorkOrderOutcome>;
  version: number;
  corrects_version: number | null;
  correction_reason: string | null;
  /** When it was shown to the customer; null while it is being written. Sent as `evidence_until`. */
  shown_at: string | null;
}

/** How far the customer is: kept with every stroke and letter, so that a phone that dies loses none. */
export interface SigningDraft {
  /** When the document was shown; what was captured later is not in it. */
  shown_at: string;
  /** What was shown: canonical JSON. Signed as it stands. */
  document: string;
  /** It is the server's own document, after it had refused the phone's. */
  is_servers: boolean;
  signer_name: string;
  signer_role: string;
  method: Schema<"SignatureMethod">;
  /** Of a typed signature: that the customer agreed to sign so. */
  has_consented: boolean;
  strokes: Schema<"Strokes"> | null;
  rating_score: number | null;
  rating_comment: string;
}

export interface SignatureDraft {
  id: string;
  sheet_version: number;
  /** What the customer read and signed: canonical JSON. */
  document: string;
  document_sha256: string;
  signer_name: string;
  signer_role: string;
  method: Schema<"SignatureMethod">;
  strokes: Schema<"Strokes"> | null;
  rating: Schema<"Rating"> | null;
  signed_at: string;
}

/** One attendance at a site: begins with an arrival, ends with a departure. */
export interface VisitDraft {
  id: string;
  user_id: string;
  /** As the phone knew it at the arrival: the day moves on, the visit stays readable. */
  site: Schema<"DaySite">;
  work_order_ids: string[];
  work_orders: VisitWorkOrder[];
  started_at: string;
  /** When the departure was made; null: still there. */
  left_at: string | null;
  check_ins: MadeCheckIn[];
  gathered: GatheredEvidence;
  /** Null until the first word is written. */
  sheet: SheetDraft | null;
  /** Null unless the sheet was put before the customer. */
  signing: SigningDraft | null;
  /** Null until the customer has signed. */
  signature: SignatureDraft | null;
  updated_at_ms: number;
}

/**
 * What the phone saw in a picture. Said at once; the technician decides. `broken`: it cannot be opened; `reused`: its very
 * bytes are a photo of another visit.
 */
export type PhotoWarning = "blurred" | "dark" | "small" | "broken" | "reused";

/** Of a photo, all but its bytes: see `readPhotoBytes`. */
export interface PhotoRecord {
  id: string;
  user_id: string;
  visit_id: string;
  /** The check-in that declares it, or will: see GatheredEvidence. */
  check_in_id: string;
  role: PhotoRole;
  /** Left out by those that were kept before there were videos. */
  media?: "photo" | "video";
  captured_at: string;
  work_order_id: string | null;
  /** The photo that a manager asked to take again. */
  retake_of: string | null;
  caption: string | null;
  /** Of the bytes that are sent. */
  sha256: string;
  bytes: number;
  warnings: PhotoWarning[];
  /** What speaks against it, and the technician has read (PhotoDoubt.codes). Left out: nothing. */
  doubts_read?: string[];
  /** The picture as taken, when a smaller one is sent by choice; null: it is what is sent. */
  original: { sha256: string; bytes: number; kept: boolean } | null;
  /** When the bytes were removed, the server's receipt in hand; null: they are on the phone. */
  freed_at_ms: number | null;
}
