import { useEffect } from "preact/hooks";
import { useLiveState } from "../live/live";

/** How often everything is read where no stream can be had: as many are open as the server allows. */
const WITHOUT_STREAM_MS = 30_000;

/** Reads again from time to time while nothing tells of changes. `reload` must be the same function each time. */
export function useWithoutStream(reload: () => void): void {
  const isBroken = useLiveState().kind === "broken";
  useEffect(() => {
    if (!isBroken) return;
    const again = setInterval(reload, WITHOUT_STREAM_MS);
    return () => clearInterval(again);
  }, [isBroken, reload]);
}
