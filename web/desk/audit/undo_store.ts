/** What a manager can take back outlives a reload of this tab, but neither the tab nor a log-out. */
import type { Undoable } from "./queue";

const KEY = "fieldproof.desk.undo";

interface Kept extends Undoable {
  readonly personId: string;
}

const NOTHING: Undoable = { history: [], behind: [] };

/** Nothing of what another person, or another version of the desk, has left. */
export function keptUndo(personId: string): Undoable {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Kept | null;
    return kept?.personId === personId ? { history: kept.history, behind: kept.behind } : NOTHING;
  } catch {
    return NOTHING;
  }
}

export function keepUndo(personId: string, { history, behind }: Undoable): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ personId, history, behind } satisfies Kept));
  } catch {
    sessionStorage.removeItem(KEY); // no room: better none than an older one
  }
}
