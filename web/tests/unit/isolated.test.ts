import { describe, expect, test } from "vitest";
import { isolated, listed, t } from "../../shared/i18n/i18n";

const FSI = "\u2068";
const PDI = "\u2069";
const RLO = "\u202e";

describe("somebody's text in a sentence", () => {
  test("stays as it is when it turns nothing", () => {
    for (const text of ["", "Seafront Hotel", "上海一号站", "90 %", "👩‍🔧"]) expect(isolated(text)).toBe(text);
  });

  test("turns only itself, whatever it leaves open", () => {
    expect(isolated(`gnp${RLO}txt.exe`)).toBe(`${FSI}gnp${RLO}txt.exe${PDI}`);
    expect(isolated("فندق البحر")).toBe(`${FSI}فندق البحر${PDI}`);
    expect(isolated("\u2067open")).toBe(`${FSI}\u2067open${PDI}${PDI}`);
  });

  test("cannot end the isolation it stands in", () => {
    expect(isolated(`${PDI}${RLO}tail`)).toBe(`${FSI}${RLO}tail${PDI}`);
    expect(isolated(`\u2066in${PDI}${PDI}${RLO}`)).toBe(`${FSI}\u2066in${PDI}${RLO}${PDI}`);
  });

  test("is isolated by every placeholder and every list", () => {
    const word = { en: "{name} is on site.", zh: "{name}正在现场服务。" };
    expect(t(word, { name: `a${RLO}b` }, "en")).toBe(`${FSI}a${RLO}b${PDI} is on site.`);
    expect(t(word, { name: "Ann" }, "en")).toBe("Ann is on site.");
    expect(listed([`${RLO}a`, null, false, "", "b"], " · ")).toBe(`${FSI}${RLO}a${PDI} · b`);
  });
});
