/** Receipts as the server signs them, with a key of the test's own. */
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { changeSettings } from "../../../phone/local/settings";
import type { Outcome } from "../../../phone/outbox/outcome";

export class Signer {
  readonly #pair = generateKeyPairSync("ed25519");
  readonly key = { kid: "k", x: this.#pair.publicKey.export({ format: "jwk" }).x as string };

  /** A receipt for these bytes of this photo. */
  receipt(photoId: string, bytes: string, change: Record<string, unknown> = {}): string {
    const document = JSON.stringify({
      bytes: bytes.length, check_in_id: "c", key_id: this.key.kid, ledger_position: null, organisation_id: "o", photo_id: photoId,
      received_at: "2026-11-21T08:00:00.000Z", sha256: createHash("sha256").update(bytes).digest("hex"),
      type: "fieldproof-photo-receipt-1", ...change,
    });
    return this.seal(document);
  }

  seal(document: string): string {
    return `${Buffer.from(document).toString("base64")}.${sign(null, Buffer.from(document), this.#pair.privateKey).toString("base64")}`;
  }

  /** This phone got to know the server by this key. */
  async pin(): Promise<void> {
    await changeSettings({ receipt_keys: [this.key] });
  }
}

export const safeBy = (signed: string | null): Outcome => ({
  kind: "safe", receipt: { received_at: null, sha256: null, verdict: null, findings: [], signed },
});
