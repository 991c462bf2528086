import { useMemo, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import type { Datum } from "../../shared/site/datum";
import type { Position } from "../../shared/site/geodesic";
import { Banner } from "../../shared/ui/banner";
import { Field } from "../../shared/ui/field";
import { SiteMap } from "../map/map";
import type { Shape } from "../map/shapes";
import { Choice } from "../ui/choice";
import type { FieldErrors } from "../ui/form_dialog";
import { site as words } from "../words/site";
import { CoordinatePaste, datumOptions } from "./coordinate_paste";
import { positionText } from "./coordinates";
import { CornerText } from "./corner_text";
import {
  appendCorner, CORNERS_TO_MOVE_MAX, type Draft, fenceOfDraft, gripOf, handlesOf, inDatum, moveGrip, pressGrip, reinterpret, removeCorner, withKind,
} from "./fence_draft";

type Clicks = "nothing" | "position" | "corner";

interface Properties {
  draft: Draft;
  onDraft: (change: (draft: Draft) => Draft) => void;
  errorOf: FieldErrors;
  /** What else is on the map: the fence as it is stored, check-ins. */
  around: readonly Shape[];
  name: string;
}

/** A site's place and fence: pasted, typed, or drawn on the map. */
export function FenceEditor({ draft, onDraft, errorOf, around, name }: Properties) {
  const [clicks, setClicks] = useState<Clicks>(draft.position ? "nothing" : "position");
  const [fits, setFits] = useState(0);
  const fitAgain = () => setFits((count) => count + 1);
  const setPosition = (position: Position, datum: Datum) => {
    onDraft((present) => ({ ...present, position, datum }));
    setClicks("nothing");
    fitAgain();
  };
  return (
    <div class="places-fence">
      <div class="stack">
        <CoordinatePaste
          datum={draft.datum}
          onPosition={setPosition}
          onCorner={draft.kind === "polygon" ? (corner) => onDraft((present) => appendCorner(present, corner)) : null}
        />
        <PositionLine draft={draft} error={errorOf("/position")} />
        <Choice
          label={t(words.datum)}
          hint={t(words.datumHint)}
          options={datumOptions()}
          value={draft.datum}
          onValue={(datum) => onDraft((present) => reinterpret(present, datum as Datum))}
          error={errorOf("/datum")}
        />
        <KindFields draft={draft} onDraft={onDraft} errorOf={errorOf} />
      </div>
      <div class="stack">
        <ClickChoice draft={draft} clicks={clicks} onClicks={setClicks} />
        <DraftMap draft={draft} onDraft={onDraft} around={around} name={name} clicks={clicks} fitKey={String(fits)} onPlaced={() => setClicks("nothing")} />
        <p class="quiet small">{t(words.mapHelp)}</p>
      </div>
    </div>
  );
}

function PositionLine({ draft, error }: { draft: Draft; error: string | null }) {
  if (error) return <Banner tone="fail">{error}</Banner>;
  if (!draft.position) return <Banner tone="info">{t(words.noPosition)}</Banner>;
  return (
    <p>
      {t(words.position)}: <strong>{positionText(inDatum(draft.datum, draft.position))}</strong>{" "}
      <span class="quiet">({t(words[draft.datum])})</span>
    </p>
  );
}

function KindFields({ draft, onDraft, errorOf }: Pick<Properties, "draft" | "onDraft" | "errorOf">) {
  const [radius, setRadius] = useState<string | null>(null);
  const type = (text: string) => {
    setRadius(text);
    const metres = Number(text.replace(",", "."));
    if (metres > 0) onDraft((present) => ({ ...present, radius_m: metres }));
  };
  const holes = draft.rings.length - 1;
  const radiusError = errorOf("/radius_m");
  const polygonError = errorOf("/polygon");
  return (
    <>
      <Choice
        label={t(words.kind)}
        options={[
          { value: "circle", label: t(words.circle) },
          { value: "polygon", label: t(words.polygon) },
        ]}
        value={draft.kind}
        onValue={(kind) => onDraft((present) => withKind(present, kind as Draft["kind"]))}
      />
      {draft.kind === "circle" ? (
        <Field
          label={t(words.radius)}
          value={radius !== null && Number(radius.replace(",", ".")) === draft.radius_m ? radius : String(draft.radius_m)}
          onValue={type}
          error={radiusError}
          attributes={{ inputMode: "decimal" }}
        />
      ) : (
        <>
          {polygonError && <Banner tone="fail">{polygonError}</Banner>}
          {holes > 0 && (
            <p class="row">
              {t(words.holes, { count: holes })}
              <button type="button" class="button" onClick={() => onDraft((present) => ({ ...present, rings: present.rings.slice(0, 1) }))}>
                {t(words.holesRemove)}
              </button>
            </p>
          )}
          <CornerText
            ring={draft.rings[0] ?? []}
            datum={draft.datum}
            onRing={(ring) => onDraft((present) => ({ ...present, rings: [ring, ...present.rings.slice(1)] }))}
          />
        </>
      )}
    </>
  );
}

function ClickChoice({ draft, clicks, onClicks }: { draft: Draft; clicks: Clicks; onClicks: (clicks: Clicks) => void }) {
  const options = [
    { value: "nothing", label: t(words.clickNothing) },
    { value: "position", label: t(words.clickPosition) },
    ...(draft.kind === "polygon" ? [{ value: "corner", label: t(words.clickCorner) }] : []),
  ];
  return <Choice label={t(words.click)} options={options} value={clicks} onValue={(value) => onClicks(value as Clicks)} />;
}

interface MapProperties extends Pick<Properties, "draft" | "onDraft" | "around" | "name"> {
  clicks: Clicks;
  fitKey: string;
  onPlaced: () => void;
}

function DraftMap({ draft, onDraft, around, name, clicks, fitKey, onPlaced }: MapProperties) {
  const shapes = useMemo((): Shape[] => {
    const fence = fenceOfDraft(draft);
    const outline = draft.rings[0] ?? [];
    const line: Shape[] = !fence && draft.kind === "polygon" && outline.length > 1 ? [{ kind: "track", positions: outline }] : [];
    const place: Shape[] = !fence && draft.position ? [{ kind: "mark", position: draft.position, label: t(words.position) }] : [];
    return [...around, ...(fence ? [{ kind: "fence", fence, tone: "proposed" } as const] : []), ...line, ...place];
  }, [draft, around]);
  const handles = useMemo(
    () =>
      handlesOf(draft, {
        centre: t(words.gripCentre),
        radius: t(words.gripRadius),
        corner: (number) => t(words.gripCorner, { number }),
        middle: (number) => t(words.gripMiddle, { number }),
      }),
    [draft],
  );
  const click = (position: Position) => {
    if (clicks === "corner") onDraft((present) => appendCorner(present, position));
    if (clicks !== "position") return;
    onDraft((present) => ({ ...present, position }));
    onPlaced();
  };
  const corners = draft.rings.flat().length;
  return (
    <>
      {draft.kind === "polygon" && corners > CORNERS_TO_MOVE_MAX && <Banner tone="info">{t(words.tooManyCorners, { count: corners })}</Banner>}
      <SiteMap
        shapes={shapes}
        handles={handles}
        label={name}
        fitKey={`${fitKey} ${draft.kind} ${around.length > 1}`}
        onClick={click}
        onMove={(id, position) => onDraft((present) => moveGrip(present, gripOf(id), position))}
        onPress={(id) => onDraft((present) => pressGrip(present, gripOf(id)))}
        onRemove={(id) => {
          const grip = gripOf(id);
          if (grip.kind === "corner") onDraft((present) => removeCorner(present, grip.ring, grip.index));
        }}
      />
    </>
  );
}
