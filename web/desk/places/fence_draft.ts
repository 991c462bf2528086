/**
 * A site's place and fence while they are being drawn. Positions are WGS-84 here; `datum` is what the site keeps them in,
 * and what they are typed and sent in.
 */
import type { Schema } from "../../shared/api/types";
import { type Datum, fromWgs84, toWgs84 } from "../../shared/site/datum";
import type { Fence } from "../../shared/site/fence";
import { distanceM, type Position } from "../../shared/site/geodesic";
import { middleOf } from "../../shared/site/plan";
import { destination } from "../map/circle";
import type { Handle } from "../map/shapes";

export interface Draft {
  readonly datum: Datum;
  /** Null: not said yet. */
  readonly position: Position | null;
  readonly kind: "circle" | "polygon";
  readonly radius_m: number;
  /** The outer ring, then holes; no ring repeats its first corner. */
  readonly rings: readonly (readonly Position[])[];
}

export const RADIUS_DEFAULT_M = 100;
/** More corners than this are not moved one by one; they come from a survey, over the API. */
export const CORNERS_TO_MOVE_MAX = 150;
const CORNERS_LEAST = 3;

export const emptyDraft = (): Draft => ({ datum: "wgs84", position: null, kind: "circle", radius_m: RADIUS_DEFAULT_M, rings: [[]] });

export function draftOf(site: Pick<Schema<"Site">, "datum" | "radius_m" | "wgs84">): Draft {
  const rings = site.wgs84.polygon?.coordinates.map((ring) =>
    ring.slice(0, -1).map(([longitude = NaN, latitude = NaN]) => ({ latitude, longitude })),
  );
  return {
    datum: site.datum,
    position: site.wgs84.position,
    kind: rings ? "polygon" : "circle",
    radius_m: site.radius_m ?? RADIUS_DEFAULT_M,
    rings: rings ?? [[]],
  };
}

/** Null: it is none yet. */
export function fenceOfDraft(draft: Draft): Fence | null {
  if (draft.kind === "circle") {
    return draft.position && draft.radius_m > 0 ? { kind: "circle", centre: draft.position, radius_m: draft.radius_m } : null;
  }
  const [outer = []] = draft.rings;
  return outer.length >= CORNERS_LEAST ? { kind: "polygons", polygons: [draft.rings] } : null;
}

/** Nine decimals are a tenth of a millimetre: what was pasted comes out as it was. */
const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;

export function inDatum(datum: Datum, wgs84: Position): Position {
  const { latitude, longitude } = fromWgs84(datum, wgs84);
  return { latitude: rounded(latitude), longitude: rounded(longitude) };
}

export type Geometry = Pick<Schema<"FencePreviewRequest">, "datum" | "position" | "radius_m" | "polygon">;

/** What is sent; null while something is missing. */
export function geometryOf(draft: Draft): Geometry | null {
  const { datum, kind, rings, radius_m } = draft;
  if (!fenceOfDraft(draft)) return null;
  const position = draft.position ?? middleOf({ kind: "polygons", polygons: [rings] });
  const common = { datum, position: inDatum(datum, position) };
  if (kind === "circle") return { ...common, radius_m, polygon: null };
  const coordinates = rings.map((ring) => {
    const corners = ring.map((corner) => {
      const { latitude, longitude } = inDatum(datum, corner);
      return [longitude, latitude];
    });
    return [...corners, corners[0] as number[]];
  });
  return { ...common, radius_m: null, polygon: { type: "Polygon", coordinates } };
}

/** The other kind of fence, of about the same area; nothing that was drawn before is lost meanwhile. */
export function withKind(draft: Draft, kind: Draft["kind"]): Draft {
  if (kind === draft.kind) return draft;
  const [outer = []] = draft.rings;
  if (kind === "polygon" && outer.length === 0 && draft.position) {
    const corners = [315, 45, 135, 225].map((azimuth) =>
      destination(draft.position as Position, (azimuth * Math.PI) / 180, draft.radius_m * Math.SQRT2 * Math.sqrt(Math.PI / 4)),
    );
    return { ...draft, kind, rings: [corners] };
  }
  if (kind === "circle" && !draft.position && outer.length >= CORNERS_LEAST) {
    const centre = middleOf({ kind: "polygons", polygons: [draft.rings] });
    return { ...draft, kind, position: centre, radius_m: Math.ceil(Math.max(...outer.map((corner) => distanceM(centre, corner)))) };
  }
  return { ...draft, kind };
}

