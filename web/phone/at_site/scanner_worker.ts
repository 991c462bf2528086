/** Reads barcodes off the main thread, so that the picture on the screen never stops. */
import { prepareZXingModule } from "zxing-wasm/reader";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";
import { type Sighting, barcodesIn } from "./barcode_reader";

/** `frame` null: only get ready. */
export interface ScanJob {
  readonly frame: ImageData | null;
}

export type ScanAnswer = { readonly isReady: true; readonly sightings: Sighting[] } | { readonly isReady: false };

/* Our own copy, which the service worker keeps: zxing-wasm would ask a CDN. */
const ready = prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });

async function answer({ frame }: ScanJob): Promise<ScanAnswer> {
  try {
    await ready;
    return { isReady: true, sightings: frame ? await barcodesIn(frame) : [] };
  } catch {
    return { isReady: false };
  }
}

onmessage = async (message: MessageEvent<ScanJob>) => {
  postMessage(await answer(message.data));
};
