import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { alone, SILENCE_MS } from "../../../phone/outbox/alone";

/** The part of Web Locks that is used, as the standard words it. */
class Locks {
  #queue: { go: () => void }[] = [];
  #lose: ((error: unknown) => void) | null = null;

  request(_name: string, options: LockOptions, work: () => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const go = () => {
        this.#lose = reject;
        work().then(resolve, reject).finally(() => {
          if (this.#lose !== reject) return;
          this.#lose = null;
          this.#queue.shift()?.go();
        });
      };
      if (options.steal) {
        this.#lose?.(new DOMException("stolen", "AbortError"));
        go();
      } else if (this.#lose) {
        const place = { go };
        this.#queue.push(place);
        options.signal?.addEventListener("abort", () => {
          this.#queue = this.#queue.filter((other) => other !== place);
          reject(new DOMException("aborted", "AbortError"));
        });
      } else go();
    });
  }
}

const locksOf = () => new Locks() as unknown as LockManager;
const pause = () => vi.advanceTimersByTimeAsync(0);

describe("alone", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("a second tab waits until the first is done", async () => {
    const locks = locksOf();
    const log: string[] = [];
    let finish = () => {};
    const options = { locks, lastHeardMs: () => Date.now() };
    const first = alone(() => (log.push("first"), new Promise<void>((resolve) => (finish = resolve))), options);
    const second = alone(async () => void log.push("second"), options);
    await pause();
    expect(log).toEqual(["first"]);
    await vi.advanceTimersByTimeAsync(10 * SILENCE_MS);
    expect(log, "a holder that shows life keeps its place").toEqual(["first"]);
    finish();
    await Promise.all([first, second]);
    expect(log).toEqual(["first", "second"]);
  });

  test("a holder that fell asleep loses its place, and its work is told to stop", async () => {
    const locks = locksOf();
    const log: string[] = [];
    let sleeper: AbortSignal | undefined;
    const first = alone((signal) => ((sleeper = signal), new Promise<string>(() => {})), { locks, lastHeardMs: () => 0 });
    const second = alone(async () => void log.push("second"), { locks, lastHeardMs: () => 0 });
    await vi.advanceTimersByTimeAsync(SILENCE_MS - 1000);
    expect(log).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    await second;
    expect(log).toEqual(["second"]);
    expect(await first).toBeUndefined();
    expect(sleeper?.aborted).toBe(true);
  });

  test("trouble inside comes out, and the place is free again", async () => {
    const locks = locksOf();
    const options = { locks, lastHeardMs: () => 0 };
    await expect(alone(() => Promise.reject(new Error("broken")), options)).rejects.toThrow("broken");
    expect(await alone(async () => "fine", options)).toBe("fine");
  });
});
