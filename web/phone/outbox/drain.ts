/**
 * Sends what is due until nothing is. Knows nothing of tabs, pages or databases: all of that comes in as
 * `DrainParts`, so that tests play every network there is.
 */
import { ApiProblem, SessionEnded } from "../../shared/api/problem";
import type { OutboxItem } from "./items";
import { type FactItem, nextDueMs, nextFacts, nextPhoto, type PhotoItem } from "./order";
import { isTransportFailure, type Outcome, refusalOf } from "./outcome";

export interface DrainParts {
  /** Whose work may be sent now; null: nobody's. */
  user(): Promise<string | null>;
  load(userId: string): Promise<OutboxItem[]>;
  settle(item: OutboxItem, outcome: Outcome): Promise<void>;
  sendFacts(userId: string, items: FactItem[]): Promise<[FactItem, Outcome][]>;
  sendPhoto(userId: string, item: PhotoItem, onProgress: (fraction: number) => void): Promise<Outcome>;
  /** False while photos wait for a network that costs nothing. */
  mayPhotosGo(): Promise<boolean>;
  /** The share of each item under way; an empty map when none is. */
  onProgress(shares: ReadonlyMap<string, number>): void;
  /** Resolves when something new may be due. */
  nextWake(): Promise<void>;
  now(): number;
  /** Photos that broke off since the last one got through. Outlives the drain; changed by it. */
  brokenOff: Set<string>;
  signal: AbortSignal;
}

export type DrainEnd =
  /** All that can be sent was sent; `dueMs`: when there is more, if that is known. */
  | { why: "done"; dueMs: number | null }
  /** The network, or the server as a whole, does not let anything through. */
  | { why: "no_way"; retryAfterSeconds: number | null }
  | { why: "log_in_needed" }
  | { why: "stopped" };

export async function drain(parts: DrainParts): Promise<DrainEnd> {
  try {
    for (;;) {
      if (parts.signal.aborted) return { why: "stopped" };
      const userId = await parts.user();
      if (userId === null) return { why: "log_in_needed" };
      const items = await parts.load(userId);
      if (await sendDueFacts(parts, userId, items)) continue;
      const photo = (await parts.mayPhotosGo()) ? nextPhoto(items, parts.now(), parts.brokenOff) : null;
      if (!photo) return { why: "done", dueMs: nextDueMs(items, parts.now()) };
      await sendPhotoBesideFacts(parts, userId, photo);
    }
  } catch (error) {
    if (parts.signal.aborted) return { why: "stopped" };
    if (error instanceof SessionEnded) return { why: "log_in_needed" };
    if (!isTransportFailure(error)) throw error;
    return { why: "no_way", retryAfterSeconds: error instanceof ApiProblem ? error.retryAfterSeconds : null };
  } finally {
    parts.onProgress(new Map());
  }
}

/** One request of facts; false when none is due. */
async function sendDueFacts(parts: DrainParts, userId: string, items: OutboxItem[]): Promise<boolean> {
  const facts = nextFacts(items, parts.now());
  if (facts.length === 0) return false;
  parts.onProgress(new Map(facts.map((item) => [item.id, 0])));
  for (const [item, outcome] of await parts.sendFacts(userId, facts)) await parts.settle(item, outcome);
  return true;
}

/** A photo takes minutes where the network is bad; what is noted meanwhile does not wait for it. */
async function sendPhotoBesideFacts(parts: DrainParts, userId: string, photo: PhotoItem): Promise<void> {
  let share = 0;
  const tell = (fraction: number) => {
    share = fraction;
    parts.onProgress(new Map([[photo.id, share]]));
  };
  tell(0);
  let isOver = false;
  const done = attemptPhoto(parts, userId, photo, tell).finally(() => {
    isOver = true;
  });
  done.catch(() => {});
  for (;;) {
    await Promise.race([done, parts.nextWake()]);
    if (isOver) break;
    if ((await parts.user()) !== userId) break;
    while (await sendDueFacts(parts, userId, await parts.load(userId))) tell(share);
  }
  await done;
}

async function attemptPhoto(parts: DrainParts, userId: string, photo: PhotoItem, tell: (f: number) => void) {
  try {
    const outcome = await parts.sendPhoto(userId, photo, tell);
    parts.brokenOff.clear();
    await parts.settle(photo, outcome);
  } catch (error) {
    if (!(error instanceof ApiProblem) || !isOwnTrouble(error)) {
      if (!(error instanceof SessionEnded)) parts.brokenOff.add(photo.id);
      throw error;
    }
    // It waits, and the others go on.
    const { retryAfterSeconds } = error;
    await parts.settle(photo, { kind: "later", problem: refusalOf(error.problem), retryAfterSeconds });
  }
}

/** Retryable, and said of this upload: another one may well get through. */
function isOwnTrouble({ problem }: ApiProblem): boolean {
  return problem.code !== "unavailable" && problem.code !== "too_many_requests";
}
