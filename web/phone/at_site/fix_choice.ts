/**
 * Which of the positions that a phone reports is the one to send. Pure: times are arguments.
 */
import type { Position } from "../../shared/site/geodesic";

/** One report of the phone's position. */
export interface Sample {
  readonly position: Position;
  /** Null: the phone does not say. */
  readonly accuracy_m: number | null;
  readonly altitude_m: number | null;
  readonly speed_mps: number | null;
  /** When the position was determined, ms since the epoch, as the phone says. */
  readonly fix_at_ms: number;
}

/** A brisk walk: by so much a position may be off for each second of its age. */
const WALK_MPS = 1.4;

/** Taken for a sample that states no accuracy, when it is compared with others. */
const UNSTATED_ACCURACY_M = 1000;

/** Phones in the open get there within seconds, and waiting longer hardly improves on it. */
export const GOOD_ACCURACY_M = 15;

/** Older samples come from the phone's cache and are not "here and now". */
const FRESH_MS = 10_000;

/** How far off the sample may be at that moment, its age considered. */
export function likelyErrorM(sample: Sample, now_ms: number): number {
  const age_s = Math.max(0, now_ms - sample.fix_at_ms) / 1000;
  return (sample.accuracy_m ?? UNSTATED_ACCURACY_M) + age_s * WALK_MPS;
}

/** The better of two at that moment; of equals the newer. */
export function betterOf(a: Sample | null, b: Sample, now_ms: number): Sample {
  if (!a) return b;
  const difference_m = likelyErrorM(a, now_ms) - likelyErrorM(b, now_ms);
  if (difference_m === 0) return a.fix_at_ms > b.fix_at_ms ? a : b;
  return difference_m > 0 ? b : a;
}

/** What decides whether waiting longer is worth the technician's time. */
export interface Enough {
  /** The site's entry accuracy, or the organisation's limit of low accuracy. */
  readonly limit_m: number;
  /** Whether the sample's whole accuracy circle lies inside the fence. */
  readonly isInside: (sample: Sample) => boolean;
}

/**
 * Whether the search may end early: the sample is fresh and within the limit, and it either proves
 * presence already or is as good as phones get. A coarse sample that cannot tell inside from outside
 * is waited for even where the limit would allow it.
 */
export function isEnough(sample: Sample, now_ms: number, enough: Enough): boolean {
  if (sample.accuracy_m === null || now_ms - sample.fix_at_ms > FRESH_MS) return false;
  if (sample.accuracy_m > enough.limit_m) return false;
  return sample.accuracy_m <= GOOD_ACCURACY_M || enough.isInside(sample);
}
