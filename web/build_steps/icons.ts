import { deflateSync } from "node:zlib";
import type { Plugin } from "vite";

type Rgb = readonly [number, number, number];

const GROUND: Rgb = [11, 79, 138];
const MARK: Rgb = [255, 255, 255];
const POINT: Rgb = [255, 194, 71];
/** Each pixel is the mean of this many by this many points. */
const SAMPLES = 4;

/** Distance of a point from a line segment. */
function toSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const t = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
}

/** The colour at a point of the unit square: a ring that is a fence, a tick that is proof, a point that is here. */
function colourAt(x: number, y: number): Rgb {
  const fromCentre = Math.hypot(x - 0.5, y - 0.5);
  const tick = Math.min(toSegment(x, y, 0.37, 0.52, 0.47, 0.62), toSegment(x, y, 0.47, 0.62, 0.65, 0.4));
  if (tick < 0.042) return MARK;
  if (Math.hypot(x - 0.72, y - 0.28) < 0.065) return POINT;
  if (Math.abs(fromCentre - 0.31) < 0.028 && Math.hypot(x - 0.72, y - 0.28) > 0.095) return MARK;
  return GROUND;
}

function pixels(size: number): Buffer {
  // Each row begins with its filter: none.
  const rows = Buffer.alloc(size * (1 + size * 3));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0];
      for (let i = 0; i < SAMPLES * SAMPLES; i++) {
        const x = (column + ((i % SAMPLES) + 0.5) / SAMPLES) / size;
        const y = (row + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES) / size;
        colourAt(x, y).forEach((value, channel) => {
          sum[channel] = (sum[channel] ?? 0) + value;
        });
      }
      sum.forEach((value, channel) => {
        rows[row * (1 + size * 3) + 1 + column * 3 + channel] = Math.round(value / (SAMPLES * SAMPLES));
      });
    }
  }
  return rows;
}

/** CRC-32 as PNG wants it; zlib has one only since Node 20.15. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

/** The app's icon as a PNG, without transparency. Its mark keeps clear of the edge, so that any mask fits. */
export function iconPng(size: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(pixels(size), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

export const ICON_SIZES = [180, 192, 512] as const;
export const iconName = (size: number): string => `icon-${size}.png`;

/** Puts the icons and the web manifest into dist/. */
export function manifest(): Plugin {
  return {
    name: "fieldproof-manifest",
    apply: "build",
    generateBundle() {
      for (const size of ICON_SIZES) {
        this.emitFile({ type: "asset", fileName: iconName(size), source: iconPng(size) });
      }
      this.emitFile({ type: "asset", fileName: "manifest.webmanifest", source: JSON.stringify(webManifest(), null, 2) });
    },
  };
}

function webManifest() {
  return {
    id: "/app/",
    name: "Fieldproof",
    short_name: "Fieldproof",
    description: "Proof of work on site · 现场服务凭证",
    start_url: "/app/",
    scope: "/app/",
    display: "standalone",
    orientation: "portrait",
    background_color: "#ffffff",
    theme_color: "#0b4f8a",
    icons: [192, 512].flatMap((size) =>
      ["any", "maskable"].map((purpose) => ({
        src: iconName(size),
        sizes: `${size}x${size}`,
        type: "image/png",
        purpose,
      })),
    ),
  };
}
