/** The tile server that the operator named, and the datum its tiles are drawn in. */
import type { Schema } from "../../shared/api/types";
import { type Datum, fromWgs84, toWgs84 } from "../../shared/site/datum";
import type { Position } from "../../shared/site/geodesic";
import { api } from "../session";

export type Tiles = Schema<"MapTiles">;

let asked: Promise<Tiles | null> | null = null;

/** Null: maps are a plain grid. Asked once; a failure is one answer, and the next map asks again. */
export function loadTiles(): Promise<Tiles | null> {
  asked ??= api.call<"getMap">({ method: "GET", path: "/v1/map" }).then(
    ({ body }) => body.tiles,
    () => {
      asked = null;
      return null;
    },
  );
  return asked;
}

/** A position as a map in some datum has it: [latitude, longitude]. */
export type OnMap = [number, number];

/** Positions are WGS-84 everywhere but on the map itself; here they cross. */
export class Crossing {
  readonly #datum: Datum;

  constructor(datum: Datum) {
    this.#datum = datum;
  }

  toMap(wgs84: Position): OnMap {
    const { latitude, longitude } = fromWgs84(this.#datum, wgs84);
    return [latitude, longitude];
  }

  /** Of what was clicked. A map can be turned round the Earth, so the longitude is brought back first. */
  fromMap(point: { lat: number; lng: number }): Position {
    const longitude = ((((point.lng + 180) % 360) + 360) % 360) - 180;
    return toWgs84(this.#datum, { latitude: Math.min(Math.max(point.lat, -90), 90), longitude });
  }
}
