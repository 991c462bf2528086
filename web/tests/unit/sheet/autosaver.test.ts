import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Autosaver, type SaveState } from "../../../phone/sheet/autosaver";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function made(save: (value: string) => Promise<void>) {
  const states: SaveState["is"][] = [];
  return { saver: new Autosaver<string>(save, (state) => states.push(state.is)), states };
}

test("writes once, after a moment of quiet, what was written last", async () => {
  const saved: string[] = [];
  const { saver, states } = made(async (value) => void saved.push(value));
  for (const value of ["a", "ab", "abc"]) saver.change(value);
  expect(saver.isDirty).toBe(true);
  await vi.advanceTimersByTimeAsync(299);
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(saved).toEqual(["abc"]);
  expect(states.at(-1)).toBe("saved");
  expect(saver.isDirty).toBe(false);
});

test("writes at once when the page goes", async () => {
  const saved: string[] = [];
  const { saver } = made(async (value) => void saved.push(value));
  saver.change("a");
  const flushed = saver.flush();
  expect(saved, "before anything was awaited").toEqual(["a"]);
  await flushed;
});

test("one write at a time; what came during it is written after it", async () => {
  const saved: string[] = [];
  let finish = () => {};
  const { saver } = made((value) => (saved.push(value), new Promise<void>((resolve) => (finish = resolve))));
  saver.change("a");
  const flushed = saver.flush();
  saver.change("b");
  saver.change("c");
  void saver.flush();
  expect(saved).toEqual(["a"]);
  finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(saved).toEqual(["a", "c"]);
  finish();
  await flushed;
  expect(saver.isDirty).toBe(false);
});

test("a failure is said, and nothing is forgotten", async () => {
  let isFull = true;
  const saved: string[] = [];
  const { saver, states } = made(async (value) => {
    if (isFull) throw new Error("full");
    saved.push(value);
  });
  saver.change("a");
  await saver.flush();
  expect(states.at(-1)).toBe("failed");
  expect(saver.isDirty).toBe(true);
  isFull = false;
  await saver.flush();
  expect(saved).toEqual(["a"]);
  expect(states.at(-1)).toBe("saved");
});
