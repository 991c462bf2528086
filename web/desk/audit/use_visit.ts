import { useEffect, useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { currentLanguage, languageTag } from "../../shared/i18n/i18n";
import { api } from "../session";

export type Visit = Schema<"Visit">;
export type Site = Schema<"Site">;

/** Loads what an id names; null until it is there, and for good when it cannot be had. */
function useLoaded<Value>(id: string | null, load: (id: string) => Promise<Value>): Value | null {
  const [loaded, setLoaded] = useState<{ id: string; value: Value } | null>(null);
  const language = currentLanguage();
  useEffect(() => {
    if (id === null) return;
    let isWanted = true;
    load(id)
      .then((value) => isWanted && setLoaded({ id, value }))
      .catch(() => undefined); // the photo and its own findings are shown all the same
    return () => void (isWanted = false);
  }, [id, language]);
  return loaded && loaded.id === id ? loaded.value : null;
}

const headers = () => ({ "Accept-Language": languageTag(currentLanguage()) });

async function loadVisit(id: string): Promise<Visit> {
  const answer = await api.call<"getVisit">({ method: "GET", path: path`/v1/visits/${id}`, headers: headers() });
  return answer.body;
}

async function loadSite(id: string): Promise<Site> {
  return (await api.call<"getSite">({ method: "GET", path: path`/v1/sites/${id}` })).body;
}

/** The visit and the site around a photo. */
export function useVisit(visitId: string | null, siteId: string | null) {
  return { visit: useLoaded(visitId, loadVisit), site: useLoaded(siteId, loadSite) };
}
