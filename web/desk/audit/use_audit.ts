import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { path } from "../../shared/api/client";
import { currentLanguage, languageTag } from "../../shared/i18n/i18n";
import { failureText } from "../failure_text";
import type { News } from "../live/connection";
import { useLive } from "../live/live";
import { picture } from "../pictures";
import { api } from "../session";
import { browserDecisions, DecisionQueue, type Verdict } from "./decisions";
import type { Filter } from "./filter";
import * as queues from "./queue";
import { keepUndo, keptUndo } from "./undo_store";
import { RENEWED_AFTER_MS, useClaims } from "./use_claims";

/** The first page of the queue is soon there; those after it are longer. */
const FIRST_PAGE = 50;
const PAGE = 100;
/** The next page is asked for so many photos before the end: of what waits, soon enough to say how much it is. */
const AHEAD = 20;
const AHEAD_WAITING = 300;
/** Small pictures are fetched this far ahead of the one that is shown. */
const SMALL_AHEAD = 24;

/** Photos come in bursts, and nobody waits for the next one while there is one to judge. */
const NEWS_GATHER_MS = 1500;
/** What another manager decides is told soon: it may be about the photo that is judged here. */
const DECISIONS_GATHER_MS = 300;
/** After a break in which more was decided than is told one by one, so many photos are looked after. */
const LOOKED_AFTER = 50;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function loadPage({ reviewed, ...filter }: Filter, cursor: string | null) {
  const query = { ...filter, limit: cursor ? PAGE : FIRST_PAGE, cursor: cursor ?? undefined };
  const headers = { "Accept-Language": languageTag(currentLanguage()) };
  const { body } = reviewed
    ? await api.call<"listEvidence">({ method: "GET", path: "/v1/evidence", query: { ...query, reviewed: reviewed === "true" ? reviewed : undefined }, headers })
    : await api.call<"listAuditQueue">({ method: "GET", path: "/v1/audit-queue", query, headers });
  return body;
}

function useDecisions(personId: string) {
  return useMemo(
    () =>
      new DecisionQueue(
        browserDecisions(personId),
        ({ photoId }, body) => api.call<"reviewPhoto">({ method: "POST", path: path`/v1/photos/${photoId}/reviews`, json: body }),
        pause,
      ),
    [personId],
  );
}

/** What a retention rule has removed is not asked for. */
async function fetchAhead({ id, thumbnails_removed_at: removed }: queues.Item["photo"], size: "small" | "medium"): Promise<void> {
  if (!removed) await picture(id, size).catch(() => undefined);
}

/** The queue of this filter, page after page, and what the manager does with it. */
export function useAudit(personId: string, filter: Filter, mayDecide: boolean) {
  const [queue, setQueue] = useState(() => ({ ...queues.emptyQueue, ...keptUndo(personId) }));
  const [failure, setFailure] = useState<string | null>(null);
  const [isLoading, setLoading] = useState(true);
  const decisions = useDecisions(personId);
  const [unsent, setUnsent] = useState(() => decisions.unsent);
  // Pages, outcomes and keys all change the queue: each finds it as the one before has left it.
  const newest = useRef(queue);
  const update = useCallback((changed: (known: queues.Queue) => queues.Queue) => {
    newest.current = changed(newest.current);
    setQueue(newest.current);
  }, []);
  const lookAfter = useCallback(
    async (photoIds: readonly string[]) => {
      for (const id of photoIds) {
        const answer = await api.call<"getPhoto">({ method: "GET", path: path`/v1/photos/${id}` }).catch(() => null);
        if (answer) update((known) => queues.withElsewhere(known, id, answer.body.review_decision));
      }
    },
    [update],
  );
  const { first: claimFirst, renew: renewClaims } = useClaims({
    queue: newest, update, lookAfter, unsent: useCallback(() => decisions.unsentPhotos, [decisions]),
    isWanted: mayDecide && filter.reviewed === undefined,
  });
  const keep = useCallback(() => keepUndo(personId, queues.undoable(newest.current)), [personId]);
  // How far the strip of thumbnails was scrolled ahead of the photo that is shown.
  const [seen, setSeen] = useState(0);
  const generation = useRef(0);
  const language = currentLanguage(); // findings come in the reader's

  const load = useCallback(
    async (cursor: string | null) => {
      const own = generation.current;
      setLoading(true);
      try {
        const page = await loadPage(filter, cursor);
        const longer = (known: queues.Queue) => queues.withPage(known, page.items, page.next_cursor);
        const claims = cursor === null ? await claimFirst(longer(newest.current)) : null;
        if (own !== generation.current) return; // another filter was chosen meanwhile
        update((known) => (claims ? queues.toUndecided(queues.withClaims(longer(known), claims)) : longer(known)));
        setFailure(null);
      } catch (error) {
        if (own === generation.current) setFailure(failureText(error));
      }
      if (own === generation.current) setLoading(false);
    },
    [filter, update, language, claimFirst],
  );

  useEffect(() => {
    generation.current += 1;
    update(queues.restarted);
    setSeen(0);
    void load(null);
  }, [load, update]);

  useEffect(() => {
    decisions.onChange = setUnsent;
    decisions.onOutcome = (outcome) => {
      update((known) => queues.withOutcome(known, outcome));
      if (outcome.refusal !== null) keep();
      else if (outcome.decision.kind === "withdraw") void renewClaims(0); // it waits again, and for nobody else
    };
    void decisions.send();
  }, [decisions, update, keep, renewClaims]);

  useEffect(() => {
    const furthest = Math.max(queue.at, seen);
    const ahead = filter.reviewed ? AHEAD : AHEAD_WAITING;
    if (!isLoading && !failure && queue.cursor && furthest >= queue.entries.length - ahead) void load(queue.cursor);
    for (const from of new Set([queue.at, furthest])) {
      for (const { item } of queue.entries.slice(from, from + SMALL_AHEAD)) void fetchAhead(item.photo, "small");
    }
  }, [queue.at, queue.entries.length, queue.cursor, seen, isLoading, failure, load]);
  useLargePictures(queue);
  useEffect(() => void renewClaims(RENEWED_AFTER_MS), [queue, renewClaims]);

  const look = useCallback(async () => {
    if (filter.reviewed === "all") return; // a list to look through, not one that grows under the reader
    const own = generation.current;
    try {
      const page = await loadPage(filter, null);
      if (own === generation.current) update((known) => queues.withNew(known, page.items, page.next_cursor));
    } catch {
      // What is shown stays; the next news, or the next page, tells what is wrong.
    }
  }, [filter, update, language]);
  useNews(newest, look, lookAfter);

  const apply = (made: { queue: queues.Queue; decisions: queues.Decisions }) => {
    update(() => made.queue);
    keep();
    for (const decision of made.decisions) decisions.add(decision);
  };
  const newId = () => crypto.randomUUID();
  return {
    queue,
    failure,
    isLoading,
    unsent,
    retry: () => void load(queue.cursor),
    move: (steps: number) => update((known) => queues.moved(known, steps)),
    /** The strip shows thumbnails up to here: those after them are wanted next. */
    see: (at: number) => setSeen((before) => Math.max(before, at)),
    /** To the next photo that waits, from wherever the manager has gone; perhaps to one that somebody else gave up. */
    goOn: () => void renewClaims(0).then(() => update(queues.toUndecided)),
    show: (at: number) => update((known) => queues.movedTo(known, at)),
    select: (photoId: string, isSelected: boolean) =>
      update((known) => queues.withSelection(known, photoId, isSelected)),
    toggleCurrent: () => update(queues.withCurrentToggled),
    clearSelection: () => update(queues.withoutSelection),
    decide: (kind: Verdict, reason: string | null) => apply(queues.decide(newest.current, kind, reason, newId)),
    undo: () => apply(queues.undo(newest.current, newId)),
  };
}

