import { useEffect, useState } from "preact/hooks";

const TICK_MS = 15_000;

/** The time by the server's clock, again every few seconds and after each answer. */
export function useNow(aheadMs: number): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return Date.now() + aheadMs;
}
