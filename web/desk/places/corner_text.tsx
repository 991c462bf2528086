import { useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { type Datum, toWgs84 } from "../../shared/site/datum";
import type { Position } from "../../shared/site/geodesic";
import { Field } from "../../shared/ui/field";
import { site as words } from "../words/site";
import { positionText, readCoordinates } from "./coordinates";
import { inDatum } from "./fence_draft";

interface Properties {
  ring: readonly Position[];
  datum: Datum;
  onRing: (ring: readonly Position[]) => void;
}

/** Corners, one a line: read from text, or the number of the first line that is none. */
export function readCorners(text: string, datum: Datum): Position[] | { readonly wrongLine: number } {
  const corners: Position[] = [];
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const [reading] = readCoordinates(line).readings;
    if (!reading) return { wrongLine: i + 1 };
    corners.push(toWgs84(datum, reading));
  }
  return corners;
}

/** The outline as text, to be typed or pasted as a whole. */
export function CornerText({ ring, datum, onRing }: Properties) {
  const present = ring.map((corner) => positionText(inDatum(datum, corner))).join("\n");
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const take = () => {
    const read = readCorners(typed ?? present, datum);
    if (!Array.isArray(read)) return setError(t(words.cornersWrong, { line: read.wrongLine }));
    if (read.length < 3) return setError(t(words.cornersFew));
    setError(null);
    setTyped(null);
    onRing(read);
  };
  return (
    <details class="places-corners">
      <summary>{t(words.corners)}</summary>
      <Field label={t(words.corners)} hint={t(words.cornersHint)} value={typed ?? present} onValue={setTyped} lines={6} error={error} />
      <button type="button" class="button" disabled={typed === null} onClick={take}>
        {t(words.cornersTake)}
      </button>
    </details>
  );
}
