/** Nothing that looks like something else when it is read out: no 0 and O, no 1, l and I. */
const ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const GROUPS = 4;
const LETTERS_A_GROUP = 4;

/** A password to tell somebody: 16 letters and digits in groups of four, 93 bits. */
export function suggestedPassword(): string {
  const letters: string[] = [];
  while (letters.length < GROUPS * LETTERS_A_GROUP) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    // A remainder would favour the first letters.
    if (byte < ALPHABET.length * Math.floor(256 / ALPHABET.length)) letters.push(ALPHABET[byte % ALPHABET.length] ?? "");
  }
  return letters.join("").replace(/(.{4})(?=.)/g, "$1-");
}
