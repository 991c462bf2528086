import { afterEach, expect, test } from "vitest";
import { placeAfter } from "../../../../desk/reports/chart";
import { type Drawing, isEmpty } from "../../../../desk/reports/drawing";
import { type Figures, measuresOf, type Row, worstFirst } from "../../../../desk/reports/measures";
import { BARS, findingsDrawing, rankingDrawing } from "../../../../desk/reports/ranking";
import { qualityDrawing, serviceDrawings, stepsOf } from "../../../../desk/reports/trend";
import { setLanguage } from "../../../../shared/i18n/i18n";
import { evidence, row, service } from "./samples";

afterEach(() => setLanguage("en"));

const DAYS = { from: "2026-11-04", to: "2026-11-24" };
const WEEKS = [
  row({ starts_on: "2026-11-02" }, evidence({ visits: 12, photos: 40, photos_rejected: 3, photos_needs_review: 7, photos_accepted: 30 })),
  row({ starts_on: "2026-11-16" }, evidence({ visits: 2, photos: 4, photos_accepted: 4 })),
];

test("every week of the period has its place, also one in which nothing happened; what is to come has none", () => {
  const steps = stepsOf("week", WEEKS, DAYS, {}, "2026-11-20");
  expect(steps.map(({ title, figures }) => [title, figures?.visits ?? null])).toEqual([
    ["2026-11-04 – 2026-11-08", 12], ["2026-11-09 – 2026-11-15", null], ["2026-11-16 – 2026-11-22", 2],
  ]);
});

test("shares add up to all, begin at zero, end at 100, and say of how many they are", () => {
  setLanguage("en");
  const drawing = qualityDrawing(stepsOf("week", WEEKS, DAYS, {}, "2026-11-20"));
  expect(drawing.max).toBe(100);
  expect(drawing.series.map(({ look }) => look)).toEqual(["rejected", "needsReview", "accepted"]);
  expect(drawing.series.map(({ values }) => values)).toEqual([[7.5, null, 0], [17.5, null, 0], [75, null, 100]]);
  expect(drawing.points.map(({ n }) => n)).toEqual([40, 0, 4]);
  expect(drawing.points[0]?.readings[0]).toBe("Rejected: 3 of 40 photos (7.5%)");
  expect(drawing.points[0]?.hrefs[0]).toContain("first_day=2026-11-04&last_day=2026-11-08&reviewed=all&verdict=rejected");
  expect(drawing.points[1]?.readings[0]).toBe("Rejected: 0 photos");
  setLanguage("zh");
  expect(qualityDrawing(stepsOf("week", WEEKS, DAYS, {}, "2026-11-20")).points[0]?.readings[0]).toBe("不合格：40 张照片中的 3（7.5%）");
});

test("what could not be measured is a gap, not a zero", () => {
  const figures = service({ visits: 3, visits_timed: 0, trips: 4, trip_minutes: 90, orders_visited: 8, orders_fixed_first: 6 });
  const steps = stepsOf("week", [row({ starts_on: "2026-11-02" }, figures)], DAYS, {}, "2026-11-08");
  const [time, travel, fix] = serviceDrawings(steps, figures);
  expect(time?.series.map(({ values }) => values)).toEqual([[null], [null]]);
  expect(travel?.series[0]?.values).toEqual([23]);
  expect(fix?.series[0]?.values).toEqual([75]);
  expect(fix?.max).toBe(100);
  expect([time, travel, fix].map((drawing) => isEmpty(drawing as Drawing))).toEqual([true, false, false]);
});

const of = (name: string, photos: number, doubtful: number) =>
  row({ id: name, name }, evidence({ photos, photos_needs_review: doubtful, photos_accepted: photos - doubtful }));

test("the worst stands first, but not for the chance of a few; who has nothing is not drawn", () => {
  const rows = [of("good", 100, 1), of("lucky", 1, 1), of("none", 0, 0), of("bad", 50, 10)];
  const [doubtful] = measuresOf("evidence", evidence({}));
  expect(worstFirst(rows as readonly (Row & { figures: Figures })[], doubtful).map(({ name }) => name)).toEqual(["bad", "good", "lucky", "none"]);
  const drawing = rankingDrawing(rows, "technician", doubtful, DAYS, {});
  expect(drawing.points.map(({ title, n }) => [title, n])).toEqual([["bad", 50], ["good", 100], ["lucky", 1]]);
  expect(drawing.series.map(({ values }) => values)).toEqual([[0, 0, 0], [20, 1, 100]]);
});

test("of what is good the least is worst", () => {
  const rows = [["a", 25, 20], ["b", 25, 5]].map(([name, whole, part]) =>
    row({ id: name as string, name: name as string }, service({ orders_visited: whole as number, orders_fixed_first: part as number })));
  const [fix] = measuresOf("service", service({}));
  expect(rankingDrawing(rows, "team", fix, DAYS, {}).points.map(({ title }) => title)).toEqual(["b", "a"]);
});

test("no more bars than can be read, and no name that pushes the bars away", () => {
  const rows = Array.from({ length: 40 }, (_, i) => of(`${i} ${"W".repeat(190)}`, 30, i % 30));
  const [doubtful] = measuresOf("evidence", evidence({}));
  const { points, outOf } = rankingDrawing(rows, "site", doubtful, DAYS, {});
  expect(points).toHaveLength(BARS);
  expect(outOf).toBe(40);
  expect(Math.max(...points.map(({ label }) => label.length))).toBeLessThanOrEqual(24);
});

test("a finding is something to compare by: visits with it, of all visits", () => {
  const found = (visits: number) => evidence({ visits: 30, findings: [{ code: "sent_late", photos: 0, visits }] });
  const late = measuresOf("evidence", found(9)).find(({ id }) => id === "sent_late");
  const drawing = rankingDrawing([row({ id: "a", name: "a" }, found(3)), row({ id: "b", name: "b" }, found(6))], "site", late as never, DAYS, {});
  expect(drawing.points.map(({ title }) => title)).toEqual(["b", "a"]);
  expect(drawing.points[0]?.readings).toEqual(["Sent late: 6 of 30 visits (20%)"]);
  expect(drawing.points[0]?.hrefs[0]).toContain("#/visits?site_id=b");
});

test("findings are drawn by the visits they were in", () => {
  const figures = evidence({ visits: 40, findings: [{ code: "photo_too_dark", photos: 9, visits: 2 }, { code: "sent_late", photos: 0, visits: 10 }] });
  const { series, points } = findingsDrawing(figures, { ...DAYS, filters: {} });
  expect(series[0]?.values).toEqual([25, 5]);
  expect(points[0]?.readings).toEqual(["Visits with it: 10 of 40 visits (25%)"]);
});

test("keys walk through a chart and stop at its ends", () => {
  const columns = qualityDrawing(stepsOf("week", WEEKS, DAYS, {}, "2026-11-20"));
  expect(placeAfter("ArrowRight", null, columns)).toEqual({ point: 0, series: 0 });
  expect(placeAfter("ArrowRight", { point: 2, series: 1 }, columns)).toEqual({ point: 2, series: 1 });
  expect(placeAfter("ArrowUp", { point: 1, series: 1 }, columns)).toEqual({ point: 1, series: 2 });
  expect(placeAfter("End", { point: 0, series: 2 }, columns)).toEqual({ point: 2, series: 2 });
  expect(placeAfter("Tab", { point: 0, series: 2 }, columns)).toBeNull();
  expect(placeAfter("ArrowDown", { point: 0, series: 0 }, { ...columns, shape: "bars" })).toEqual({ point: 1, series: 0 });
});
