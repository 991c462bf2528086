/** What a map shows. Positions are WGS-84. */
import type { Fence, FenceVerdict } from "../../shared/site/fence";
import type { Position } from "../../shared/site/geodesic";
import { circleRing } from "./circle";

export type Shape =
  | { readonly kind: "fence"; readonly fence: Fence; readonly tone: "present" | "proposed" }
  | {
      readonly kind: "fix";
      readonly id: string;
      readonly position: Position;
      readonly accuracy_m: number | null;
      readonly verdict: FenceVerdict | null;
      /** The one that everything else is about. */
      readonly isCurrent?: boolean;
      /** Said when it is pointed at. */
      readonly label: string;
    }
  | { readonly kind: "track"; readonly positions: readonly Position[] }
  | { readonly kind: "mark"; readonly position: Position; readonly label: string };

/** A point that can be moved, by pointer or by arrow keys. */
export interface Handle {
  readonly id: string;
  readonly kind: "centre" | "radius" | "corner" | "middle";
  readonly position: Position;
  /** What it is, for those who do not see it. */
  readonly label: string;
}

/** The rings of a fence; a circle as a ring of many points. */
export function ringsOf(fence: Fence): readonly (readonly Position[])[] {
  return fence.kind === "circle" ? [circleRing(fence.centre, fence.radius_m)] : fence.polygons.flat();
}

/** Beyond this an accuracy circle says only that nothing is known, and would push all else out of the picture. */
const REACH_MAX_M = 5000;

/** What must be in the picture. */
export function extentOf(shapes: readonly Shape[]): Position[] {
  return shapes.flatMap((shape): readonly Position[] => {
    if (shape.kind === "fence") return ringsOf(shape.fence).flat();
    if (shape.kind === "track") return shape.positions;
    const reach_m = shape.kind === "fix" ? Math.min(shape.accuracy_m ?? 0, REACH_MAX_M) : 0;
    return reach_m > 0 ? circleRing(shape.position, reach_m) : [shape.position];
  });
}
