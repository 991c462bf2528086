import { describe, expect, test } from "vitest";
import type { SenderNews } from "../../../phone/outbox/news";
import { byId, groupOutbox, summarise, viewItem } from "../../../phone/outbox/view";
import { checkIn, photo, refused, safe, signature } from "./samples";

const NOW = 1_000_000;
const quiet: SenderNews = { sharesById: {}, pause: null, arePhotosPaused: false };
const view = (item: ReturnType<typeof checkIn>, news: Partial<SenderNews> = {}, others = [item]) =>
  viewItem(item, byId([item, ...others]), { ...quiet, ...news }, NOW);

describe("viewItem", () => {
  test("waiting says what it waits for", () => {
    expect(view(checkIn("c", 1))).toEqual({ state: "waiting", reason: "turn" });
    expect(view(photo("p", 1, { depends_on: ["c"] }), {}, [checkIn("c", 1)])).toMatchObject({ reason: "other_item" });
    expect(view(photo("p", 1), { arePhotosPaused: true })).toMatchObject({ reason: "metered" });
    expect(view(checkIn("c", 1), { arePhotosPaused: true }), "facts are small").toMatchObject({ reason: "turn" });
    expect(view(checkIn("c", 1), { pause: { why: "log_in_needed" } })).toMatchObject({ reason: "log_in_needed" });
  });

  test("sending says how far, and never that it is done before the receipt is there", () => {
    expect(view(photo("p", 1), { sharesById: { p: 0.427 } })).toEqual({ state: "sending", percent: 42 });
    expect(view(photo("p", 1), { sharesById: { p: 1 } })).toEqual({ state: "sending", percent: 99 });
  });

  test("retry later says when: its own time, or the network's", () => {
    const later = { state: "waiting", attempts: 1, not_before_ms: NOW + 5, problem: null } as const;
    expect(view(photo("p", 1, { status: later }))).toMatchObject({ state: "retry_later", atMs: NOW + 5 });
    expect(view(photo("p", 1), { pause: { why: "no_way", until_ms: NOW + 7 } })).toMatchObject({ atMs: NOW + 7 });
  });

  test("what hangs on a refused item is held back, whatever else holds", () => {
    const item = photo("s", 2, { depends_on: ["c"] });
    const news = { pause: { why: "no_way", until_ms: NOW + 7 } } as const;
    expect(view(item, news, [checkIn("c", 1, { status: refused })])).toEqual({ state: "held_back" });
    expect(view(signature("s", 2, { depends_on: ["c"] }), {}, [checkIn("c", 1, { status: refused })]), "but a signature goes").toEqual({
      state: "waiting",
      reason: "turn",
    });
  });
});

test("the summary counts what is not safe, and the bytes of photos", () => {
  const items = [checkIn("a", 1), photo("b", 1), photo("c", 1, { status: safe }), checkIn("d", 1, { status: refused })];
  expect(summarise(items)).toEqual({ unsent: 2, refused: 1, bytesUnsent: 1000 });
});

test("groups: the newest visit first; inside, the refused first and the safe last; old receipts are not shown", () => {
  const old = { ...safe, at_ms: NOW - 3 * 24 * 3_600_000 } as typeof safe;
  const groups = groupOutbox(
    [
      checkIn("safe", 1, { status: { ...safe, at_ms: NOW } as typeof safe }), checkIn("old", 1, { status: old }),
      photo("waiting", 2), checkIn("refused", 1, { status: refused }), checkIn("newer", 9, { visit_id: "second" }),
    ],
    NOW,
  );
  expect(groups.map(({ items }) => items.map(({ id }) => id))).toEqual([["newer"], ["refused", "waiting", "safe"]]);
});
