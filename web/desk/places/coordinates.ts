/**
 * Coordinates as people paste them: decimal degrees or degrees, minutes and seconds, in either order, with Latin or
 * Chinese punctuation and words, or a link of a map. What the text leaves open is offered in each way it can be read.
 */
import type { Datum } from "../../shared/site/datum";
import type { Position } from "../../shared/site/geodesic";

/** How the two numbers were told apart. */
export type Order = "latitude_first" | "longitude_first" | "stated";

export interface Reading extends Position {
  readonly order: Order;
}

export interface Pasted {
  /** The likelier one first; empty: this is no position. */
  readonly readings: readonly Reading[];
  /** The datum that the text itself names, as a link of a certain map does. */
  readonly datum: Datum | null;
}

const NOTHING: Pasted = { readings: [], datum: null };

/** Longer texts are no coordinates. */
const LENGTH_MAX = 2000;

type Axis = "latitude" | "longitude";

interface Angle {
  readonly degrees: number;
  readonly axis: Axis | null;
}

const AXES: Readonly<Record<string, Axis>> = {
  N: "latitude",
  S: "latitude",
  LAT: "latitude",
  E: "longitude",
  W: "longitude",
  LON: "longitude",
};

/** One sign and one word for each meaning. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/北纬/g, "N"],
  [/南纬/g, "S"],
  [/东经/g, "E"],
  [/西经/g, "W"],
  [/纬度|LATITUDE|LAT/g, "LAT"],
  [/经度|LONGITUDE|LONG|LNG|LON/g, "LON"],
  [/[度º˚]/g, "°"],
  [/[″”“秒]|''|′′|’’/g, '"'],
  [/[′’‘`分]/g, "'"],
  [/[−–]/g, "-"],
  [/、/g, ","],
];

const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const ANGLE = String.raw`([+-]?)${NUMBER}(?:\s*°(?:\s*${NUMBER}\s*'(?:\s*${NUMBER}\s*"?)?)?)?`;
const WITH_SIDES = new RegExp(
  String.raw`(?:([NSEW])\s*:?\s*${ANGLE}|(LAT|LON)?[\s:="']*${ANGLE}(?:\s*([NSEW])(?![\w.]))?)`,
  "g",
);

function plainText(text: string): string {
  // NFKC takes ″ apart into two ′, º into a letter and ˚ into a space: they are respelt before.
  const before = text.replace(/[º˚]/g, "°").replace(/″/g, '"');
  const upper = before.normalize("NFKC").toUpperCase();
  return SPELLINGS.reduce((changed, [spelling, plain]) => changed.replace(spelling, plain), upper);
}

function angleOf(parts: readonly (string | undefined)[], side: string | undefined): Angle | null {
  const [sign, whole, minutes = "0", seconds = "0"] = parts;
  const minute = Number(minutes);
  const second = Number(seconds);
  if (minute >= 60 || second >= 60) return null;
  const size = Number(whole) + minute / 60 + second / 3600;
  // "-33.9 S" means what "33.9 S" does.
  const isNegative = sign === "-" || side === "S" || side === "W";
  return { degrees: isNegative ? -size : size, axis: (side && AXES[side]) || null };
}

/** Null: a part of it is no angle. */
function anglesOf(text: string): Angle[] | null {
  const angles: Angle[] = [];
  for (const match of text.matchAll(WITH_SIDES)) {
    const [, before, s1, d1, m1, t1, label, s2, d2, m2, t2, after] = match;
    const angle = before ? angleOf([s1, d1, m1, t1], before) : angleOf([s2, d2, m2, t2], after ?? label);
    if (!angle) return null;
    angles.push(angle);
  }
  return angles;
}

const isPosition = ({ latitude, longitude }: Position) => Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;

const otherAxis = (axis: Axis | null): Axis | null => axis && (axis === "latitude" ? "longitude" : "latitude");

