/** Looks for barcodes in a video or a picture: one frame at a time goes to the worker. */
import type { Sighting } from "./barcode_reader";
import type { ScanAnswer, ScanJob } from "./scanner_worker";
import { scannerWorkerUrl } from "./scanner_worker_url";

export interface ScannerEvents {
  /** The reader is loaded: from now on codes are seen. */
  readonly onReady: () => void;
  /** Something was read for sure. The scanner rests until it is told to look again. */
  readonly onSighting: (sighting: Sighting) => void;
  /** The reader could not be loaded: without a network before it was ever used. */
  readonly onFailure: () => void;
}

/** Longest side of the frames that are read: enough for a nameplate's code at arm's length. */
const FRAME_SIDE_PX = 1280;
/** Of a picture, which is not one of many, more. */
const PICTURE_SIDE_PX = 2400;
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

/** Pixels of a video or picture, not larger than needed. */
function pixelsOf(source: CanvasImageSource, width: number, height: number, side_px: number): ImageData | null {
  const factor = Math.min(1, side_px / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * factor);
  canvas.height = Math.round(height * factor);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context?.getImageData(0, 0, canvas.width, canvas.height) ?? null;
}

/** What the video shows now, or null while it shows nothing. */
function frameOf(video: HTMLVideoElement): ImageData | null {
  const { readyState, videoWidth, videoHeight } = video;
  if (readyState < HTMLMediaElement.HAVE_CURRENT_DATA || videoWidth === 0) return null;
  return pixelsOf(video, videoWidth, videoHeight, FRAME_SIDE_PX);
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** The worker with its reader, kept while the scanner's screen is open: loading it takes a moment. */
export class Scanner {
  readonly #worker = new Worker(scannerWorkerUrl, { type: "module" });
  readonly #believer = new Believer();
  readonly #events: ScannerEvents;
  readonly #waiting = new Map<number, (sightings: readonly Sighting[]) => void>();
  #nextId = 0;
  #video: HTMLVideoElement | null = null;
  #isLooking = false;
  #isResting = false;

  constructor(events: ScannerEvents) {
    this.#events = events;
    this.#worker.onerror = () => this.#fail();
    this.#worker.onmessage = (message: MessageEvent<ScanAnswer>) => this.#hear(message.data);
    void this.#read(null).then(() => events.onReady());
  }

  /** Looks at this video from now on; null: at none. */
  watch(video: HTMLVideoElement | null): void {
    this.#video = video;
    void this.#look();
  }

  /** After a sighting. */
  lookAgain(): void {
    this.#isResting = false;
    void this.#look();
  }

  /**
   * The codes in a picture, the one nearest to its middle first.
   *
   * @throws when the browser cannot decode the picture
   */
  async readPicture(file: Blob): Promise<readonly Sighting[]> {
    const picture = await createImageBitmap(file);
    const frame = pixelsOf(picture, picture.width, picture.height, PICTURE_SIDE_PX);
    picture.close();
    return frame ? this.#read(frame) : [];
  }

  stop(): void {
    this.#video = null;
    this.#worker.terminate();
  }

  #fail(): void {
    this.stop();
    this.#events.onFailure();
  }

  /** Never answered when the scanner is stopped. */
  #read(frame: ImageData | null): Promise<readonly Sighting[]> {
    const job: ScanJob = { id: this.#nextId++, frame };
    return new Promise((resolve) => {
      this.#waiting.set(job.id, resolve);
      this.#worker.postMessage(job, frame ? [frame.data.buffer] : []);
    });
  }

  #hear({ id, sightings }: ScanAnswer): void {
    if (!sightings) {
      this.#fail();
      return;
    }
    this.#waiting.get(id)?.(sightings);
    this.#waiting.delete(id);
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (this.#video && !this.#isResting) {
      const frame = frameOf(this.#video);
      const believed = frame && this.#believer.believe(await this.#read(frame));
      if (believed && !this.#isResting) {
        this.#isResting = true;
        this.#events.onSighting(believed);
      }
      await pause();
    }
    this.#isLooking = false;
  }
}
