import { afterEach, expect, test } from "vitest";
import { momentAt, timeAt, zoneMark } from "../../../desk/moments";
import { setLanguage } from "../../../shared/i18n/i18n";

afterEach(() => setLanguage("en"));

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const other = own === "Asia/Kathmandu" ? "Asia/Shanghai" : "Asia/Kathmandu";
const mark = other === "Asia/Shanghai" ? "GMT+8" : "GMT+5:45";

test("a time at a place says its zone where the reader's clock shows another time, and only there", () => {
  const at = "2026-11-22T08:00:00Z";
  expect(zoneMark(at, own)).toBe("");
  expect(zoneMark(at, other)).toBe(`\u00a0${mark}`);
  expect(timeAt(at, other)).toMatch(new RegExp(`^\\d\\d:\\d\\d\u00a0${mark.replace("+", "\\+")}$`));
  expect(momentAt(at, own)).not.toContain("GMT");
  setLanguage("zh");
  expect(momentAt(at, other)).toContain(mark);
});

test("zones of another name with the same time are not marked", () => {
  expect(zoneMark("2026-11-22T08:00:00Z", own === "UTC" ? "Etc/UTC" : own)).toBe("");
});
