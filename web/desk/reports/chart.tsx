import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../shared/i18n/i18n";
import { useLoaded } from "../../shared/ui/loaded";
import { onThemeChange } from "../../shared/ui/theme";
import { charts as words } from "../words/reports";
import type { Drawn } from "./canvas";
import { type Drawing, isEmpty, isFew, isHollow, type Place } from "./drawing";
import { FEW } from "./measures";

/** The library comes after the tables. */
const loadCanvas = () => import("./canvas");

const within = (number: number, count: number): number => Math.min(Math.max(number, 0), count - 1);

/** Where a key leads; null: it is no key of the chart. Columns are walked sideways, bars up and down. */
export function placeAfter(key: string, at: Place | null, { shape, points, series }: Drawing): Place | null {
  const forward = shape === "bars" ? "ArrowDown" : "ArrowRight";
  const back = shape === "bars" ? "ArrowUp" : "ArrowLeft";
  const [more, less] = shape === "bars" ? ["ArrowRight", "ArrowLeft"] : ["ArrowUp", "ArrowDown"];
  const move = (byPoints: number, bySeries: number): Place =>
    at === null ? { point: 0, series: 0 } : { point: within(at.point + byPoints, points.length), series: within(at.series + bySeries, series.length) };
  if (points.length === 0) return null;
  if (key === forward) return move(1, 0);
  if (key === back) return move(-1, 0);
  if (key === more) return move(0, 1);
  if (key === less) return move(0, -1);
  if (key === "Home") return { point: 0, series: at?.series ?? 0 };
  if (key === "End") return { point: points.length - 1, series: at?.series ?? 0 };
  return null;
}

/** A chart that can be pointed at, walked through by keys, and read: its numbers stand in the table beside it. */
export function ChartFigure({ drawing }: { drawing: Drawing }) {
  const { module, hasFailed } = useLoaded(loadCanvas);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef<Drawn>();
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    setPlace(null);
    if (!module || !canvas.current) return;
    const target = canvas.current;
    const draw = () => {
      drawn.current?.remove();
      drawn.current = module.draw(target, drawing, { onPlace: setPlace, onOpen: open });
    };
    draw();
    const forget = onThemeChange(draw);
    return () => {
      forget();
      drawn.current?.remove();
      drawn.current = undefined;
    };
  }, [module, drawing]);
  const open = ({ point, series }: Place) => {
    const href = drawing.points[point]?.hrefs[series];
    if (href) location.hash = href;
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter" && place) return open(place);
    const next = placeAfter(event.key, place, drawing);
    if (!next) return;
    event.preventDefault();
    drawn.current?.show(next);
    setPlace(next);
  };
  const leave = () => {
    drawn.current?.show(null);
    setPlace(null);
  };
  const at = place && drawing.points[place.point];
  const caption = (
    <figcaption>
      <h3>{drawing.title}</h3>
      <p class="quiet">{drawing.summary}</p>
    </figcaption>
  );
  if (isEmpty(drawing)) return <figure class="reports-figure">{caption}</figure>;
  return (
    <figure class="reports-figure">
      {caption}
      <div class="reports-plot">
        <canvas
          ref={canvas}
          role="img"
          tabIndex={0}
          data-chart={drawing.id}
          aria-label={`${drawing.title}. ${drawing.summary}`}
          aria-describedby={`reports-reading-${drawing.id}`}
          onKeyDown={press}
          onBlur={leave}
        />
      </div>
      <p class="small reports-reading" id={`reports-reading-${drawing.id}`} role="status">
        {at ? `${at.title} · ${at.readings[place.series]}` : t(hasFailed ? words.failed : module ? words.keys : words.loading)}
      </p>
      {drawing.points.some(isFew) && <p class="quiet small">{t(isHollow(drawing) ? words.fewHollow : words.few, { count: FEW })}</p>}
      {drawing.outOf !== null && <p class="quiet small">{t(words.someBars, { shown: drawing.points.length, count: drawing.outOf })}</p>}
    </figure>
  );
}
