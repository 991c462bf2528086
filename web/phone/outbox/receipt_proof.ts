/**
 * Whether a receipt is the server's: Ed25519 over its document, with a key that this phone kept when somebody logged
 * in. Whoever stands between the phone and the server can change an answer, and not sign it.
 */
import { verifyAsync } from "@noble/ed25519";
import type { Schema } from "../../shared/api/types";
import { changeSettings, readSettings } from "../local/settings";

export type ReceiptKey = Pick<Schema<"ReceiptKey">, "kid" | "x">;

/** `unknown_key`: the server has another key than when this phone got to know it, or somebody else signed. */
export type Proof = "genuine" | "forged" | "unknown_key";

function bytesOf(base64: string): Uint8Array {
  const standard = base64.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(standard), (character) => character.charCodeAt(0));
}

/** Verifies the receipt's signature; what it says is another question. */
export async function proofOf(receipt: string, keys: readonly ReceiptKey[]): Promise<Proof> {
  try {
    const [document = "", signature = ""] = receipt.split(".", 2);
    const message = bytesOf(document);
    const { key_id } = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(message)) as { key_id?: unknown };
    const key = keys.find(({ kid }) => kid === key_id);
    if (!key) return "unknown_key";
    return (await verifyAsync(bytesOf(signature), message, bytesOf(key.x))) ? "genuine" : "forged";
  } catch {
    return "forged";
  }
}

/** Keeps the server's keys: at each log-in, when somebody says who they are over a connection that they trust. */
export async function pinReceiptKeys({ keys }: Schema<"ReceiptKeys">): Promise<void> {
  await changeSettings({ receipt_keys: keys.map(({ kid, x }) => ({ kid, x })) });
}

/**
 * The keys that this phone kept. A session of before there were any asks for them once.
 *
 * @throws what `fetchKeys` throws
 */
export async function knownReceiptKeys(fetchKeys: () => Promise<Schema<"ReceiptKeys">>): Promise<readonly ReceiptKey[]> {
  const { receipt_keys } = await readSettings();
  if (receipt_keys && receipt_keys.length > 0) return receipt_keys;
  await pinReceiptKeys(await fetchKeys());
  return (await readSettings()).receipt_keys ?? [];
}
