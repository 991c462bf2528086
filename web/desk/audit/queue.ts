/** The photos that wait, where the manager stands among them, and what was decided here. Pure. */
import type { Schema } from "../../shared/api/types";
import type { Decision, Outcome, Verdict } from "./decisions";

export type Decisions = readonly Decision[];

export type Item = Schema<"EvidenceItem">;

export interface Entry {
  readonly item: Item;
  /** What was decided here and has not been taken back; null: nothing. */
  readonly decided: Decision | null;
  /** Why the decision does not count; null: it counts, or is on its way. */
  readonly refusal: string | null;
  /** What another manager has decided since the photo came into the queue; null: nothing. */
  readonly elsewhere: Verdict | null;
  /** Who else has the photo before them, by name; null: nobody, as far as is known. */
  readonly heldBy: string | null;
  /** It was left out because somebody else had it: it comes next when that one gives it up. */
  readonly isPassedOver: boolean;
  readonly isSelected: boolean;
}

export interface Queue {
  readonly entries: readonly Entry[];
  readonly at: number;
  /** Where the next page begins; null: there is none. */
  readonly cursor: string | null;
  /** Ids of photos that were decided here, the last one last: what Undo takes back. */
  readonly history: readonly (readonly string[])[];
  /** What was decided under another filter and does not stand in `entries`: Undo brings it back. */
  readonly behind: readonly Entry[];
}

export const emptyQueue: Queue = { entries: [], at: 0, cursor: null, history: [], behind: [] };

/** What can be taken back: kept over a reload. */
export type Undoable = Pick<Queue, "history" | "behind">;

/** Photos whose decisions can be taken back after a reload. */
const KEPT_PHOTOS = 100;

/** The last decisions with their photos, as many as are kept over a reload; one on many is kept whole, or not at all. */
export function undoable(queue: Queue): Undoable {
  const history: (readonly string[])[] = [];
  const ids = new Set<string>();
  for (const group of [...queue.history].reverse()) {
    const more = new Set([...ids, ...group]);
    if (more.size > KEPT_PHOTOS) break;
    history.unshift(group);
    for (const id of group) ids.add(id);
  }
  return { history, behind: [...queue.behind, ...queue.entries].filter(({ item }) => ids.has(item.photo.id)) };
}

/** An empty queue for another filter, in which what was decided here can still be taken back. */
export function restarted(queue: Queue): Queue {
  const ids = new Set(queue.history.flat());
  const behind = [...queue.behind, ...queue.entries].filter(({ item }) => ids.has(item.photo.id));
  return { ...emptyQueue, history: queue.history, behind };
}

const entryOf = (item: Item): Entry => ({
  item, decided: null, refusal: null, elsewhere: null, heldBy: null, isPassedOver: false, isSelected: false,
});

export const currentEntry = (queue: Queue): Entry | null => queue.entries[queue.at] ?? null;

/** Adds a page; a photo that is there already stays as it is. */
export function withPage(queue: Queue, items: readonly Item[], cursor: string | null): Queue {
  const known = new Set(queue.entries.map(({ item }) => item.photo.id));
  const fresh = items.filter(({ photo }) => !known.has(photo.id));
  const decidedHere = new Map(queue.behind.map((entry) => [entry.item.photo.id, entry]));
  const entries = fresh.map((item) => ({ ...(decidedHere.get(item.photo.id) ?? entryOf(item)), item, isSelected: false }));
  const shown = new Set(fresh.map(({ photo }) => photo.id));
  const behind = queue.behind.filter(({ item }) => !shown.has(item.photo.id));
  return { ...queue, entries: [...queue.entries, ...entries], behind, cursor };
}

/**
 * Adds photos that came while the manager works, by their risk among those that are still ahead: what is shown stays
 * where it is, and nothing before it moves.
 */
export function withNew(queue: Queue, items: readonly Item[], cursor: string | null): Queue {
  const known = new Set(queue.entries.map(({ item }) => item.photo.id));
  const fresh = items.filter(({ photo }) => !known.has(photo.id)).map(entryOf);
  const passed = queue.entries.slice(0, queue.at + 1);
  const ahead = queue.entries.slice(queue.at + 1);
  for (const entry of fresh) {
    const place = ahead.findIndex(({ item }) => (item.risk ?? 0) < (entry.item.risk ?? 0));
    ahead.splice(place < 0 ? ahead.length : place, 0, entry);
  }
  return { ...queue, entries: [...passed, ...ahead], cursor: queue.cursor ?? cursor };
}

