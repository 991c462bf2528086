import { describe, expect, test } from "vitest";
import { drain, type DrainParts } from "../../../phone/outbox/drain";
import type { OutboxItem } from "../../../phone/outbox/items";
import type { FactItem, PhotoItem } from "../../../phone/outbox/order";
import { type Outcome, statusAfter } from "../../../phone/outbox/outcome";
import { NetworkFailure, SessionEnded } from "../../../shared/api/problem";
import { accepted, apiProblem, checkIn, photo, problem, signature, USER } from "./samples";

type Answer = Outcome | Error | (() => Promise<Outcome>);

/** An outbox in memory, and a server that answers as told: accepted, where nothing else is said. */
function play(items: OutboxItem[], answers: Record<string, Answer[]> = {}) {
  const held = new Map(items.map((item) => [item.id, item]));
  const sent: string[] = [];
  let wake = () => {};
  const state = { user: USER as string | null, mayPhotosGo: true, now: 1000 };
  const answer = async (id: string): Promise<Outcome> => {
    sent.push(id);
    const next = answers[id]?.shift() ?? accepted;
    if (next instanceof Error) throw next;
    return typeof next === "function" ? next() : next;
  };
  const aborter = new AbortController();
  const parts: DrainParts = {
    user: async () => state.user,
    load: async () => [...held.values()],
    settle: async (item, outcome) => {
      const current = held.get(item.id) as OutboxItem;
      const attempts = current.status.state === "waiting" ? current.status.attempts : 0;
      held.set(item.id, { ...current, status: statusAfter(outcome, attempts, state.now, 0.5) });
    },
    sendFacts: async (_user, facts) => {
      const outcomes: [FactItem, Outcome][] = [];
      for (const item of facts) outcomes.push([item, await answer(item.id)]);
      return outcomes;
    },
    sendPhoto: (_user, item: PhotoItem) => answer(item.id),
    mayPhotosGo: async () => state.mayPhotosGo,
    onProgress: () => {},
    nextWake: () => new Promise((resolve) => (wake = resolve)),
    now: () => state.now,
    brokenOff: new Set(),
    signal: aborter.signal,
  };
  const stateOf = (id: string) => held.get(id)?.status.state;
  return { parts, sent, state, stateOf, held, aborter, add: (item: OutboxItem) => (held.set(item.id, item), wake()) };
}

const refusal: Outcome = { kind: "refused", problem: { code: "invalid_field", reason_code: null, detail: "no", fields: [] } };

