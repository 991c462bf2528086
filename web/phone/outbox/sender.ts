/** The sender of this tab: waits for its turn, drains the outbox, sleeps until there is a reason to wake. */
import { askForBackgroundSync } from "../device/updates";
import { alone, SIGN_OF_LIFE_MS } from "./alone";
import { backOffMs } from "./back_off";
import { watchConnection } from "./conditions";
import { drain, type DrainEnd } from "./drain";
import { currentNews, lastHeardMs, type Pause, publishNews } from "./news";
import { realParts } from "./parts";
import { onWake } from "./wake";

/** Longest sleep: a wake that got lost costs no more than this. */
const LONGEST_SLEEP_MS = 60_000;

/** A door bell: `ring` lets everybody go who waits for it. */
class Bell {
  #waiting: (() => void)[] = [];
  ring(): void {
    for (const go of this.#waiting.splice(0)) go();
  }
  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** Starts the sender of this tab; it runs until the page is gone. */
export function startSender(): void {
  const bell = new Bell();
  let failures = 0;
  let isRung = false;
  const ring = () => {
    isRung = true;
    bell.ring();
  };
  const ringAfresh = () => {
    failures = 0;
    ring();
  };
  onWake(ring);
  addEventListener("online", ringAfresh);
  watchConnection(ringAfresh);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ringAfresh();
    // It may be the last that is heard of this page.
    else if (currentNews().pause?.why === "no_way") void askForBackgroundSync();
  });

  const turn = async (signal: AbortSignal): Promise<DrainEnd> => {
    const life = setInterval(() => publishNews({}), SIGN_OF_LIFE_MS);
    try {
      return await drain(realParts(signal, () => bell.next()));
    } finally {
      clearInterval(life);
    }
  };

  const round = async (): Promise<number> => {
    const end = (await alone(turn, { lastHeardMs })) ?? { why: "stopped" as const };
    const wait = sleepAfter(end, end.why === "no_way" ? ++failures : (failures = 0));
    // Should the app be closed by the time the network returns, the service worker goes on.
    if (end.why === "no_way") void askForBackgroundSync();
    const pause = pauseAfter(end, wait);
    if (pause || currentNews().pause) publishNews({ pause });
    return wait;
  };

  const run = async () => {
    for (;;) {
      isRung = false;
      const wait = await round().catch((error: unknown) => {
        // A broken database, say: telling beats a loop at full speed.
        console.error(error);
        return LONGEST_SLEEP_MS;
      });
      if (isRung && failures === 0) continue;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const slept = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, wait);
      });
      await Promise.race([slept, bell.next()]);
      clearTimeout(timer);
    }
  };
  void run();
}

function pauseAfter(end: DrainEnd, waitMs: number): Pause | null {
  if (end.why === "no_way") return { why: "no_way", until_ms: Date.now() + waitMs };
  return end.why === "log_in_needed" ? { why: "log_in_needed" } : null;
}

/** How long to sleep after a drain, when nothing rings. */
export function sleepAfter(end: DrainEnd, failures: number, random = Math.random(), nowMs = Date.now()): number {
  switch (end.why) {
    case "no_way":
      return Math.min(backOffMs(failures, random, end.retryAfterSeconds), longestPauseMs(end.retryAfterSeconds));
    case "done":
      return end.dueMs === null ? LONGEST_SLEEP_MS : Math.min(LONGEST_SLEEP_MS, Math.max(0, end.dueMs - nowMs));
    default:
      return LONGEST_SLEEP_MS;
  }
}

/** Without a network a phone asks at least once a minute; a server that names its time is obeyed. */
const longestPauseMs = (retryAfterSeconds: number | null) => Math.max(LONGEST_SLEEP_MS, (retryAfterSeconds ?? 0) * 1000);
