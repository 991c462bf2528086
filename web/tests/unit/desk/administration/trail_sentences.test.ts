import { afterEach, expect, test } from "vitest";
import { type AuditEvent, deviceOf, fieldOf, sentenceOf, valueOf } from "../../../../desk/administration/trail_sentences";
import { setLanguage } from "../../../../shared/i18n/i18n";

const event = (changes: Partial<AuditEvent>): AuditEvent => ({
  id: "1", happened_at: "2026-11-20T01:00:00.000Z", actor: { id: "2", name: "Li Wei" }, device_name: null, address: null,
  action: "changed", entity: { kind: "user", id: "3", name: "Wang Fang" }, changes: [], ...changes,
});

afterEach(() => setLanguage("en"));

test("who did what, in both languages", () => {
  setLanguage("en");
  expect(sentenceOf(event({}))).toBe("Li Wei changed the person “Wang Fang”");
  expect(sentenceOf(event({ action: "opened", actor: null, entity: { kind: "link", id: "4", name: "WO-7" } }))).toBe("A customer opened a customer's link WO-7");
  expect(sentenceOf(event({ action: "log_in_failed", actor: null, entity: { kind: "user", id: null, name: null } }))).toBe("A log-in as nobody we know failed");
  setLanguage("zh");
  expect(sentenceOf(event({}))).toBe("Li Wei 修改了人员“Wang Fang”");
  expect(sentenceOf(event({ action: "downloaded", entity: { kind: "photo", id: "5", name: "冷库" } }))).toBe("Li Wei 下载了“冷库”的一张照片");
});

test("names never become words of ours", () => {
  setLanguage("en");
  expect(sentenceOf(event({ actor: { id: "2", name: "<img src=x>" }, entity: { kind: "user", id: "3", name: "{actor}" } }))).toContain("<img src=x>");
  expect(fieldOf("constructor")).toBe("constructor");
  const failed = event({ action: "log_in_failed" });
  const reason = { field: "reason", from: null, to: "toString" };
  expect(valueOf(failed, reason, "toString", "UTC")).toBe("toString");
  expect(valueOf(failed, reason, "wrong_password", "UTC")).toBe("wrong password");
  expect(fieldOf("thresholds.stale_fix_s")).toBe("Old fix after");
  expect(fieldOf("verdicts.low_accuracy")).toBe("Low accuracy");
});

test("values as people read them", () => {
  setLanguage("en");
  const change = (field: string) => ({ field, from: null, to: null });
  expect(valueOf(event({}), change("expires_at"), "2026-11-22T04:10:25.080623+00:00", "Asia/Shanghai")).toBe("Nov 22, 2026, 12:10:25");
  expect(valueOf(event({}), change("expires_at"), "<b>soon</b>", "UTC")).toBe("<b>soon</b>");
  expect(valueOf(event({}), change("role"), "manager", "UTC")).toBe("Manager");
  expect(valueOf(event({ entity: { kind: "policy", id: "1", name: null } }), change("verdicts.stale_fix"), "rejected", "UTC")).toBe("Rejected");
  expect(valueOf(event({}), change("note"), "manager", "UTC")).toBe("manager");
});

test("browsers by their names", () => {
  expect(deviceOf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/1")).toBe("Edge, Windows");
  expect(deviceOf("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safa")).toBe("Chrome, Linux");
  expect(deviceOf("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36")).toBe("Android");
  expect(deviceOf("李伟的手机")).toBe("李伟的手机");
});