export function moved(queue: Queue, steps: number): Queue {
  const last = Math.max(queue.entries.length - 1, 0);
  const at = Math.min(Math.max(queue.at + steps, 0), last);
  return at === queue.at ? queue : { ...queue, at, entries: queue.entries.map((entry, i) => (i === queue.at ? seen(entry) : entry)) };
}

export const movedTo = (queue: Queue, at: number): Queue => moved(queue, at - queue.at);

/** Whoever comes to the photo from now on knows what another manager has decided, and may overrule it. */
function seen(entry: Entry): Entry {
  if (entry.elsewhere === null) return entry;
  const photo = { ...entry.item.photo, review_decision: entry.elsewhere };
  return { ...entry, item: { ...entry.item, photo } };
}

function change(queue: Queue, photoIds: readonly string[], changed: (entry: Entry) => Entry): Queue {
  const wanted = new Set(photoIds);
  const one = (entry: Entry) => (wanted.has(entry.item.photo.id) ? changed(entry) : entry);
  return { ...queue, entries: queue.entries.map(one), behind: queue.behind.map(one) };
}

export function withSelection(queue: Queue, photoId: string, isSelected: boolean): Queue {
  return change(queue, [photoId], (entry) => ({ ...entry, isSelected }));
}

export function withCurrentToggled(queue: Queue): Queue {
  const current = currentEntry(queue);
  return current ? withSelection(queue, current.item.photo.id, !current.isSelected) : queue;
}

export function withoutSelection(queue: Queue): Queue {
  return { ...queue, entries: queue.entries.map((entry) => ({ ...entry, isSelected: false })) };
}

/** What a decision is about: the selected photos, or the one that is shown. */
export function subjects(queue: Queue): readonly Entry[] {
  const selected = queue.entries.filter(({ isSelected }) => isSelected);
  const current = currentEntry(queue);
  return selected.length > 0 ? selected : current ? [current] : [];
}

/** What counts for a photo as far as is known here. */
export function standing(entry: Entry): Verdict | null {
  const kind = entry.refusal === null ? entry.decided?.kind : undefined;
  if (kind === undefined) return entry.item.photo.review_decision;
  return kind === "withdraw" ? null : kind;
}

/** The decisions to send, and the queue after them: one further, at the next undecided photo. */
export function decide(
  queue: Queue,
  kind: Verdict,
  reason: string | null,
  newId: () => string,
): { queue: Queue; decisions: Decision[] } {
  const entries = subjects(queue);
  const decisions = entries.map((entry) => ({
    id: newId(),
    photoId: entry.item.photo.id,
    kind,
    reason,
    seen: standing(entry),
  }));
  const ids = decisions.map(({ photoId }) => photoId);
  const decided = change(queue, ids, (entry) => ({
    ...entry,
    decided: decisions.find(({ photoId }) => photoId === entry.item.photo.id) ?? null,
    refusal: null,
    elsewhere: null,
    isSelected: false,
  }));
  return { queue: toUndecided({ ...decided, history: [...queue.history, ids] }), decisions };
}

/** Those of these photos that stand behind are among the others again, where the manager is. */
function withBehind(queue: Queue, ids: readonly string[]): Queue {
  const isWanted = ({ item }: Entry) => ids.includes(item.photo.id);
  const back = queue.behind.filter(isWanted);
  if (back.length === 0) return queue;
  const entries = [...queue.entries.slice(0, queue.at), ...back, ...queue.entries.slice(queue.at)];
  return { ...queue, entries, behind: queue.behind.filter((entry) => !isWanted(entry)) };
}

/** Takes the last decision back, also one on many; the queue stands at the photo again. */
export function undo(queue: Queue, newId: () => string): { queue: Queue; decisions: Decision[] } {
  const ids = queue.history.at(-1) ?? [];
  queue = withBehind(queue, ids);
  const entries = queue.entries.filter(
    ({ item, decided, refusal }) => ids.includes(item.photo.id) && decided !== null && decided.kind !== "withdraw" && refusal === null,
  );
  const decisions = entries.map((entry) => ({
    id: newId(),
    photoId: entry.item.photo.id,
    kind: "withdraw" as const,
    reason: null,
    seen: standing(entry),
    undoes: entry.decided?.id,
  }));
  const history = queue.history.slice(0, -1);
  const at = queue.entries.findIndex(({ item }) => item.photo.id === ids[0]);
  const undone = change({ ...queue, history }, ids, (entry) => ({
    ...entry,
    decided: decisions.find(({ photoId }) => photoId === entry.item.photo.id) ?? entry.decided,
  }));
  return { queue: at < 0 ? undone : { ...undone, at }, decisions };
}

