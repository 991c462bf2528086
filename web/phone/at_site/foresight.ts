/**
 * What the server will find in a fix, said before it is sent: the rules of evidence/fix.c that need
 * nothing but the fix, the site and the organisation's policy. Speed and repeated coordinates need
 * the technician's history and are left to the server.
 *
 * tests/evidence/fix_judgements.json is judged by these rules and by the server's in their tests.
 */
import { type Datum, fromWgs84, toWgs84 } from "../../shared/site/datum";
import { type Fence, fenceDistanceM, fenceVerdict } from "../../shared/site/fence";
import { type Position, isPosition } from "../../shared/site/geodesic";

export type Verdict = "accepted" | "needs_review" | "rejected";

/** The codes that a fix alone can lead to. */
export type FixCode =
  | "fix_missing"
  | "fix_invalid"
  | "null_island"
  | "accuracy_missing"
  | "low_accuracy"
  | "fix_too_coarse"
  | "geofence_inside"
  | "geofence_uncertain"
  | "geofence_outside"
  | "wrong_datum_suspected"
  | "site_datum_suspected"
  | "stale_fix"
  | "fix_time_ahead";

export interface FixFinding {
  readonly code: FixCode;
  /** Another finding says why: it is shown and does not count. */
  readonly explained: boolean;
  readonly numbers: Readonly<Record<string, number>>;
}

/** The thresholds of the organisation's policy that matter here, named as in the API. */
export interface FixThresholds {
  readonly low_accuracy_m: number;
  readonly unusable_accuracy_m: number;
  readonly assumed_accuracy_m: number;
  readonly stale_fix_s: number;
  readonly clock_skew_s: number;
}

export interface FixPolicy {
  readonly thresholds: FixThresholds;
  readonly verdicts: Readonly<Record<FixCode, Verdict>>;
}

/** A fix as it would be sent, in WGS-84. */
export interface FixToJudge {
  readonly position: Position;
  readonly accuracy_m: number | null;
  readonly fix_at_ms: number;
  readonly captured_at_ms: number;
}

export interface SiteToJudge {
  readonly fence: Fence | null;
  readonly entry_accuracy_m: number | null;
}

export interface Foresight {
  readonly verdict: Verdict;
  readonly findings: readonly FixFinding[];
}

/** As evidence_is_null_island(): what phones give when they have no fix. */
const NULL_ISLAND_DEG = 0.001;

function isNullIsland({ latitude, longitude }: Position): boolean {
  return Math.abs(latitude) < NULL_ISLAND_DEG && Math.abs(longitude) < NULL_ISLAND_DEG;
}

function finding(code: FixCode, numbers: Record<string, number> = {}, explained = false): FixFinding {
  return { code, explained, numbers };
}

/** How coarse a fix may be at this site before it is marked. */
export function accuracyLimitM(site: SiteToJudge, thresholds: FixThresholds): number {
  return site.entry_accuracy_m ?? thresholds.low_accuracy_m;
}

function judgeAccuracy(fix: FixToJudge, site: SiteToJudge, limits: FixThresholds): FixFinding[] {
  const { accuracy_m } = fix;
  const limit_m = accuracyLimitM(site, limits);
  if (accuracy_m === null) {
    return [finding("accuracy_missing", { assumed_accuracy_m: limits.assumed_accuracy_m })];
  }
  if (accuracy_m > limits.unusable_accuracy_m) {
    return [finding("fix_too_coarse", { accuracy_m, limit_m: limits.unusable_accuracy_m })];
  }
  return accuracy_m > limit_m ? [finding("low_accuracy", { accuracy_m, limit_m })] : [];
}

function judgeFreshness(fix: FixToJudge, limits: FixThresholds): FixFinding[] {
  const age_ms = fix.captured_at_ms - fix.fix_at_ms;
  if (age_ms > limits.stale_fix_s * 1000) {
    return [finding("stale_fix", { age_ms, limit_ms: limits.stale_fix_s * 1000 })];
  }
  return age_ms < -limits.clock_skew_s * 1000
    ? [finding("fix_time_ahead", { ahead_ms: -age_ms, limit_ms: limits.clock_skew_s * 1000 })]
    : [];
}

/** A reading of the coordinates that places the fix inside after all. */
interface Reading {
  readonly code: FixCode;
  readonly distance_if_m: number;
}

function otherReading(fence: Fence, sent: Position): Reading | null {
  const shifted: readonly Datum[] = ["gcj02", "bd09"];
  const readings = shifted.flatMap((datum): [FixCode, Position][] => [
    ["wrong_datum_suspected", toWgs84(datum, sent)],
    ["site_datum_suspected", fromWgs84(datum, sent)],
  ]);
  return readings.reduce<Reading | null>((best, [code, position]) => {
    const distance_if_m = fenceDistanceM(fence, position);
    const isBetter = distance_if_m <= 0 && (!best || distance_if_m < best.distance_if_m);
    return isBetter ? { code, distance_if_m } : best;
  }, null);
}

function judgeFence(fix: FixToJudge, fence: Fence, limits: FixThresholds): FixFinding[] {
  const accuracy_m = fix.accuracy_m ?? limits.assumed_accuracy_m;
  const distance_m = fenceDistanceM(fence, fix.position);
  const where = fenceVerdict(distance_m, accuracy_m);
  const reading = where === "outside" ? otherReading(fence, fix.position) : null;
  const stated = finding(`geofence_${where}`, { distance_m, accuracy_m }, reading !== null);
  if (!reading) return [stated];
  const { code, distance_if_m } = reading;
  return [stated, finding(code, { distance_m, distance_if_m, accuracy_m })];
}

function findingsOf(fix: FixToJudge | null, site: SiteToJudge, limits: FixThresholds): FixFinding[] {
  if (!fix) return [finding("fix_missing")];
  if (isNullIsland(fix.position)) return [finding("null_island")];
  if (!isPosition(fix.position)) return [finding("fix_invalid")];
  return [
    ...judgeAccuracy(fix, site, limits),
    ...judgeFreshness(fix, limits),
    ...(site.fence ? judgeFence(fix, site.fence, limits) : []),
  ];
}

const RANK: Readonly<Record<Verdict, number>> = { accepted: 0, needs_review: 1, rejected: 2 };

/** What one finding does to the verdict under this policy. */
export function effectOf(found: FixFinding, policy: FixPolicy): Verdict {
  return found.explained ? "accepted" : policy.verdicts[found.code];
}

/** Findings in the server's order, and the verdict that follows from them. */
export function foresee(fix: FixToJudge | null, site: SiteToJudge, policy: FixPolicy): Foresight {
  const findings = findingsOf(fix, site, policy.thresholds);
  const verdict = findings
    .map((found) => effectOf(found, policy))
    .reduce<Verdict>((worst, next) => (RANK[next] > RANK[worst] ? next : worst), "accepted");
  return { verdict, findings };
}
