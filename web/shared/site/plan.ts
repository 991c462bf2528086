/**
 * The plan of a site in metres east and north of its middle: fence, position and accuracy, fitted into a
 * square. Drawn without map tiles, so it needs no network and shows no one where the technician is.
 */
import type { Fence } from "./fence";
import { type Position, offsetM } from "./geodesic";

export interface PlanPoint {
  readonly x: number;
  readonly y: number;
}

/** In units of the drawing, y downwards. */
export interface Plan {
  readonly side: number;
  readonly circle: { readonly centre: PlanPoint; readonly radius: number } | null;
  /** One SVG path of all rings; holes by the even-odd rule. Empty for a circle. */
  readonly outline: string;
  readonly here: PlanPoint | null;
  /** Radius of the accuracy circle; 0: not stated. */
  readonly accuracy: number;
  /** Other places to be marked, as far as they are near. */
  readonly marks: readonly PlanPoint[];
  /** The fence's middle, to be marked, when the fence is too small to be seen; null: it can be seen. */
  readonly fencePointer: PlanPoint | null;
  readonly scaleBar: { readonly metres: number; readonly length: number };
}

const SIDE = 320;
const MARGIN = 28;
/** A fence smaller than this in the drawing is marked by a sign. */
const DOT = 8;
/** Beyond this, fence and position no longer fit one picture in which the fence could be made out. */
const SPREAD_MAX_M = 60_000;

interface Offset {
  readonly east_m: number;
  readonly north_m: number;
}

/** The middle of a fence's corners. */
export function middleOf(fence: Fence): Position {
  if (fence.kind === "circle") return fence.centre;
  const corners = fence.polygons.flatMap((polygon) => polygon.flat());
  const origin = corners[0] ?? { latitude: 0, longitude: 0 };
  const turns = corners.map(({ longitude }) => ((longitude - origin.longitude + 540) % 360) - 180);
  const latitudes = corners.map(({ latitude }) => latitude);
  const between = (values: number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  return { latitude: between(latitudes), longitude: origin.longitude + between(turns) };
}

/** A length of 1, 2 or 5 times a power of ten that is at most `most_m`. */
export function roundLengthM(most_m: number): number {
  const power = 10 ** Math.floor(Math.log10(most_m));
  const digit = [5, 2].find((candidate) => candidate * power <= most_m) ?? 1;
  return digit * power;
}

/** The offsets that must be in the picture, as boxes of half side `reach_m`. */
interface Box {
  readonly at: Offset;
  readonly reach_m: number;
}

interface Extent {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

function spanOf(extent: Extent): number {
  return Math.max(extent.east - extent.west, extent.north - extent.south, 1);
}

function extentOf(boxes: readonly Box[]): Extent {
  return {
    west: Math.min(...boxes.map((box) => box.at.east_m - box.reach_m)),
    east: Math.max(...boxes.map((box) => box.at.east_m + box.reach_m)),
    south: Math.min(...boxes.map((box) => box.at.north_m - box.reach_m)),
    north: Math.max(...boxes.map((box) => box.at.north_m + box.reach_m)),
  };
}

function boxesOf(fence: Fence, origin: Position, others: readonly Box[]): Box[] {
  const centre = { east_m: 0, north_m: 0 };
  const corners =
    fence.kind === "circle"
      ? [{ at: centre, reach_m: fence.radius_m }]
      : fence.polygons.flat(2).map((corner) => ({ at: offsetM(origin, corner), reach_m: 0 }));
  return [...corners, ...others];
}

function pathOf(rings: readonly (readonly PlanPoint[])[]): string {
  const text = ({ x, y }: PlanPoint): string => `${x.toFixed(1)} ${y.toFixed(1)}`;
  return rings.map((ring) => `M${ring.map(text).join("L")}Z`).join("");
}

/** A place as a box of the drawing; null when it is too far off for one picture. */
function boxOf(origin: Position, position: Position | null, reach_m: number): Box | null {
  if (!position) return null;
  const at = offsetM(origin, position);
  return Math.hypot(at.east_m, at.north_m) <= SPREAD_MAX_M ? { at, reach_m: Math.min(reach_m, SPREAD_MAX_M) } : null;
}

/** Lays the plan out. `position` null: not known yet. */
export function planOf(
  fence: Fence,
  position: Position | null,
  accuracy_m: number | null,
  others: readonly Position[] = [],
): Plan {
  const origin = middleOf(fence);
  const here = boxOf(origin, position, accuracy_m ?? 0);
  const marks = others.map((other) => boxOf(origin, other, 0)).filter((box) => box !== null);
  const extent = extentOf(boxesOf(fence, origin, here ? [here, ...marks] : marks));
  const span_m = spanOf(extent);
  const scale = (SIDE - 2 * MARGIN) / span_m;
  const place = ({ east_m, north_m }: Offset): PlanPoint => ({
    x: SIDE / 2 + (east_m - (extent.west + extent.east) / 2) * scale,
    y: SIDE / 2 - (north_m - (extent.south + extent.north) / 2) * scale,
  });
  const rings = fence.kind === "circle" ? [] : fence.polygons.flat();
  const metres = roundLengthM(span_m / 3);
  return {
    side: SIDE,
    circle:
      fence.kind === "circle"
        ? { centre: place({ east_m: 0, north_m: 0 }), radius: fence.radius_m * scale }
        : null,
    outline: pathOf(rings.map((ring) => ring.map((corner) => place(offsetM(origin, corner))))),
    here: here ? place(here.at) : null,
    accuracy: here ? here.reach_m * scale : 0,
    marks: marks.map(({ at }) => place(at)),
    fencePointer: spanOf(extentOf(boxesOf(fence, origin, []))) * scale < DOT ? place({ east_m: 0, north_m: 0 }) : null,
    scaleBar: { metres, length: metres * scale },
  };
}