function readingsOf(first: Angle, second: Angle): Reading[] {
  const asWritten: Reading = { latitude: first.degrees, longitude: second.degrees, order: "latitude_first" };
  const turned: Reading = { latitude: second.degrees, longitude: first.degrees, order: "longitude_first" };
  if (first.axis && first.axis === second.axis) return [];
  const axis = first.axis ?? otherAxis(second.axis);
  if (axis === null) return [asWritten, turned].filter(isPosition);
  return [{ ...(axis === "latitude" ? asWritten : turned), order: "stated" as const }].filter(isPosition);
}

/** Links: where the pair stands in them, which number comes first, and the datum that this map gives it in. */
interface Link {
  readonly pattern: RegExp;
  readonly first: Axis;
  readonly datum: Datum | null;
}

const PAIR = String.raw`(-?\d+(?:\.\d+)?)(?:,|%2C)(-?\d+(?:\.\d+)?)`;

const LINKS: readonly Link[] = [
  { pattern: new RegExp(`amap\\.com/.*[?&](?:position|to|from|center)=${PAIR}`, "i"), first: "longitude", datum: "gcj02" },
  { pattern: new RegExp(`amap\\.com/.*[?&]q=${PAIR}`, "i"), first: "latitude", datum: "gcj02" },
  { pattern: new RegExp(`baidu\\.com/.*[?&](?:location|latlng|center)=${PAIR}`, "i"), first: "latitude", datum: "bd09" },
  { pattern: new RegExp(`map\\.qq\\.com/.*coord(?::|%3A|=)${PAIR}`, "i"), first: "latitude", datum: "gcj02" },
  { pattern: new RegExp(`^geo:${PAIR}`, "i"), first: "latitude", datum: "wgs84" },
  { pattern: /openstreetmap\.org\/.*[?&]mlat=(-?\d+(?:\.\d+)?)&mlon=(-?\d+(?:\.\d+)?)/i, first: "latitude", datum: "wgs84" },
  { pattern: /openstreetmap\.org\/.*#map=\d+(?:\.\d+)?\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)/i, first: "latitude", datum: "wgs84" },
  // A place of a Google link is named more exactly than the middle of its map.
  { pattern: /google\.\w.*!3d(-?\d+(?:\.\d+)?)!4d(-?\d+(?:\.\d+)?)/i, first: "latitude", datum: null },
  { pattern: new RegExp(`google\\.\\w.*[?&](?:q|query|ll)=${PAIR}`, "i"), first: "latitude", datum: null },
  { pattern: new RegExp(`google\\.\\w.*/@${PAIR}`, "i"), first: "latitude", datum: null },
];

/** Baidu's links may say that they are in another datum than its own. */
const BAIDU_TYPES: Readonly<Record<string, Datum>> = { gcj02: "gcj02", gcj02ll: "gcj02", wgs84: "wgs84", wgs84ll: "wgs84" };

function statedType(text: string): Datum | null {
  const type = /coord_type=(\w+)/i.exec(text)?.[1]?.toLowerCase();
  return (type && BAIDU_TYPES[type]) || null;
}

function fromLink(text: string): Pasted | null {
  for (const { pattern, first, datum } of LINKS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [a, b] = [Number(match[1]), Number(match[2])];
    const reading: Reading = {
      latitude: first === "latitude" ? a : b,
      longitude: first === "latitude" ? b : a,
      order: "stated",
    };
    const stated = datum === "bd09" ? statedType(text) : null;
    return { readings: [reading].filter(isPosition), datum: stated ?? datum };
  }
  return null;
}

/** What a pasted text says of a position. */
export function readCoordinates(text: string): Pasted {
  if (text.length > LENGTH_MAX) return NOTHING;
  const link = fromLink(text.trim());
  if (link) return link;
  if (text.includes("://")) return NOTHING; // a map that is not known: its numbers may mean anything
  const [first, second, third] = anglesOf(plainText(text)) ?? [];
  if (!first || !second || third) return NOTHING;
  return { readings: readingsOf(first, second), datum: null };
}

/** Six decimals are a decimetre. */
export const degreesText = (value: number): string => String(Math.round(value * 1e6) / 1e6);

export const positionText = ({ latitude, longitude }: Position): string =>
  `${degreesText(latitude)}, ${degreesText(longitude)}`;
