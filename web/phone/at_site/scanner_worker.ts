/** Reads barcodes off the main thread, so that the picture on the screen never stops. */
import { prepareZXingModule } from "zxing-wasm/reader";
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";
import { type Sighting, barcodesIn } from "./barcode_reader";

/** `frame` null: only get ready. */
export interface ScanJob {
  readonly id: number;
  readonly frame: ImageData | null;
}

/** `sightings` null: the reader could not be loaded. */
export interface ScanAnswer {
  readonly id: number;
  readonly sightings: readonly Sighting[] | null;
}

/* Our own copy, which the service worker keeps: zxing-wasm would ask a CDN. */
const ready = prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true });

async function answer({ id, frame }: ScanJob): Promise<ScanAnswer> {
  try {
    await ready;
    return { id, sightings: frame ? await barcodesIn(frame) : [] };
  } catch {
    return { id, sightings: null };
  }
}

onmessage = async (message: MessageEvent<ScanJob>) => {
  postMessage(await answer(message.data));
};
