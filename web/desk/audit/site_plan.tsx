import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { fenceOf } from "../../shared/site/fence";
import { PlanView } from "../../shared/site/plan_view";
import { audit as words } from "../words/audit";
import type { Site } from "./use_visit";

interface Properties {
  site: Site;
  checkIn: Schema<"CheckIn"> | null;
  photo: Schema<"Photo">;
}

/** Fence, check-in and the photo's own position on a plain plan: no tiles, no network. */
export function SitePlan({ site, checkIn, photo }: Properties) {
  const fence = fenceOf(site);
  const marks = photo.exif?.position ? [photo.exif.position] : [];
  return (
    <section>
      <h3>{t(words.map)}</h3>
      {fence ? (
        <PlanView
          fence={fence}
          position={checkIn?.wgs84 ?? null}
          accuracy_m={checkIn?.fix?.accuracy_m ?? null}
          marks={marks}
          label={site.name}
        />
      ) : (
        <p class="quiet">{t(words.noFence)}</p>
      )}
      <p class="small quiet">{t(words.mapLegend)}</p>
    </section>
  );
}
