import type { Tokens, TokenStore } from "../../shared/api/client";
import type { Schema } from "../../shared/api/types";
import { database, write } from "./database";
import type { Session } from "./types";

/** Who is logged in on this phone; undefined when nobody is. */
export async function readSession(): Promise<Session | undefined> {
  return (await database()).get("session", "current");
}

/** Logs a user in, in the place of whoever was before. Work of others stays on the phone, unsent. */
export function startSession(
  loggedIn: Schema<"LoggedIn">,
  organisation: Schema<"OrganisationReference">,
): Promise<void> {
  const { user } = loggedIn;
  const session: Session = { user, organisation, tokens: tokensOf(loggedIn) };
  return write(["session"], async (transaction) => {
    await transaction.objectStore("session").put(session, "current");
  });
}

export function removeSession(): Promise<void> {
  return write(["session"], (transaction) => transaction.objectStore("session").delete("current"));
}

export function tokensOf(answer: Tokens): Tokens {
  const { access_token, access_token_expires_at, refresh_token, refresh_token_expires_at } = answer;
  return { access_token, access_token_expires_at, refresh_token, refresh_token_expires_at };
}

function changeTokens(oldRefreshToken: string, tokens: Tokens | null): Promise<void> {
  return write(["session"], async (transaction) => {
    const store = transaction.objectStore("session");
    const session = await store.get("current");
    // Somebody else may have logged in meanwhile: theirs stay.
    if (session?.tokens?.refresh_token !== oldRefreshToken) return;
    await store.put({ ...session, tokens }, "current");
  });
}

/** The API client's view of the session. */
export const sessionTokens: TokenStore = {
  read: async () => (await readSession())?.tokens ?? null,
  write: (tokens, oldRefreshToken) => changeTokens(oldRefreshToken, tokensOf(tokens)),
  end: (refreshToken) => changeTokens(refreshToken, null),
};

/** As sessionTokens, but only while this user is logged in: nobody else's token carries this user's work. */
export function tokensOfUser(userId: string): TokenStore {
  const read = async () => {
    const session = await readSession();
    return session?.user.id === userId ? session.tokens : null;
  };
  return { ...sessionTokens, read };
}
