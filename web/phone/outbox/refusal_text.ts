import { t, type Word } from "../../shared/i18n/i18n";
import { refusals } from "../words/outbox";
import type { Refusal } from "./items";

const words: Partial<Record<Refusal["code"], Word>> = {
  photo_refused: refusals.photoRefused,
  content_conflict: refusals.contentConflict,
  state_conflict: refusals.stateConflict,
  precondition_failed: refusals.stateConflict,
  sheet_changed: refusals.sheetChanged,
  sheet_signed: refusals.sheetSigned,
  unknown_reference: refusals.unknownReference,
  not_found: refusals.unknownReference,
  forbidden: refusals.forbidden,
  invalid_body: refusals.invalid,
  invalid_field: refusals.invalid,
  too_large: refusals.tooLarge,
  not_yet_here: refusals.awaited,
  out_of_order: refusals.awaited,
  evidence_awaited: refusals.awaited,
  receipt_differs: refusals.receiptDiffers,
  receipt_unproven: refusals.receiptUnproven,
  bytes_missing: refusals.bytesMissing,
  internal: refusals.serverTrouble,
  unavailable: refusals.serverTrouble,
  storage_full: refusals.serverTrouble,
};

/** Why, as a technician would say it. */
export const refusalText = (refusal: Refusal): string => t(words[refusal.code] ?? refusals.other);
