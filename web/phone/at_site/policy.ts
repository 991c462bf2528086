/** The part of the organisation's evidence policy that the phone needs to say what will be found. */
import type { FixPolicy } from "./foresight";
import type { LooksThresholds } from "./looks";

export interface SitePolicy extends FixPolicy {
  readonly thresholds: FixPolicy["thresholds"] & LooksThresholds;
}

/**
 * The defaults of docs/evidence-rules.md: taken until the phone has read the organisation's own policy
 * once. A test compares them with that document.
 */
export const defaultPolicy: SitePolicy = {
  thresholds: {
    low_accuracy_m: 100,
    unusable_accuracy_m: 1000,
    assumed_accuracy_m: 50,
    stale_fix_s: 300,
    clock_skew_s: 300,
    photo_least_side_px: 480,
    photo_least_luminance: 20,
    photo_least_sharpness: 20,
  },
  verdicts: {
    fix_missing: "needs_review",
    fix_invalid: "needs_review",
    null_island: "needs_review",
    accuracy_missing: "accepted",
    low_accuracy: "accepted",
    fix_too_coarse: "needs_review",
    geofence_inside: "accepted",
    geofence_uncertain: "accepted",
    geofence_outside: "needs_review",
    wrong_datum_suspected: "accepted",
    site_datum_suspected: "needs_review",
    stale_fix: "needs_review",
    fix_time_ahead: "accepted",
  },
};
