/** Waiting longer after each failure, and not all phones at the same moment. */

const FIRST_MS = 2_000;
const LONGEST_MS = 10 * 60_000;

/**
 * How long to wait after the `failures`-th failure in a row (1, 2, …): doubled each time up to ten minutes,
 * of which a random half is left out. Never shorter than the server asked for.
 *
 * @param random a number in [0, 1)
 */
export function backOffMs(failures: number, random: number, retryAfterSeconds: number | null = null): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(20, Math.max(0, failures - 1)));
  return Math.max(whole / 2 + (whole / 2) * random, (retryAfterSeconds ?? 0) * 1000);
}
