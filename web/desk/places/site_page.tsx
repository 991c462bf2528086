import { useMemo, useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { distance, t } from "../../shared/i18n/i18n";
import { fenceOf } from "../../shared/site/fence";
import { SiteMap } from "../map/map";
import type { Shape } from "../map/shapes";
import type { Person } from "../session";
import { goTo, hrefTo } from "../shell/route";
import { type Column, DataTable } from "../ui/data_table";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { useAnswer } from "../ui/use_answer";
import { usePages } from "../ui/use_pages";
import { places } from "../words/places";
import { site as words } from "../words/site";
import { AssetTable } from "./asset_list";
import { momentText, type Place, shapeOfCheckIn, shapesOf, verdictText } from "./check_in_shapes";
import { positionText } from "./coordinates";
import { Facts } from "./facts";
import { History } from "./history";
import { RemoveDialog } from "./remove_dialog";
import { fenceText } from "./site_table";
import { SECTION } from "./tabs";

type Site = Schema<"Site">;

/** A site: its fence with the check-ins around it, facts, assets. */
export function SitePage({ person, id }: { person: Person; id: string }) {
  const answer = useAnswer<"getSite">(path`/v1/sites/${id}`);
  const [isRemoving, setRemoving] = useState(false);
  const site = answer.body;
  const actions = site && (
    <>
      <a class="button" href={hrefTo(SECTION, ["sites", id, "change"])}>
        {t(places.change)}
      </a>
      <button type="button" class="button button-danger" onClick={() => setRemoving(true)}>
        {t(places.remove)}
      </button>
    </>
  );
  return (
    <Page title={site?.name ?? t(places.site)} actions={actions}>
      {site ? <Parts site={site} person={person} /> : <ListEnd {...answer} more={null} />}
      {site && isRemoving && (
        <RemoveDialog
          name={site.name}
          path={path`/v1/sites/${id}`}
          onClose={() => setRemoving(false)}
          onRemoved={() => goTo(SECTION, ["sites"], {}, { replace: true })}
        />
      )}
    </Page>
  );
}

function Parts({ site, person }: { site: Site; person: Person }) {
  const [isMaking, setMaking] = useState(false);
  return (
    <>
      <p>
        <a href={hrefTo(SECTION, ["sites"])}>{t(places.sites)}</a> ·{" "}
        <a href={hrefTo(SECTION, ["customers", site.customer_id])}>{site.customer_name}</a>
      </p>
      <Around site={site} />
      <section class="places-part">
        <h2>{t(places.facts)}</h2>
        <SiteFacts site={site} />
      </section>
      <section class="places-part">
        <div class="row row-spread">
          <h2>{t(places.assets)}</h2>
          <button type="button" class="button" onClick={() => setMaking(true)}>
            {t(places.newAsset)}
          </button>
        </div>
        <AssetTable query={{ site_id: site.id }} site={site} isMaking={isMaking} onMade={() => setMaking(false)} />
      </section>
      <History person={person} id={site.id} version={site.version} />
    </>
  );
}

function SiteFacts({ site }: { site: Site }) {
  const policy = t(words.asPolicy);
  return (
    <Facts
      facts={[
        [t(places.code), site.code],
        [t(places.address), site.address],
        [t(words.fence), fenceText(site)],
        [t(words.position), `${positionText(site.position)} (${t(words[site.datum])})`],
        [t(words.wgs84), site.datum === "wgs84" ? null : positionText(site.wgs84.position)],
        [t(words.timeZone), site.time_zone],
        [t(words.entryAccuracy), site.entry_accuracy_m ?? policy],
        [t(words.minimumMinutes), site.minimum_minutes ?? policy],
        [t(places.note), site.note],
      ]}
    />
  );
}

/** The fence with the newest check-ins, on the map and as a list. */
function Around({ site }: { site: Site }) {
  const pages = usePages<"listSiteCheckIns">(path`/v1/sites/${site.id}/check-ins`, { limit: 100 });
  const shapes = useMemo((): Shape[] => {
    const fence = fenceOf(site);
    const fixes = shapesOf(pages.rows.map((place) => shapeOfCheckIn(place, place.geofence, site.time_zone)));
    return [...(fence ? [{ kind: "fence", fence, tone: "present" } as const] : []), ...fixes];
  }, [site, pages.rows]);
  const columns: readonly Column<Place>[] = [
    { name: t(words.time), cell: (place) => momentText(place.captured_at, site.time_zone) },
    { name: t(words.technician), cell: ({ technician }) => technician.name },
    { name: t(words.checkIn), cell: ({ kind }) => t(words[kind]) },
    { name: t(words.verdict), cell: ({ geofence }) => verdictText(geofence) },
    { name: t(words.toFence), cell: (place) => place.fence_distance_m !== null && distance(Math.abs(place.fence_distance_m)), isNumber: true },
    { name: t(words.accuracy), cell: ({ accuracy_m }) => accuracy_m !== null && `± ${distance(accuracy_m)}`, isNumber: true },
  ];
  return (
    <section class="places-part">
      <SiteMap shapes={shapes} label={site.name} fitKey={`${site.version} ${pages.rows.length}`} />
      <p class="quiet small">{t(words.checkInsLegend)}</p>
      <details class="places-check-ins">
        <summary>{t(words.checkIns)}</summary>
        {(pages.rows.length > 0 || !pages.isLoading) && !pages.failure && (
          <DataTable caption={t(words.checkIns)} columns={columns} rows={pages.rows} keyOf={({ id }) => id} empty={t(words.noCheckIns)} />
        )}
        <ListEnd {...pages} />
      </details>
    </section>
  );
}
