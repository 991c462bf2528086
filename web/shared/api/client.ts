import { languageTag } from "../i18n/i18n";
import { ApiProblem, decodeProblem, NetworkFailure, problemOfStatus, SessionEnded } from "./problem";
import type { operations, Schema, SuccessOf } from "./types";

export type Tokens = Omit<Schema<"Tokens">, "token_type">;

/** Where a page keeps its tokens. All tabs of the page must see the same ones. */
export interface TokenStore {
  /** The tokens as they are now; null when nobody is logged in or the session was ended. */
  read(): Promise<Tokens | null>;
  /** Keeps the tokens that took the place of those with `oldRefreshToken`. */
  write(tokens: Tokens, oldRefreshToken: string): Promise<void>;
  /** The server refused `refreshToken`: only a log-in helps. */
  end(refreshToken: string): Promise<void>;
}

export interface ApiRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";
  /** With its parameters filled in: see `path`. */
  path: string;
  query?: Record<string, string | number | undefined>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, in place of JSON. */
  content?: { readonly type: string; readonly body: Blob };
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Milliseconds until a silent server counts as unreachable. Default: 30 s. */
  timeoutMs?: number;
  /** False for what needs no log-in. Default: true. */
  authenticated?: boolean;
}

export interface ApiAnswer<Body> {
  status: number;
  headers: Headers;
  /** Null for 204 and 304. */
  body: Body;
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** A token that ends within this is exchanged before it is used. */
const REFRESH_EARLY_MS = 30_000;

/** Fills parameters into a path, encoded: path`/v1/visits/${id}/sheet`. */
export function path(parts: TemplateStringsArray, ...values: string[]): string {
  return parts.reduce((all, part, i) => all + encodeURIComponent(values[i - 1] ?? "") + part);
}

/** Runs `work` while no other tab runs work under this name; at once where the browser has no locks. */
export async function underLock<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  return navigator.locks ? await navigator.locks.request(name, work) : work();
}

/**
 * Speaks to the server: JSON, tokens, problems, time limits. One a page.
 *
 * Refresh tokens are good for one use, and two tabs that use the same one end the session. So tokens are
 * exchanged under a Web Lock, and whoever gets the lock looks first whether another tab has done it.
 */
export class ApiClient {
  readonly #store: TokenStore;
  readonly #lockName: string;
  /** Called with the time of each answer by the server's clock: see phone/local/clock.ts. */
  onServerTime: ((server: Date, sentAtMs: number, receivedAtMs: number) => void) | null = null;

  constructor(store: TokenStore, lockName: string) {
    this.#store = store;
    this.#lockName = lockName;
  }

  /**
   * Sends a request and decodes its answer. `call<"getMyDay">({ method: "GET", path: "/v1/my/day" })`
   *
   * @throws ApiProblem when the server refuses, NetworkFailure when no answer comes, SessionEnded when a
   *         log-in is needed.
   */
  async call<Operation extends keyof operations>(
    request: ApiRequest,
  ): Promise<ApiAnswer<SuccessOf<Operation>>> {
    const response = await this.send(request);
    if (response.status === 204 || response.status === 304) {
      return { status: response.status, headers: response.headers, body: null as SuccessOf<Operation> };
    }
    try {
      const body = (await response.json()) as SuccessOf<Operation>;
      return { status: response.status, headers: response.headers, body };
    } catch (error) {
      if (error instanceof SyntaxError) throw new ApiProblem(problemOfStatus(502), null);
      throw new NetworkFailure(String(error), { cause: error });
    }
  }

  /** As `call`, with the answer undecoded: for pictures and PDFs. */
  async send(request: ApiRequest): Promise<Response> {
    if (request.authenticated === false) return this.#check(await this.#fetch(request, null));
    const token = await this.accessToken();
    const response = await this.#fetch(request, token);
    if (response.status !== 401) return this.#check(response);
    // The clock of the phone may be wrong, or the token was withdrawn: one exchange tells.
    return this.#check(await this.#fetch(request, await this.#exchange(token)));
  }

  /** A token that is good for some time yet; exchanges it when it is not. For tus, which sends by itself. */
  async accessToken(): Promise<string> {
    const tokens = await this.#store.read();
    if (!tokens) throw new SessionEnded();
    const remaining = Date.parse(tokens.access_token_expires_at) - Date.now();
    return remaining > REFRESH_EARLY_MS ? tokens.access_token : this.#exchange(tokens.access_token);
  }

  /** Another access token than `used`, which was refused or is about to end. */
  renewToken(used: string): Promise<string> {
    return this.#exchange(used);
  }

  #exchange(used: string): Promise<string> {
    return underLock(this.#lockName, async () => {
      const tokens = await this.#store.read();
      if (!tokens) throw new SessionEnded();
      if (tokens.access_token !== used) return tokens.access_token;
      const request: ApiRequest = {
        method: "POST",
        path: "/v1/auth/refresh",
        json: { refresh_token: tokens.refresh_token },
      };
      const response = await this.#fetch(request, null);
      if (response.status === 401) {
        await this.#store.end(tokens.refresh_token);
        throw new SessionEnded();
      }
      const fresh = (await (await this.#check(response)).json()) as Tokens;
      await this.#store.write(fresh, tokens.refresh_token);
      return fresh.access_token;
    });
  }

  async #check(response: Response): Promise<Response> {
    if (response.ok || response.status === 304) return response;
    throw await decodeProblem(response);
  }

  async #fetch(request: ApiRequest, token: string | null): Promise<Response> {
    const headers = new Headers(request.headers);
    if (!headers.has("Accept")) headers.set("Accept", "application/json, application/problem+json");
    // Refusals come in the reader's language.
    if (!headers.has("Accept-Language")) headers.set("Accept-Language", languageTag());
    if (token) headers.set("Authorization", `Bearer ${token}`);
    const init: RequestInit = { method: request.method, headers, cache: "no-store", credentials: "omit" };
    if (request.json !== undefined) {
      headers.set("Content-Type", "application/json");
      init.body = JSON.stringify(request.json);
    }
    if (request.content) {
      headers.set("Content-Type", request.content.type);
      init.body = request.content.body;
    }
    const aborter = new AbortController();
    const timer = setTimeout(() => aborter.abort(), request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const pass = () => aborter.abort();
    request.signal?.addEventListener("abort", pass);
    const sentAt = Date.now();
    try {
      const response = await fetch(address(request), { ...init, signal: aborter.signal });
      const date = Date.parse(response.headers.get("Date") ?? "");
      if (Number.isFinite(date)) this.onServerTime?.(new Date(date), sentAt, Date.now());
      return response;
    } catch (error) {
      throw new NetworkFailure(String(error), { cause: error });
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener("abort", pass);
    }
  }
}

function address(request: ApiRequest): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  const text = query.toString();
  return text ? `${request.path}?${text}` : request.path;
}
