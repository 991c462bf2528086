import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingTitles } from "../../../desk/words/findings";

const CODE = /CODE\("(photo_\w+)"[^"]*(?:"[^"]*",?\s*)??\n?\s*"([^"]*)", "([^"]*)",\n/g;

test("findings about photos are called what the server calls them", () => {
  const table = readFileSync(new URL("../../../../evidence/code_table.c", import.meta.url), "utf8");
  const titles = Object.fromEntries([...table.matchAll(CODE)].map(([, code, en, zh]) => [code, { en, zh }]));
  expect(Object.keys(titles).length).toBe(table.match(/CODE\("photo_/g)?.length);
  expect(findingTitles).toEqual(titles);
});
