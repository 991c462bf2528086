import { listVisits } from "../local/visits";
import { enqueueCheckIn } from "../outbox/enqueue";

/** Evidence that lies this long was left by an app that was killed, not by a camera that is open. */
const LEFT_BEHIND_MS = 10 * 60_000;

/**
 * Hands over photos and scans that an app which was killed left behind, without a position: where the phone is
 * now says nothing about where it was then. For the start of the app.
 */
export async function handOverLeftBehind(userId: string, now_ms = Date.now()): Promise<void> {
  for (const visit of await listVisits(userId)) {
    const { photo_ids, scans } = visit.gathered;
    if (photo_ids.length + scans.length === 0 || now_ms - visit.updated_at_ms < LEFT_BEHIND_MS) continue;
    const captured_at = new Date(visit.updated_at_ms).toISOString();
    await enqueueCheckIn(visit, { kind: "progress", captured_at, fix: null });
  }
}
