import { boundsOf, type Strokes, svgPathOf } from "./strokes";

/** A signature as it was drawn, without the empty space around it. */
export function SignaturePicture({ strokes, label }: { strokes: Strokes; label: string }) {
  const { left, top, width, height } = boundsOf(strokes);
  return (
    <svg
      class="signature-picture"
      viewBox={`${left} ${top} ${width} ${height}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="xMidYMid meet"
    >
      <path d={svgPathOf(strokes)} />
    </svg>
  );
}
