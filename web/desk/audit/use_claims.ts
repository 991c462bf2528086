/**
 * Two managers at one queue are handed out different photos: each desk tells the server what its manager is about to
 * judge, and is told what others have before them. A claim ages out by itself, and nothing here is needed for a
 * decision: without an answer the desk goes on as if it were alone.
 */
import { useCallback, useEffect, useRef } from "preact/hooks";
import { api } from "../session";
import { type Claims, nextUp, progress, type Queue, withClaims } from "./queue";

/** The photo that is shown, and the next ones: while one is judged, the next is claimed already. */
const HAND = 3;
/** Of so many others' claims are heard. */
const ASKED = 40;
/** So many photos are kept whose decisions are on their way. */
const KEPT = 10;
/** A photo is drawn at the latest after this, whatever the server says. */
const PATIENCE_MS = 1000;
/** Whoever is at work renews a claim after this; the server's lasts longer. */
export const RENEWED_AFTER_MS = 30_000;
/** Who waits for photos that others have asks for them so often. */
const ASKED_AGAIN_MS = 10_000;

/** Photos whose decisions are on their way are kept until the server has them. */
async function ask(kept: readonly string[], next: readonly string[]): Promise<Claims | null> {
  const asked = [...new Set([...kept.slice(0, KEPT), ...next])];
  const json = { photo_ids: asked, most: HAND + Math.min(kept.length, KEPT) };
  try {
    const { body } = await api.call<"claimAuditPhotos">({ method: "POST", path: "/v1/audit-queue/claims", json, timeoutMs: 10_000 });
    const others = new Map(body.others.map(({ photo_id, by }) => [photo_id, by.name]));
    return { asked, others, notWaiting: new Set(body.not_waiting) };
  } catch {
    return null;
  }
}

const soon = <Value>(value: Promise<Value>): Promise<Value | null> =>
  Promise.race([value, new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS))]);

interface Surroundings {
  readonly queue: { readonly current: Queue };
  readonly update: (changed: (known: Queue) => Queue) => void;
  /** Learns what was decided on these photos. */
  readonly lookAfter: (photoIds: readonly string[]) => Promise<void>;
  /** The photos whose decisions the server does not have yet. */
  readonly unsent: () => readonly string[];
  /** Somebody decides here, and on what waits. */
  readonly isWanted: boolean;
}

const handOf = (asked: readonly string[]): string => asked.slice(0, HAND).join();

/**
 * Claims what stands before the manager while the page is there, and gives it up afterwards. Returns how to claim the
 * first photos of a queue that is not drawn yet: null when nobody says what others have.
 */
export function useClaims({ queue, update, lookAfter, unsent, isWanted }: Surroundings): Claiming {
  const last = useRef({ hand: "", atMs: 0 });
  const isAsking = useRef(false);
  const claim = useCallback(async (known: Queue) => {
    const asked = nextUp(known, ASKED);
    last.current = { hand: handOf(asked), atMs: Date.now() };
    return asked.length > 0 ? ask(unsent(), asked) : null;
  }, [unsent]);
  const first = useCallback(async (known: Queue) => (isWanted ? soon(claim(known)) : null), [claim, isWanted]);
  /** Claims anew when other photos are next than at the last time, or when that is `afterMs` ago. */
  const renew = useCallback(
    async (afterMs: number) => {
      const isAnother = () => handOf(nextUp(queue.current, HAND)) !== last.current.hand;
      if (!isWanted || isAsking.current || last.current.atMs === 0) return;
      if (!isAnother() && Date.now() - last.current.atMs < afterMs) return;
      isAsking.current = true;
      do {
        const claims = await claim(queue.current);
        if (!claims) continue;
        update((known) => withClaims(known, claims));
        if (claims.notWaiting.size > 0) void lookAfter([...claims.notWaiting]);
      } while (isAnother());
      isAsking.current = false;
    },
    [claim, isWanted, queue, update, lookAfter],
  );
  useEffect(() => {
    if (!isWanted) return;
    const work = () => void renew(RENEWED_AFTER_MS);
    const wait = setInterval(() => void (areAllHeld(queue.current) && renew(ASKED_AGAIN_MS)), ASKED_AGAIN_MS);
    for (const event of ["keydown", "pointermove"]) window.addEventListener(event, work);
    return () => {
      for (const event of ["keydown", "pointermove"]) window.removeEventListener(event, work);
      clearInterval(wait);
      last.current = { hand: "", atMs: 0 };
      void ask([], []);
    };
  }, [isWanted, queue, renew]);
  return { first, renew };
}

interface Claiming {
  readonly first: (known: Queue) => Promise<Claims | null>;
  readonly renew: (afterMs: number) => Promise<void>;
}

/** Others have all that waits: it may come back. */
function areAllHeld(queue: Queue): boolean {
  const { left, held } = progress(queue);
  return left === 0 && held > 0;
}
