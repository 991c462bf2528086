import { expect, test } from "vitest";
import { hrefOfFigure, hrefOfFinding, scopeOf } from "../../../../desk/reports/links";

const DAYS = { from: "2026-11-11", to: "2026-11-24" };
const row = (fields: object) => ({ id: null, name: null, starts_on: null, ...fields });

test("a row's list has the report's days and filters, and the row's own", () => {
  const scope = scopeOf("technician", row({ id: "t1", name: "Li" }), DAYS, { team: "North & Co" });
  expect(hrefOfFigure("visits_rejected", 3, scope)).toBe(
    "#/visits?team=North+%26+Co&technician_id=t1&first_day=2026-11-11&last_day=2026-11-24&verdict=rejected");
  expect(hrefOfFigure("photos_refused", 3, scope)).toBe(
    "#/audit?team=North+%26+Co&technician_id=t1&first_day=2026-11-11&last_day=2026-11-24&reviewed=all&decision=reject");
  expect(hrefOfFinding("sent_late", "visits", 1, scope)).toContain("#/visits?");
  expect(hrefOfFinding("photo_too_dark", "photos", 1, scope)).toMatch(/^#\/audit\?.*reviewed=all&finding=photo_too_dark$/);
});

test("a week at the edge of the period is as long as the period holds of it", () => {
  expect(scopeOf("week", row({ starts_on: "2026-11-09" }), DAYS, {})).toEqual({ from: "2026-11-11", to: "2026-11-15", filters: {} });
  expect(scopeOf("week", row({ starts_on: "2026-11-23" }), DAYS, {})).toEqual({ from: "2026-11-23", to: "2026-11-24", filters: {} });
  expect(scopeOf("day", row({ starts_on: "2026-11-12" }), DAYS, {})).toEqual({ from: "2026-11-12", to: "2026-11-12", filters: {} });
});

test("what no list shows leads nowhere", () => {
  const scope = scopeOf("site", row({ id: "s" }), DAYS, {});
  for (const figure of ["median_minutes", "trips", "orders_visited", "first_time_fix_percent", "windows_late", "ratings", "unheard_of"]) {
    expect(hrefOfFigure(figure, 5, scope), figure).toBeNull();
  }
  expect(hrefOfFigure("visits", 0, scope)).toBeNull();
  expect(hrefOfFigure("visits", 5, scopeOf("team", row({}), DAYS, {})), "people of no team").toBeNull();
});
