/** Decodes pictures off the main thread: measures their looks and makes smaller copies. */
import { exifOf, withExif } from "./jpeg";
import { type Looks, greyOfRgba, looksOf } from "./looks";

/** What the worker is asked. */
export interface PictureJob {
  readonly id: number;
  readonly file: Blob;
  /** Longest side of a smaller copy; null: none is wanted. */
  readonly copySide_px: number | null;
}

export interface PictureAnswer {
  readonly id: number;
  /** Null: this browser cannot decode the picture here; nothing is said of it then. */
  readonly looks: Looks | null;
  /** The browser says that the file is no picture, or not a whole one. */
  readonly isBroken: boolean;
  /** Null: not wanted, not possible, or the picture is that small already. */
  readonly copy: Blob | null;
}

/** Looks are measured from about this size, as on the server, which decodes to half, quarter or eighth. */
const MEDIUM_SIDE_PX = 1280;
const COPY_QUALITY = 0.85;

function draw(picture: ImageBitmap, side_px: number): OffscreenCanvas {
  const factor = Math.min(1, side_px / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * factor), Math.round(picture.height * factor));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no 2d context");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function measure(picture: ImageBitmap): Looks {
  const canvas = draw(picture, MEDIUM_SIDE_PX);
  const image = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height);
  if (!image) throw new Error("no pixels");
  return looksOf(greyOfRgba(image.data, image.width, image.height), picture.width, picture.height);
}

async function smallerCopy(file: Blob, picture: ImageBitmap, side_px: number): Promise<Blob | null> {
  if (Math.max(picture.width, picture.height) <= side_px) return null;
  const jpeg = await draw(picture, side_px).convertToBlob({ type: "image/jpeg", quality: COPY_QUALITY });
  return jpeg.size < file.size ? withExif(jpeg, await exifOf(file)) : null;
}

/** What createImageBitmap() says of a file that it cannot decode, in the engines' words. */
const BROKEN = new Set(["InvalidStateError", "EncodingError"]);

async function answer({ id, file, copySide_px }: PictureJob): Promise<PictureAnswer> {
  let picture: ImageBitmap | null = null;
  try {
    picture = await createImageBitmap(file);
    const looks = measure(picture);
    return { id, looks, isBroken: false, copy: copySide_px === null ? null : await smallerCopy(file, picture, copySide_px) };
  } catch (error) {
    const isBroken = picture === null && error instanceof DOMException && BROKEN.has(error.name);
    return { id, looks: null, isBroken, copy: null };
  } finally {
    picture?.close();
  }
}

onmessage = async (message: MessageEvent<PictureJob>) => {
  postMessage(await answer(message.data));
};
