/**
 * How a fix lies to the fence of a site: the rules of geo/fence.h, word for word, so that the phone
 * says on site what the server will find. tests/geo/expected_fences.json holds PostGIS's answers for
 * both.
 */
import { type Position, degrees, distanceM, radians } from "./geodesic";

/** A ring of positions; the last may repeat the first. */
export type Ring = readonly Position[];
/** The outer ring, then holes. */
export type Polygon = readonly Ring[];

/** The area of a site. Never empty. */
export type Fence =
  | { readonly kind: "circle"; readonly centre: Position; readonly radius_m: number }
  | { readonly kind: "polygons"; readonly polygons: readonly Polygon[] };

export type FenceVerdict = "inside" | "outside" | "uncertain";

/** What the API says of a site's fence (DaySite). */
export interface SiteGeometry {
  readonly radius_m: number | null;
  readonly wgs84: {
    readonly position: Position;
    readonly polygon: { readonly coordinates: readonly (readonly (readonly number[])[])[] } | null;
  };
}

/** The fence of a site, or null when it has none. */
export function fenceOf(site: SiteGeometry): Fence | null {
  const { position, polygon } = site.wgs84;
  if (polygon) {
    const rings = polygon.coordinates.map((ring) =>
      ring.map(([longitude, latitude]) => ({ latitude: latitude ?? NaN, longitude: longitude ?? NaN })),
    );
    return { kind: "polygons", polygons: [rings] };
  }
  return site.radius_m ? { kind: "circle", centre: position, radius_m: site.radius_m } : null;
}

interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A point of the tangent plane, in radii of the sphere. */
interface Planar {
  readonly east: number;
  readonly north: number;
}

interface Frame {
  readonly east: Vector;
  readonly north: Vector;
  readonly up: Vector;
}

/** The gnomonic projection shows less than half of the sphere; farther off, the nearest corner counts. */
const COSINE_OF_FAR = 0.5;

function vectorOf(position: Position): Vector {
  const lat = radians(position.latitude);
  const lon = radians(Math.abs(position.latitude) === 90 ? 0 : position.longitude);
  return { x: Math.cos(lat) * Math.cos(lon), y: Math.cos(lat) * Math.sin(lon), z: Math.sin(lat) };
}

function positionOf(vector: Vector): Position {
  return {
    latitude: degrees(Math.atan2(vector.z, Math.hypot(vector.x, vector.y))),
    longitude: degrees(Math.atan2(vector.y, vector.x)),
  };
}

function dot(a: Vector, b: Vector): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

function frameAt(position: Position): Frame {
  const lat = radians(position.latitude);
  const lon = radians(position.longitude);
  const [sinLat, cosLat, sinLon, cosLon] = [Math.sin(lat), Math.cos(lat), Math.sin(lon), Math.cos(lon)];
  return {
    east: { x: -sinLon, y: cosLon, z: 0 },
    north: { x: -sinLat * cosLon, y: -sinLat * sinLon, z: cosLat },
    up: { x: cosLat * cosLon, y: cosLat * sinLon, z: sinLat },
  };
}

function project(frame: Frame, vector: Vector): Planar {
  const height = dot(frame.up, vector);
  return { east: dot(frame.east, vector) / height, north: dot(frame.north, vector) / height };
}

function unproject(frame: Frame, planar: Planar): Position {
  const along = (axis: keyof Vector): number =>
    frame.up[axis] + planar.east * frame.east[axis] + planar.north * frame.north[axis];
  return positionOf({ x: along("x"), y: along("y"), z: along("z") });
}

/** What a walk along the boundary finds, seen from the origin of the plane. */
interface Nearest {
  at: Planar;
  squared: number;
  isInside: boolean;
}

function visitEdge(nearest: Nearest, from: Planar, to: Planar): void {
  const east = to.east - from.east;
  const north = to.north - from.north;
  const squaredLength = east * east + north * north;
  /* A corner that is written twice makes an edge of no length. */
  const along = squaredLength === 0 ? 0 : -(from.east * east + from.north * north) / squaredLength;
  const share = Math.min(Math.max(along, 0), 1);
  const at = { east: from.east + share * east, north: from.north + share * north };
  const squared = at.east * at.east + at.north * at.north;
  if (squared < nearest.squared) {
    nearest.squared = squared;
    nearest.at = at;
  }
  /* A ray to the east crosses the edge. */
  if (from.north > 0 !== to.north > 0 && from.east - (from.north * east) / north > 0) {
    nearest.isInside = !nearest.isInside;
  }
}

function nearDistanceM(rings: readonly Vector[][], frame: Frame, point: Position): number {
  const nearest: Nearest = { at: { east: 0, north: 0 }, squared: Infinity, isInside: false };
  for (const ring of rings) {
    const corners = ring.map((corner) => project(frame, corner));
    let from = corners[corners.length - 1];
    for (const to of corners) {
      if (from) visitEdge(nearest, from, to);
      from = to;
    }
  }
  const distance_m = distanceM(point, unproject(frame, nearest.at));
  return nearest.isInside ? -distance_m : distance_m;
}

function polygonsDistanceM(polygons: readonly Polygon[], point: Position): number {
  const rings = polygons.flatMap((polygon) => polygon.map((ring) => ring.map(vectorOf)));
  const frame = frameAt(point);
  const corners = rings.flat();
  const nearestCorner = corners.reduce(
    (best, corner) => (dot(frame.up, corner) > dot(frame.up, best) ? corner : best),
    corners[0] ?? frame.up,
  );
  const isFar = corners.some((corner) => dot(frame.up, corner) < COSINE_OF_FAR);
  return isFar ? distanceM(point, positionOf(nearestCorner)) : nearDistanceM(rings, frame, point);
}

/** Metres from the fence's boundary: negative inside, positive outside. */
export function fenceDistanceM(fence: Fence, point: Position): number {
  return fence.kind === "circle"
    ? distanceM(fence.centre, point) - fence.radius_m
    : polygonsDistanceM(fence.polygons, point);
}

/** Inside or outside only when the whole accuracy circle is; geo/fence.h says what that proves. */
export function fenceVerdict(distance_m: number, accuracy_m: number): FenceVerdict {
  if (!(accuracy_m >= 0)) return "uncertain";
  if (distance_m + accuracy_m <= 0) return "inside";
  return distance_m - accuracy_m > 0 ? "outside" : "uncertain";
}
