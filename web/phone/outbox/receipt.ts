/** The server's signed receipt for a photo: see docs/receipts.md. It is kept as it came; this reads it. */

export interface ReceiptDocument {
  photo_id: string;
  sha256: string;
  bytes: number;
  received_at: string;
  /** Where the photo stands in the ledger; null while there is none. */
  ledger_position: number | null;
}

const TYPE = "fieldproof-photo-receipt-1";

/**
 * What a receipt says; null when it is none. Whether it is the server's: receipt_proof.ts.
 */
export function readReceipt(text: string): ReceiptDocument | null {
  const [document = "", signature = ""] = text.split(".", 2);
  if (signature === "") return null;
  try {
    const bytes = Uint8Array.from(atob(document), (character) => character.charCodeAt(0));
    const parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Record<string, unknown>;
    const { type, photo_id, sha256, bytes: length, received_at, ledger_position } = parsed;
    if (type !== TYPE || typeof photo_id !== "string" || typeof sha256 !== "string") return null;
    if (typeof length !== "number" || typeof received_at !== "string") return null;
    const position = typeof ledger_position === "number" ? ledger_position : null;
    return { photo_id, sha256, bytes: length, received_at, ledger_position: position };
  } catch {
    return null;
  }
}

/** True when the server says of this very photo that it has these very bytes: only then is the photo safe. */
export function proves(receipt: ReceiptDocument | null, photoId: string, sha256: string, bytes: number): boolean {
  return receipt?.photo_id === photoId && receipt.sha256 === sha256 && receipt.bytes === bytes;
}
