// Times by the clock at a site, as a field shows them and as the server takes them.
import { expect, test } from "vitest";
import { fromSiteTime, toSiteTime } from "../../../desk/work/site_time";

test.each([
  ["2026-12-01T09:30", "Asia/Shanghai", "2026-12-01T01:30:00.000Z"],
  ["2026-07-01T09:30", "Europe/Berlin", "2026-07-01T07:30:00.000Z"],
  ["2026-12-01T09:30", "Europe/Berlin", "2026-12-01T08:30:00.000Z"],
  ["2027-03-28T03:30", "Europe/Berlin", "2027-03-28T01:30:00.000Z"],
  ["2027-10-31T01:59", "Europe/Berlin", "2027-10-30T23:59:00.000Z"],
  ["2026-12-31T23:45", "Asia/Kathmandu", "2026-12-31T18:00:00.000Z"],
  ["2026-12-01T00:00", "America/St_Johns", "2026-12-01T03:30:00.000Z"],
])("%s in %s is %s, and back", (text, zone, at) => {
  expect(fromSiteTime(text, zone)).toBe(at);
  expect(toSiteTime(at, zone)).toBe(text);
});

// The server's rule: tests/api/test_work_order_imports.py.
test("a time that the clock leaps over counts an hour later; of one that comes twice the later counts", () => {
  expect(fromSiteTime("2027-03-28T02:30", "Europe/Berlin")).toBe("2027-03-28T01:30:00.000Z");
  expect(fromSiteTime("2026-10-25T02:30", "Europe/Berlin")).toBe("2026-10-25T01:30:00.000Z");
});

test("no time", () => {
  expect(fromSiteTime("", "UTC")).toBeNull();
  expect(toSiteTime(null, "UTC")).toBe("");
});
