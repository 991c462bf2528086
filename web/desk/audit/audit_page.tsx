import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { listed, t } from "../../shared/i18n/i18n";
import { Banner } from "../../shared/ui/banner";
import { LiveStatus } from "../live/live_status";
import type { PageProperties } from "../shell/page_properties";
import { PageHeader, useTitle } from "../ui/page";
import { audit as words } from "../words/audit";
import { desk } from "../words/desk";
import { earlierPhotoId, otherHalfOf } from "./counterpart";
import type { Verdict } from "./decisions";
import { DecisionBar } from "./decision_bar";
import { FactsPanel } from "./facts_panel";
import { filterOf } from "./filter";
import { FilterBar } from "./filter_bar";
import { type Command, commandOf } from "./keys";
import { KeyHelp } from "./key_help";
import { PhotoStage } from "./photo_stage";
import { currentEntry, holders, overtaken, progress } from "./queue";
import { ReasonDialog, useReasons } from "./reason_dialog";
import { Thumbnails } from "./thumbnails";
import { type Audit, useAudit } from "./use_audit";
import { useVisit } from "./use_visit";

/** What lies over the page. */
type Overlay = "reject" | "retake" | "help" | null;

const EMPTY = { waiting: words.empty, true: words.noneReviewed, all: words.noPhotos };

/** The queue of doubtful photos: one large, why it is doubtful beside it, one key a decision. */
export default function AuditPage({ person, route }: PageProperties) {
  useTitle(t(words.title));
  const filter = useMemo(() => filterOf(route.query), [route.query.toString()]);
  const mayDecide = person.user.role === "manager";
  const audit = useAudit(person.user.id, filter, mayDecide);
  const [overlay, showOverlay] = useState<Overlay>(null);
  // A key may come before the dialog it opened is drawn; it must not decide anything.
  const isAsking = useRef(false);
  const setOverlay = (shown: Overlay) => {
    isAsking.current = shown !== null;
    showOverlay(shown);
  };
  // Before and after stand side by side until the manager says otherwise; an earlier copy has the place beside it.
  const [comparing, setComparing] = useState<boolean | null>(null);
  const [isFull, setFull] = useState(false);
  const entry = currentEntry(audit.queue);
  const photo = entry?.item.photo ?? null;
  const { visit, site } = useVisit(photo?.visit_id ?? null, photo?.site_id ?? null);
  const isComparing = comparing ?? (photo !== null && earlierPhotoId(photo) === null && otherHalfOf(photo, visit) !== null);

  const run = (command: Command) => {
    if (isAsking.current) return;
    if (command === "next" || command === "previous") audit.move(command === "next" ? 1 : -1);
    else if (command === "goOn") audit.goOn();
    else if (command === "compare") setComparing(!isComparing);
    else if (command === "zoom") setFull(!isFull);
    else if (command === "filter") enterFilters();
    else if (command === "help") setOverlay("help");
    else if (mayDecide) decide(command);
  };
  const decide = (command: Command) => {
    if (command === "undo") audit.undo();
    else if (command === "approve" && entry) audit.decide("approve", null);
    else if (command === "select") audit.toggleCurrent();
    else if ((command === "reject" || command === "retake") && entry) setOverlay(command);
  };
  useKeys(overlay === null ? run : null);
  useEffect(() => setFull(false), [photo?.id]);
  useFocusAfter(isFull);
  useLeaveWarning(audit.unsent);
  const reasons = useReasons();

  return (
    <>
      <Header audit={audit} isQueue={filter.reviewed === undefined} set={Object.keys(filter).length} onHelp={() => setOverlay("help")} />
      <div class="desk-filters">
        <FilterBar route={route} onLeave={leaveFilters} />
      </div>
      <Notices audit={audit} isQueue={filter.reviewed === undefined} />
      <div class={entry ? "desk-work" : ""}>
        {entry && <Thumbnails queue={audit.queue} onShow={audit.show} onSee={audit.see} onSelect={mayDecide ? audit.select : null} />}
        <main key="content" class={entry ? "desk-stage" : "desk-empty"} id="content" tabIndex={-1}>
          {entry ? (
            <>
              <PhotoStage item={entry.item} visit={visit} isComparing={isComparing} isFull={isFull} onFull={setFull} />
              <DecisionBar audit={audit} entry={entry} mayDecide={mayDecide} isComparing={isComparing} onCommand={run} />
            </>
          ) : (
            <>
              <p>{t(audit.isLoading ? desk.loading : EMPTY[filter.reviewed ?? "waiting"])}</p>
              {mayDecide && audit.queue.history.length > 0 && (
                <button type="button" class="button" aria-keyshortcuts="U" onClick={audit.undo}>
                  {t(words.undo)} <kbd aria-hidden="true">U</kbd>
                </button>
              )}
            </>
          )}
        </main>
        {entry && <FactsPanel item={entry.item} visit={visit} site={site} mayDownload={person.user.role !== "dispatcher"} />}
      </div>
      {overlay === "help" && <KeyHelp mayDecide={mayDecide} onClose={() => setOverlay(null)} />}
      {(overlay === "reject" || overlay === "retake") && (
        <ReasonDialog
          title={t(overlay === "reject" ? words.reject : words.retake)}
          reasons={reasons}
          onCancel={() => setOverlay(null)}
          onReason={(reason) => {
            audit.decide(overlay satisfies Verdict, reason);
            setOverlay(null);
          }}
        />
      )}
    </>
  );
}

