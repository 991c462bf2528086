/**
 * The charting library: it draws on a canvas, sets styles by script only and needs neither inline styles nor eval,
 * so that the content-security policy stays as it is.
 */
import {
  BarController, BarElement, CategoryScale, Chart, type ChartConfiguration, type ChartDataset, Legend, LinearScale, LineController,
  LineElement, PointElement, Tooltip,
} from "chart.js";
import { t } from "../../shared/i18n/i18n";
import { charts as words } from "../words/reports";
import { countLabel, type Drawing, isFew, isHollow, type Place } from "./drawing";
import type { Look } from "./measures";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

export interface Drawn {
  /** Marks a value and says it; null: none. */
  readonly show: (place: Place | null) => void;
  readonly remove: () => void;
}

interface Listeners {
  /** Somebody points at a value; null: no longer. */
  readonly onPlace: (place: Place | null) => void;
  readonly onOpen: (place: Place) => void;
}

const BAR_PX = 44;
const AROUND_BARS_PX = 90;
const COLUMNS_PX = 300;
const TILE_PX = 8;

interface Colours {
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly ground: string;
  readonly looks: Record<Look, string>;
}

/** As the style sheet has them, light or dark. */
function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: colour("text"), quiet: colour("quiet"), line: colour("line"), ground: colour("ground"),
    looks: {
      rejected: colour("reports-rejected"), needsReview: colour("reports-needs-review"), accepted: colour("reports-accepted"),
      first: colour("reports-first"), second: colour("reports-second"),
    },
  };
}

/** Lines across a look, so that it is told apart without its colour. */
const HATCHES: Partial<Record<Look, readonly (readonly [number, number, number, number])[]>> = {
  rejected: [[0, TILE_PX, TILE_PX, 0], [0, 0, TILE_PX, TILE_PX]],
  needsReview: [[-1, TILE_PX + 1, TILE_PX + 1, -1]],
};

function fillOf(look: Look, colours: Colours, context: CanvasRenderingContext2D): string | CanvasPattern {
  const lines = HATCHES[look];
  const tile = document.createElement("canvas");
  tile.width = tile.height = TILE_PX;
  const brush = tile.getContext("2d");
  if (!lines || !brush) return colours.looks[look];
  brush.fillStyle = colours.looks[look];
  brush.fillRect(0, 0, TILE_PX, TILE_PX);
  brush.strokeStyle = colours.ground;
  brush.lineWidth = 1.5;
  for (const [x, y, toX, toY] of lines) {
    brush.beginPath();
    brush.moveTo(x, y);
    brush.lineTo(toX, toY);
    brush.stroke();
  }
  return context.createPattern(tile, "repeat") ?? colours.looks[look];
}

type Bars = ChartDataset<"bar", (number | null)[]>;
type Lines = ChartDataset<"line", (number | null)[]>;

function bars(drawing: Drawing, colours: Colours, context: CanvasRenderingContext2D): Bars[] {
  return drawing.series.map(({ name, look, values }) => {
    const fill = fillOf(look, colours, context);
    return {
      type: "bar", label: name, data: [...values], stack: "all",
      // Of few: hollow.
      backgroundColor: drawing.points.map((point) => (isFew(point) && isHollow(drawing) ? colours.ground : fill)),
      borderColor: colours.looks[look], borderWidth: 2, borderSkipped: false, maxBarThickness: 56,
    };
  });
}

function lines(drawing: Drawing, colours: Colours): Lines[] {
  return drawing.series.map(({ name, look, values }) => ({
    type: "line", label: name, data: [...values], borderColor: colours.looks[look], borderWidth: 2,
    borderDash: look === "second" ? [6, 4] : [], spanGaps: false, tension: 0, pointRadius: 5, pointHoverRadius: 7,
    pointStyle: look === "second" ? "rectRot" : "circle", pointBorderColor: colours.looks[look], pointBorderWidth: 2,
    pointBackgroundColor: drawing.points.map((point) => (isFew(point) ? colours.ground : colours.looks[look])),
    backgroundColor: colours.looks[look],
  }));
}

