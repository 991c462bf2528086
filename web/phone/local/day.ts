import { api } from "../api";
import { database, write } from "./database";
import type { StoredDay } from "./types";

/** The day as the phone knows it, with or without a network. */
export async function readDay(userId: string): Promise<StoredDay | undefined> {
  return (await database()).get("days", userId);
}

/** Asks the server for the day; a day that did not change costs one small answer. */
export async function fetchDay(userId: string): Promise<void> {
  const known = await readDay(userId);
  const headers: Record<string, string> = known?.etag ? { "If-None-Match": known.etag } : {};
  const answer = await api.call<"getMyDay">({ method: "GET", path: "/v1/my/day", headers });
  await write(["days"], async (transaction) => {
    const store = transaction.objectStore("days");
    const before = await store.get(userId);
    if (answer.status === 304) {
      if (before) await store.put({ ...before, fetched_at_ms: Date.now() });
      return;
    }
    await store.put({
      user_id: userId,
      day: answer.body,
      etag: answer.headers.get("ETag"),
      cursor: before?.cursor ?? null,
      fetched_at_ms: Date.now(),
    });
  });
}
