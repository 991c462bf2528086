import { afterEach, describe, expect, test } from "vitest";
import { failureText, isFinal } from "../../../customer/failure_text";
import { sha256 } from "../../../customer/genuine";
import { newId } from "../../../shared/new_id";
import { pdfAddress, photoAddress, type SharedVisit, type SharedWorkOrder } from "../../../customer/shared_work";
import { visitTitle, windowText } from "../../../customer/times";
import { tokenOf } from "../../../customer/token";
import { ApiProblem, NetworkFailure, problemOfStatus } from "../../../shared/api/problem";
import { setLanguage } from "../../../shared/i18n/i18n";

afterEach(() => setLanguage("en"));

describe("the token of an address", () => {
  test("is what follows /c/", () => {
    expect(tokenOf("/c/AbC-_9")).toBe("AbC-_9");
    expect(tokenOf("/c/AbC/")).toBe("AbC");
  });
  test.each(["/c/", "/c", "/app/", "/c/a/b", "/c/%3Cscript%3E", "/c/..", `/c/${"x".repeat(101)}`])("%s has none", (path) =>
    expect(tokenOf(path)).toBeNull(),
  );
});

test("an id is a UUID, and another one each time", () => {
  const ids = Array.from({ length: 50 }, newId);
  expect(new Set(ids).size).toBe(50);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("addresses are encoded", () => {
  const visit = { id: "a&b" } as SharedVisit;
  expect(pdfAddress("t/?", visit)).toBe("/v1/shared/t%2F%3F/sheet.pdf?visit=a%26b");
  expect(photoAddress("t", { id: "x/y" } as never, "small")).toBe("/v1/shared/t/photos/x%2Fy/small");
});

describe("when somebody comes", () => {
  const zone = "Asia/Shanghai";
  const planned = (window_starts_at: string | null, window_ends_at: string | null) =>
    windowText({ window_starts_at, window_ends_at } as SharedWorkOrder, zone);

  test("is said in the site's own time", () => {
    expect(planned("2026-11-20T01:00:00Z", "2026-11-20T03:00:00Z")).toBe("Planned: Fri, Nov 20, 09:00–11:00");
    // 23:30 on Friday in London is Saturday in Shanghai.
    expect(planned("2026-11-20T15:30:00Z", "2026-11-20T16:30:00Z")).toBe("Planned: Fri, Nov 20 23:30 – Sat, Nov 21 00:30");
    expect(planned("2026-11-20T01:00:00Z", null)).toBe("Planned: from Fri, Nov 20, 09:00");
    expect(planned(null, "2026-11-20T03:00:00Z")).toBe("Planned: by Fri, Nov 20, 11:00");
    expect(planned(null, null)).toBeNull();
  });
  test("is said in Chinese, too", () => {
    setLanguage("zh");
    expect(planned("2026-11-20T01:00:00Z", "2026-11-20T03:00:00Z")).toMatch(/^预约时间：11月20日周五 09:00–11:00$/);
  });
  test("a visit is named by its day", () => {
    const visit = { arrived_at: null, departed_at: "2026-11-20T16:30:00Z" } as SharedVisit;
    expect(visitTitle(visit, zone)).toBe("Visit on Sat, Nov 21");
    expect(visitTitle({ ...visit, departed_at: null }, zone)).toBe("Visit");
  });
});

describe("what went wrong", () => {
  const refused = (code: string, status: number, retryable: boolean) =>
    new ApiProblem({ ...problemOfStatus(status), code: code as never, detail: "Why.", retryable }, 7);

  test("is said so that a customer can act", () => {
    expect(failureText(new NetworkFailure("gone"))).toMatch(/network/);
    expect(failureText(refused("link_expired", 410, false))).toMatch(/expired/);
    expect(failureText(refused("not_found", 404, false))).toMatch(/nothing behind this link/);
    expect(failureText(refused("too_many_requests", 429, true))).toMatch(/7 seconds/);
    expect(failureText(refused("unavailable", 503, true))).toMatch(/Try again/);
    expect(failureText(refused("state_conflict", 409, false))).toMatch(/Why\./);
  });
  test("ends the page only when asking again cannot help", () => {
    expect([new NetworkFailure("gone"), refused("unavailable", 503, true), refused("not_found", 404, false)].map(isFinal)).toEqual(
      [false, false, true],
    );
  });
});

test("the digest of a file is SHA-256", async () => {
  const bytes = new TextEncoder().encode("abc").buffer as ArrayBuffer; // FIPS 180-4, appendix B.1
  expect(await sha256(bytes)).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
