import { api } from "./api";
import { countOnlyHere, forgetUser } from "./local/housekeeping";
import { readSession, removeSession } from "./local/session";

/** What becomes of work that is not on the server yet. */
export type UnsentWork = "keep" | "delete";

/**
 * Logs out. Work that is on the server is removed from the phone; the rest stays for the same user's next
 * log-in, unless it is to be deleted. Needs no network: then only the server hears nothing of it.
 */
export async function logOut(unsent: UnsentWork): Promise<void> {
  const session = await readSession();
  if (!session) return;
  const goodbye = api.call<"logOut">({ method: "POST", path: "/v1/auth/log-out", timeoutMs: 5000 });
  await goodbye.catch(() => {});
  if (unsent === "delete" || (await countOnlyHere(session.user.id)) === 0) await forgetUser(session.user.id);
  await removeSession();
}
