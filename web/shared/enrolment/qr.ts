/** QR codes as the path of an SVG. Loaded only when one is shown. */
import { correction, generate } from "lean-qr/nano";

export interface QrPicture {
  /** Modules a side, the quiet zone included. */
  side: number;
  /** The `d` of a path in a viewBox of `side` by `side`. */
  path: string;
}

const QUIET_ZONE = 4;

export function qrPicture(text: string): QrPicture {
  const code = generate(text, { minCorrectionLevel: correction.M });
  let path = "";
  for (let row = 0; row < code.size; row++) {
    for (let column = 0; column < code.size; column++) {
      if (code.get(column, row)) path += `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`;
    }
  }
  return { side: code.size + 2 * QUIET_ZONE, path };
}
