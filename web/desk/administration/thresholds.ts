/** The policy's limits as the contract has them (PolicyThresholdsChange); a test compares the two. */
import type { Schema } from "../../shared/api/types";
import type { units } from "../words/thresholds";

export type ThresholdName = keyof Schema<"PolicyThresholds">;

export interface Threshold {
  readonly name: ThresholdName;
  readonly unit: keyof typeof units;
  readonly min: number;
  readonly max: number;
  readonly standard: number;
}

const threshold = (name: ThresholdName, unit: Threshold["unit"], min: number, max: number, standard: number): Threshold => ({
  name, unit, min, max, standard,
});

export const thresholds: readonly Threshold[] = [
  threshold("low_accuracy_m", "m", 1, 10_000, 100),
  threshold("unusable_accuracy_m", "m", 10, 100_000, 1000),
  threshold("assumed_accuracy_m", "m", 0, 1000, 50),
  threshold("stale_fix_s", "s", 1, 86_400, 300),
  threshold("speed_limit_mps", "mps", 10, 400, 100),
  threshold("flight_speed_limit_mps", "mps", 10, 1000, 280),
  threshold("flight_distance_m", "m", 1000, 20_100_000, 200_000),
  threshold("speed_least_distance_m", "m", 0, 100_000, 2000),
  threshold("repeated_coordinates_count", "count", 1, 1000, 3),
  threshold("clock_skew_s", "s", 1, 86_400, 300),
  threshold("sent_late_s", "s", 60, 31_536_000, 43_200),
  threshold("photo_time_s", "s", 0, 604_800, 1800),
  threshold("photo_distance_m", "m", 0, 100_000, 500),
  threshold("photo_least_side_px", "px", 0, 10_000, 480),
  threshold("photo_least_luminance", "luminance", 0, 255, 20),
  threshold("photo_least_sharpness", "sharpness", 0, 100_000, 20),
  threshold("least_time_on_site_s", "s", 0, 86_400, 180),
];
