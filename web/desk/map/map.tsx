import { t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { useLoaded } from "../../shared/ui/loaded";
import { desk } from "../words/desk";
import { map as words } from "../words/map";
import type { MapProperties } from "./map_view";

const load = () => import("./map_view");

/** A map, fetched when one is first shown: the desk opens without it. */
export function SiteMap(properties: MapProperties) {
  const { module, hasFailed, retry } = useLoaded(load);
  if (hasFailed) {
    return (
      <Banner tone="fail">
        <p>{t(words.failed)}</p>
        <button type="button" class="button" onClick={retry}>
          {t(desk.tryAgain)}
        </button>
      </Banner>
    );
  }
  if (!module) return <p class="quiet">{t(words.loading)}</p>;
  const MapView = module.default;
  return <MapView {...properties} />;
}
