import { useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { dayOf, t, timeOfDay } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { Dialog } from "../../shared/ui/dialog";
import { roles } from "../../shared/words/roles";
import { Findings } from "../audit/findings";
import { goTo, hrefTo } from "../shell/route";
import type { Role } from "../shell/page_properties";
import { ListEnd } from "../ui/list_end";
import { Page } from "../ui/page";
import { LargePicture, SmallPicture } from "../ui/stored_picture";
import { read, useAnswer } from "../ui/use_answer";
import { usePages } from "../ui/use_pages";
import { sampling as words } from "../words/sampling";
import { CriteriaDialog } from "./criteria_dialog";
import { ScoreForm } from "./score_form";

/** One visit that was drawn: what it shows at the left, its scores at the right. */
export function AssessPage({ drawId, visitId, role }: { drawId: string; visitId: string; role: Role }) {
  const visit = useAnswer<"getVisit">(path`/v1/visits/${visitId}`);
  const policy = useAnswer<"getPolicy">("/v1/organisation/policy");
  const sampled = usePages<"listSampledVisits">(path`/v1/sampling-draws/${drawId}/visits`, { limit: 200 });
  const [isSetting, setSetting] = useState(false);
  const entry = sampled.rows.find((row) => row.visit.id === visitId) ?? null;
  if (!visit.body || !policy.body || (!entry && sampled.isLoading)) {
    const failing = [visit, policy, sampled].find(({ failure }) => failure !== null) ?? visit;
    return (
      <Page title={t(words.assess)}>
        <ListEnd failure={failing.failure} isLoading={failing.isLoading} reload={failing.reload} more={null} />
      </Page>
    );
  }
  const goOn = async () => {
    const rest = await read<"listSampledVisits">(path`/v1/sampling-draws/${drawId}/visits`, { assessed: "false", limit: 1 });
    const next = rest.items[0];
    goTo("sampling", next ? ["draw", drawId, next.visit.id] : ["draw", drawId]);
  };
  const criteria = policy.body.assessment_criteria;
  const { site, technician, first_seen_at } = visit.body;
  return (
    <Page title={t(words.assessTitle, { site: site.name })} status={`${technician.name} · ${dayOf(first_seen_at, site.time_zone)}`}>
      <p>
        <a href={hrefTo("sampling", ["draw", drawId])}>{t(words.drawnVisits)}</a> · <a href={hrefTo("visits", [visitId])}>{t(words.openVisit)}</a>
      </p>
      <div class="sampling-assess">
        <Evidence visit={visit.body} />
        <div>
          {entry?.assessment && (
            <p class="quiet">
              {t(words.assessedBy, {
                name: entry.assessment.assessed_by.name,
                time: `${dayOf(entry.assessment.assessed_at)} ${timeOfDay(entry.assessment.assessed_at)}`,
              })}
            </p>
          )}
          {criteria.length === 0 && (
            <Banner tone="info">
              <p>{t(words.noCriteria)}</p>
              {role !== "dispatcher" && (
                <button type="button" class="button" onClick={() => setSetting(true)}>
                  {t(words.setCriteria)}
                </button>
              )}
            </Banner>
          )}
          {criteria.length > 0 && entry && (
            <ScoreForm
              drawId={drawId}
              visitId={visitId}
              criteria={criteria}
              latest={entry.assessment}
              isReadOnly={role !== "manager"}
              onDone={goOn}
            />
          )}
        </div>
      </div>
      {isSetting && <CriteriaDialog onClose={() => setSetting(false)} onDone={policy.reload} />}
    </Page>
  );
}

type Photo = Schema<"Visit">["check_ins"][number]["photos"][number];

function Evidence({ visit }: { visit: Schema<"Visit"> }) {
  const [shown, setShown] = useState<Photo | null>(null);
  const photos = visit.check_ins.flatMap((checkIn) => checkIn.photos).filter(({ state }) => state === "stored");
  return (
    <div>
      <h2>{t(words.photos)}</h2>
      {photos.length === 0 && <p class="quiet">{t(words.noPhotos)}</p>}
      <ul class="sampling-photos">
        {photos.map((photo) => (
          <li key={photo.id}>
            <Thumbnail photo={photo} onShow={() => setShown(photo)} />
          </li>
        ))}
      </ul>
      <Findings title={t(words.findingsOfVisit)} verdict={visit.verdict} findings={findingsOf(visit)} />
      {shown && (
        <Dialog title={t(roles[shown.role])} onClose={() => setShown(null)}>
          <LargePhoto photo={shown} />
          <button type="button" class="button" onClick={() => setShown(null)}>
            {t(words.back)}
          </button>
        </Dialog>
      )}
    </div>
  );
}

/** Of the visit, its check-ins and its photos; each sentence once. */
function findingsOf(visit: Schema<"Visit">): Schema<"Finding">[] {
  const all = [
    ...visit.findings,
    ...visit.check_ins.flatMap((checkIn) => [...checkIn.findings, ...checkIn.photos.flatMap(({ findings }) => findings)]),
  ].filter(({ severity }) => severity !== "info");
  return [...new Map(all.map((finding) => [finding.code, finding])).values()];
}

function Thumbnail({ photo, onShow }: { photo: Photo; onShow: () => void }) {
  return (
    <button type="button" class="sampling-photo" onClick={onShow}>
      <SmallPicture photo={photo} frame="sampling-photo-empty" />
      <span class="small">{t(roles[photo.role])}</span>
    </button>
  );
}

function LargePhoto({ photo }: { photo: Photo }) {
  return (
    <figure class="sampling-large">
      <LargePicture photo={photo} photoId={photo.id} alt={t(roles[photo.role])} frame="sampling-photo-empty" />
      {photo.caption && <figcaption>{photo.caption}</figcaption>}
    </figure>
  );
}
