/** Hooks of the site's screen: the position, and whether the app is seen. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { type Fence, fenceDistanceM, fenceVerdict } from "../../shared/site/fence";
import type { Enough } from "./fix_choice";
import { FixKeeper, NOT_YET } from "./fix_keeper";
import { type FixSearch, browserTicker } from "./fix_seeker";

let awayUntil_ms = 0;
/** Longer than anyone looks for the right angle. */
const PICTURE_MS = 5 * 60_000;

/** Outlives the app, which a phone short of memory ends while its camera is open: the picture then comes to nobody. */
const AWAITED = "fieldproof-picture-awaited";
/** Later, whoever opens the app knows nothing of that picture any more. */
const AWAITED_MS = 30 * 60_000;

/** The phone's own camera app is about to cover this one; that is no reason to close what is being gathered. */
export function leaveForPicture(): void {
  awayUntil_ms = Date.now() + PICTURE_MS;
  localStorage.setItem(AWAITED, String(Date.now()));
}

export function backFromPicture(): void {
  awayUntil_ms = 0;
  localStorage.removeItem(AWAITED);
}

/** The app was ended while it waited for a picture, which is lost. Told once. */
export function hasLostPicture(now_ms = Date.now()): boolean {
  const since_ms = Number(localStorage.getItem(AWAITED) ?? NaN);
  if (awayUntil_ms > 0) return false;
  localStorage.removeItem(AWAITED);
  return now_ms - since_ms < AWAITED_MS;
}

/** A page that is seen again was not ended; browsers of before 2023 do not tell when no picture was taken. */
const noticeReturn = (): void => localStorage.removeItem(AWAITED);

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
  useVisibility((isVisible) => {
    keeper.setVisible(isVisible);
    if (isVisible) noticeReturn();
  });
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
