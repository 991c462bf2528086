import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingTitles, otherFindingTitles } from "../../../desk/words/findings";

const CODE = /(?:CODE|PHOTO)\("(\w+)"[^"]*(?:"[^"]*",?\s*)??\n?\s*"([^"]*)", "([^"]*)",\n/g;

test("findings are called what the server calls them", () => {
  const table = readFileSync(new URL("../../../../evidence/code_table.c", import.meta.url), "utf8");
  const titles = Object.fromEntries([...table.matchAll(CODE)].map(([, code, en, zh]) => [code, { en, zh }]));
  expect(Object.keys(titles).length).toBe(table.match(/(?:CODE|PHOTO)\("\w/g)?.length);
  expect({ ...findingTitles, ...otherFindingTitles }).toEqual(titles);
  expect(Object.keys(findingTitles).every((code) => code.startsWith("photo_"))).toBe(true);
});
