import { useEffect, useRef, useState } from "preact/hooks";
import { Autosaver, type SaveState } from "./autosaver";

export interface Autosave<Value> {
  state: SaveState;
  /** To be called with each change. */
  change(value: Value): void;
  /** Resolves when all changes are durable; rejects when they could not be written. */
  flush(): Promise<void>;
  /** Whether something is not durable yet. */
  isDirty(): boolean;
}

/** Saves while the user writes, and at once when the app goes to the background, is closed or moves on. */
export function useAutosave<Value>(save: (value: Value) => Promise<unknown>): Autosave<Value> {
  const [state, setState] = useState<SaveState>({ is: "saved" });
  const latest = useRef(state);
  const newest = useRef(save);
  newest.current = save;
  const saver = useRef<Autosaver<Value> | null>(null);
  saver.current ??= new Autosaver<Value>(
    (value) => newest.current(value),
    (next) => {
      latest.current = next;
      setState(next);
    },
  );
  const autosaver = saver.current;
  useEffect(() => {
    const leave = () => void autosaver.flush();
    const hide = () => document.visibilityState === "hidden" && leave();
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", hide);
    return () => {
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", hide);
      leave();
    };
  }, [autosaver]);
  return {
    state,
    change: (value) => autosaver.change(value),
    isDirty: () => autosaver.isDirty,
    flush: async () => {
      await autosaver.flush();
      if (latest.current.is === "failed") throw latest.current.error;
    },
  };
}
