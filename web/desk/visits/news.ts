/** What is shown follows what happens, a little later: changes come in bursts. */
import { useEffect, useRef } from "preact/hooks";
import type { News } from "../live/connection";
import { useLive } from "../live/live";
import { photosOf, type VisitFile } from "./file";

const GATHER_MS = 1000;

/** Whether news are about this visit: itself, its photos, retakes or answers, or one that is not known yet. */
export function isAbout(news: News, visitId: string, file: VisitFile | null): boolean {
  if (news === "everything" || !file) return true;
  const photos = new Set(photosOf(file).map(({ id }) => id));
  const answers = new Set(file.responses.map(({ id }) => id));
  return news.some(({ kind, id }) => {
    if (id === null || (kind === "visit" && id === visitId)) return true;
    // A retake or an answer that was just given touches the visit or a photo, too.
    return (kind === "photo" && photos.has(id)) || (kind === "customer_response" && answers.has(id));
  });
}

/** Reads again a little after news that matter. */
export function useNews(kinds: readonly string[], matters: (news: News) => boolean, reload: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const newest = useRef(reload);
  newest.current = reload;
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive(kinds, (news) => {
    if (!matters(news)) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      newest.current();
    }, GATHER_MS);
  });
}
