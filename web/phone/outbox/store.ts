/** The outbox in the database, as the sender and the screens see it. */
import { database, write } from "../local/database";
import { readSession } from "../local/session";
import type { OutboxItem, Receipt } from "./items";
import { goesWith } from "./order";
import { type Outcome, statusAfter } from "./outcome";

/** All of a user's items. */
export async function listOutbox(userId: string): Promise<OutboxItem[]> {
  return (await database()).getAllFromIndex("outbox", "by_user", userId);
}

/** How many items of this user are not safe on the server yet. */
export async function countUnsent(userId: string): Promise<number> {
  return (await listOutbox(userId)).filter((item) => item.status.state !== "safe").length;
}

/** Whose work may be sent now; null when nobody is logged in or the session was ended. */
export async function sendingUser(): Promise<string | null> {
  const session = await readSession();
  return session?.tokens ? session.user.id : null;
}

/**
 * Notes what became of an attempt. An item that was replaced while it was being sent (another revision)
 * stays as it is: the answer was about what it is no more.
 */
export async function settle(sent: OutboxItem, outcome: Outcome, random = Math.random()): Promise<void> {
  await write(["outbox"], async (transaction) => {
    const store = transaction.objectStore("outbox");
    const item = await store.get(sent.id);
    if (!item || item.revision !== sent.revision || item.status.state !== "waiting") return;
    await store.put({ ...item, status: statusAfter(outcome, item.status.attempts, Date.now(), random) });
  });
}

/** Adds what the server made of a photo that it has. */
export async function noteVerdict(itemId: string, { verdict, findings }: Pick<Receipt, "verdict" | "findings">): Promise<void> {
  await write(["outbox"], async (transaction) => {
    const store = transaction.objectStore("outbox");
    const item = await store.get(itemId);
    if (item?.status.state !== "safe") return;
    await store.put({ ...item, status: { ...item.status, receipt: { ...item.status.receipt, verdict, findings } } });
  });
}

/** Keeps where a photo's upload lives, so that it goes on there after the app was killed. */
export async function keepUploadUrl(itemId: string, url: string): Promise<void> {
  await write(["outbox"], async (transaction) => {
    const store = transaction.objectStore("outbox");
    const item = await store.get(itemId);
    if (item?.kind === "photo") await store.put({ ...item, upload_url: url });
  });
}

/** The technician asks for another attempt: of one item, or of all that wait. */
export async function sendAgain(userId: string, itemId?: string): Promise<void> {
  await write(["outbox"], async (transaction) => {
    const store = transaction.objectStore("outbox");
    for (const item of await store.index("by_user").getAll(userId)) {
      const isMeant = itemId === undefined ? item.status.state === "waiting" : item.id === itemId;
      if (!isMeant || item.status.state === "safe") continue;
      await store.put({ ...item, status: { state: "waiting", attempts: 0, not_before_ms: 0, problem: null } });
    }
  });
}

/** Puts a refused item away, with what goes with it. The technician has read why. */
export async function dismiss(userId: string, itemId: string): Promise<void> {
  await write(["outbox"], async (transaction) => {
    const store = transaction.objectStore("outbox");
    for (const id of goesWith(itemId, await store.index("by_user").getAll(userId))) await store.delete(id);
  });
}
