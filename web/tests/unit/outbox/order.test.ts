import { describe, expect, test } from "vitest";
import type { OutboxItem } from "../../../phone/outbox/items";
import { BATCH_ITEMS, byId, goesWith, isHeldBack, nextDueMs, nextFacts, nextPhoto } from "../../../phone/outbox/order";
import { checkIn, photo, refused, safe, sheet, signature } from "./samples";

const NOW = 1_000_000;
const ids = (items: { id: string }[]) => items.map((item) => item.id);

describe("nextFacts", () => {
  test("the newest work goes first, photos are no facts", () => {
    expect(ids(nextFacts([checkIn("old", 1), photo("p", 9), checkIn("new", 5)], NOW))).toEqual(["new", "old"]);
  });

  test("what depends on an unsafe item waits; on a safe or vanished one it does not", () => {
    const items = [
      checkIn("first", 1),
      signature("after", 2, { depends_on: ["first"] }),
      checkIn("done", 3, { status: safe }),
      signature("free", 4, { depends_on: ["done", "cleaned up long ago"] }),
    ];
    expect(ids(nextFacts(items, NOW))).toEqual(["free", "first"]);
  });

  test("an item whose time has not come waits", () => {
    const later = { state: "waiting", attempts: 1, not_before_ms: NOW + 1, problem: null } as const;
    const items = [checkIn("later", 1, { status: later })];
    expect(nextFacts(items, NOW)).toEqual([]);
    expect(ids(nextFacts(items, NOW + 1))).toEqual(["later"]);
    expect(nextDueMs(items, NOW)).toBe(NOW + 1);
  });

  test("a refused item is not sent and blocks nobody else", () => {
    expect(ids(nextFacts([checkIn("bad", 9, { status: refused }), checkIn("good", 1)], NOW))).toEqual(["good"]);
  });

  test("a batch is bounded in number and in bytes, and one big fact still goes", () => {
    const many = Array.from({ length: 30 }, (_, i) => checkIn(`i${i}`, i));
    expect(nextFacts(many, NOW)).toHaveLength(BATCH_ITEMS);
    const big = (id: string, minute: number) => ({ ...checkIn(id, minute), body: { note: "x".repeat(250_000) } });
    expect(ids(nextFacts([big("a", 1), big("b", 2)] as never, NOW))).toEqual(["b"]);
  });
});

describe("nextPhoto", () => {
  test("a photo goes only after its check-in is safe", () => {
    const item = photo("p", 2, { depends_on: ["c"] });
    expect(nextPhoto([checkIn("c", 1), item], NOW)).toBeNull();
    expect(nextPhoto([checkIn("c", 1, { status: safe }), item], NOW)?.id).toBe("p");
  });

  test("the newest goes first; one that broke off lets the others pass", () => {
    const items = [photo("old", 1), photo("new", 2)];
    expect(nextPhoto(items, NOW)?.id).toBe("new");
    expect(nextPhoto(items, NOW, new Set(["new"]))?.id).toBe("old");
    expect(nextPhoto(items, NOW, new Set(["new", "old"]))?.id).toBe("new");
  });
});

test("a large video waits until the photos are gone, then goes", () => {
  const video = { ...photo("video", 9), bytes: 26_214_401 } as OutboxItem;
  expect(nextPhoto([video, photo("p", 1)], NOW)?.id).toBe("p");
  expect(nextPhoto([video], NOW)?.id).toBe("video");
});

test("what hangs on a refused item, also further down, is held back", () => {
  const items = [
    sheet("bad", 1, { status: refused }),
    signature("signature", 2, { depends_on: ["bad"] }),
    photo("further", 3, { depends_on: ["signature"] }),
    signature("other", 3),
  ];
  const held = items.filter((item) => isHeldBack(item, byId(items)));
  expect(ids(held)).toEqual(["signature", "further"]);
});

describe("a visit whose arrival was refused", () => {
  const arrival = (change = {}) => checkIn("arrival", 1, change);
  const rest = [
    photo("photo", 2, { depends_on: ["arrival"] }),
    checkIn("done", 3, { kind: "transition", depends_on: ["arrival"] } as Partial<OutboxItem>),
    sheet("sheet", 4, { depends_on: ["arrival"] }),
    signature("signature", 5, { depends_on: ["sheet", "arrival"] }),
  ];

  test("holds back its photos and steps, not what the customer signed", () => {
    const items = [arrival({ status: refused }), ...rest];
    expect(ids(items.filter((item) => isHeldBack(item, byId(items))))).toEqual(["photo", "done"]);
    expect(ids(nextFacts(items, NOW))).toEqual(["sheet"]);
    const sent = items.map((item) => (item.id === "sheet" ? { ...item, status: safe } : item));
    expect(ids(nextFacts(sent, NOW))).toEqual(["signature"]);
  });

  test("while it may still be sent, the sheet comes after it", () => {
    expect(ids(nextFacts([arrival(), ...rest], NOW))).toEqual(["arrival"]);
  });

  test("put away, it takes its photos and steps along, not what the customer signed", () => {
    expect([...goesWith("arrival", [arrival({ status: refused }), ...rest])]).toEqual(["arrival", "photo", "done"]);
  });

  test("a signature goes with its sheet, and a sheet stays without its signature", () => {
    expect([...goesWith("sheet", rest)]).toEqual(["sheet", "signature"]);
    expect([...goesWith("signature", rest)]).toEqual(["signature"]);
  });
});
