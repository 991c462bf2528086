import { useMemo } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { distance, t, timeOfDay } from "../../shared/i18n/i18n";
import { fenceOf } from "../../shared/site/fence";
import { SiteMap } from "../map/map";
import type { Shape } from "../map/shapes";
import { shapeOfCheckIn, shapesOf } from "../places/check_in_shapes";
import { ListEnd } from "../ui/list_end";
import { useAnswer } from "../ui/use_answer";
import { audit as words } from "../words/audit";
import { site as siteWords } from "../words/site";
import type { Site } from "./use_visit";

type Track = Schema<"VisitTrack">;
type Point = Track["points"][number];

const KMH_OF_MPS = 3.6;

export interface PhotoOnMap {
  site: Site;
  checkIn: Schema<"CheckIn"> | null;
  photo: Schema<"Photo">;
}

/** Fence, photo and check-in, among all check-ins of the technician's day. */
export function DayMap({ site, checkIn, photo }: PhotoOnMap) {
  const answer = useAnswer<"getVisitTrack">(path`/v1/visits/${photo.visit_id}/track`);
  const track = answer.body;
  const here = useMemo((): Shape[] => {
    const fence = fenceOf(site);
    const exif = photo.exif?.position;
    const place = checkIn && shapeOfCheckIn({ ...checkIn, accuracy_m: checkIn.fix?.accuracy_m ?? null }, checkIn.geofence, site.time_zone);
    return [
      ...(fence ? [{ kind: "fence", fence, tone: "present" } as const] : []),
      ...(place?.kind === "fix" ? [{ ...place, isCurrent: true }] : []),
      ...(exif ? [{ kind: "mark", position: exif, label: t(words.exifPosition) } as const] : []),
    ];
  }, [site, checkIn, photo]);
  const shapes = useMemo((): Shape[] => [...wayOf(track, checkIn?.id ?? null), ...here], [track, here]);
  const label = t(words.wayOf, { site: site.name, name: checkIn?.technician.name ?? "" });
  return (
    <div class="map-small">
      <SiteMap shapes={shapes} label={label} fitKey={photo.id} focus={here} />
      <p class="small quiet">{t(words.wayLegend)}</p>
      {track ? <Way track={track} currentId={checkIn?.id ?? null} /> : <ListEnd {...answer} more={null} />}
    </div>
  );
}

function wayOf(track: Track | null, currentId: string | null): Shape[] {
  const points = track?.points ?? [];
  const positions = points.map(({ check_in }) => check_in.wgs84).filter((position) => position !== null);
  const others = points.filter(({ check_in }) => check_in.id !== currentId);
  const fixes = others.map(({ check_in }) => shapeOfCheckIn(check_in, check_in.geofence, track?.time_zone ?? "UTC"));
  return [...(positions.length > 1 ? [{ kind: "track", positions } as const] : []), ...shapesOf(fixes)];
}

/** The same in words. */
function Way({ track, currentId }: { track: Track; currentId: string | null }) {
  if (track.points.length === 0) return <p class="quiet">{t(words.wayNothing)}</p>;
  return (
    <>
      <h4>{t(words.way)}</h4>
      <ol class="desk-way">
        {track.points.map((point) => (
          <li key={point.check_in.id} aria-current={point.check_in.id === currentId ? "true" : undefined}>
            <Step point={point} timeZone={track.time_zone} />
          </li>
        ))}
      </ol>
      {!track.complete && <p class="quiet">{t(words.wayCut, { count: track.points.length })}</p>}
    </>
  );
}

function Step({ point: { check_in, distance_m, least_speed_mps }, timeZone }: { point: Point; timeZone: string }) {
  const speed = Math.round((least_speed_mps ?? 0) * KMH_OF_MPS);
  return (
    <>
      {timeOfDay(check_in.captured_at, timeZone)} {check_in.site.name}, {t(siteWords[check_in.kind])}
      {distance_m !== null && <span class="quiet small desk-way-step">{t(words.wayStep, { distance: distance(distance_m), speed })}</span>}
    </>
  );
}
