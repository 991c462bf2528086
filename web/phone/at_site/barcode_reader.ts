/**
 * Reads barcodes from pixels. zxing's C++ in WebAssembly, the engine of the package `barcode-detector`,
 * is used directly: the bytes of a code are needed beside its text (see scan_text.ts), which neither
 * that package nor the browsers' own BarcodeDetector gives. One reader in every browser also means one
 * reading in every browser.
 */
import { type ReadInputBarcodeFormat, type ReadResult, readBarcodes } from "zxing-wasm/reader";
import type { Reading } from "./scan_match";
import { looksLikeChinese, storable } from "./scan_text";

const FORMATS: ReadInputBarcodeFormat[] = [
  "QRCode",
  "MicroQRCode",
  "DataMatrix",
  "Code128",
  "Code39",
  "EAN13",
  "EAN8",
  "UPCA",
  "UPCE",
  "ITF",
];

/** zxing's names in the contract's words. */
const SYMBOLOGIES: Readonly<Record<string, string>> = {
  QRCode: "qr_code",
  QRCodeModel1: "qr_code",
  QRCodeModel2: "qr_code",
  MicroQRCode: "qr_code",
  RMQRCode: "qr_code",
  DataMatrix: "data_matrix",
  Code128: "code_128",
  Code39: "code_39",
  Code39Std: "code_39",
  Code39Ext: "code_39",
  EAN13: "ean_13",
  EAN8: "ean_8",
  UPCA: "upc_a",
  UPCE: "upc_e",
  ITF: "itf",
  ITF14: "itf_14",
};

/** AIM symbology identifiers that mark GS1 data. */
const GS1: Readonly<Record<string, string>> = { "]C1": "gs1_128", "]d2": "gs1_datamatrix" };

/** Below this an ITF code is more often a part of a longer one. */
const ITF_LEAST_DIGITS = 6;

/** A reading and where in the picture it was. */
export interface Sighting extends Reading {
  /** From the picture's middle, in shares of its width. */
  readonly offCentre: number;
  /** The symbology can verify itself; one without must be seen twice to be believed. */
  readonly isVerified: boolean;
}

const UNVERIFIED = new Set(["itf", "code_39"]);

function offCentre({ position }: ReadResult, picture: ImageData): number {
  const corners = [position.topLeft, position.topRight, position.bottomLeft, position.bottomRight];
  const x = corners.reduce((sum, corner) => sum + corner.x, 0) / 4;
  const y = corners.reduce((sum, corner) => sum + corner.y, 0) / 4;
  return Math.hypot(x - picture.width / 2, y - picture.height / 2) / picture.width;
}

function readAs(picture: ImageData, characterSet: "Unknown" | "GB18030"): Promise<ReadResult[]> {
  /* "Plain" is what a keyboard scanner types, and what asset lists hold. */
  return readBarcodes(picture, { formats: FORMATS, textMode: "Plain", characterSet, maxNumberOfSymbols: 4 });
}

/** Of each code the text that its bytes mean; see scan_text.ts. */
async function texts(picture: ImageData, results: readonly ReadResult[]): Promise<string[]> {
  const isChinese = results.map(({ bytes, hasECI, text }) => looksLikeChinese(bytes, hasECI, text));
  if (!isChinese.includes(true)) return results.map(({ text }) => text);
  const again = await readAs(picture, "GB18030");
  const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
    a.length === b.length && a.every((byte, i) => byte === b[i]);
  return results.map(({ bytes, text }, i) => {
    const other = isChinese[i] ? again.find((result) => sameBytes(result.bytes, bytes)) : undefined;
    return other?.text ?? text;
  });
}

function symbologyOf({ format, symbologyIdentifier }: ReadResult): string {
  return GS1[symbologyIdentifier] ?? SYMBOLOGIES[format] ?? "unknown";
}

/** Every barcode in the picture, the one nearest to its middle first. */
export async function barcodesIn(picture: ImageData): Promise<Sighting[]> {
  const results = (await readAs(picture, "Unknown")).filter((result) => result.isValid && result.text !== "");
  const values = await texts(picture, results);
  return results
    .map((result, i) => {
      const symbology = symbologyOf(result);
      return {
        symbology,
        value: storable(values[i] ?? ""),
        offCentre: offCentre(result, picture),
        isVerified: !UNVERIFIED.has(symbology),
      };
    })
    .filter(({ symbology, value }) => symbology !== "itf" || value.length >= ITF_LEAST_DIGITS)
    .sort((a, b) => a.offCentre - b.offCentre);
}
