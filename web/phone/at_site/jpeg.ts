/**
 * The little that the phone must know of picture files: which kind one is, and how to carry a photo's
 * EXIF over to a smaller copy.
 *
 * EXIF is never made up. A picture from our own camera view has none, and the evidence rules take that
 * as neutral: its time and place are those of the check-in that declares it, by the same clock and the
 * same fix. EXIF written by us would repeat these as if a camera had witnessed them.
 */

export type FileKind = "jpeg" | "heic" | "png" | "video" | "empty" | "other";

const HEIF_BRANDS = new Set(["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1", "avif"]);

/** Told by the first bytes; names and declared types lie. */
export async function kindOf(file: Blob): Promise<FileKind> {
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  if (head.length === 0) return "empty";
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "jpeg";
  const text = String.fromCharCode(...head);
  if (text.slice(4, 8) === "ftyp") return HEIF_BRANDS.has(text.slice(8, 12)) ? "heic" : "video";
  return text.slice(1, 4) === "PNG" ? "png" : "other";
}

const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
const ORIENTATION = 0x0112;
const UPRIGHT = 1;

/** A marker segment with its marker and length. */
interface Segment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

function segmentsOf(bytes: Uint8Array): Segment[] {
  const segments: Segment[] = [];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const end = at + 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
    if (marker === START_OF_SCAN || end > bytes.length || end < at + 4) break;
    segments.push({ marker, start: at, end });
    at = end;
  }
  return segments;
}

const EXIF_HEADER_BYTES = 10;

function isExif(bytes: Uint8Array, { marker, start, end }: Segment): boolean {
  const header = String.fromCharCode(...bytes.subarray(start + 4, start + EXIF_HEADER_BYTES));
  return marker === APP1 && end - start > EXIF_HEADER_BYTES + 8 && header === "Exif\0\0";
}

/** A copy of an EXIF segment that says "upright", as the smaller copy is; null if it cannot be read. */
function uprightCopy(segment: Uint8Array): Uint8Array | null {
  const copy = segment.slice();
  const tiff = new DataView(copy.buffer, EXIF_HEADER_BYTES);
  const isLittle = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, isLittle);
  if (directory + 2 > tiff.byteLength) return null;
  const count = tiff.getUint16(directory, isLittle);
  for (let i = 0; i < count; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > tiff.byteLength) return null;
    if (tiff.getUint16(entry, isLittle) === ORIENTATION) tiff.setUint16(entry + 8, UPRIGHT, isLittle);
  }
  return copy;
}

/** The EXIF segment of a JPEG, made upright; null when it has none. */
export async function exifOf(jpeg: Blob): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(await jpeg.slice(0, 262_144).arrayBuffer());
  const found = segmentsOf(bytes).find((segment) => isExif(bytes, segment));
  return found ? uprightCopy(bytes.subarray(found.start, found.end)) : null;
}

/** The same JPEG with this EXIF segment behind its first marker. */
export function withExif(jpeg: Blob, exif: Uint8Array | null): Blob {
  if (!exif) return jpeg;
  const segment = exif.slice().buffer as ArrayBuffer;
  return new Blob([jpeg.slice(0, 2), segment, jpeg.slice(2)], { type: "image/jpeg" });
}
