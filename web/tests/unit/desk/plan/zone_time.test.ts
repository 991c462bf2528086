import { describe, expect, test } from "vitest";
import { addDays, clock, daysBetween, instantOf, isDay, minuteOf, mondayOf, momentOf } from "../../../../desk/plan/zone_time";

const iso = (day: string, minute: number, zone: string) => new Date(instantOf({ day, minute }, zone)).toISOString();

describe("a minute of a day somewhere", () => {
  test.each([
    ["2026-11-23", 540, "Asia/Shanghai", "2026-11-23T01:00:00.000Z"],
    ["2026-11-23", 0, "America/New_York", "2026-11-23T05:00:00.000Z"],
    ["2026-07-01", 1439, "Europe/Berlin", "2026-07-01T21:59:00.000Z"],
    ["2026-11-23", 30, "Asia/Kathmandu", "2026-11-22T18:45:00.000Z"],
    ["2026-11-23", 615, "Pacific/Apia", "2026-11-22T21:15:00.000Z"],
  ])("%s %i in %s", (day, minute, zone, expected) => {
    expect(iso(day, minute, zone)).toBe(expected);
    expect(momentOf(expected, zone)).toEqual({ day, minute });
  });

  test("every quarter of an hour of a year is found again, but those that the clock leaves out or shows twice", () => {
    for (const zone of ["Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe"]) {
      let lost = 0;
      for (let day = "2026-01-01"; day < "2027-01-01"; day = addDays(day, 1))
        for (let minute = 0; minute < 1440; minute += 60) {
          const back = momentOf(instantOf({ day, minute }, zone), zone);
          if (back.day !== day || back.minute !== minute) lost += 1;
        }
      expect(lost, zone).toBeLessThanOrEqual(1);
    }
  });

  test("in spring 02:30 is as far behind the gap", () => {
    expect(iso("2026-03-29", 150, "Europe/Berlin")).toBe("2026-03-29T01:30:00.000Z");
  });
});

test("days and clocks", () => {
  expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
  expect(daysBetween("2026-12-30", "2027-01-02")).toEqual(["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]);
  expect(["2026-11-22", "2026-11-23", "2026-11-29"].map(mondayOf)).toEqual(["2026-11-16", "2026-11-23", "2026-11-23"]);
  expect(["2026-02-29", "2024-02-29", "26-1-1", ""].map(isDay)).toEqual([false, true, false, false]);
  expect([clock(0), clock(545), clock(1500)]).toEqual(["00:00", "09:05", "01:00"]);
  expect([minuteOf("09:05"), minuteOf("24:00"), minuteOf("")]).toEqual([545, null, null]);
});
