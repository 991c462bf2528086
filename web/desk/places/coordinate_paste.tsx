import { useId, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { type Datum, isShiftedAt, toWgs84 } from "../../shared/site/datum";
import { distanceM, type Position } from "../../shared/site/geodesic";
import { Banner } from "../../shared/ui/banner";
import { Field } from "../../shared/ui/field";
import { Choice } from "../ui/choice";
import { site as words } from "../words/site";
import { degreesText, type Order, positionText, type Reading, readCoordinates } from "./coordinates";

export const DATUMS: readonly Datum[] = ["wgs84", "gcj02", "bd09"];
export const datumOptions = () => DATUMS.map((datum) => ({ value: datum, label: t(words[datum]) }));

const ORDER_WORDS: Record<Order, keyof typeof words> = {
  latitude_first: "latitudeFirst",
  longitude_first: "longitudeFirst",
  stated: "stated",
};

interface Properties {
  datum: Datum;
  onPosition: (wgs84: Position, datum: Datum) => void;
  /** Null: corners are not what is drawn. */
  onCorner: ((wgs84: Position) => void) | null;
}

/** Coordinates from elsewhere: what they mean, in each way they can be read, before they are taken. */
export function CoordinatePaste({ datum: siteDatum, onPosition, onCorner }: Properties) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<Datum | null>(null);
  const [index, setIndex] = useState(0);
  const pasted = readCoordinates(text);
  const datum = chosen ?? pasted.datum ?? siteDatum;
  const reading = pasted.readings[Math.min(index, pasted.readings.length - 1)];
  const type = (typed: string) => {
    setText(typed);
    setIndex(0);
    setChosen(null);
  };
  return (
    <fieldset class="places-paste">
      <Field
        label={t(words.paste)}
        hint={t(words.pasteHint)}
        value={text}
        onValue={type}
        error={text.trim() !== "" && !reading ? t(words.notCoordinates) : null}
        attributes={{ autocomplete: "off", spellcheck: false, maxLength: 2000 }}
      />
      {reading && (
        <>
          <Choice label={t(words.pasteDatum)} options={datumOptions()} value={datum} onValue={(value) => setChosen(value as Datum)} />
          <Readings readings={pasted.readings} datum={datum} chosen={reading} onChoose={setIndex} />
          {datum !== "wgs84" && !isShiftedAt(reading) && <Banner tone="warn">{t(words.outsideChina, { datum: t(words[datum]) })}</Banner>}
          <div class="row">
            <button type="button" class="button" onClick={() => onPosition(toWgs84(datum, reading), datum)}>
              {t(words.usePosition)}
            </button>
            {onCorner && (
              <button type="button" class="button" onClick={() => onCorner(toWgs84(datum, reading))}>
                {t(words.useCorner)}
              </button>
            )}
          </div>
        </>
      )}
    </fieldset>
  );
}

interface ReadingsProperties {
  readings: readonly Reading[];
  datum: Datum;
  chosen: Reading;
  onChoose: (index: number) => void;
}

function Readings({ readings, datum, chosen, onChoose }: ReadingsProperties) {
  const name = useId();
  return (
    <fieldset>
      <legend class="field-label">{t(words.readings)}</legend>
      {readings.map((reading, i) => (
        <label key={reading.order} class="choice">
          <input type="radio" name={name} checked={reading === chosen} onChange={() => onChoose(i)} />
          <span>
            {t(words.reading, { latitude: degreesText(reading.latitude), longitude: degreesText(reading.longitude) })} (
            {t(words[ORDER_WORDS[reading.order]])})
            <span class="quiet small places-converted">{convertedText(reading, datum)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function convertedText(reading: Position, datum: Datum): string {
  const wgs84 = toWgs84(datum, reading);
  const metres = Math.round(distanceM(reading, wgs84));
  const position = positionText(wgs84);
  return metres === 0 ? t(words.notConverted, { position }) : t(words.converted, { position, metres });
}
