/** One sender at a time, whatever number of tabs is open. */

/** Whoever sends holds this Web Lock: a tab, or the service worker. */
export const SENDER_LOCK = "fieldproof-sender";
/** A holder tells of itself this often … */
export const SIGN_OF_LIFE_MS = 5_000;
/** … and one that is silent for this long was put to sleep by the phone: its turn is over. */
export const SILENCE_MS = 30_000;

export interface AloneOptions {
  /** When another tab gave its last sign of life. */
  lastHeardMs: () => number;
  now?: () => number;
  locks?: LockManager | undefined;
}

/**
 * Runs `work` when no other tab runs its own, and passes on what it returns. Where the holder has fallen
 * asleep, its place is taken: its `signal` ends, it gets undefined, and its work stops when it wakes. Should
 * both send for a moment, no harm is done: the server knows every item by its id.
 */
export async function alone<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  options: AloneOptions,
): Promise<Result | undefined> {
  const { lastHeardMs, now = Date.now, locks = navigator.locks } = options;
  const aborter = new AbortController();
  if (!locks) return work(aborter.signal);
  let isRunning = false;
  const turn = () => {
    isRunning = true;
    return work(aborter.signal);
  };
  const waiting = new AbortController();
  const beganMs = now();
  const watch = setInterval(() => {
    if (!isRunning && now() - Math.max(beganMs, lastHeardMs()) > SILENCE_MS) waiting.abort();
  }, SIGN_OF_LIFE_MS);
  /** Undefined when the place of this tab was taken. */
  const unlessTaken = async (request: Promise<Result>): Promise<Result | undefined> => {
    try {
      return await request;
    } catch (error) {
      if (!isAbort(error)) throw error;
      if (isRunning) aborter.abort();
      return undefined;
    }
  };
  try {
    const result = await unlessTaken(locks.request(SENDER_LOCK, { signal: waiting.signal }, turn) as Promise<Result>);
    if (isRunning) return result;
    return await unlessTaken(locks.request(SENDER_LOCK, { steal: true }, turn) as Promise<Result>);
  } finally {
    clearInterval(watch);
  }
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";
