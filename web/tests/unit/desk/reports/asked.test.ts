import { expect, test } from "vitest";
import { askedOf, queryOf, stepOf } from "../../../../desk/reports/asked";
import { daysOf, lengthOf, mondayOf } from "../../../../desk/reports/period";

const TODAY = "2026-11-22"; // a Sunday

test("the presets end and begin where their names say", () => {
  expect(daysOf("thisWeek", TODAY)).toEqual({ from: "2026-11-16", to: "2026-11-22" });
  expect(daysOf("lastWeek", TODAY)).toEqual({ from: "2026-11-09", to: "2026-11-15" });
  expect(daysOf("thisMonth", TODAY)).toEqual({ from: "2026-11-01", to: "2026-11-30" });
  expect(daysOf("lastMonth", "2026-01-05")).toEqual({ from: "2025-12-01", to: "2025-12-31" });
  expect(daysOf("thisYear", TODAY)).toEqual({ from: "2026-01-01", to: "2026-12-31" });
  expect(daysOf("last12Months", TODAY)).toEqual({ from: "2025-12-01", to: "2026-11-30" });
  expect(daysOf("last13Weeks", TODAY)).toEqual({ from: "2026-08-24", to: "2026-11-22" });
  expect(lengthOf(daysOf("last13Weeks", TODAY))).toBe(91);
  expect(mondayOf("2026-11-23")).toBe("2026-11-23");
});

test("an address says all that is asked, and what it does not know is left out", () => {
  const asked = askedOf(new URLSearchParams("report=service&period=custom&from=2026-11-01&to=2026-11-10&by=team&team=North&site_id=s&other=1&technician_id="), TODAY);
  expect(asked).toEqual({
    kind: "service", period: "custom", days: { from: "2026-11-01", to: "2026-11-10" }, by: "team", filters: { team: "North", site_id: "s" }, measure: null,
  });
  expect(queryOf(asked, "week")).toEqual({ from: "2026-11-01", to: "2026-11-10", by: "week", team: "North", site_id: "s" });
});

test("an address that says nothing, or nonsense, asks for the last weeks by technician", () => {
  const nothing = askedOf(new URLSearchParams(), TODAY);
  expect(nothing).toMatchObject({ kind: "evidence", by: "technician", days: daysOf("last13Weeks", TODAY), filters: {} });
  expect(askedOf(new URLSearchParams("period=ever&by=mood&report=x"), TODAY)).toEqual(nothing);
  expect(askedOf(new URLSearchParams("period=custom&from=soon&to=2026-02-31x"), TODAY).days).toEqual(daysOf("thisWeek", TODAY));
});

test("short periods are drawn by the day, unless weeks are asked for", () => {
  const step = (text: string) => stepOf(askedOf(new URLSearchParams(text), TODAY));
  expect(step("period=thisWeek")).toBe("day");
  expect(step("period=lastMonth")).toBe("week");
  expect(step("period=thisWeek&by=week")).toBe("week");
  expect(step("period=lastMonth&by=day")).toBe("day");
});
