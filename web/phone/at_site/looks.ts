/**
 * Whether a picture shows anything: the same measures as media/picture.h takes of the server's small
 * thumbnail, so that the phone warns of what the server will find.
 */

/** One byte a pixel, row by row. */
export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly samples: Uint8Array;
}

/** What can be said of a picture. */
export interface Looks {
  /** Of the upright picture. */
  readonly width_px: number;
  readonly height_px: number;
  /** 0 black to 255 white. */
  readonly mean_luminance: number;
  /** Variance of the Laplacian; near 0 is blurred. */
  readonly sharpness: number;
}

export type LooksWarning = "too_small" | "too_dark" | "blurred";

/** Named as in the API's policy. */
export interface LooksThresholds {
  readonly photo_least_side_px: number;
  readonly photo_least_luminance: number;
  readonly photo_least_sharpness: number;
}

/** The long side at which looks are measured: that of the server's small thumbnail. */
export const LOOKS_SIDE_PX = 320;

/** Luma of ITU-R BT.601, which JPEG uses. */
export function greyOfRgba(rgba: Uint8ClampedArray, width: number, height: number): Grey {
  const samples = new Uint8Array(width * height);
  for (let i = 0; i < samples.length; i++) {
    const [r = 0, g = 0, b = 0] = [rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]];
    samples[i] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
  }
  return { width, height, samples };
}

/** Where a target sample's share of the source begins and ends, and the weights of its ends. */
interface Span {
  readonly first: number;
  readonly weights: readonly number[];
}

function spansOf(sourceLength: number, targetLength: number): Span[] {
  const scale = sourceLength / targetLength;
  return Array.from({ length: targetLength }, (_, i) => {
    const from = i * scale;
    const to = Math.min(sourceLength, (i + 1) * scale);
    const first = Math.floor(from);
    const end = Math.min(sourceLength, Math.ceil(to - 1e-9));
    const weights = Array.from(
      { length: end - first },
      (_unused, j) => Math.min(to, first + j + 1) - Math.max(from, first + j),
    );
    return { first, weights };
  });
}

function shrinkRows(grey: Grey, width: number): Float32Array {
  const columns = spansOf(grey.width, width);
  const result = new Float32Array(width * grey.height);
  for (let y = 0; y < grey.height; y++) {
    columns.forEach(({ first, weights }, x) => {
      let sum = 0;
      weights.forEach((weight, j) => {
        sum += weight * (grey.samples[y * grey.width + first + j] ?? 0);
      });
      result[y * width + x] = sum;
    });
  }
  return result;
}

/** Shrinks by averaging areas until the long side is at most `side_px`; never enlarges. */
export function shrink(grey: Grey, side_px: number): Grey {
  const factor = Math.min(1, side_px / Math.max(grey.width, grey.height));
  const width = Math.max(1, Math.round(grey.width * factor));
  const height = Math.max(1, Math.round(grey.height * factor));
  if (factor === 1) return grey;
  const area = (grey.width / width) * (grey.height / height);
  const rows = shrinkRows(grey, width);
  const samples = new Uint8Array(width * height);
  spansOf(grey.height, height).forEach(({ first, weights }, y) => {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let j = 0; j < weights.length; j++) {
        sum += (weights[j] ?? 0) * (rows[(first + j) * width + x] ?? 0);
      }
      samples[y * width + x] = Math.round(sum / area);
    }
  });
  return { width, height, samples };
}

export function meanLuminance(grey: Grey): number {
  return grey.samples.reduce((sum, sample) => sum + sample, 0) / Math.max(1, grey.samples.length);
}

/** Variance of the 4-neighbour Laplacian; 0 for less than 3 by 3 pixels. */
export function sharpness({ width, height, samples }: Grey): number {
  let sum = 0;
  let squares = 0;
  if (width < 3 || height < 3) return 0;
  for (let y = 1; y < height - 1; y++) {
    for (let at = y * width + 1; at < (y + 1) * width - 1; at++) {
      const around =
        (samples[at - 1] ?? 0) + (samples[at + 1] ?? 0) + (samples[at - width] ?? 0) + (samples[at + width] ?? 0);
      const laplacian = around - 4 * (samples[at] ?? 0);
      sum += laplacian;
      squares += laplacian * laplacian;
    }
  }
  const count = (width - 2) * (height - 2);
  return squares / count - (sum / count) ** 2;
}

/** Measures a picture that is given in full or already shrunk; the sides are the full picture's. */
export function looksOf(grey: Grey, width_px: number, height_px: number): Looks {
  const small = shrink(grey, LOOKS_SIDE_PX);
  return { width_px, height_px, mean_luminance: meanLuminance(small), sharpness: sharpness(small) };
}

/** What to warn of; as on the server, a dark picture is not called blurred as well. */
export function warningsOf(looks: Looks, thresholds: LooksThresholds): LooksWarning[] {
  const warnings: LooksWarning[] = [];
  if (Math.min(looks.width_px, looks.height_px) < thresholds.photo_least_side_px) warnings.push("too_small");
  if (looks.mean_luminance < thresholds.photo_least_luminance) warnings.push("too_dark");
  else if (looks.sharpness < thresholds.photo_least_sharpness) warnings.push("blurred");
  return warnings;
}
