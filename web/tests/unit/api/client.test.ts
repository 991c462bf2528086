import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiClient, path, type Tokens, type TokenStore } from "../../../shared/api/client";
import { ApiProblem, NetworkFailure, SessionEnded } from "../../../shared/api/problem";

const HOUR = 3_600_000;
const tokens = (n: number, lifeMs = HOUR): Tokens => ({
  access_token: `access ${n}`,
  access_token_expires_at: new Date(Date.now() + lifeMs).toISOString(),
  refresh_token: `refresh ${n}`,
  refresh_token_expires_at: new Date(Date.now() + 30 * 24 * HOUR).toISOString(),
});

/** What all tabs of a phone share. */
class Shared implements TokenStore {
  constructor(public current: Tokens | null) {}
  read = async () => this.current;
  write = async (fresh: Tokens) => void (this.current = fresh);
  end = async () => void (this.current = null);
}

/** A server whose refresh tokens are good once, as ours. */
class Server {
  readonly log: string[] = [];
  valid = 1;
  readonly #used = new Set<string>();
  answer = (): Response => Response.json({ fine: true }, { headers: { Date: "Sat, 21 Nov 2026 08:00:00 GMT" } });

  fetch = async (address: string, init: RequestInit): Promise<Response> => {
    // A network takes its time: others may come in between.
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (address === "/v1/auth/refresh") return this.#refresh(JSON.parse(String(init.body)).refresh_token);
    const token = new Headers(init.headers).get("Authorization");
    this.log.push(`${init.method} ${address} ${token}`);
    return token === `Bearer access ${this.valid}` ? this.answer() : refusal(401, "unauthenticated");
  };

  #refresh(token: string): Response {
    this.log.push(`refresh with ${token}`);
    if (this.#used.has(token) || token !== `refresh ${this.valid}`) return refusal(401, "unauthenticated");
    this.#used.add(token);
    this.valid++;
    return Response.json({ token_type: "Bearer", ...tokens(this.valid) });
  }
  get refreshes() {
    return this.log.filter((line) => line.startsWith("refresh")).length;
  }
}

const refusal = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ code, status, detail: "no", retryable: status >= 500, errors: [], reason_code: null }), {
    status,
    headers: { "Content-Type": "application/problem+json", ...headers },
  });

/** navigator.locks: one holder at a time, in order. */
function locks(): Pick<LockManager, "request"> {
  let last: Promise<unknown> = Promise.resolve();
  const request = (_name: string, work: () => Promise<unknown>) => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };
  return { request } as unknown as LockManager;
}

let server: Server;
beforeEach(() => {
  server = new Server();
  vi.stubGlobal("fetch", server.fetch);
  vi.stubGlobal("navigator", { locks: locks() });
});
afterEach(() => void vi.unstubAllGlobals());

const day = { method: "GET", path: "/v1/my/day" } as const;

describe("tokens", () => {
  test("a token that is about to end is exchanged before it is used", async () => {
    const client = new ApiClient(new Shared(tokens(1, 10_000)), "lock");
    await client.call(day);
    expect(server.log).toEqual(["refresh with refresh 1", "GET /v1/my/day Bearer access 2"]);
  });

  test("many requests of many tabs exchange it once: a second use would end the session", async () => {
    const shared = new Shared(tokens(1, 10_000));
    const tabs = [new ApiClient(shared, "lock"), new ApiClient(shared, "lock"), new ApiClient(shared, "lock")];
    await Promise.all(tabs.flatMap((tab) => [tab.call(day), tab.call(day)]));
    expect(server.refreshes).toBe(1);
    expect(shared.current?.access_token).toBe("access 2");
  });

  test("a token that is refused early is exchanged, and the request is sent once more", async () => {
    server.valid = 1;
    const shared = new Shared({ ...tokens(1), access_token: "access 0" });
    await new ApiClient(shared, "lock").call(day);
    expect(server.log).toEqual([
      "GET /v1/my/day Bearer access 0", "refresh with refresh 1", "GET /v1/my/day Bearer access 2",
    ]);
  });

  test("when the exchange is refused the session has ended; nothing goes out from then on", async () => {
    const shared = new Shared({ ...tokens(1, 10_000), refresh_token: "stolen" });
    const client = new ApiClient(shared, "lock");
    await expect(client.call(day)).rejects.toBeInstanceOf(SessionEnded);
    expect(shared.current).toBeNull();
    await expect(client.call(day)).rejects.toBeInstanceOf(SessionEnded);
    expect(server.log).toEqual(["refresh with stolen"]);
  });

  test("without a network, or with a server in trouble, the session goes on", async () => {
    const shared = new Shared(tokens(1, 10_000));
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    await expect(new ApiClient(shared, "lock").call(day)).rejects.toBeInstanceOf(NetworkFailure);
    vi.stubGlobal("fetch", async () => refusal(503, "unavailable"));
    await expect(new ApiClient(shared, "lock").call(day)).rejects.toBeInstanceOf(ApiProblem);
    expect(shared.current).not.toBeNull();
  });
});

describe("answers", () => {
  const client = () => new ApiClient(new Shared(tokens(1)), "lock");

  test("a refusal is decoded, with the time to wait", async () => {
    server.answer = () => refusal(422, "invalid_field", { "Retry-After": "7" });
    const error = await client().call(day).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiProblem);
    expect(error).toMatchObject({ problem: { code: "invalid_field", retryable: false }, retryAfterSeconds: 7 });
  });

  test.each([
    ["a proxy's error page", () => new Response("<h1>Bad gateway</h1>", { status: 502, headers: { "Content-Type": "text/html" } })],
    ["a portal's page with status 200", () => new Response("<h1>Welcome to our hotel</h1>")],
    ["half a problem", () => new Response('{"code": "inv', { status: 422, headers: { "Content-Type": "application/problem+json" } })],
  ])("%s says nothing of the request: it may be sent again", async (_, answer) => {
    server.answer = answer;
    const error = await client().call(day).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ problem: { retryable: true } });
  });

  test("a silent server counts as unreachable", async () => {
    vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")))));
    await expect(client().call({ ...day, timeoutMs: 20 })).rejects.toBeInstanceOf(NetworkFailure);
  });

  test("the server's clock is told with the times around it", async () => {
    const api = client();
    const told: number[] = [];
    api.onServerTime = (time, sent, received) => void told.push(time.getTime(), received - sent);
    await api.call(day);
    expect(told[0]).toBe(Date.parse("2026-11-21T08:00:00Z"));
    expect(told[1]).toBeGreaterThanOrEqual(0);
  });

  test("204 and 304 have no body", async () => {
    server.answer = () => new Response(null, { status: 304 });
    expect((await client().call(day)).body).toBeNull();
  });
});

test("what goes into a path is encoded", () => {
  expect(path`/v1/visits/${"a/b?c"}/sheet`).toBe("/v1/visits/a%2Fb%3Fc/sheet");
});
