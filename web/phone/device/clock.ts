/** Whether the phone's clock is right: every answer of the server says what time it is there. */
import { Observable } from "../../shared/ui/observable";

/** A clock that is off by less than this is right: findings begin at five minutes by default. */
export const TOLERATED_MS = 2 * 60_000;
/** An answer that took longer than this says little about the time. */
const SLOWEST_ANSWER_MS = 10_000;

/** By how much the phone's clock is ahead of the server's, in milliseconds; null before the first answer. */
export const clockAheadMs = new Observable<number | null>(null);

/** The phone's lead over the server; null when the answer was too slow to tell. */
export function leadOf(server: Date, sentAtMs: number, receivedAtMs: number): number | null {
  const took = receivedAtMs - sentAtMs;
  // A clock that was set in between.
  if (took < 0 || took > SLOWEST_ANSWER_MS) return null;
  // The Date header leaves out the fraction of its second: half a second on average.
  return Math.round((sentAtMs + receivedAtMs) / 2 - (server.getTime() + 500));
}

/** For ApiClient.onServerTime. */
export function noteServerTime(server: Date, sentAtMs: number, receivedAtMs: number): void {
  const lead = leadOf(server, sentAtMs, receivedAtMs);
  if (lead !== null) clockAheadMs.set(lead);
}

export const isClockWrong = (lead: number | null): lead is number => lead !== null && Math.abs(lead) > TOLERATED_MS;