function legend(drawing: Drawing, colours: Colours, context: CanvasRenderingContext2D) {
  return {
    display: drawing.series.length > 1,
    position: "top" as const,
    align: "start" as const,
    onClick: () => undefined, // a share without its rest would say something else
    labels: {
      color: colours.text, boxWidth: 28, boxHeight: 14, usePointStyle: drawing.shape === "lines",
      generateLabels: () => drawing.series.map(({ name, look }, datasetIndex) => ({
        text: name, datasetIndex, fontColor: colours.text,
        fillStyle: drawing.shape === "lines" ? colours.looks[look] : fillOf(look, colours, context),
        strokeStyle: colours.looks[look], lineWidth: 2,
        pointStyle: look === "second" ? ("rectRot" as const) : ("circle" as const),
      })),
    },
  };
}

function tooltip(drawing: Drawing, colours: Colours) {
  return {
    backgroundColor: colours.ground, borderColor: colours.line, borderWidth: 1, titleColor: colours.text, bodyColor: colours.text,
    displayColors: false, padding: 10,
    callbacks: {
      title: (items: readonly { dataIndex: number }[]) => (items[0] ? (drawing.points[items[0].dataIndex]?.title ?? "") : ""),
      label: ({ dataIndex, datasetIndex }: { dataIndex: number; datasetIndex: number }) => drawing.points[dataIndex]?.readings[datasetIndex] ?? "",
    },
  };
}

function scales(drawing: Drawing, colours: Colours) {
  const isLying = drawing.shape === "bars";
  const values = {
    min: 0, max: drawing.max ?? undefined, stacked: drawing.shape !== "lines",
    grid: { color: colours.line, lineWidth: 0.5 }, border: { color: colours.line },
    ticks: { color: colours.quiet, callback: (value: string | number) => `${value}${drawing.unit === "%" ? "%" : ""}` },
    title: { display: drawing.unit === "min", text: t(words.minutesUnit), color: colours.quiet },
  };
  const groups = {
    stacked: drawing.shape !== "lines", grid: { display: false }, border: { color: colours.line },
    ticks: { color: colours.text, maxRotation: 0, autoSkip: !isLying, autoSkipPadding: 6 },
  };
  return isLying ? { x: values, y: groups } : { x: groups, y: values };
}

/** Draws on the canvas, as wide as the element around it. */
export function draw(canvas: HTMLCanvasElement, drawing: Drawing, { onPlace, onOpen }: Listeners): Drawn {
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  const frame = canvas.parentElement as HTMLElement;
  frame.style.height = `${drawing.shape === "bars" ? AROUND_BARS_PX + BAR_PX * drawing.points.length : COLUMNS_PX}px`;
  const colours = coloursOf(canvas);
  const placeOf = (found: readonly { index: number; datasetIndex: number }[]): Place | null =>
    found[0] ? { point: found[0].index, series: found[0].datasetIndex } : null;
  const hrefAt = (place: Place | null) => place && drawing.points[place.point]?.hrefs[place.series];
  const configuration: ChartConfiguration<"bar" | "line", (number | null)[]> = {
    type: drawing.shape === "lines" ? "line" : "bar",
    data: {
      labels: drawing.points.map((point) => [point.label, countLabel(point)]),
      datasets: drawing.shape === "lines" ? lines(drawing, colours) : bars(drawing, colours, context),
    },
    options: {
      animation: false, responsive: true, maintainAspectRatio: false, indexAxis: drawing.shape === "bars" ? "y" : "x",
      font: { family: getComputedStyle(canvas).fontFamily, size: 13 },
      interaction: { mode: "nearest", intersect: true },
      scales: scales(drawing, colours),
      plugins: { legend: legend(drawing, colours, context), tooltip: tooltip(drawing, colours) },
      onHover: (_, found) => {
        const place = placeOf(found);
        canvas.style.cursor = hrefAt(place) ? "pointer" : "";
        if (document.activeElement !== canvas || place) onPlace(place);
      },
      onClick: (_, found) => {
        const place = placeOf(found);
        if (place) onOpen(place);
      },
    },
  };
  const chart = new Chart(canvas, configuration);
  return {
    show: (place) => {
      const active = place ? [{ datasetIndex: place.series, index: place.point }] : [];
      chart.setActiveElements(active);
      chart.tooltip?.setActiveElements(active, { x: 0, y: 0 });
      chart.update("none");
    },
    remove: () => chart.destroy(),
  };
}
