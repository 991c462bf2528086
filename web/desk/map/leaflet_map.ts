/** Leaflet, told what to show: the one place that knows it. Everything it is given is WGS-84. */
import * as L from "leaflet";
import type { Position } from "../../shared/site/geodesic";
import { circleRing } from "./circle";
import { gridOf } from "./grid";
import { extentOf, type Handle, ringsOf, type Shape } from "./shapes";
import { Crossing, type Tiles } from "./tiles";

export interface MapWords {
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly north: string;
  readonly showAll: string;
}

export interface MapEvents {
  onClick?: (position: Position) => void;
  onMove?: (id: string, position: Position, isDone: boolean) => void;
  onRemove?: (id: string) => void;
  /** A handle was clicked, or Enter or the space bar was pressed on it. */
  onPress?: (id: string) => void;
  onChoose?: (id: string) => void;
  onTilesFail?: (fails: boolean) => void;
}

const ZOOM_MAX = 22;
/** Where a map without anything on it begins. */
const ZOOM_OF_NOTHING = 3;
const ZOOM_TO_FIT_MAX = 18;
const GRID_PADDING = 0.6;
/** An arrow key moves a handle by so many pixels; with Shift, by ten times as many. */
const KEY_STEP_PX = 2;
const ARROWS: Readonly<Record<string, [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const stillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export class LeafletMap {
  readonly #map: L.Map;
  readonly #crossing: Crossing;
  readonly #words: MapWords;
  readonly #grid: L.Polyline;
  readonly #drawn = L.layerGroup();
  readonly #handles = new Map<string, L.Marker>();
  readonly #observer: ResizeObserver;
  #shapes: readonly Shape[] = [];
  #origin: Position = { latitude: 0, longitude: 0 };
  events: MapEvents = {};

  constructor(element: HTMLElement, tiles: Tiles | null, words: MapWords) {
    this.#crossing = new Crossing(tiles?.datum ?? "wgs84");
    this.#words = words;
    const isStill = stillness();
    this.#map = L.map(element, {
      attributionControl: false, // it writes HTML; ours stands below the map
      zoomControl: false,
      trackResize: false, // it looks at the window, and once more after the map is gone; we look at the element
      maxZoom: ZOOM_MAX,
      minZoom: 2,
      center: [0, 0],
      zoom: ZOOM_OF_NOTHING,
      // Tiles are sharp at whole steps only; a grid at any.
      zoomSnap: tiles ? 1 : 0.25,
      zoomAnimation: !isStill,
      fadeAnimation: !isStill,
      markerZoomAnimation: !isStill,
      inertia: !isStill,
      renderer: L.svg({ padding: GRID_PADDING }),
    });
    // Below the tiles: it is seen where none came.
    this.#map.createPane("grid");
    const renderer = L.svg({ padding: GRID_PADDING, pane: "grid" });
    this.#grid = L.polyline([], { className: "map-grid", interactive: false, smoothFactor: 0, pane: "grid", renderer });
    this.#grid.addTo(this.#map);
    this.#drawn.addTo(this.#map);
    if (tiles) this.#addTiles(tiles);
    this.#addControls();
    this.#map.on("moveend zoomend resize", () => this.#drawGrid());
    this.#map.on("click", (event: L.LeafletMouseEvent) => this.events.onClick?.(this.#crossing.fromMap(event.latlng)));
    this.#observer = new ResizeObserver(() => this.#map.invalidateSize({ animate: false }));
    this.#observer.observe(element);
  }

  destroy(): void {
    this.#observer.disconnect();
    this.#map.remove();
  }

  setShapes(shapes: readonly Shape[]): void {
    this.#shapes = shapes;
    this.#drawn.clearLayers();
    for (const shape of shapes) for (const layer of this.#layersOf(shape)) this.#drawn.addLayer(layer);
  }

  /** Those that are there stay, so that one may be dragged while others follow. */
  setHandles(handles: readonly Handle[]): void {
    const wanted = new Set(handles.map(({ id }) => id));
    for (const [id, marker] of this.#handles) {
      if (wanted.has(id)) continue;
      marker.remove();
      this.#handles.delete(id);
    }
    for (const handle of handles) {
      const marker = this.#handles.get(handle.id);
      if (marker) {
        marker.setLatLng(this.#crossing.toMap(handle.position));
        marker.getElement()?.setAttribute("aria-label", handle.label);
      } else this.#handles.set(handle.id, this.#newHandle(handle));
    }
  }

  /** Brings these, or everything, into the picture. */
  fit(shapes: readonly Shape[] = this.#shapes): void {
    const extent = extentOf(shapes);
    if (extent.length === 0) return;
    const bounds = L.latLngBounds(extent.map((position) => this.#crossing.toMap(position)));
    this.#origin = this.#crossing.fromMap(bounds.getCenter());
    this.#map.fitBounds(bounds, { padding: [36, 36], maxZoom: ZOOM_TO_FIT_MAX, animate: false });
    this.#drawGrid();
  }

  #addTiles(tiles: Tiles): void {
    const options: L.TileLayerOptions = {
      maxZoom: ZOOM_MAX,
      maxNativeZoom: tiles.zoom_max,
      // Tile servers ask who shows their maps; the page's own policy would say nothing.
      referrerPolicy: "strict-origin",
    };
    const layer = L.tileLayer(tiles.url, options);
    let came = 0;
    layer.on("loading", () => (came = 0));
    layer.on("tileload", () => {
      came++;
      this.events.onTilesFail?.(false);
    });
    layer.on("tileerror", () => came === 0 && this.events.onTilesFail?.(true));
    layer.addTo(this.#map);
    if (tiles.labels_url !== null) L.tileLayer(tiles.labels_url, { ...options, zIndex: 2 }).addTo(this.#map);
  }

  #addControls(): void {
    const { zoomIn, zoomOut } = this.#words;
    L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(this.#map);
    L.control.scale({ imperial: false, maxWidth: 140 }).addTo(this.#map);
    const corner = new L.Control({ position: "topright" });
    corner.onAdd = () => this.#cornerElement();
    corner.addTo(this.#map);
  }

  #cornerElement(): HTMLElement {
    const box = L.DomUtil.create("div", "map-corner");
    const north = L.DomUtil.create("div", "map-north", box);
    north.textContent = this.#words.north;
    north.setAttribute("aria-hidden", "true");
    const all = L.DomUtil.create("button", "map-all", box);
    all.type = "button";
    all.textContent = this.#words.showAll;
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.on(all, "click", () => this.fit());
    return box;
  }

  #drawGrid(): void {
    const bounds = this.#map.getBounds().pad(GRID_PADDING);
    const size = this.#map.getSize();
    if (size.x === 0) return;
    const middle = this.#map.latLngToContainerPoint(this.#map.getCenter());
    const metresPerPixel = this.#map.getCenter().distanceTo(this.#map.containerPointToLatLng(middle.add([100, 0]))) / 100;
    const view = {
      south: Math.max(bounds.getSouth(), -85),
      north: Math.min(bounds.getNorth(), 85),
      west: bounds.getWest(),
      east: bounds.getEast(),
    };
    const [latitude, longitude] = this.#crossing.toMap(this.#origin);
    const { lines } = gridOf(view, { latitude, longitude }, metresPerPixel);
    this.#grid.setLatLngs(lines.map((line) => line.map((end): L.LatLngTuple => [end.latitude, end.longitude])));
  }

  #ring(positions: readonly Position[]): L.LatLngTuple[] {
    return positions.map((position) => this.#crossing.toMap(position));
  }

  #layersOf(shape: Shape): L.Layer[] {
    switch (shape.kind) {
      case "fence":
        return [
          L.polygon(ringsOf(shape.fence).map((ring) => this.#ring(ring)), {
            className: `map-fence map-fence-${shape.tone}`,
            interactive: false,
            smoothFactor: 0,
          }),
        ];
      case "track":
        return [L.polyline(this.#ring(shape.positions), { className: "map-track", interactive: false })];
      case "mark":
        return [this.#mark(shape.position, shape.label)];
      case "fix":
        return this.#fix(shape);
    }
  }

  #fix(shape: Extract<Shape, { kind: "fix" }>): L.Layer[] {
    const tone = shape.verdict ?? "none";
    const point = L.circleMarker(this.#crossing.toMap(shape.position), {
      radius: shape.isCurrent ? 9 : 6,
      className: `map-fix map-fix-${tone}${shape.isCurrent ? " map-fix-current" : ""}`,
      bubblingMouseEvents: false,
    });
    point.bindTooltip(textElement(shape.label));
    point.on("click", () => this.events.onChoose?.(shape.id));
    if (shape.accuracy_m === null || shape.accuracy_m <= 0) return [point];
    const circle = L.polygon(this.#ring(circleRing(shape.position, shape.accuracy_m)), {
      className: `map-accuracy map-accuracy-${tone}`,
      interactive: false,
      smoothFactor: 0,
    });
    return [circle, point];
  }

  #mark(position: Position, label: string): L.Layer {
    const icon = L.divIcon({ className: "map-mark", html: false, iconSize: [20, 20] });
    const marker = L.marker(this.#crossing.toMap(position), { icon, keyboard: false });
    return marker.bindTooltip(textElement(label));
  }

  #newHandle(handle: Handle): L.Marker {
    const size = handle.kind === "middle" ? 18 : 26;
    const marker = L.marker(this.#crossing.toMap(handle.position), {
      icon: L.divIcon({ className: `map-handle map-handle-${handle.kind}`, html: false, iconSize: [size, size] }),
      draggable: handle.kind !== "middle",
      autoPan: true,
      bubblingMouseEvents: false,
      zIndexOffset: handle.kind === "middle" ? 0 : 1000,
    }).addTo(this.#map);
    const moved = (isDone: boolean) => () =>
      this.events.onMove?.(handle.id, this.#crossing.fromMap(marker.getLatLng()), isDone);
    marker.on("drag", moved(false));
    marker.on("dragend", moved(true));
    marker.on("click", () => this.events.onPress?.(handle.id));
    const element = marker.getElement();
    element?.setAttribute("aria-label", handle.label);
    if (element) L.DomEvent.on(element, "keydown", (event) => this.#onHandleKey(event as KeyboardEvent, handle, marker));
    return marker;
  }

  #onHandleKey(event: KeyboardEvent, handle: Handle, marker: L.Marker): void {
    const arrow = ARROWS[event.key];
    if (arrow && handle.kind !== "middle") {
      const step = KEY_STEP_PX * (event.shiftKey ? 10 : 1);
      const point = this.#map.latLngToContainerPoint(marker.getLatLng()).add([arrow[0] * step, arrow[1] * step]);
      this.events.onMove?.(handle.id, this.#crossing.fromMap(this.#map.containerPointToLatLng(point)), true);
    } else if (event.key === "Delete" || event.key === "Backspace") this.events.onRemove?.(handle.id);
    else if (event.key === "Enter" || event.key === " ") this.events.onPress?.(handle.id);
    else return;
    L.DomEvent.stop(event);
  }
}

/** Tooltips are HTML to Leaflet; a label stays text. */
function textElement(text: string): HTMLElement {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}
