/** Check-ins as a map shows them. */
import type { Schema } from "../../shared/api/types";
import { dayOf, distance, t } from "../../shared/i18n/i18n";
import type { Shape } from "../map/shapes";
import { timeAt } from "../moments";
import { site as words } from "../words/site";

export type Place = Schema<"CheckInPlace">;
type Verdict = Place["geofence"];

export const verdictText = (verdict: Verdict): string => t(verdict === null ? words.noFix : words[verdict]);

export const momentText = (at: string, timeZone: string): string => `${dayOf(at, timeZone)} ${timeAt(at, timeZone)}`;

/** A check-in without a position is on no map. */
export function shapeOfCheckIn(
  place: Pick<Place, "visit_id" | "wgs84" | "accuracy_m" | "captured_at" | "technician" | "kind">,
  verdict: Verdict,
  timeZone: string,
): Shape | null {
  if (!place.wgs84) return null;
  const accuracy = place.accuracy_m === null ? [] : [`± ${distance(place.accuracy_m)}`];
  return {
    kind: "fix",
    id: place.visit_id,
    position: place.wgs84,
    accuracy_m: place.accuracy_m,
    verdict,
    label: [momentText(place.captured_at, timeZone), place.technician.name, t(words[place.kind]), verdictText(verdict), ...accuracy].join(" · "),
  };
}

export const shapesOf = (shapes: readonly (Shape | null)[]): Shape[] => shapes.filter((shape) => shape !== null);
