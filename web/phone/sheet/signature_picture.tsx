import { type Strokes, svgPathOf } from "./strokes";

/** A signature as it was drawn. */
export function SignaturePicture({ strokes, label }: { strokes: Strokes; label: string }) {
  return (
    <svg
      class="signature-picture"
      viewBox={`0 0 ${strokes.width} ${strokes.height}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="xMidYMid meet"
    >
      <path d={svgPathOf(strokes)} />
    </svg>
  );
}