export const isDecided = (entry: Entry): boolean =>
  entry.refusal === null && (standing(entry) !== null || entry.elsewhere !== null);

/** The photos here of which nobody here has said anything: another manager may. */
export const undecidedHere = (queue: Queue): readonly string[] =>
  queue.entries.filter(({ decided }) => decided === null).map(({ item }) => item.photo.id);

/**
 * Another manager decided on a photo, or took a decision back. What is being judged right now was judged without that:
 * it is told, and a decision on it still says that nothing was seen, so that the server refuses it.
 */
export function withElsewhere(queue: Queue, photoId: string, decision: Verdict | null): Queue {
  const judged = currentEntry(queue)?.item.photo.id;
  return change(queue, [photoId], (entry) => {
    if (entry.decided !== null || decision === (entry.elsewhere ?? entry.item.photo.review_decision)) return entry;
    if (decision === null) return { ...entry, elsewhere: null, item: { ...entry.item, photo: { ...entry.item.photo, review_decision: null } } };
    const told = { ...entry, elsewhere: decision };
    return photoId === judged ? told : seen(told);
  });
}

/** Where the photos stand that wait, in the order in which they come up: passed over, onwards, from the beginning. */
function upcoming({ entries, at }: Queue): number[] {
  const waiting = entries.map((_, i) => i).filter((i) => !isDecided(entries[i] as Entry));
  const isPassedOver = (i: number) => i < at && (entries[i] as Entry).isPassedOver;
  const turn = (i: number) => (isPassedOver(i) ? 0 : i >= at ? 1 : 2);
  return waiting.sort((a, b) => turn(a) - turn(b) || a - b);
}

/** The next photo that nobody has decided on and that nobody else has before them; what they have is passed over. */
export function toUndecided(queue: Queue): Queue {
  const at = upcoming(queue).find((i) => queue.entries[i]?.heldBy === null);
  if (at === undefined || at === queue.at) return queue;
  const pass = (entry: Entry, i: number) => (i < at && entry.heldBy !== null ? { ...entry, isPassedOver: true } : entry);
  return { ...queue, at, entries: queue.entries.map(pass) };
}

/** What the manager is about to judge, the photo that is shown first if it waits: no more than so many. */
export function nextUp(queue: Queue, most: number): readonly string[] {
  const order = upcoming(queue);
  const shown = order.filter((i) => i === queue.at);
  return [...shown, ...order.filter((i) => i !== queue.at)].slice(0, most).map((i) => (queue.entries[i] as Entry).item.photo.id);
}

/** What is known of the photos that were asked about. */
export interface Claims {
  readonly asked: readonly string[];
  /** Who else has them, by name. */
  readonly others: ReadonlyMap<string, string>;
  /** Somebody has decided on them: what, is not known here yet. */
  readonly notWaiting: ReadonlySet<string>;
}

export function withClaims(queue: Queue, { asked, others, notWaiting }: Claims): Queue {
  return change(queue, asked.filter((id) => !notWaiting.has(id)), (entry) => {
    const heldBy = others.get(entry.item.photo.id) ?? null;
    return heldBy === entry.heldBy ? entry : { ...entry, heldBy };
  });
}

/** How far the manager is: what was decided here, what can be judged, and what others have before them. */
export function progress(queue: Queue): { decided: number; left: number; held: number } {
  const here = [...queue.behind, ...queue.entries].filter((entry) => entry.decided !== null && entry.decided.kind !== "withdraw" && entry.refusal === null);
  const waiting = queue.entries.filter((entry) => !isDecided(entry));
  const held = waiting.filter(({ heldBy }) => heldBy !== null).length;
  return { decided: here.length, left: waiting.length - held, held };
}

/** Who has what is left, each once. */
export const holders = (queue: Queue): string[] => [
  ...new Set(queue.entries.flatMap((entry) => (entry.heldBy !== null && !isDecided(entry) ? [entry.heldBy] : []))),
];

/** What the server said of a decision. One that is no longer the photo's last changes nothing. */
export function withOutcome(queue: Queue, { decision, refusal }: Outcome): Queue {
  return change(queue, [decision.photoId], (entry) =>
    entry.decided?.id === decision.id && refusal !== null ? { ...entry, refusal } : entry,
  );
}

export const overtaken = (queue: Queue): number => queue.entries.filter(({ refusal }) => refusal !== null).length;
