import { describe, expect, test } from "vitest";
import * as queues from "../../../desk/audit/queue";
import type { Item, Queue } from "../../../desk/audit/queue";

const item = (id: string, decision: string | null = null): Item =>
  ({ photo: { id, review_decision: decision }, risk: 0 }) as unknown as Item;
const queueOf = (...ids: string[]): Queue => queues.withPage(queues.emptyQueue, ids.map((id) => item(id)), null);
const current = (queue: Queue) => queues.currentEntry(queue)?.item.photo.id;

let made = 0;
const newId = () => `review-${++made}`;

describe("the audit queue", () => {
  test("a photo that comes on two pages is there once, as it was decided", () => {
    const { queue } = queues.decide(queueOf("a", "b"), "approve", null, newId);
    const longer = queues.withPage(queue, [item("a"), item("c")], "next");
    expect(longer.entries.map(({ item: { photo } }) => photo.id)).toEqual(["a", "b", "c"]);
    expect(queues.standing(longer.entries[0] as queues.Entry)).toBe("approve");
    expect(longer.cursor).toBe("next");
  });

  test("a decision goes on to the next undecided photo, and round to the first", () => {
    let queue = queues.moved(queueOf("a", "b", "c"), 1);
    queue = queues.decide(queue, "approve", null, newId).queue;
    expect(current(queue)).toBe("c");
    queue = queues.decide(queue, "reject", "dark", newId).queue;
    expect(current(queue)).toBe("a");
  });

  test("says what was seen, so that nobody overrules another manager unseen", () => {
    const seen = queues.withPage(queues.emptyQueue, [item("a", "reject"), item("b")], null);
    const first = queues.decide(seen, "approve", null, newId);
    expect(first.decisions).toMatchObject([{ photoId: "a", kind: "approve", seen: "reject" }]);
    expect(queues.decide(queues.movedTo(first.queue, 1), "approve", null, newId).decisions[0]?.seen).toBeNull();
  });

  test("what another manager decides is passed over; only the photo that is judged right now stays, and says so", () => {
    let queue = queueOf("a", "b", "c");
    queue = queues.withElsewhere(queues.withElsewhere(queue, "a", "approve"), "b", "reject");
    expect(current(queue)).toBe("a");
    expect(queue.entries.map(({ elsewhere }) => elsewhere)).toEqual(["approve", "reject", null]);
    // It was judged without knowing that: the server is told so, and refuses.
    const decided = queues.decide(queue, "reject", "dark", newId);
    expect(decided.decisions[0]?.seen).toBeNull();
    expect(current(decided.queue)).toBe("c");
    // Whoever goes there has seen it, and may overrule it.
    const there = queues.movedTo(decided.queue, 1);
    expect(queues.standing(queues.currentEntry(there) as queues.Entry)).toBe("reject");
    expect(queues.decide(there, "approve", null, newId).decisions[0]?.seen).toBe("reject");
  });

  const heldBy = (queue: Queue, others: Record<string, string>, ...notWaiting: string[]) =>
    queues.withClaims(queue, {
      asked: queue.entries.map(({ item: { photo } }) => photo.id),
      others: new Map(Object.entries(others)),
      notWaiting: new Set(notWaiting),
    });

  test("what another manager has before them is passed over, and comes next when it is given up", () => {
    let queue = queues.toUndecided(heldBy(queueOf("a", "b", "c", "d", "e"), { a: "Petra", b: "Petra", d: "Petra" }));
    expect(current(queue)).toBe("c");
    expect(queues.nextUp(queue, 3)).toEqual(["c", "a", "b"]);
    queue = queues.decide(queue, "approve", null, newId).queue;
    expect(current(queue)).toBe("e");
    expect(queues.progress(queue)).toEqual({ decided: 1, left: 1, held: 3 });
    queue = heldBy(queue, { a: "Petra" });
    queue = queues.decide(queue, "approve", null, newId).queue;
    expect(current(queue), "the doubtful one first").toBe("b");
    queue = queues.decide(queues.decide(queue, "approve", null, newId).queue, "approve", null, newId).queue;
    expect(queues.progress(queue)).toEqual({ decided: 4, left: 0, held: 1 });
    expect(queues.holders(queue)).toEqual(["Petra"]);
    expect(current(queues.toUndecided(heldBy(queue, {})))).toBe("a");
  });

  test("a photo that nobody has any more because it was decided is not gone to", () => {
    let queue = queues.toUndecided(heldBy(queueOf("a", "b", "c"), { a: "Petra" }));
    queue = queues.decide(heldBy(queue, {}, "a"), "approve", null, newId).queue;
    expect(current(queue)).toBe("c");
  });

  test("alone, one goes through the photos as they stand, and is not led back to what one left out", () => {
    const queue = queues.moved(heldBy(queueOf("a", "b", "c"), {}), 1);
    expect(queues.nextUp(queue, 3)).toEqual(["b", "c", "a"]);
    expect(current(queues.decide(queue, "approve", null, newId).queue)).toBe("c");
  });

  test("a photo that one comes back to is known to be decided, and not any more when that was taken back", () => {
    let queue = queues.withElsewhere(queueOf("a", "b"), "a", "retake");
    queue = queues.moved(queues.moved(queue, 1), -1);
    expect(queues.decide(queue, "approve", null, newId).decisions[0]?.seen).toBe("retake");
    queue = queues.withElsewhere(queue, "a", null);
    expect(queues.decide(queue, "approve", null, newId).decisions[0]?.seen).toBeNull();
    expect(queues.undecidedHere(queue)).toEqual(["a", "b"]);
    expect(queues.undecidedHere(queues.decide(queue, "approve", null, newId).queue)).toEqual(["b"]);
  });

  test("a selection is decided at once, taken back at once, and gone afterwards", () => {
    let queue = queues.withSelection(queues.withSelection(queueOf("a", "b", "c"), "a", true), "c", true);
    const decided = queues.decide(queue, "retake", "again", newId);
    expect(decided.decisions.map(({ photoId }) => photoId)).toEqual(["a", "c"]);
    expect(new Set(decided.decisions.map(({ id }) => id)).size).toBe(2);
    queue = decided.queue;
    expect(queue.entries.some(({ isSelected }) => isSelected)).toBe(false);
    const undone = queues.undo(queue, newId);
    expect(undone.decisions).toMatchObject([
      { photoId: "a", kind: "withdraw", seen: "retake", undoes: decided.decisions[0]?.id },
      { photoId: "c", kind: "withdraw", seen: "retake", undoes: decided.decisions[1]?.id },
    ]);
    expect(undone.queue.entries.map(queues.standing)).toEqual([null, null, null]);
    expect(current(undone.queue)).toBe("a");
    expect(queues.undo(undone.queue, newId).decisions).toEqual([]);
  });

  test("of what was decided the last 100 photos are kept over a reload, a decision on many whole", () => {
    const ids = Array.from({ length: 130 }, (_, i) => `p${i}`);
    let queue = queueOf(...ids);
    for (const id of ids.slice(0, 40)) queue = queues.withSelection(queue, id, true);
    queue = queues.decide(queue, "approve", null, newId).queue;
    for (let i = 0; i < 61; i++) queue = queues.decide(queue, "approve", null, newId).queue;
    const kept = queues.undoable(queue);
    expect([kept.history.length, kept.behind.length]).toEqual([61, 61]);
    const undone = queues.undo({ ...queues.emptyQueue, ...kept }, newId);
    expect(undone.decisions).toMatchObject([{ photoId: "p100", kind: "withdraw", seen: "approve" }]);
    expect(queues.undoable(undone.queue).history).toHaveLength(60);
  });

  test("a photo that was decided twice is taken back once", () => {
    let { queue } = queues.decide(queueOf("a"), "approve", null, newId);
    queue = queues.undo(queues.decide(queue, "reject", "dark", newId).queue, newId).queue;
    expect(queues.undo(queue, newId).decisions).toEqual([]);
  });

  test("what was decided under another filter is taken back, too, and stands where the manager is", () => {
    const first = queues.decide(queueOf("a", "b"), "reject", "dark", newId).queue;
    let queue = queues.withPage(queues.restarted(first), [item("c"), item("d")], null);
    queue = queues.moved(queue, 1);
    queue = queues.restarted(queues.withPage(queue, [item("e")], null));
    queue = queues.withPage(queue, [item("c"), item("d")], null);
    const undone = queues.undo(queue, newId);
    expect(undone.decisions).toMatchObject([{ photoId: "a", kind: "withdraw", seen: "reject" }]);
    expect(undone.queue.entries.map(({ item: { photo } }) => photo.id)).toEqual(["a", "c", "d"]);
    expect(current(undone.queue)).toBe("a");
    expect(queues.undo(undone.queue, newId).decisions).toEqual([]);
  });

  test("a photo that was decided under another filter and is listed again is there once", () => {
    const first = queues.decide(queueOf("a", "b"), "approve", null, newId).queue;
    const queue = queues.withPage(queues.restarted(first), [item("a", "approve")], null);
    const undone = queues.undo(queue, newId);
    expect(undone.decisions).toMatchObject([{ photoId: "a", kind: "withdraw", seen: "approve" }]);
    expect(undone.queue.entries).toHaveLength(1);
  });

  test("a refused decision does not count and is not taken back", () => {
    const { queue, decisions } = queues.decide(queueOf("a"), "approve", null, newId);
    const decision = decisions[0] as (typeof decisions)[0];
    const refused = queues.withOutcome(queue, { decision, refusal: "Somebody has decided meanwhile: reject." });
    expect(queues.overtaken(refused)).toBe(1);
    expect(queues.isDecided(refused.entries[0] as queues.Entry)).toBe(false);
    expect(queues.undo(refused, newId).decisions).toEqual([]);
  });

  test("the outcome of an older decision changes nothing", () => {
    const first = queues.decide(queueOf("a"), "approve", null, newId);
    const second = queues.decide(first.queue, "reject", "dark", newId);
    const decision = first.decisions[0] as (typeof first.decisions)[0];
    expect(queues.overtaken(queues.withOutcome(second.queue, { decision, refusal: "late" }))).toBe(0);
  });

  test("nobody leaves the queue at its ends", () => {
    expect(current(queues.moved(queueOf("a", "b"), -5))).toBe("a");
    expect(current(queues.moved(queueOf("a", "b"), 5))).toBe("b");
    expect(queues.currentEntry(queues.moved(queues.emptyQueue, 1))).toBeNull();
  });

  test("what comes meanwhile is put among what is ahead, by its risk; what is shown stays", () => {
    const risky = (id: string, risk: number) => ({ ...item(id), risk }) as Item;
    const page = [risky("a", 3000), risky("b", 2000), risky("c", 1000)];
    const queue = queues.moved(queues.withPage(queues.emptyQueue, page, null), 1);
    const longer = queues.withNew(queue, [risky("new", 2500), risky("b", 2000), risky("late", 500), risky("d", 1000)], "more");
    expect(longer.entries.map(({ item: { photo } }) => photo.id)).toEqual(["a", "b", "new", "c", "d", "late"]);
    expect(current(longer)).toBe("b");
    expect(longer.cursor).toBe("more");
    expect(queues.withNew({ ...queue, cursor: "own" }, [], null).cursor).toBe("own");
  });
});
