import { describe, expect, test } from "vitest";
import { filterOf } from "../../../desk/audit/filter";
import { hrefTo, routeOf } from "../../../desk/shell/route";

describe("addresses of the desk", () => {
  test("are read as they were written, whatever the parts hold", () => {
    const href = hrefTo("visits", ["a/b", "现场"], { site_id: "x&y", from: "", page: 2, gone: undefined });
    const { section, parts, query } = routeOf(href);
    expect([section, ...parts]).toEqual(["visits", "a/b", "现场"]);
    expect([...query]).toEqual([["site_id", "x&y"], ["page", "2"]]);
  });

  test("may be empty, or no UTF-8", () => {
    expect(routeOf("")).toMatchObject({ section: "", parts: [] });
    expect(routeOf("#/visits/%E0%A4%A")).toMatchObject({ section: "visits", parts: [""] });
  });
});

describe("the audit's filter", () => {
  test("takes whole days, and nothing that is no filter", () => {
    const filter = filterOf(new URLSearchParams("verdict=rejected&from=2026-11-20&to=2026-11-20&other=1&finding="));
    expect(Object.keys(filter).sort()).toEqual(["from", "to", "verdict"]);
    expect(Date.parse(filter.to ?? "") - Date.parse(filter.from ?? "")).toBe(86_400_000);
  });

  test("asks for more where every photo is listed, as a report's numbers do", () => {
    const query = "team=North&decision=reject&first_day=2026-11-02&last_day=2026-11-08&verdict=rejected";
    expect(filterOf(new URLSearchParams(`reviewed=all&${query}`))).toEqual({
      reviewed: "all", team: "North", decision: "reject", first_day: "2026-11-02", last_day: "2026-11-08", verdict: "rejected",
    });
    expect(filterOf(new URLSearchParams(query))).toEqual({ verdict: "rejected" });
  });

  test("forgets a day that is none", () => {
    expect(filterOf(new URLSearchParams("from=yesterday"))).toEqual({});
  });
});
