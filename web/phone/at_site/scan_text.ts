/**
 * The text in a barcode's bytes.
 *
 * A barcode that names no character set (no ECI) is guessed by zxing as UTF-8, Shift_JIS or Latin-1,
 * so that the GBK labels which many Chinese printers make become "Ë®±Ã" or "ﾋｮｱﾃ". Such a code is
 * read a second time as GB18030 when its bytes look like it; see reading_of.ts for the second reading.
 */

/** A string the server can store: JSON and PostgreSQL take no NUL, the contract 4,096 characters. */
export function storable(text: string): string {
  return Array.from(text.replace(/\0/g, "\uFFFD")).slice(0, VALUE_MAX).join("");
}

const VALUE_MAX = 4096;

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether every byte above ASCII belongs to a pair of GB 2312: rows 1 to 9 (signs) or 16 to 87
 * (characters). Shift_JIS kana and Latin-1 words with single accented letters do not pass.
 */
function isGb2312(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[++i] ?? 0;
    const isRow = (lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xf7);
    if (!isRow || trail < 0xa1 || trail === 0xff) return false;
  }
  return true;
}

function isGb18030(bytes: Uint8Array): boolean {
  try {
    const text = new TextDecoder("gb18030", { fatal: true }).decode(bytes);
    return /^[\x20-\x7e\s\p{Script=Han}\u3000-\u303f\uff00-\uff5e]*$/u.test(text);
  } catch {
    return false;
  }
}

/** What zxing's guess looks like when it was wrong: characters it could not read, or half-width kana. */
function isDoubtful(guess: string): boolean {
  return /[\uFFFD\uFF61-\uFF9F]/.test(guess);
}

/** Whether a code is to be read again as GB18030. `guess` is its text as it was read first. */
export function looksLikeChinese(bytes: Uint8Array, hasEci: boolean, guess: string): boolean {
  if (hasEci || bytes.every((byte) => byte < 0x80) || isUtf8(bytes)) return false;
  return isGb2312(bytes) || (isDoubtful(guess) && isGb18030(bytes));
}
