/**
 * A manager's log-in on this page. It is held in memory only: closing or reloading the page ends it, and the
 * phone's own session, if there is one, stays as it is.
 */
import { ApiClient, type Tokens, type TokenStore } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { newId } from "../../shared/new_id";

let user: Schema<"User"> | null = null;
let tokens: Tokens | null = null;

const store: TokenStore = {
  read: () => Promise.resolve(tokens),
  write: (fresh) => {
    tokens = fresh;
    return Promise.resolve();
  },
  end: () => {
    endManagerSession();
    return Promise.resolve();
  },
};

/** The server as the manager sees it. The lock is this page's alone, as the tokens are. */
export const managerApi = new ApiClient(store, `fieldproof-manager-tokens-${newId()}`);

/** Whether this user may let phones in. */
export const mayEnrol = ({ role }: Schema<"User">): boolean => role === "manager" || role === "administrator";

export function startManagerSession(loggedIn: Schema<"LoggedIn">): void {
  user = loggedIn.user;
  tokens = loggedIn;
}

export function endManagerSession(): void {
  user = null;
  tokens = null;
}

/** Who is logged in as a manager; null when nobody is. */
export const manager = (): Schema<"User"> | null => user;

/** Ends the session on the server, too; when that cannot be reached, it ends there by itself. */
export async function logOutManager(): Promise<void> {
  try {
    await managerApi.call<"logOut">({ method: "POST", path: "/v1/auth/log-out" });
  } finally {
    endManagerSession();
  }
}
