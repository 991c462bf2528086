import { useEffect, useMemo, useState } from "preact/hooks";
import { t, timeOfDay } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { sheetAddress, siteAddress } from "../addresses";
import { noteDoubtsRead } from "../local/photos";
import type { PhotoRole, StoredDay, VisitDraft } from "../local/types";
import { doubtsOf, unusable } from "../outbox/photo_doubts";
import { useOutbox } from "../outbox/use_outbox";
import { WayButton } from "../today/way_button";
import { atSite as words } from "../words/at_site";
import { common } from "../words/common";
import { ActionBar } from "./action_bar";
import { CameraView } from "./camera_view";
import { type ChecklistItem, firstMissingRole, progressOf } from "./checklist";
import { ChecklistView } from "./checklist_view";
import { judgePicture, keepNote } from "./evidence";
import { NoteList, PhotoList, ScanList } from "./evidence_list";
import { fenceOf } from "../../shared/site/fence";
import { accuracyLimitM } from "./foresight";
import { DoubtList } from "./doubt_list";
import { LeaveDialog } from "./leave_dialog";
import { NoteField } from "./note_field";
import { defaultPolicy, type SitePolicy } from "./policy";
import { PositionCard } from "./position_card";
import { RetakeList } from "./retake_list";
import { ScannerView } from "./scanner_view";
import { assetsOf, type Retake, scansOf, type Subject, takenPhotos, takenScans } from "./subject";
import { hasLostPicture, useFix } from "./use_site";
import { useVisit, type VisitSteps } from "./use_visit";

interface Properties {
  subject: Subject;
  day: StoredDay | null;
  userId: string;
  /** The photo to take again that the screen was opened for. */
  retakePhotoId: string | null;
  /** A visit at another site that was not left. */
  elsewhere: VisitDraft | null;
}

/** What is open above the page. */
type Above =
  | { readonly kind: "camera"; readonly role: PhotoRole; readonly retake: Retake | null }
  | { readonly kind: "scanner" }
  | { readonly kind: "leave" }
  | null;

const MINUTE_MS = 60_000;

/** A technician at a site: arrive, gather evidence, leave. */
export function VisitPage({ subject, day, userId, retakePhotoId, elsewhere }: Properties) {
  const { site, workOrder, retakes } = subject;
  const policy: SitePolicy = day?.policy ?? defaultPolicy;
  const fence = useMemo(() => fenceOf(site), [site.id]);
  const siteToJudge = { fence, entry_accuracy_m: site.entry_accuracy_m };
  const { keeper, search } = useFix(fence, accuracyLimitM(siteToJudge, policy.thresholds));
  const place = { fence, site: siteToJudge, policy, search, onAgain: () => keeper.start() };
  const wanted = retakes.find(({ photo_id }) => photo_id === retakePhotoId) ?? null;
  const steps = useVisit(userId, subject, wanted, keeper);
  const { visit, photos } = steps;
  const [above, setAbove] = useState<Above>(null);
  const [isPictureLost, setPictureLost] = useState(hasLostPicture);
  const outbox = useOutbox(userId) ?? [];
  const doubts = doubtsOf(photos, outbox);
  const isHere = visit !== null && visit !== undefined && visit.left_at === null;

  const assets = useMemo(() => assetsOf(subject, day), [subject, day]);
  const scans = scansOf(visit ?? null);
  const progress = workOrder
    ? progressOf(
        workOrder.checklist,
        workOrder.id,
        takenPhotos(photos, retakes, unusable(photos, outbox)),
        takenScans(visit ?? null, site.id, assets),
      )
    : [];
  const missing = progress.filter(({ item, isDone }) => item.required && !isDone);
  const missingRoles = new Set(
    progress.flatMap(({ item, isDone }) => (!isDone && item.photo_role ? [item.photo_role] : [])),
  );

  const openCamera = (role: PhotoRole, retake: Retake | null): void => {
    keeper.refresh();
    setPictureLost(false);
    setAbove({ kind: "camera", role, retake });
  };
  const openItem = (item: ChecklistItem): void => {
    keeper.refresh();
    if (item.kind === "photo") openCamera(item.photo_role ?? "other", null);
    else setAbove({ kind: "scanner" });
  };
  const close = (): void => {
    setAbove(null);
    void steps.handOver();
  };
  const arrive = async (): Promise<void> => {
    await steps.take("arrival");
    if (wanted && !isAnswered(wanted, photos)) openCamera(wanted.photo_role, wanted);
  };

  /* Evidence that was gathered before the app was closed goes with the next position. */
  const hasStored = visit !== undefined;
  useEffect(() => {
    if (hasStored) void steps.handOver();
  }, [hasStored, visit?.id]);

  if (visit === undefined) return null;
  return (
    <main class="page at-site">
      <Head subject={subject} visit={visit} />
      <Messages steps={steps} />
      {isPictureLost && isHere && <Banner tone="fail">{t(words.pictureLost)}</Banner>}
      <DoubtList
        doubts={above?.kind === "camera" ? [] : doubts}
        leastSide_px={policy.thresholds.photo_least_side_px}
        onTake={isHere ? ({ role }) => openCamera(role, null) : null}
        onKeep={({ photo, objections }) => void noteDoubtsRead(photo.id, objections.map(({ code }) => code))}
      />
      {!visit && day && workOrder && (
        <p class="row">
          <WayButton order={workOrder} day={day} userId={userId} />
        </p>
      )}
      {!visit && elsewhere && <StillElsewhere visit={elsewhere} />}
      <RetakeList
        retakes={retakes}
        isAnswered={(retake) => isAnswered(retake, photos)}
        onTake={isHere ? (retake) => openCamera(retake.photo_role, retake) : null}
      />
      {!visit && <PositionCard {...place} hasPlan />}
      <ChecklistView progress={progress} onItem={isHere ? openItem : null} />
      {visit && <NoteList visit={visit} />}
      {isHere && (
        <NoteField
          key={visit.gathered.check_in_id}
          initial={visit.gathered.note}
          onKeep={(note) => keepNote(visit.id, note)}
        />
      )}
      <PhotoList photos={photos} doubted={new Set(doubts.map(({ photo }) => photo.id))} timeZone={site.time_zone} />
      <ScanList scans={scans} siteId={site.id} assets={assets} />
      {isHere && <PositionCard {...place} hasPlan={false} />}
      {visit && (
        <a class="button button-wide" href={sheetAddress(visit.id)}>
          {t(words.sheet)}
        </a>
      )}
      <ActionBar
        steps={steps}
        left_s={search.left_s}
        isHere={isHere}
        isRetake={wanted !== null}
        onArrive={arrive}
        onSettle={() => keeper.settle()}
        onPhoto={() => openCamera(firstMissingRole(progress, "overview"), null)}
        onScan={() => {
          keeper.refresh();
          setAbove({ kind: "scanner" });
        }}
        onLeave={() => {
          keeper.refresh();
          setAbove({ kind: "leave" });
        }}
      />
      {above?.kind === "camera" && visit && (
        <CameraView
          firstRole={above.role}
          missing={missingRoles}
          countOf={(role) => photos.filter((photo) => photo.role === role).length}
          workOrderId={above.retake ? above.retake.work_order_id : (workOrder?.id ?? null)}
          retake={above.retake && { photoId: above.retake.photo_id, reason: above.retake.reason }}
          leastSide_px={policy.thresholds.photo_least_side_px}
          onPicture={steps.keepPicture}
          onJudge={(record, file) => judgePicture(record, file, policy.thresholds)}
          onClose={close}
        />
      )}
      {above?.kind === "scanner" && (
        <ScannerView
          siteId={site.id}
          assets={assets}
          known={new Set(scans.map(({ value }) => value))}
          onScan={(scan) => steps.keepScan(scan)}
          onClose={close}
        />
      )}
      {above?.kind === "leave" && visit && (
        <LeaveDialog
          missing={missing.map(({ item }) => item.label)}
          short={shortStay(visit, site.minimum_minutes, day)}
          onStay={() => setAbove(null)}
          onLeave={() => {
            setAbove(null);
            void steps.take("departure");
          }}
        />
      )}
    </main>
  );
}

