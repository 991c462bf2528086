/** The visit of a site's screen: what is stored of it, and the steps it takes. */
import { useEffect, useRef, useState } from "preact/hooks";
import { listPhotos } from "../local/photos";
import type { CheckInKind, PhotoRecord, VisitDraft } from "../local/types";
import { useStored } from "../local/use_stored";
import { changeVisit, listVisits, readVisit } from "../local/visits";
import { checkIn, hasGathered, isFull, keepPicture, keepScan, type Shot } from "./evidence";
import type { FixKeeper } from "./fix_keeper";
import type { NewScan } from "./scanner_view";
import { type Retake, type Subject, visitFor } from "./subject";
import { isAwayForPicture, useVisibility } from "./use_site";

/** For so long a visit that was left is still what the technician wants to see. */
const SHOW_LEFT_MS = 12 * 3_600_000;

/**
 * The visit to go on with: one that is open at the site, for whatever work, since nobody is there twice; else,
 * unless a new one is wanted, the one for this work that was just left.
 */
export async function findVisit(userId: string, subject: Subject, isNewWanted: boolean): Promise<VisitDraft | null> {
  const here = (await listVisits(userId)).filter(({ site }) => site.id === subject.site.id);
  const isForWork = ({ work_order_ids }: VisitDraft): boolean =>
    subject.workOrder === null || work_order_ids.includes(subject.workOrder.id);
  const open = here.filter(({ left_at }) => left_at === null);
  const current = open.find(isForWork) ?? open[0];
  if (current || isNewWanted) return current ?? null;
  const hasJustLeft = ({ left_at }: VisitDraft): boolean =>
    left_at !== null && Date.now() - Date.parse(left_at) < SHOW_LEFT_MS;
  return here.find((visit) => isForWork(visit) && hasJustLeft(visit)) ?? null;
}

/** The visit, from now on for this work, too: a technician with two orders at one site checks in once. */
export async function joinVisit(visit: VisitDraft, subject: Subject): Promise<VisitDraft> {
  const id = subject.workOrder?.id;
  if (!id || visit.left_at !== null || visit.work_order_ids.includes(id)) return visit;
  return changeVisit(visit.id, (before) => ({ ...before, work_order_ids: [...before.work_order_ids, id] }));
}

export interface VisitSteps {
  /** Undefined until the phone's memory was read; null: none is open. */
  readonly visit: VisitDraft | null | undefined;
  readonly photos: readonly PhotoRecord[];
  /** The step that is being taken. */
  readonly step: CheckInKind | null;
  /** The step that was taken last, saved. */
  readonly saved: CheckInKind | null;
  /** Why the last one was not saved. */
  readonly trouble: string | null;
  take(kind: CheckInKind): Promise<void>;
  keepPicture(shot: Shot, file: Blob): Promise<PhotoRecord>;
  keepScan(scan: NewScan): Promise<void>;
  /** Hands over photos and scans that were gathered, with the position there is or will be. */
  handOver(): Promise<void>;
  /** Forgets a visit that was left, to begin another. */
  startAnother(): void;
}

export function useVisit(userId: string, subject: Subject, retake: Retake | null, keeper: FixKeeper): VisitSteps {
  const [isNewWanted, setNewWanted] = useState(retake !== null);
  const [id, setId] = useState<string | null>(null);
  const [step, setStep] = useState<CheckInKind | null>(null);
  const [saved, setSaved] = useState<CheckInKind | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const visit = useStored(
    ["visits"],
    async () => (id ? ((await readVisit(id)) ?? null) : findVisit(userId, subject, isNewWanted)),
    [id, isNewWanted, userId, subject.site.id, subject.workOrder?.id],
  );
  const visitId = visit?.id ?? null;
  const photos = useStored(["photos"], async () => (visitId ? listPhotos(visitId) : []), [visitId]) ?? [];
  const queued = useRef(new Set<CheckInKind>());
  const chain = useRef(Promise.resolve());

  /* The visit's id stays, also when it is left: the screen goes on to show it. */
  useEffect(() => {
    if (visitId) setId(visitId);
  }, [visitId]);

  /* As it is stored, which may be newer than what was drawn. */
  const readCurrent = async (): Promise<VisitDraft | null> => {
    const known = id ?? visitId;
    return known ? ((await readVisit(known)) ?? null) : null;
  };

  const make = async (kind: CheckInKind, captured_at: string): Promise<void> => {
    setTrouble(null);
    try {
      const sample = await keeper.demand();
      /* What is gathered from now on may need a check-in of its own. */
      if (kind === "progress") queued.current.delete(kind);
      /* Another window may have checked in meanwhile. */
      const known = (await readCurrent()) ?? (await findVisit(userId, subject, true));
      const isNeeded = !known || kind === "departure" || (kind === "progress" && hasGathered(known));
      const current = known ? await joinVisit(known, subject) : visitFor(subject, userId, captured_at, retake);
      if (isNeeded) await checkIn(current, kind, sample, captured_at);
      setId(current.id);
      setSaved(kind);
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      queued.current.delete(kind);
      setStep([...queued.current].pop() ?? null);
    }
  };

  /* One after the other: leaving while photos are still on their way into a check-in must not be lost. */
  const take = (kind: CheckInKind): Promise<void> => {
    if (queued.current.has(kind)) return chain.current;
    const captured_at = new Date().toISOString();
    queued.current.add(kind);
    setStep(kind);
    chain.current = chain.current.then(() => make(kind, captured_at));
    return chain.current;
  };

  /* Before the system puts the app away, which may be for good: with the position there is. */
  const handOverAtOnce = async (visitToHand: VisitDraft): Promise<void> => {
    await checkIn(visitToHand, "progress", keeper.recent);
  };
  useVisibility((isVisible) => {
    if (isVisible || isAwayForPicture()) return;
    if (queued.current.size > 0) keeper.settle();
    else if (visit && hasGathered(visit)) void handOverAtOnce(visit).catch(() => undefined);
  });

  const makeRoom = async (): Promise<string> => {
    const current = await readCurrent();
    if (!current) throw new Error("no visit is under way");
    if (isFull(current)) await handOverAtOnce(current);
    return (await joinVisit(current, subject)).id;
  };

  return {
    visit,
    photos,
    step,
    saved,
    trouble,
    take,
    keepPicture: async (shot, file) => keepPicture(await makeRoom(), shot, file),
    keepScan: async (scan) => {
      await keepScan(await makeRoom(), scan);
    },
    handOver: async () => {
      const current = await readCurrent();
      if (current && hasGathered(current)) await take("progress");
    },
    startAnother: () => {
      setSaved(null);
      setNewWanted(true);
      setId(null);
    },
  };
}
