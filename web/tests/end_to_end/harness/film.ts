/** What the browser's camera sees: a label with a QR code on a workshop wall, as uncompressed video. */
import { closeSync, openSync, writeSync } from "node:fs";
import qrcode from "qrcode-generator";

/** The label's code, everywhere in the tests. */
export const LABEL = "资产标签：冷库压缩机 2#，编号 FP-0042";

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMES = 24;
/** Pixels a module of the code. */
const MODULE = 12;

/** The code's modules, the text in UTF-8; true is black. */
function modules(text: string): boolean[][] {
  qrcode.stringToBytes = (characters) => [...new TextEncoder().encode(characters)];
  const code = qrcode(0, "M");
  code.addData(text, "Byte");
  code.make();
  const size = code.getModuleCount();
  return Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => code.isDark(row, column)));
}

/** Brightness of one frame. Bricks and grain: a wall is neither blurred nor twice the same. */
function paint(code: boolean[][], frame: number): Buffer {
  const luminance = Buffer.alloc(WIDTH * HEIGHT);
  let state = 12345 + frame;
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      const isMortar = y % 40 < 4 || (x + (Math.floor(y / 40) % 2) * 45) % 90 < 4;
      luminance[y * WIDTH + x] = (isMortar ? 175 : 120) + ((state >>> 16) % 24);
    }
  }
  const quiet = 4;
  const side = (code.length + 2 * quiet) * MODULE;
  const [left, top] = [(WIDTH - side) >> 1, (HEIGHT - side) >> 1];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const isDark = code[Math.floor(y / MODULE) - quiet]?.[Math.floor(x / MODULE) - quiet];
      luminance[(top + y) * WIDTH + left + x] = isDark ? 20 : 230;
    }
  }
  return luminance;
}

/** Writes the film that shows `text` as a QR code to `path`, for --use-file-for-fake-video-capture. */
export function makeFilm(path: string, text: string): void {
  const code = modules(text);
  const grey = Buffer.alloc((WIDTH * HEIGHT) / 2, 128);
  const file = openSync(path, "w");
  writeSync(file, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F20:1 Ip A1:1 C420jpeg\n`);
  for (let frame = 0; frame < FRAMES; frame++) {
    writeSync(file, "FRAME\n");
    writeSync(file, paint(code, frame));
    writeSync(file, grey);
  }
  closeSync(file);
}
