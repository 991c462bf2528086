/**
 * Canonical JSON (RFC 8785): one text for one value, the same that the server makes of it. Numbers and strings
 * are written as ECMAScript writes them, members stand in the order of their names' UTF-16 code units.
 */

/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** @throws when the value has no canonical form: a number that is not finite, half of a surrogate pair. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return canonicalNumber(value);
  if (typeof value === "string") return canonicalText(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value)
    .sort()
    .map((name) => `${canonicalText(name)}:${canonicalJson(value[name] as Json)}`);
  return `{${members.join(",")}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number of JSON`);
  return JSON.stringify(value);
}

function canonicalText(value: string): string {
  if (typeof value !== "string") throw new TypeError(`${typeof value} is nothing that JSON can hold`);
  if (/\p{Surrogate}/u.test(value)) throw new RangeError("half of a surrogate pair is no text");
  return JSON.stringify(value);
}

/** SHA-256 of a text's UTF-8, in hexadecimal digits. */
export async function sha256OfText(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
