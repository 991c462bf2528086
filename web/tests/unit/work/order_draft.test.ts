// What a form of a work order sends.
import { expect, test } from "vitest";
import { changesOf, type Draft, emptyDraft, endOf, suggestedNumber } from "../../../desk/work/order_draft";

const draft: Draft = { ...emptyDraft(), number: "WO-1", title: "Too warm", starts: "2026-12-01T09:00" };

test("only what differs is sent", () => {
  expect(changesOf(draft, { ...draft }, "Asia/Shanghai")).toEqual({});
  expect(changesOf(draft, { ...draft, title: "Too cold ", description: " " }, "Asia/Shanghai")).toEqual({ title: "Too cold" });
  expect(changesOf(draft, { ...draft, starts: "" }, "Asia/Shanghai")).toEqual({ window_starts_at: null });
  expect(changesOf(draft, { ...draft, ends: "2026-12-01T11:00", assignees: [{ id: "a", name: "A" }] }, "Asia/Shanghai")).toEqual({
    window_ends_at: "2026-12-01T03:00:00.000Z", assignee_ids: ["a"],
  });
});

test("a window's end, and a number to begin with", () => {
  expect(endOf("2026-12-31T23:30", 90)).toBe("2027-01-01T01:00");
  expect(endOf("", 90)).toBe("");
  expect(suggestedNumber(new Date("2026-11-22T04:00:00Z"), "abcd0000-0000-4000-8000-000000000000")).toBe("WO-261122-ABCD");
});
