/** Watches a video for barcodes: one frame at a time goes to the worker, and an answer asks for the next. */
import type { Sighting } from "./barcode_reader";
import type { ScanAnswer, ScanJob } from "./scanner_worker";
import { scannerWorkerUrl } from "./scanner_worker_url";

export interface ScannerEvents {
  /** The reader is loaded: from now on codes are seen. */
  readonly onReady: () => void;
  /** Something was read for sure. The scanner goes on until it is stopped. */
  readonly onSighting: (sighting: Sighting) => void;
  /** The reader could not be loaded: without a network before it was ever used. */
  readonly onFailure: () => void;
}

/** Longest side of the frames that are read: enough for a nameplate's code at arm's length. */
const FRAME_SIDE_PX = 1280;
const PAUSE_MS = 60;

/** Believes a code without a check digit only when it is read twice in a row. */
export class Believer {
  #last = "";

  /** The first sighting that can be believed, or null. */
  believe(sightings: readonly Sighting[]): Sighting | null {
    const [nearest] = sightings;
    const before = this.#last;
    this.#last = nearest ? `${nearest.symbology} ${nearest.value}` : "";
    if (!nearest) return null;
    return nearest.isVerified || before === this.#last ? nearest : null;
  }
}

/** Pixels of the video as it is shown now, or null while it shows nothing. */
function frameOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData | null {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) return null;
  const factor = Math.min(1, FRAME_SIDE_PX / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * factor);
  canvas.height = Math.round(video.videoHeight * factor);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
}

/** Begins to watch. Returns the function that stops it. */
export function startScanner(video: HTMLVideoElement, events: ScannerEvents): () => void {
  const worker = new Worker(scannerWorkerUrl, { type: "module" });
  const canvas = document.createElement("canvas");
  const believer = new Believer();
  let isStopped = false;
  let isReady = false;
  let pause = 0;

  const stop = (): void => {
    isStopped = true;
    clearTimeout(pause);
    worker.terminate();
  };
  const fail = (): void => {
    if (isStopped) return;
    stop();
    events.onFailure();
  };
  const ask = (job: ScanJob): void => worker.postMessage(job, job.frame ? [job.frame.data.buffer] : []);
  const next = (): void => {
    const frame = frameOf(video, canvas);
    if (frame) ask({ frame });
    else pause = window.setTimeout(next, PAUSE_MS);
  };
  worker.onerror = fail;
  worker.onmessage = (message: MessageEvent<ScanAnswer>) => {
    if (isStopped) return;
    if (!message.data.isReady) {
      fail();
      return;
    }
    if (!isReady) events.onReady();
    isReady = true;
    const believed = believer.believe(message.data.sightings);
    if (believed) events.onSighting(believed);
    /* Stopping in onSighting is usual. */
    if (!stopped()) pause = window.setTimeout(next, PAUSE_MS);
  };
  const stopped = (): boolean => isStopped;
  ask({ frame: null });
  return stop;
}
