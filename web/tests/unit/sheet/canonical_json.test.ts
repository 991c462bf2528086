import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { canonicalJson, sha256OfText } from "../../../phone/sheet/canonical_json";

test("the example of RFC 8785, section 3.2.2", () => {
  const value = {
    numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    literals: [null, true, false],
  };
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("members stand in the order of their UTF-16 code units: section 3.2.3", () => {
  const names = ["\u20ac", "\r", "\ufb33", "1", "😀", "\u0080", "ö"];
  const value = Object.fromEntries(names.map((name) => [name, 1]));
  const read = [...canonicalJson(value).matchAll(/"([^"]+)":/g)].map((match) => JSON.parse(`"${match[1]}"`) as string);
  expect(read).toEqual(["\r", "1", "\u0080", "ö", "\u20ac", "😀", "\ufb33"]);
});

test("numbers are those of the server's own test", () => {
  const lines = readFileSync(new URL("../../../../tests/server/canonical/number_vectors.txt", import.meta.url), "utf8");
  const vectors = lines.split("\n").filter((line) => /^[0-9a-f]{16}\s/.test(line));
  expect(vectors.length).toBeGreaterThan(100);
  for (const line of vectors) {
    const [bits = "", text] = line.split(/\s+/);
    const number = new DataView(Uint8Array.from(Buffer.from(bits, "hex")).buffer).getFloat64(0);
    expect(canonicalJson(number), bits).toBe(text);
  }
});

test("minus zero is zero", () => expect(canonicalJson([-0])).toBe("[0]"));

test.each([Number.NaN, Number.POSITIVE_INFINITY, "\ud83d", "a\udc00b", { a: undefined as never }])(
  "%j has no canonical form",
  (value) => expect(() => canonicalJson(value as never)).toThrow(),
);

test("the digest is of the text's UTF-8", async () =>
  expect(await sha256OfText("冷")).toBe(createHash("sha256").update("冷", "utf8").digest("hex")));
