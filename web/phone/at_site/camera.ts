/** The phone's rear camera: opening it, its light and zoom, and pictures in its full resolution. */

/** Why there is no live picture. Each has its own words and a way on. */
export type CameraProblem =
  /** The technician, the phone or the company's policy forbids it to this site. */
  | "denied"
  /** There is none. */
  | "missing"
  /** Another app holds it. */
  | "busy"
  /** The browser offers no camera here (no HTTPS, an old browser). */
  | "unsupported"
  | "failed";

export class CameraFailure extends Error {
  override readonly name = "CameraFailure";
  constructor(readonly problem: CameraProblem) {
    super(problem);
  }
}

/** Limits of a number that the camera can be set to. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** What this camera can do beyond giving a picture. */
export interface CameraAbilities {
  readonly hasTorch: boolean;
  readonly zoom: Range | null;
}

/* Not in TypeScript's DOM yet: https://w3c.github.io/mediacapture-image/ */
interface PhotoCapabilities extends MediaTrackCapabilities {
  readonly torch?: boolean;
  readonly zoom?: Range;
}
interface PhotoConstraintSet extends MediaTrackConstraintSet {
  torch?: boolean;
  zoom?: number;
}
interface PhotoSettings {
  imageWidth?: number;
  imageHeight?: number;
}
interface ImageCapturer {
  getPhotoCapabilities(): Promise<{ readonly imageWidth?: Range; readonly imageHeight?: Range }>;
  takePhoto(settings?: PhotoSettings): Promise<Blob>;
}
declare const ImageCapture: (new (track: MediaStreamTrack) => ImageCapturer) | undefined;

/** What is asked of the camera: for photos as much as it gives, for scanning what can be decoded fast. */
const WANTED = {
  photo: { width: { ideal: 4096 }, height: { ideal: 3072 } },
  scan: { width: { ideal: 1280 }, height: { ideal: 720 } },
} as const;

const PROBLEM_OF: Readonly<Record<string, CameraProblem>> = {
  NotAllowedError: "denied",
  SecurityError: "denied",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

/** What a failure of getUserMedia means to a technician. */
export function problemOf(error: unknown): CameraProblem {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  return PROBLEM_OF[name] ?? "failed";
}

/** An open camera. Close it as soon as it is not seen: it uses the battery and shows a light. */
export class Camera {
  readonly stream: MediaStream;
  readonly #track: MediaStreamTrack;
  #isClosed = false;

  constructor(stream: MediaStream, track: MediaStreamTrack) {
    this.stream = stream;
    this.#track = track;
  }

  /**
   * Opens the rear camera, or the only one there is.
   *
   * @throws CameraFailure
   */
  static async open(purpose: keyof typeof WANTED): Promise<Camera> {
    const devices = (navigator as Partial<Navigator>).mediaDevices;
    if (!devices) throw new CameraFailure("unsupported");
    try {
      const video = { facingMode: { ideal: "environment" }, ...WANTED[purpose] };
      const stream = await devices.getUserMedia({ video, audio: false });
      const [track] = stream.getVideoTracks();
      if (!track) throw new CameraFailure("missing");
      return new Camera(stream, track);
    } catch (error) {
      throw error instanceof CameraFailure ? error : new CameraFailure(problemOf(error));
    }
  }

  get abilities(): CameraAbilities {
    const capabilities: PhotoCapabilities = this.#track.getCapabilities?.() ?? {};
    const { zoom } = capabilities;
    const canZoom = zoom !== undefined && zoom.max > zoom.min;
    return {
      hasTorch: capabilities.torch === true,
      zoom: canZoom ? { min: zoom.min, max: zoom.max, step: zoom.step || 0.1 } : null,
    };
  }

  /** `onEnd` is called when the system takes the camera away: a call, another app, the lock screen. */
  whenTakenAway(onEnd: () => void): void {
    this.#track.addEventListener("ended", () => !this.#isClosed && onEnd());
  }

  /** Resolves to whether the light is as wanted now. */
  setTorch(torch: boolean): Promise<boolean> {
    return this.#apply({ torch });
  }

  setZoom(zoom: number): Promise<boolean> {
    return this.#apply({ zoom });
  }

  async #apply(wish: PhotoConstraintSet): Promise<boolean> {
    try {
      await this.#track.applyConstraints({ advanced: [wish] });
      return true;
    } catch {
      return false;
    }
  }

  /**
   * A JPEG of what the camera sees. The camera's own still picture where the browser gives one (full
   * resolution), else the frame that `video` shows.
   *
   * @throws CameraFailure
   */
  async takePicture(video: HTMLVideoElement): Promise<Blob> {
    const still = await this.#still();
    return still ?? frameOf(video);
  }

  async #still(): Promise<Blob | null> {
    if (typeof ImageCapture === "undefined") return null;
    try {
      const photo = await withinPatience(takeLargest(new ImageCapture(this.#track)));
      /* Some drivers give PNG, or an empty file after the app was in the background. */
      return photo && photo.size > 0 && photo.type === "image/jpeg" ? photo : null;
    } catch {
      return null;
    }
  }

  close(): void {
    this.#isClosed = true;
    for (const track of this.stream.getTracks()) track.stop();
  }
}

/** Without a size Chrome on Android gives a picture of the stream's size, not of the sensor's. */
async function takeLargest(capture: ImageCapturer): Promise<Blob> {
  const sizes = await capture.getPhotoCapabilities().catch(() => null);
  const imageWidth = sizes?.imageWidth?.max ?? 0;
  const imageHeight = sizes?.imageHeight?.max ?? 0;
  return capture.takePhoto(imageWidth > 0 && imageHeight > 0 ? { imageWidth, imageHeight } : undefined);
}

/** Some phones never answer takePhoto(): then the frame on the screen is the picture. */
const STILL_PATIENCE_MS = 4_000;

async function withinPatience(photo: Promise<Blob>): Promise<Blob | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), STILL_PATIENCE_MS));
  return Promise.race([photo, late]);
}

const FRAME_QUALITY = 0.92;

/** The frame that a video shows, in the stream's own resolution. */
async function frameOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", FRAME_QUALITY));
  if (!jpeg || canvas.width === 0) throw new CameraFailure("failed");
  return jpeg;
}
