import { path } from "../../shared/api/client";
import { t } from "../../shared/i18n/i18n";
import { fenceOf } from "../../shared/site/fence";
import { PlanView } from "../../shared/site/plan_view";
import { useAnswer } from "../ui/use_answer";
import { audit } from "../words/audit";
import { timelineWords as words } from "../words/visits";
import { photosOf, type VisitFile } from "./file";

/** The fence, the first fix with its accuracy, and every other place that the visit knows of. */
export function Where({ file }: { file: VisitFile }) {
  const { visit } = file;
  const { body: site } = useAnswer<"getSite">(path`/v1/sites/${visit.site.id}`);
  const fence = site && fenceOf(site);
  const [first, ...others] = visit.check_ins.filter(({ wgs84 }) => wgs84 !== null);
  const marks = [...others.map(({ wgs84 }) => wgs84), ...photosOf(file).map(({ exif }) => exif?.position ?? null)];
  return (
    <aside class="visits-where">
      <h2>{t(audit.map)}</h2>
      {fence && (
        <PlanView
          fence={fence}
          position={first?.wgs84 ?? null}
          accuracy_m={first?.fix?.accuracy_m ?? null}
          marks={marks.filter((mark) => mark !== null)}
          label={visit.site.name}
        />
      )}
      {site && !fence && <p class="quiet">{t(audit.noFence)}</p>}
      {!first && <p>{t(visit.check_ins.length > 0 ? words.noFix : words.noCheckIn)}</p>}
      <p class="small quiet">{t(words.whereLegend)}</p>
    </aside>
  );
}
