import { useEffect, useState } from "preact/hooks";

/** Typing goes on: what was typed counts when it pauses. */
const PAUSE_MS = 250;

/** A text that is typed, and `tell` once it rests. */
export function usePause(value: string, tell: (value: string) => void): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => tell(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped];
}
