/**
 * What changes while one looks. One stream a page, for all of its parts:
 *
 *     useLive(["visit", "photo"], (news) => …);
 *
 * `news` says what changed, or "everything" after a break that nobody can bridge: read again what is shown of it. A part
 * subscribes before it reads, so that nothing falls in between.
 */
import { useEffect, useRef } from "preact/hooks";
import { useObservable } from "../../shared/ui/observable";
import { api } from "../session";
import { LiveConnection, type LiveState, type News } from "./connection";

async function open(position: string | null): Promise<ReadableStream<Uint8Array>> {
  const headers: Record<string, string> = position === null ? {} : { "Last-Event-ID": position };
  const { body } = await api.send({ method: "GET", path: "/v1/events", headers });
  if (!body) throw new Error("no stream");
  return body;
}

const live = new LiveConnection({
  open,
  now: () => Date.now(),
  later: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  isHidden: () => document.hidden,
});

document.addEventListener("visibilitychange", () => live.onVisibility());
window.addEventListener("online", () => live.retryNow());

/** Calls the newest `take` with changes of these kinds for as long as the component is there. */
export function useLive(kinds: readonly string[], take: (news: News) => void): void {
  const newest = useRef(take);
  newest.current = take;
  useEffect(() => live.subscribe(kinds, (news) => newest.current(news)), [kinds.join(" ")]);
}

export const useLiveState = (): LiveState => useObservable(live.state);
