import type { Schema } from "../../shared/api/types";
import { database, write, type WriteTransaction } from "./database";
import type { GatheredEvidence, VisitDraft } from "./types";
import { newId } from "../../shared/new_id";

export function emptyGathered(): GatheredEvidence {
  return { check_in_id: newId(), photo_ids: [], scans: [], note: "" };
}

/** A visit that begins now. It is not stored: enqueueCheckIn does that together with the arrival. */
export function newVisit(
  userId: string,
  site: Schema<"DaySite">,
  workOrderIds: string[],
  startedAt: string,
): VisitDraft {
  return {
    id: newId(),
    user_id: userId,
    site,
    work_order_ids: workOrderIds,
    work_orders: [],
    started_at: startedAt,
    left_at: null,
    check_ins: [],
    gathered: emptyGathered(),
    sheet: null,
    signing: null,
    signature: null,
    updated_at_ms: Date.now(),
  };
}

export async function readVisit(id: string): Promise<VisitDraft | undefined> {
  return (await database()).get("visits", id);
}

/** The user's visits, newest first. */
export async function listVisits(userId: string): Promise<VisitDraft[]> {
  const visits = await (await database()).getAllFromIndex("visits", "by_user", userId);
  return visits.sort((a, b) => (a.started_at < b.started_at ? 1 : -1));
}

/** The visit for this work order that was not left yet. */
export async function findOpenVisit(userId: string, workOrderId: string): Promise<VisitDraft | undefined> {
  const visits = await listVisits(userId);
  return visits.find((visit) => visit.left_at === null && visit.work_order_ids.includes(workOrderId));
}

/** Changes a visit inside a transaction over (at least) `visits`. Throws when there is no such visit. */
export async function changeVisitIn(
  transaction: WriteTransaction,
  id: string,
  change: (visit: VisitDraft) => VisitDraft,
): Promise<VisitDraft> {
  const store = transaction.objectStore("visits");
  const visit = await store.get(id);
  if (!visit) throw new Error(`there is no visit ${id} on this phone`);
  const changed = { ...change(visit), updated_at_ms: Date.now() };
  await store.put(changed);
  return changed;
}

/** Changes a visit (its sheet, its note, …); resolves when that is durable. `change` must not await. */
export function changeVisit(id: string, change: (visit: VisitDraft) => VisitDraft): Promise<VisitDraft> {
  return write(["visits"], (transaction) => changeVisitIn(transaction, id, change));
}