function isAnswered(retake: Retake, photos: readonly { retake_of: string | null }[]): boolean {
  return photos.some(({ retake_of }) => retake_of === retake.photo_id);
}

/** As `time_on_site_short` will find: the site's own limit, else the organisation's. */
function shortStay(visit: VisitDraft, siteMinutes: number | null, day: StoredDay | null) {
  const least_s = siteMinutes !== null ? siteMinutes * 60 : (day?.policy.thresholds.least_time_on_site_s ?? 0);
  const stayed_ms = Date.now() - Date.parse(visit.started_at);
  if (stayed_ms >= least_s * 1000) return null;
  return { minutes: Math.floor(stayed_ms / MINUTE_MS), expected: Math.ceil(least_s / 60) };
}

function Head({ subject: { site, workOrder }, visit }: { subject: Subject; visit: VisitDraft | null }) {
  const time = (at: string): string => timeOfDay(at, site.time_zone);
  return (
    <header class="at-site-head">
      <a class="button button-small" href="#/">
        {t(common.back)}
      </a>
      <div>
        <h1>{site.name}</h1>
        {workOrder && (
          <p>
            {workOrder.number} {workOrder.title}
          </p>
        )}
        {site.address && <p class="quiet small">{site.address}</p>}
        {workOrder?.description && <p class="note-text">{workOrder.description}</p>}
        {site.note && <p class="note-text banner banner-info">{t(words.siteNote, { note: site.note })}</p>}
        {visit && !visit.left_at && <p class="tag tag-good">{t(words.onSiteSince, { time: time(visit.started_at) })}</p>}
        {visit?.left_at && <p class="tag tag-info">{t(words.leftAt, { time: time(visit.left_at) })}</p>}
      </div>
    </header>
  );
}

/** Forgotten check-outs make visits that never end; a visit without a work order has no screen of its own. */
function StillElsewhere({ visit: { site, work_order_ids } }: { visit: VisitDraft }) {
  const [workOrderId] = work_order_ids;
  return (
    <Banner tone="info">
      <p>{t(words.stillElsewhere, { site: site.name })}</p>
      {workOrderId && (
        <a class="button" href={siteAddress(workOrderId)}>
          {t(words.goThere)}
        </a>
      )}
    </Banner>
  );
}

const SAVED = {
  arrival: words.savedArrival,
  progress: words.savedProgress,
  departure: words.savedDeparture,
} as const;

function Messages({ steps: { saved, trouble } }: { steps: VisitSteps }) {
  return (
    <>
      {trouble && <Banner tone="fail">{t(words.notSaved, { detail: trouble })}</Banner>}
      <div role="status">{saved && !trouble && <div class="banner banner-good">{t(SAVED[saved])}</div>}</div>
    </>
  );
}
