import { describe, expect, test } from "vitest";
import { ApiProblem, problemOfStatus, SessionEnded } from "../../../../shared/api/problem";
import { LiveConnection, type LiveWorld, type News } from "../../../../desk/live/connection";

/** A server whose streams the test writes, and a clock that the test turns. */
class World implements LiveWorld {
  readonly positions: (string | null)[] = [];
  refusal: Error | null = null;
  hidden = false;
  nowMs = 0;
  #streams: { controller: ReadableStreamDefaultController<Uint8Array>; isCancelled: boolean }[] = [];
  #timers = new Map<number, { at: number; run: () => void }>();
  #number = 0;

  open = async (position: string | null) => {
    this.positions.push(position);
    if (this.refusal) throw this.refusal;
    const entry = { controller: null as unknown as ReadableStreamDefaultController<Uint8Array>, isCancelled: false };
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => void (entry.controller = controller),
      cancel: () => void (entry.isCancelled = true),
    });
    this.#streams.push(entry);
    return stream;
  };
  now = () => this.nowMs;
  isHidden = () => this.hidden;
  later = (run: () => void, ms: number) => {
    const number = ++this.#number;
    this.#timers.set(number, { at: this.nowMs + ms, run });
    return () => void this.#timers.delete(number);
  };

  get openCount() {
    return this.#streams.filter(({ isCancelled }) => !isCancelled).length;
  }

  async says(text: string) {
    this.#streams.at(-1)?.controller.enqueue(new TextEncoder().encode(text));
    await settled();
  }
  async cuts() {
    this.#streams.at(-1)?.controller.error(new Error("cut"));
    await settled();
  }
  async passes(ms: number) {
    const until = this.nowMs + ms;
    for (;;) {
      const next = [...this.#timers].filter(([, { at }]) => at <= until).sort((a, b) => a[1].at - b[1].at)[0];
      if (!next) break;
      this.#timers.delete(next[0]);
      this.nowMs = next[1].at;
      next[1].run();
      await settled();
    }
    this.nowMs = until;
  }
}

const settled = async () => {
  for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setTimeout(resolve, 0));
};

const event = (name: string, id: string, data: unknown = {}) => `event: ${name}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;
const changes = (id: string, ...kinds: string[]) => event("changes", id, { changes: kinds.map((kind) => ({ kind, id: `${kind}-1` })) });

async function connected(...kinds: string[]) {
  const world = new World();
  const live = new LiveConnection(world);
  const heard: News[] = [];
  const unsubscribe = live.subscribe(kinds, (news) => heard.push(news));
  await settled();
  await world.says(event("start_over", "p1") + event("ready", "p1"));
  heard.length = 0;
  return { world, live, heard, unsubscribe };
}

describe("the stream of a page", () => {
  test("is one for all parts; each hears of its kinds", async () => {
    const { world, live, heard } = await connected("visit");
    const others: News[] = [];
    live.subscribe(["photo", "retake"], (news) => others.push(news));
    await world.says(changes("p2", "visit", "photo"));
    expect(heard).toEqual([[{ kind: "visit", id: "visit-1" }]]);
    expect(others).toEqual([[{ kind: "photo", id: "photo-1" }]]);
    expect(world.positions).toEqual([null]);
    expect(live.state.value.kind).toBe("connected");
  });

  test("comes back with its position after a break, soon, and says since when it was away", async () => {
    const { world, live } = await connected("visit");
    await world.says(changes("p2", "visit"));
    world.nowMs = 5000;
    await world.cuts();
    expect(live.state.value).toEqual({ kind: "broken", sinceMs: 5000 });
    await world.passes(600);
    expect(world.positions).toEqual([null, "p2"]);
    expect(live.state.value.kind).toBe("broken"); // until it is told that nothing is missing
    await world.says(event("ready", "p3"));
    expect(live.state.value.kind).toBe("connected");
  });

  test("says that everything is to be read when the server cannot tell", async () => {
    const { world, heard } = await connected("visit");
    await world.cuts();
    await world.passes(600);
    await world.says(event("start_over", "q1") + event("ready", "q1"));
    expect(heard).toEqual(["everything"]);
  });

  test("waits longer and longer for a server that is away, and as long as it asks to", async () => {
    const { world } = await connected("visit");
    world.refusal = new Error("no network");
    await world.cuts();
    await world.passes(60_000);
    expect(world.positions.length).toBeGreaterThan(6);
    expect(world.positions.length).toBeLessThan(20);
    world.refusal = new ApiProblem(problemOfStatus(503), 30);
    await world.passes(10_000);
    const before = world.positions.length;
    await world.passes(29_000);
    expect(world.positions.length - before).toBeLessThanOrEqual(1);
  });

  test("takes a server that says nothing at all for gone", async () => {
    const { world, live } = await connected("visit");
    for (let i = 0; i < 5; i += 1) {
      await world.passes(10_000);
      await world.says(":\n\n");
    }
    expect(world.positions).toEqual([null]);
    await world.passes(26_000);
    expect(world.positions).toEqual([null, "p1"]);
    expect(live.state.value.kind).toBe("broken");
    expect(world.openCount).toBe(1);
  });

  test("is given back by a hidden page, and complete when it is shown again", async () => {
    const { world, live } = await connected("visit");
    world.hidden = true;
    live.onVisibility();
    for (let i = 0; i < 5; i += 1) {
      await world.passes(11_000);
      await world.says(":\n\n");
    }
    expect([world.openCount, live.state.value.kind]).toEqual([1, "connected"]);
    await world.passes(6000);
    expect([world.openCount, live.state.value.kind]).toEqual([0, "paused"]);
    await world.passes(600_000);
    expect(world.positions).toEqual([null]);
    world.hidden = false;
    live.onVisibility();
    await settled();
    expect(world.positions).toEqual([null, "p1"]);
  });

  test("does not fight with newer windows of the same session", async () => {
    const { world, live } = await connected("visit");
    await world.says('event: end\ndata: {"reason":"replaced"}\n\n');
    await world.passes(600_000);
    expect([world.positions, live.state.value.kind]).toEqual([[null], "paused"]);
  });

  test("goes on at once when its time is over", async () => {
    const { world } = await connected("visit");
    await world.says('event: end\ndata: {"reason":"time"}\n\n');
    await world.passes(1);
    expect(world.positions).toEqual([null, "p1"]);
  });

  test("ends with the session and with its last listener", async () => {
    const { world, unsubscribe } = await connected("visit");
    world.refusal = new SessionEnded();
    await world.cuts();
    await world.passes(60_000);
    expect(world.positions).toEqual([null, "p1"]);
    world.refusal = null;
    unsubscribe();
    await world.passes(60_000);
    expect(world.positions).toEqual([null, "p1"]);
  });
});
