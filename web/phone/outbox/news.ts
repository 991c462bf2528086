/** What the sender is doing, told to every tab. */

export type Pause =
  /** No answer from the server; the next attempt comes at `until_ms`, or when the network returns. */
  | { why: "no_way"; until_ms: number }
  | { why: "log_in_needed" };

export interface SenderNews {
  /** The share of each item under way, 0 to 1. */
  sharesById: Record<string, number>;
  pause: Pause | null;
  /** Photos wait for a network that costs nothing. */
  arePhotosPaused: boolean;
}

const quiet: SenderNews = { sharesById: {}, pause: null, arePhotosPaused: false };
let latest = quiet;
const listeners = new Set<() => void>();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("fieldproof-sender");

/** A new tab asks; whoever knows answers. */
type Message = { ask: true } | { news: SenderNews };

let heardAtMs = 0;

if (channel) {
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ("ask" in data) {
      if (latest !== quiet) channel.postMessage({ news: latest } satisfies Message);
      return;
    }
    latest = data.news;
    heardAtMs = Date.now();
    for (const listener of listeners) listener();
  };
  (channel as unknown as { unref?: () => void }).unref?.();
  channel.postMessage({ ask: true } satisfies Message);
}

export const currentNews = (): SenderNews => latest;

/** When another tab was last heard of. */
export const lastHeardMs = (): number => heardAtMs;

/** Tells this tab and the others. */
export function publishNews(change: Partial<SenderNews>): void {
  latest = { ...latest, ...change };
  channel?.postMessage({ news: latest } satisfies Message);
  for (const listener of listeners) listener();
}

/** Calls `listener` after each change; ends with the function that is returned. */
export function watchNews(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
