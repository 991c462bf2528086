import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import "leaflet/dist/leaflet.css";
import "./map.css";
import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { map as words } from "../words/map";
import { LeafletMap, type MapEvents } from "./leaflet_map";
import type { Handle, Shape } from "./shapes";
import { loadTiles, type Tiles } from "./tiles";

export interface MapProperties extends MapEvents {
  shapes: readonly Shape[];
  handles?: readonly Handle[];
  /** What the map shows, for those who do not see it. */
  label: string;
  /** When it changes, everything is brought into the picture. */
  fitKey: string;
  /** What is in the picture then, if not everything. */
  focus?: readonly Shape[];
}

/** A map of shapes, on tiles or on a plain grid. */
export default function MapView(properties: MapProperties) {
  const [tiles, setTiles] = useState<Tiles | null | undefined>(undefined);
  useEffect(() => {
    let isOver = false;
    void loadTiles().then((loaded) => !isOver && setTiles(loaded));
    return () => void (isOver = true);
  }, []);
  if (tiles === undefined) return <div class="map map-waiting" aria-busy="true" />;
  return <Drawn {...properties} tiles={tiles} />;
}

function Drawn({ tiles, shapes, handles = [], label, fitKey, focus, ...events }: MapProperties & { tiles: Tiles | null }) {
  const element = useRef<HTMLDivElement>(null);
  const map = useRef<LeafletMap>();
  const [tilesFail, setTilesFail] = useState(false);
  useLayoutEffect(() => {
    if (!element.current) return;
    map.current = new LeafletMap(element.current, tiles, {
      zoomIn: t(words.zoomIn),
      zoomOut: t(words.zoomOut),
      north: t(words.north),
      showAll: t(words.showAll),
    });
    return () => map.current?.destroy();
  }, []);
  // Before the page is painted: a click means what the page says it means.
  useLayoutEffect(() => {
    if (map.current) map.current.events = { ...events, onTilesFail: setTilesFail };
  });
  useEffect(() => map.current?.setShapes(shapes), [shapes]);
  useEffect(() => map.current?.setHandles(handles), [handles]);
  useEffect(() => map.current?.fit(focus), [fitKey]);
  return (
    <figure class="map-frame">
      <div ref={element} class={`map${tiles ? "" : " map-plain"}`} role="region" aria-label={t(words.label, { words: label })} />
      {tilesFail && <Banner tone="warn">{t(words.tilesFail)}</Banner>}
      {tiles && <Attribution tiles={tiles} />}
    </figure>
  );
}

function Attribution({ tiles }: { tiles: Tiles }) {
  return (
    <figcaption class="map-attribution">
      {tiles.attribution_url ? (
        <a href={tiles.attribution_url} target="_blank" rel="noreferrer">
          {tiles.attribution}
        </a>
      ) : (
        tiles.attribution
      )}
    </figcaption>
  );
}
