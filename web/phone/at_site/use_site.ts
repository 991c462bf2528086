/** Hooks of the site's screen: the position, and whether the app is seen. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Fence, fenceDistanceM, fenceVerdict } from "../../shared/site/fence";
import type { Enough } from "./fix_choice";
import { FixKeeper, NOT_YET } from "./fix_keeper";
import { type FixSearch, browserTicker } from "./fix_seeker";

let awayUntil_ms = 0;
/** Longer than anyone looks for the right angle. */
const PICTURE_MS = 5 * 60_000;

/** The phone's own camera app is about to cover this one; that is no reason to close what is being gathered. */
export function leaveForPicture(): void {
  awayUntil_ms = Date.now() + PICTURE_MS;
}

export function backFromPicture(): void {
  awayUntil_ms = 0;
}

export const isAwayForPicture = (): boolean => Date.now() < awayUntil_ms;

/** Calls `listener` when the app goes to the background (false) and when it is back (true). */
export function useVisibility(listener: (isVisible: boolean) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const tell = (): void => latest.current(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, []);
}

function enoughAt(fence: Fence | null, limit_m: number): Enough {
  return {
    limit_m,
    isInside: ({ position, accuracy_m }) =>
      fence !== null && fenceVerdict(fenceDistanceM(fence, position), accuracy_m ?? NaN) === "inside",
  };
}

/** The positions of a screen. Searching begins at once and stops when the screen is left. */
export function useFix(fence: Fence | null, limit_m: number): { keeper: FixKeeper; search: FixSearch } {
  const [search, set] = useState<FixSearch>(NOT_YET);
  const keeper = useMemo(() => {
    const source = (navigator as Partial<Navigator>).geolocation ?? null;
    return new FixKeeper(source, browserTicker, enoughAt(fence, limit_m), set);
  }, []);
  useEffect(() => {
    keeper.start();
    return () => keeper.settle();
  }, [keeper]);
  useVisibility((isVisible) => keeper.setVisible(isVisible));
  return { keeper, search };
}

/** Address of a blob while it is shown. */
export function useBlobUrl(blob: Blob | null | undefined): string | undefined {
  const [url, set] = useState<string>();
  useEffect(() => {
    if (!blob) return undefined;
    const made = URL.createObjectURL(blob);
    set(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return blob ? url : undefined;
}