describe("drain", () => {
  test("facts first, then the photos of accepted check-ins, then what depends on facts", async () => {
    const { parts, sent } = play([
      photo("p1", 9, { depends_on: ["c1"] }),
      checkIn("c1", 1),
      signature("s1", 5, { depends_on: ["c1"] }),
      checkIn("c2", 2),
    ]);
    expect(await drain(parts)).toEqual({ why: "done", dueMs: null });
    expect(sent).toEqual(["c2", "c1", "s1", "p1"]);
  });

  test("a refused item does not block the others, and what hangs on it stays unsent", async () => {
    const { parts, sent, stateOf } = play(
      [checkIn("bad", 9), photo("of bad", 9, { depends_on: ["bad"] }), checkIn("good", 1), photo("p", 1, { depends_on: ["good"] })],
      { bad: [refusal] },
    );
    expect((await drain(parts)).why).toBe("done");
    expect(sent).toEqual(["bad", "good", "p"]);
    expect([stateOf("bad"), stateOf("of bad"), stateOf("good"), stateOf("p")]).toEqual(["refused", "waiting", "safe", "safe"]);
  });

  test("without a network nothing is lost and nobody is blamed", async () => {
    const { parts, held } = play([checkIn("c", 1)], { c: [new NetworkFailure("offline")] });
    expect(await drain(parts)).toEqual({ why: "no_way", retryAfterSeconds: null });
    expect(held.get("c")?.status).toMatchObject({ state: "waiting", attempts: 0 });
    expect((await drain(parts)).why).toBe("done");
  });

  test("a server that asks for patience is told to the sender", async () => {
    const { parts } = play([checkIn("c", 1)], { c: [apiProblem("unavailable", 503, true, 20)] });
    expect(await drain(parts)).toEqual({ why: "no_way", retryAfterSeconds: 20 });
  });

  test("retry later is for one item; it comes back at its time", async () => {
    const { parts, state, stateOf } = play([photo("p", 1)], { p: [apiProblem("upload_locked", 423, true, 3)] });
    const end = await drain(parts);
    expect(end).toEqual({ why: "done", dueMs: state.now + 3000 });
    state.now += 3000;
    await drain(parts);
    expect(stateOf("p")).toBe("safe");
  });

  test("a photo that always breaks the connection lets the others pass", async () => {
    const broken = () => new NetworkFailure("reset");
    const { parts, sent, stateOf } = play([photo("new", 9), photo("old", 1)], { new: [broken(), broken()] });
    expect((await drain(parts)).why).toBe("no_way");
    expect((await drain(parts)).why).toBe("no_way");
    expect(sent).toEqual(["new", "old", "new"]);
    expect(stateOf("old")).toBe("safe");
  });

  test("a fact that is noted while a photo is on its way does not wait for it", async () => {
    let finish: (outcome: Outcome) => void = () => {};
    const slow = () => new Promise<Outcome>((resolve) => (finish = resolve));
    const { parts, sent, add, stateOf } = play([photo("p", 1)], { p: [slow] });
    const over = drain(parts);
    await new Promise((resolve) => setTimeout(resolve, 5));
    add(checkIn("departure", 9));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(stateOf("departure")).toBe("safe");
    expect(stateOf("p")).toBe("waiting");
    finish(accepted);
    expect((await over).why).toBe("done");
    expect(sent).toEqual(["p", "departure"]);
  });

  test("photos wait while the network is metered, facts do not", async () => {
    const { parts, sent, state } = play([photo("p", 2), checkIn("c", 1)]);
    state.mayPhotosGo = false;
    expect((await drain(parts)).why).toBe("done");
    expect(sent).toEqual(["c"]);
  });

  test("nothing is sent when nobody is logged in, or when the session ends in the middle", async () => {
    const { parts, state, sent } = play([checkIn("c", 1)]);
    state.user = null;
    expect(await drain(parts)).toEqual({ why: "log_in_needed" });
    expect(sent).toEqual([]);
    const ended = play([checkIn("c", 1)], { c: [new SessionEnded()] });
    expect(await drain(ended.parts)).toEqual({ why: "log_in_needed" });
    expect(ended.stateOf("c")).toBe("waiting");
  });

  test("another user at the phone in mid-photo ends the sending of further facts", async () => {
    let finish: (outcome: Outcome) => void = () => {};
    const { parts, sent, state, add } = play([photo("p", 1)], { p: [() => new Promise((resolve) => (finish = resolve))] });
    const over = drain(parts);
    await new Promise((resolve) => setTimeout(resolve, 5));
    state.user = "somebody else";
    add(checkIn("c", 9));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sent).toEqual(["p"]);
    state.user = null;
    finish(accepted);
    await over;
  });

  test("a drain whose place was taken stops before the next item", async () => {
    const { parts, sent, aborter } = play([checkIn("c", 1), photo("p", 1)], {
      c: [async () => (aborter.abort(), accepted)],
    });
    expect(await drain(parts)).toEqual({ why: "stopped" });
    expect(sent).toEqual(["c"]);
  });

  test("an answer of the wrong kind is no transport failure: it is thrown", async () => {
    const { parts } = play([checkIn("c", 1)], { c: [new TypeError("broken")] });
    await expect(drain(parts)).rejects.toThrow("broken");
    expect(problem("internal", 500, true).retryable).toBe(true);
  });
});
