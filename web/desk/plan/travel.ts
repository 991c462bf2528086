/**
 * How long the way between two sites takes: an estimate, by the line between them. Roads are longer by the detour factor
 * (Ballou, Rahardja, Sakai: Selected country circuity factors for road travel distance estimation, 2002), and
 * the speed is door to door; both are the organisation's policy. No routing service is asked.
 */
import type { Schema } from "../../shared/api/types";
import { distanceM, type Position } from "../../shared/site/geodesic";

export type Planning = Schema<"PolicyPlanning">;

export interface Travel {
  readonly minutes: number;
  /** By road, as estimated. */
  readonly metres: number;
}

/** A site next door is reached on foot within the visit itself. */
const NEAR_M = 50;

export function travelBetween(from: Position, to: Position, planning: Planning): Travel {
  const line = distanceM(from, to);
  if (line < NEAR_M) return { minutes: 0, metres: 0 };
  const metres = line * planning.detour_factor;
  return { minutes: Math.ceil(metres / ((planning.travel_speed_kmh * 1000) / 60)), metres };
}
