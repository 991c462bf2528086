/** Pictures that need a log-in: fetched with the token, kept as object URLs, the least recently used dropped. */
import { path } from "../shared/api/client";
import { api } from "./session";

export type PictureSize = "small" | "medium" | "original";

const KEPT_MOST: Record<PictureSize, number> = { small: 400, medium: 40, original: 3 };

const kept = new Map<string, Promise<string>>();

async function load(photoId: string, size: PictureSize): Promise<string> {
  const response = await api.send({
    method: "GET",
    path: `${path`/v1/photos/${photoId}`}/${size}`,
    timeoutMs: 60_000,
  });
  return URL.createObjectURL(await response.blob());
}

function drop(key: string): void {
  const picture = kept.get(key);
  kept.delete(key);
  picture?.then((url) => URL.revokeObjectURL(url)).catch(() => undefined);
}

function dropOldest(size: PictureSize): void {
  const ofSize = [...kept.keys()].filter((key) => key.endsWith(size));
  for (const key of ofSize.slice(0, Math.max(ofSize.length - KEPT_MOST[size], 0))) drop(key);
}

/** The picture's object URL. Asking early is how pictures are fetched ahead. */
export function picture(photoId: string, size: PictureSize): Promise<string> {
  const key = `${photoId} ${size}`;
  const known = kept.get(key);
  if (known) {
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const loading = load(photoId, size);
  kept.set(key, loading);
  loading.catch(() => kept.delete(key));
  dropOldest(size);
  return loading;
}
