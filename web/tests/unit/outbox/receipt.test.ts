import { expect, test } from "vitest";
import { proves, readReceipt } from "../../../phone/outbox/receipt";

const document = {
  bytes: 3, check_in_id: "c", key_id: "k", ledger_position: null, organisation_id: "o", photo_id: "p",
  received_at: "2026-11-21T08:00:00.000Z", sha256: "ab", type: "fieldproof-photo-receipt-1",
};
const sealed = (value: unknown) => `${Buffer.from(JSON.stringify(value)).toString("base64")}.c2lnbmF0dXJl`;

test("a receipt is read back", () => {
  expect(readReceipt(sealed(document))).toEqual({
    photo_id: "p", sha256: "ab", bytes: 3, received_at: "2026-11-21T08:00:00.000Z", ledger_position: null,
  });
  expect(readReceipt(sealed({ ...document, ledger_position: 7 }))?.ledger_position).toBe(7);
});

test.each([
  ["nothing", ""],
  ["no signature", sealed(document).split(".")[0] as string],
  ["no base64", "%%%.x"],
  ["no JSON", `${btoa("{")}.x`],
  ["another type", sealed({ ...document, type: "something else" })],
  ["a part missing", sealed({ ...document, sha256: undefined })],
])("what is none is none: %s", (_, text) => expect(readReceipt(text)).toBeNull());

test("a photo is safe only by a receipt for this photo and these bytes", () => {
  const receipt = readReceipt(sealed(document));
  expect(proves(receipt, "p", "ab", 3)).toBe(true);
  expect(proves(receipt, "another", "ab", 3)).toBe(false);
  expect(proves(receipt, "p", "cd", 3)).toBe(false);
  expect(proves(receipt, "p", "ab", 4)).toBe(false);
  expect(proves(null, "p", "ab", 3)).toBe(false);
});
