import { expect, test } from "vitest";
import { changeOf, clockOf, countOf, limitOf, type Policy } from "../../../../desk/administration/policy_change";

const policy = {
  thresholds: { stale_fix_s: 300, low_accuracy_m: 100 }, verdicts: { stale_fix: "needs_review" }, review_reasons: ["Blurred"],
  receiver_device_ids: [], customer_page: { photos: "signed", link_days: 90 },
  planning: { day_start_minutes: 480, capacity_minutes: 480, visit_minutes: 60, detour_factor: 1.3, travel_speed_kmh: 30 },
} as unknown as Policy;

test("what was typed as a number", () => {
  expect(["12", " 0,5 ", "", "1e3", "many"].map(limitOf)).toEqual([12, 0.5, null, 1000, undefined]);
});

test("only what differs is sent; empty takes a limit back", () => {
  expect(changeOf(policy, { limits: { stale_fix_s: "300" }, effects: { stale_fix: "needs_review" } })).toBeNull();
  const change = changeOf(policy, { limits: { stale_fix_s: "60", low_accuracy_m: "" }, effects: { stale_fix: "rejected" } });
  expect(change).toEqual({ thresholds: { stale_fix_s: 60, low_accuracy_m: null }, verdicts: { stale_fix: "rejected" } });
  expect(countOf(change)).toBe(3);
});

test("what is no number is sent, so that the server names the field", () => {
  expect(changeOf(policy, { limits: { stale_fix_s: "many" }, effects: {} })).toEqual({ thresholds: { stale_fix_s: "many" } });
});

test("lists line by line, and the customer's page", () => {
  const draft = { limits: {}, effects: {}, lists: { review_reasons: " Blurred \n\n", receiver_device_ids: "" }, shownPhotos: "signed", linkDays: "90" } as const;
  expect(changeOf(policy, draft)).toBeNull();
  const change = changeOf(policy, { ...draft, lists: { review_reasons: "Dark\nBlurred\nDark" }, shownPhotos: "all", linkDays: "" });
  expect(change).toEqual({ review_reasons: ["Dark", "Blurred"], customer_page: { photos: "all", link_days: null } });
  expect(countOf(change)).toBe(3);
});

test("the planning: a clock for the beginning, numbers for the rest, empty for the standard", () => {
  const of = (planning: Record<string, string>) => changeOf(policy, { limits: {}, effects: {}, planning });
  expect(of({ day_start_minutes: "08:00", detour_factor: "1,3", visit_minutes: " 60" })).toBeNull();
  const change = of({ day_start_minutes: "6:30", detour_factor: "", travel_speed_kmh: "45", visit_minutes: "an hour" });
  expect(change).toEqual({ planning: { day_start_minutes: 390, detour_factor: null, travel_speed_kmh: 45, visit_minutes: "an hour" } });
  expect(countOf(change)).toBe(4);
  expect(of({ day_start_minutes: "25:00" })).toEqual({ planning: { day_start_minutes: "25:00" } });
  expect([0, 480, 1439].map(clockOf)).toEqual(["00:00", "08:00", "23:59"]);
});
