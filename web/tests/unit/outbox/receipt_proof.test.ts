import { expect, test } from "vitest";
import { proofOf } from "../../../phone/outbox/receipt_proof";
import { Signer } from "./receipts";

const signer = new Signer();
const genuine = signer.receipt("p", "four");
const [document = "", signature = ""] = genuine.split(".");
const other = new Signer();

test("what the server signed is genuine", async () => {
  expect(await proofOf(genuine, [other.key, signer.key].map((key, i) => ({ ...key, kid: i === 0 ? "former" : "k" })))).toBe("genuine");
});

test.each([
  ["another signature", `${document}.${other.receipt("p", "four").split(".")[1]}`],
  ["another photo under the signature", `${signer.receipt("q", "four").split(".")[0]}.${signature}`],
  ["one bit of the signature", `${document}.${Buffer.from(Buffer.from(signature, "base64").map((byte, i) => (i === 9 ? byte ^ 1 : byte))).toString("base64")}`],
  ["no signature", document],
  ["an empty signature", `${document}.`],
  ["a signature that is none", `${document}.%%%`],
  ["no document", `.${signature}`],
  ["nothing", ""],
])("%s is forged", async (_, receipt) => expect(await proofOf(receipt, [signer.key])).not.toBe("genuine"));

test("a key that the phone does not know proves nothing, whoever holds it", async () => {
  expect(await proofOf(genuine, [])).toBe("unknown_key");
  expect(await proofOf(other.receipt("p", "four", { key_id: "another" }), [signer.key])).toBe("unknown_key");
  expect(await proofOf(other.receipt("p", "four"), [signer.key])).toBe("forged");
});
