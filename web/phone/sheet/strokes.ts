/** Pen strokes: the contract's, of and for the drawing library. Pure. */
import type { Schema } from "../../shared/api/types";

export type Strokes = Schema<"Strokes">;
export type StrokePoint = Strokes["lines"][number][number];

/** A line as signature_pad keeps it; `time` is milliseconds since the epoch. */
export interface PadLine {
  points: { x: number; y: number; time: number; pressure: number }[];
}

/** Under the contract's and the PDF's ceilings, and far more than any signature has. */
export const LINES_MAX = 400;
export const POINTS_MAX = 3000;
const TIME_MAX_MS = 3_600_000;

/** A hundredth of a pixel is finer than any finger. */
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Every n-th point of a line and its last one. */
function thinned<Point>(line: Point[], step: number): Point[] {
  return line.filter((_, i) => i % step === 0 || i === line.length - 1);
}

/** What is sent of a drawing in a box of this size; null when nothing was drawn. */
export function strokesOf(lines: readonly PadLine[], width: number, height: number): Strokes | null {
  const drawn = lines.filter((line) => line.points.length > 0).slice(0, LINES_MAX);
  const first = drawn[0]?.points[0];
  if (!first) return null;
  const count = drawn.reduce((sum, line) => sum + line.points.length, 0);
  // Each line may keep its first and last point beyond its share.
  const step = Math.max(1, Math.ceil(count / (POINTS_MAX - 2 * LINES_MAX)));
  const lastTime = { ms: 0 };
  return {
    width: rounded(width),
    height: rounded(height),
    lines: drawn.map((line) =>
      thinned(line.points, step).map((point) => {
        // A phone's clock may be set while somebody signs: time does not run backwards.
        const t_ms = Math.min(TIME_MAX_MS, Math.max(lastTime.ms, Math.round(point.time - first.time)));
        lastTime.ms = t_ms;
        const x = Math.min(20_000, Math.max(-10_000, rounded(point.x)));
        const y = Math.min(20_000, Math.max(-10_000, rounded(point.y)));
        return { x, y, t_ms, pressure: Math.min(1, Math.max(0, rounded(point.pressure))) };
      }),
    ),
  };
}

/** When the pen came down last, by `t_ms`. */
export const lastMsOf = (strokes: Strokes): number => strokes.lines.slice(-1)[0]?.slice(-1)[0]?.t_ms ?? 0;

/**
 * Strokes as the drawing library takes them, fitted into a box of another size: the phone was turned.
 *
 * @param beganAtMs what `t_ms` counts from
 */
export function padLinesOf(strokes: Strokes, width: number, height: number, beganAtMs: number): PadLine[] {
  const scale = Math.min(width / strokes.width, height / strokes.height);
  const left = (width - strokes.width * scale) / 2;
  const top = (height - strokes.height * scale) / 2;
  return strokes.lines.map((line) => ({
    points: line.map((point) => ({
      x: left + point.x * scale,
      y: top + point.y * scale,
      time: beganAtMs + point.t_ms,
      pressure: point.pressure ?? 0.5,
    })),
  }));
}

/** The length of the pen's way, in the box's own unit. */
function lengthOf(line: readonly StrokePoint[]): number {
  return line.reduce((sum, point, i) => {
    const before = line[i - 1] ?? point;
    return sum + Math.hypot(point.x - before.x, point.y - before.y);
  }, 0);
}

/** Whether this can be meant as a signature: more than a tap or a slip. */
export function isSignature(strokes: Strokes | null): strokes is Strokes {
  if (!strokes) return false;
  const length = strokes.lines.reduce((sum, line) => sum + lengthOf(line), 0);
  return length >= Math.min(strokes.width, strokes.height) / 4;
}

/** Where the pen was, with a little room around it. */
export function boundsOf(strokes: Strokes): { left: number; top: number; width: number; height: number } {
  const points = strokes.lines.flat();
  const margin = Math.min(strokes.width, strokes.height) / 20;
  const edge = (pick: (point: StrokePoint) => number) => points.reduce((least, point) => Math.min(least, pick(point)), Infinity);
  const [left, top] = [edge((point) => point.x), edge((point) => point.y)];
  const [right, bottom] = [-edge((point) => -point.x), -edge((point) => -point.y)];
  return { left: left - margin, top: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin };
}

/** The strokes as the `d` of an SVG path in a viewBox of their width and height. */
export function svgPathOf(strokes: Strokes): string {
  return strokes.lines
    .map((line) => {
      const [first, ...rest] = line;
      if (!first) return "";
      const begin = `M${first.x} ${first.y}`;
      return rest.length === 0 ? `${begin}h0.01` : begin + rest.map((point) => `L${point.x} ${point.y}`).join("");
    })
    .join("");
}
