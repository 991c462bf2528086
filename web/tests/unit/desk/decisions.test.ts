import { describe, expect, test } from "vitest";
import { type Decision, DecisionQueue, type DecisionStore, type Outcome } from "../../../desk/audit/decisions";
import { ApiProblem, NetworkFailure } from "../../../shared/api/problem";
import type { Problem } from "../../../shared/api/problem";

class Kept implements DecisionStore {
  constructor(private text = "[]") {}
  read = () => JSON.parse(this.text) as Decision[];
  write = (decisions: readonly Decision[]) => void (this.text = JSON.stringify(decisions));
}

const decision = (id: string, photoId = id): Decision => ({ id, photoId, kind: "approve", reason: null, seen: null });
const refusal = (retryable: boolean) =>
  new ApiProblem({ retryable, detail: "No.", errors: [{ detail: "Somebody has decided meanwhile." }] } as unknown as Problem, null);

function queueWith(post: (decision: Decision) => Promise<unknown>, store = new Kept()) {
  const outcomes: Outcome[] = [];
  const pauses: number[] = [];
  const queue = new DecisionQueue(store, post, (ms) => (pauses.push(ms), Promise.resolve()));
  queue.onOutcome = (outcome) => outcomes.push(outcome);
  return { queue, outcomes, pauses, store };
}

const settled = (queue: DecisionQueue) => expect.poll(() => queue.unsent).toBe(0);

describe("decisions on their way", () => {
  test("go out one after the other, in order", async () => {
    const sent: string[] = [];
    let running = 0;
    const { queue, outcomes } = queueWith(async ({ id }) => {
      expect(++running).toBe(1);
      await Promise.resolve();
      sent.push(id);
      running--;
    });
    for (const id of ["1", "2", "3"]) queue.add(decision(id));
    await settled(queue);
    expect(sent).toEqual(["1", "2", "3"]);
    expect(outcomes.map(({ refusal: why }) => why)).toEqual([null, null, null]);
  });

  test("are tried again under the same id until an answer comes, ever more slowly", async () => {
    const tried: string[] = [];
    const { queue, pauses } = queueWith(({ id }) => {
      tried.push(id);
      if (tried.length < 3) return Promise.reject(new NetworkFailure("cut"));
      return tried.length < 5 ? Promise.reject(refusal(true)) : Promise.resolve();
    });
    queue.add(decision("1"));
    await settled(queue);
    expect(tried).toEqual(["1", "1", "1", "1", "1"]);
    expect(pauses).toEqual([1000, 2000, 4000, 8000]);
  });

  test("that are refused say why and hold nobody up", async () => {
    const { queue, outcomes } = queueWith(({ id }) => (id === "1" ? Promise.reject(refusal(false)) : Promise.resolve()));
    queue.add(decision("1"));
    queue.add(decision("2"));
    await settled(queue);
    expect(outcomes.map(({ refusal: why }) => why)).toEqual(["Somebody has decided meanwhile.", null]);
  });

  test("survive a reload: what was kept is sent by the next page", async () => {
    const store = new Kept();
    const never = queueWith(() => new Promise(() => undefined), store);
    never.queue.add(decision("1"));
    const sent: string[] = [];
    const { queue } = queueWith(({ id }) => Promise.resolve(sent.push(id)), store);
    expect(queue.unsent).toBe(1);
    await queue.send();
    expect(sent).toEqual(["1"]);
    expect(store.read()).toEqual([]);
  });
});