const withRing = (draft: Draft, index: number, ring: readonly Position[]): Draft => ({
  ...draft,
  rings: draft.rings.map((present, i) => (i === index ? ring : present)),
});

export function moveCorner(draft: Draft, ring: number, corner: number, position: Position): Draft {
  return withRing(draft, ring, (draft.rings[ring] ?? []).map((present, i) => (i === corner ? position : present)));
}

/** A new corner behind another one; behind the last, or -1 for an empty ring: at the end. */
export function insertCorner(draft: Draft, ring: number, behind: number, position: Position): Draft {
  const corners = draft.rings[ring] ?? [];
  return withRing(draft, ring, [...corners.slice(0, behind + 1), position, ...corners.slice(behind + 1)]);
}

export const appendCorner = (draft: Draft, position: Position): Draft =>
  insertCorner(draft, 0, (draft.rings[0] ?? []).length - 1, position);

/** A hole that loses its third corner goes. */
export function removeCorner(draft: Draft, ring: number, corner: number): Draft {
  const corners = (draft.rings[ring] ?? []).filter((_, i) => i !== corner);
  if (ring > 0 && corners.length < CORNERS_LEAST) return { ...draft, rings: draft.rings.filter((_, i) => i !== ring) };
  return withRing(draft, ring, corners);
}

/** Everything where it would be if its numbers had been meant in another datum: what was pasted stays as it was read. */
export function reinterpret(draft: Draft, datum: Datum): Draft {
  const again = (position: Position): Position => toWgs84(datum, inDatum(draft.datum, position));
  return {
    ...draft,
    datum,
    position: draft.position && again(draft.position),
    rings: draft.rings.map((ring) => ring.map(again)),
  };
}

const between = (a: Position, b: Position): Position => ({
  latitude: (a.latitude + b.latitude) / 2,
  longitude: (a.longitude + b.longitude) / 2,
});

/** Names of handles: centre, radius, corner/ring/index, middle/ring/index. */
export type Grip =
  | { readonly kind: "centre" | "radius" }
  | { readonly kind: "corner" | "middle"; readonly ring: number; readonly index: number };

export function gripOf(id: string): Grip {
  const [kind, ring, index] = id.split("/");
  return kind === "corner" || kind === "middle"
    ? { kind, ring: Number(ring), index: Number(index) }
    : { kind: kind === "radius" ? "radius" : "centre" };
}

export interface GripWords {
  readonly centre: string;
  readonly radius: string;
  readonly corner: (number: number) => string;
  readonly middle: (number: number) => string;
}

export function handlesOf(draft: Draft, words: GripWords): Handle[] {
  const handles: Handle[] = [];
  if (draft.position) handles.push({ id: "centre", kind: "centre", position: draft.position, label: words.centre });
  if (draft.kind === "circle") {
    if (draft.position) {
      const position = destination(draft.position, Math.PI / 2, draft.radius_m);
      handles.push({ id: "radius", kind: "radius", position, label: words.radius });
    }
    return handles;
  }
  const count = draft.rings.flat().length;
  if (count > CORNERS_TO_MOVE_MAX) return handles;
  draft.rings.forEach((ring, r) =>
    ring.forEach((corner, i) => {
      handles.push({ id: `corner/${r}/${i}`, kind: "corner", position: corner, label: words.corner(i + 1) });
      const next = ring[(i + 1) % ring.length];
      if (next && ring.length >= CORNERS_LEAST) {
        handles.push({ id: `middle/${r}/${i}`, kind: "middle", position: between(corner, next), label: words.middle(i + 1) });
      }
    }),
  );
  return handles;
}

/** What moving a handle does. */
export function moveGrip(draft: Draft, grip: Grip, position: Position): Draft {
  if (grip.kind === "corner") return moveCorner(draft, grip.ring, grip.index, position);
  if (grip.kind === "centre") return { ...draft, position };
  if (grip.kind === "radius" && draft.position) {
    return { ...draft, radius_m: Math.max(1, Math.round(distanceM(draft.position, position) * 10) / 10) };
  }
  return draft;
}

/** Where a new corner between two others is put. */
export function pressGrip(draft: Draft, grip: Grip): Draft {
  if (grip.kind !== "middle") return draft;
  const ring = draft.rings[grip.ring] ?? [];
  const [a, b] = [ring[grip.index], ring[(grip.index + 1) % ring.length]];
  return a && b ? insertCorner(draft, grip.ring, grip.index, between(a, b)) : draft;
}

