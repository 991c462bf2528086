/** QR codes as the path of an SVG. Loaded only when one is shown. */
import qrcode from "qrcode-generator";

export interface QrPicture {
  /** Modules a side, the quiet zone included. */
  side: number;
  /** The `d` of a path in a viewBox of `side` by `side`. */
  path: string;
}

const QUIET_ZONE = 4;

export function qrPicture(text: string): QrPicture {
  const code = qrcode(0, "M");
  code.addData(text, "Byte");
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`;
    }
  }
  return { side: count + 2 * QUIET_ZONE, path };
}
