import { describe, expect, test } from "vitest";
import type { Word } from "../../shared/i18n/i18n";

const groups = import.meta.glob<Record<string, Record<string, Word>>>("../../{phone,desk,customer,shared}/**/words/*.ts", {
  eager: true,
});
/** Which there are; how often each is said is the language's own affair. */
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();

describe("words", () => {
  test("there are some", () => expect(Object.keys(groups).length).toBeGreaterThan(3));

  for (const [file, module] of Object.entries(groups)) {
    for (const [group, words] of Object.entries(module)) {
      test(`${file.replace("../../", "")} ${group}: both languages say the same things`, () => {
        for (const [key, word] of Object.entries(words)) {
          expect(word.en.trim(), `${key}, English`).not.toBe("");
          expect(word.zh.trim(), `${key}, Chinese`).not.toBe("");
          expect(placeholders(word.zh), key).toEqual(placeholders(word.en));
        }
      });
    }
  }
});