interface HeaderProperties {
  audit: Audit;
  /** Of what waits; else a list to look through. */
  isQueue: boolean;
  /** How many filters are set. */
  set: number;
  onHelp: () => void;
}

function Header({ audit, isQueue, set, onHelp }: HeaderProperties) {
  const { entries, at, cursor } = audit.queue;
  const where = { number: at + 1, count: entries.length };
  const actions = (
    <>
      <button
        type="button"
        class="button desk-quiet-button desk-filters-button"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => (isInFilters() ? leaveFilters() : enterFilters())}
      >
        {set > 0 ? t(words.filtersSet, { count: set }) : t(words.filter)} <kbd aria-hidden="true">F</kbd>
      </button>
      <button type="button" class="button desk-quiet-button desk-keys-button" onClick={onHelp}>
        {t(words.keys)} <kbd aria-hidden="true">?</kbd>
      </button>
    </>
  );
  const { decided, left, held } = progress(audit.queue);
  const done = isQueue && decided > 0 && t(cursor ? words.progressMore : words.progress, { decided, left: left + held });
  const status = (
    <>
      {entries.length > 0 && t(cursor ? words.positionMore : words.position, where)}
      {done && <> · {done}</>} <LiveStatus />
    </>
  );
  return <PageHeader title={t(words.title)} status={status} actions={actions} />;
}

function Notices({ audit, isQueue }: { audit: Audit; isQueue: boolean }) {
  const count = overtaken(audit.queue);
  const { left, held } = progress(audit.queue);
  const isThrough = isQueue && audit.queue.entries.length > 0 && audit.queue.cursor === null && left === 0;
  return (
    <div class="desk-notices">
      {audit.failure && (
        <Banner tone="fail">
          <p>{audit.failure}</p>
          <button type="button" class="button" onClick={audit.retry}>
            {t(desk.tryAgain)}
          </button>
        </Banner>
      )}
      {audit.unsent > 0 && <Banner tone="info">{t(words.unsent, { count: audit.unsent })}</Banner>}
      {count > 0 && <Banner tone="warn">{t(words.others, { count })}</Banner>}
      {isThrough && (
        <Banner tone="good">
          {held > 0 ? t(words.throughHeld, { count: held, names: listed(holders(audit.queue)) }) : t(words.through)}
        </Banner>
      )}
    </div>
  );
}

/**
 * Hands each key press that means something to `run`; null: something lies over the page. A key may come between
 * drawing and its effects, so the listener stays and takes what was drawn last.
 */
function useKeys(run: ((command: Command) => void) | null): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const command = latest.current && commandOf(event);
      if (!command) return;
      event.preventDefault();
      latest.current?.(command);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

/** Focus goes at once: the next key may come before anything is drawn anew, and must not decide. */
function enterFilters(): void {
  document.querySelector<HTMLElement>(".desk-filter .field-box")?.focus();
}

function leaveFilters(): void {
  document.getElementById("content")?.focus({ preventScroll: true });
}

const isInFilters = (): boolean => document.activeElement?.closest(".desk-filter") !== null;

/** Who closes the picture at full size goes on where it was opened. */
function useFocusAfter(isFull: boolean): void {
  const before = useRef(isFull);
  useEffect(() => {
    if (before.current && !isFull) document.querySelector<HTMLElement>(".desk-photo")?.focus();
    before.current = isFull;
  }, [isFull]);
}

/** They are kept in the browser, but nobody should leave thinking that they count already. */
function useLeaveWarning(unsent: number): void {
  useEffect(() => {
    if (unsent === 0) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsent === 0]);
}
