import { useEffect, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { fenceOf } from "../../shared/site/fence";
import { PlanView } from "../../shared/site/plan_view";
import { loadTiles } from "../map/tiles";
import { audit as words } from "../words/audit";
import { DayMap, type PhotoOnMap } from "./day_map";

type View = "plan" | "map";

/** Kept while the desk is open, from photo to photo. Null: nobody chose. */
let chosen: View | null = null;

/** The map where there are tiles, else the plan; the other one when it was asked for. */
function useView(): [View, (view: View) => void] {
  const [view, setView] = useState<View>(chosen ?? "plan");
  useEffect(() => {
    let isOver = false;
    if (chosen === null) void loadTiles().then((tiles) => !isOver && chosen === null && tiles && setView("map"));
    return () => void (isOver = true);
  }, []);
  const choose = (wanted: View) => {
    chosen = wanted;
    setView(wanted);
  };
  return [view, choose];
}

/** Where it was: on a plain plan, which needs nothing, or on a map with the technician's way. */
export function SitePlan(properties: PhotoOnMap) {
  const [view, setView] = useView();
  const button = (of: View, label: string) => (
    <button type="button" class="button desk-quiet-button" aria-pressed={view === of} onClick={() => setView(of)}>
      {label}
    </button>
  );
  return (
    <section>
      <h3>{t(words.map)}</h3>
      <div class="row desk-switch" role="group" aria-label={t(words.map)}>
        {button("plan", t(words.showPlan))}
        {button("map", t(words.showMap))}
      </div>
      {view === "map" ? <DayMap {...properties} /> : <Plan {...properties} />}
    </section>
  );
}

function Plan({ site, checkIn, photo }: PhotoOnMap) {
  const fence = fenceOf(site);
  const marks = photo.exif?.position ? [photo.exif.position] : [];
  return (
    <>
      {fence ? (
        <PlanView
          fence={fence}
          position={checkIn?.wgs84 ?? null}
          accuracy_m={checkIn?.fix?.accuracy_m ?? null}
          marks={marks}
          label={site.name}
        />
      ) : (
        <p class="quiet">{t(words.noFence)}</p>
      )}
      <p class="small quiet">{t(words.mapLegend)}</p>
    </>
  );
}
