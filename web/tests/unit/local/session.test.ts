import { beforeEach, expect, test } from "vitest";
import { closeDatabase } from "../../../phone/local/database";
import { readSession, sessionTokens, startSession, tokensOfUser } from "../../../phone/local/session";
import { sendingUser } from "../../../phone/outbox/store";

const tokens = (n: string) => ({
  access_token: `access ${n}`, access_token_expires_at: "2026-11-21T09:00:00Z", refresh_token: `refresh ${n}`,
  refresh_token_expires_at: "2026-12-21T09:00:00Z",
});
const logIn = (id: string) =>
  startSession({ token_type: "Bearer", ...tokens(id), user: { id } } as never, { slug: "demo" } as never);

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("fieldproof").onsuccess = resolve;
  });
});

test("another user's token is nobody's for this user's work", async () => {
  await logIn("first");
  expect((await tokensOfUser("first").read())?.access_token).toBe("access first");
  await logIn("second");
  expect(await tokensOfUser("first").read()).toBeNull();
  expect(await sendingUser()).toBe("second");
});

test("a session that ended keeps its user, so that the same one can go on", async () => {
  await logIn("first");
  await sessionTokens.end("refresh first");
  expect((await readSession())?.user.id).toBe("first");
  expect(await sendingUser()).toBeNull();
});

test("what is told of an older log-in changes nothing of a newer one", async () => {
  await logIn("first");
  await logIn("second");
  await sessionTokens.end("refresh first");
  await sessionTokens.write(tokens("late"), "refresh first");
  expect((await sessionTokens.read())?.refresh_token).toBe("refresh second");
});
