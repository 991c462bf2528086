/** The technician's work on the phone, kept equal to the server's by its change feed. */
import type { Schema } from "../../shared/api/types";
import { api } from "../api";
import { database, write } from "./database";
import type { StoredDay } from "./types";

/** A feed that goes on for longer than this tells of a server that errs; the next poll begins anew. */
const MOST_PAGES = 50;

/** The work as the phone knows it, with or without a network; undefined before it was fetched once. */
export async function readDay(userId: string): Promise<StoredDay | undefined> {
  return (await database()).get("days", userId);
}

/** What the phone has after an answer of the feed. Null when the answer cannot be the first one. */
export function applyChanges(
  userId: string,
  before: StoredDay | undefined,
  answer: Schema<"MyChanges">,
  etag: string | null,
  nowMs: number,
): StoredDay | null {
  const known = answer.full ? undefined : before;
  const policy = answer.policy ?? known?.policy;
  if (!policy) return null;
  return {
    user_id: userId,
    work_orders: merge(known?.work_orders ?? [], answer.work_orders, answer.deleted.work_orders),
    retakes: merge(known?.retakes ?? [], answer.retakes, answer.deleted.retakes),
    corrections: merge(known?.corrections ?? [], answer.corrections, answer.deleted.corrections),
    policy,
    cursor: answer.cursor,
    etag,
    fetched_at_ms: nowMs,
  };
}

function merge<Item extends { id: string }>(old: Item[], changed: Item[], deleted: string[]): Item[] {
  const items = new Map(old.map((item) => [item.id, item]));
  for (const id of deleted) items.delete(id);
  for (const item of changed) items.set(item.id, item);
  return [...items.values()];
}

/**
 * Asks the server what changed. A day on which nothing did costs one small answer.
 *
 * @throws what ApiClient.call throws
 */
export async function fetchDay(userId: string): Promise<void> {
  for (let page = 0; page < MOST_PAGES; page++) {
    const known = await readDay(userId);
    const answer = await api.call<"getMyChanges">({
      method: "GET",
      path: "/v1/my/changes",
      query: { since: known?.cursor },
      headers: known?.etag ? { "If-None-Match": known.etag } : {},
    });
    const etag = answer.headers.get("ETag");
    const isOver = await write(["days"], async (transaction) => {
      const store = transaction.objectStore("days");
      const before = await store.get(userId);
      // Another tab was quicker: its answer stands, and the next poll goes on from there.
      if (before?.cursor !== known?.cursor) return true;
      const now = Date.now();
      const after =
        answer.status === 304
          ? before && { ...before, fetched_at_ms: now }
          : applyChanges(userId, before, answer.body, answer.body.complete ? etag : null, now);
      if (after) await store.put(after);
      else await store.delete(userId);
      return answer.status === 304 || answer.body.complete || !after;
    });
    if (isOver) return;
  }
}
