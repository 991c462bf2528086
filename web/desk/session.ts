/** Who works at this desk. All tabs share one session, in the browser's local storage. */
import { ApiClient, type TokenStore, type Tokens } from "../shared/api/client";
import type { Schema, SuccessOf } from "../shared/api/types";
import { type Language, setLanguage } from "../shared/i18n/i18n";

const TOKENS = "fieldproof.desk.tokens";
const PERSON = "fieldproof.desk.person";
const LANGUAGE = "fieldproof.desk.language";
const ORGANISATION = "fieldproof.desk.organisation";

export type Person = Schema<"Me">;

/** Roles that audit; the others have their own apps, or none. */
const ROLES: readonly string[] = ["manager", "administrator", "dispatcher"];

/** The account may not work at the desk. */
export class NotForThisRole extends Error {
  override readonly name = "NotForThisRole";
}

function read<Value>(key: string): Value | null {
  const text = localStorage.getItem(key);
  return text === null ? null : (JSON.parse(text) as Value);
}

const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

function forget(): void {
  localStorage.removeItem(TOKENS);
  localStorage.removeItem(PERSON);
  tell();
}

const store: TokenStore = {
  read: () => Promise.resolve(read<Tokens>(TOKENS)),
  write(tokens, oldRefreshToken) {
    // Another log-in in another tab is not to be overwritten.
    if (read<Tokens>(TOKENS)?.refresh_token === oldRefreshToken) localStorage.setItem(TOKENS, JSON.stringify(tokens));
    return Promise.resolve();
  },
  end(refreshToken) {
    if (read<Tokens>(TOKENS)?.refresh_token === refreshToken) forget();
    return Promise.resolve();
  },
};

export const api = new ApiClient(store, "fieldproof.desk.tokens");

/** Null when nobody is logged in. */
export const currentPerson = (): Person | null => (read<Tokens>(TOKENS) ? read<Person>(PERSON) : null);

export const lastOrganisation = (): string => localStorage.getItem(ORGANISATION) ?? "";

/** Calls `listener` when somebody logs in or out, here or in another tab; returns how to stop. */
export function onPersonChange(listener: () => void): () => void {
  const storage = (event: StorageEvent) => {
    if (event.key === TOKENS || event.key === null) listener();
  };
  listeners.add(listener);
  window.addEventListener("storage", storage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", storage);
  };
}

/** The language that was chosen here; null: none was. */
export function keptLanguage(): Language | null {
  const kept = localStorage.getItem(LANGUAGE);
  return kept === "en" || kept === "zh" ? kept : null;
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(LANGUAGE, language);
  setLanguage(language);
}

/** @throws ApiProblem, NetworkFailure, NotForThisRole */
export async function logIn(organisation: string, name: string, password: string): Promise<void> {
  const { body } = await api.call<"logIn">({
    method: "POST",
    path: "/v1/auth/log-in",
    json: { organisation, log_in: name, password, device_name: navigator.userAgent.slice(0, 100) },
    authenticated: false,
  });
  if (!ROLES.includes(body.user.role)) throw new NotForThisRole(body.user.role);
  localStorage.setItem(TOKENS, JSON.stringify(tokensOf(body)));
  localStorage.setItem(ORGANISATION, organisation);
  const me = await api.call<"getMe">({ method: "GET", path: "/v1/me" });
  localStorage.setItem(PERSON, JSON.stringify(me.body));
  if (!keptLanguage()) setLanguage(body.user.language);
  tell();
}

function tokensOf(body: SuccessOf<"logIn">): Tokens {
  const { access_token, access_token_expires_at, refresh_token, refresh_token_expires_at } = body;
  return { access_token, access_token_expires_at, refresh_token, refresh_token_expires_at };
}

/** Also when the server cannot be reached: the tokens are gone from here. */
export async function logOut(): Promise<void> {
  await api.call<"logOut">({ method: "POST", path: "/v1/auth/log-out" }).catch(() => undefined);
  forget();
}