/**
 * Fetches the next large picture while this one is judged: after this one, whose way on a slow line it would share.
 * Looking is on record, so that only the very next photo is fetched before it is looked at.
 */
function useLargePictures({ entries, at }: queues.Queue): void {
  const shown = entries[at]?.item.photo;
  const next = entries[at + 1]?.item.photo;
  useEffect(() => {
    if (!shown || !next) return;
    let isStill = true;
    void fetchAhead(shown, "medium").then(() => (isStill ? fetchAhead(next, "medium") : undefined));
    return () => void (isStill = false);
  }, [shown?.id, next?.id]);
}

/** The undecided photos of the queue that the news are about; the next ones where nobody knows. */
function concerned(queue: queues.Queue, news: News): readonly string[] {
  const undecided = queues.undecidedHere(queue);
  if (news !== "everything" && news.every(({ id }) => id !== null)) {
    const named = new Set(news.map(({ id }) => id));
    return undecided.filter((id) => named.has(id));
  }
  const ahead = new Set(queue.entries.slice(queue.at, queue.at + LOOKED_AFTER).map(({ item }) => item.photo.id));
  return undecided.filter((id) => ahead.has(id));
}

/** Looks for photos that are not in the queue yet, a little after they came, and for what others decide on those in it. */
function useNews(
  queue: { readonly current: queues.Queue },
  look: () => Promise<void>,
  lookAfter: (photoIds: readonly string[]) => Promise<void>,
): void {
  const timers = useRef<{ look?: ReturnType<typeof setTimeout>; after?: ReturnType<typeof setTimeout> }>({});
  const waiting = useRef(new Set<string>());
  const newest = useRef({ look, lookAfter });
  newest.current = { look, lookAfter };
  useEffect(() => () => Object.values(timers.current).forEach(clearTimeout), []);
  useLive(["photo"], (news: News) => {
    for (const id of concerned(queue.current, news)) waiting.current.add(id);
    if (waiting.current.size > 0) {
      timers.current.after ??= setTimeout(() => {
        timers.current.after = undefined;
        const ids = [...waiting.current];
        waiting.current.clear();
        void newest.current.lookAfter(ids);
      }, DECISIONS_GATHER_MS);
    }
    const known = new Set(queue.current.entries.map(({ item }) => item.photo.id));
    if (news !== "everything" && news.every(({ id }) => id !== null && known.has(id))) return; // decisions
    timers.current.look ??= setTimeout(() => {
      timers.current.look = undefined;
      void newest.current.look();
    }, NEWS_GATHER_MS);
  });
}

export type Audit = ReturnType<typeof useAudit>;
