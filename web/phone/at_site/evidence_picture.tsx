import type { PhotoRecord } from "../local/types";
import { useBlobUrl } from "./use_site";

interface Properties {
  file: Blob | null | undefined;
  media: PhotoRecord["media"];
  alt: string;
  class?: string;
  /** A video can be played; without it only its beginning is shown. */
  hasControls?: boolean;
}

/** A photo or a video out of the phone's own memory; nothing while it is not there. */
export function EvidencePicture({ file, media, alt, class: name, hasControls }: Properties) {
  const url = useBlobUrl(file);
  if (!url) return null;
  if (media !== "video") return <img class={name} src={url} alt={alt} loading="lazy" decoding="async" />;
  // The very first picture is often black.
  return <video class={name} src={`${url}#t=0.5`} aria-label={alt} controls={hasControls} muted={!hasControls} playsInline preload="metadata" />;
}
