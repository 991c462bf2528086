/**
 * Keeps the app on the phone: it opens without a network, and a new version waits until it is wanted.
 *
 * Built by build_steps/service_worker.ts into dist/sw.js, which also tells what the app consists of. The
 * service worker never touches `/v1`: work lives in IndexedDB, and is sent by the outbox.
 */
import { SENDER_LOCK } from "./outbox/alone";
import { drain } from "./outbox/drain";
import { realParts } from "./outbox/parts";

/** A hash over the files, and their names: filled in by the build. */
declare const __SHELL__: { version: string; files: string[]; extra: string[] };

/** What a service worker has and a page has not, as far as it is used here. */
interface WorkerScope {
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: "window"; includeUncontrolled?: boolean }): Promise<{ postMessage(data: unknown): void }[]>;
  };
  readonly location: Location;
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: ExtendedEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: FetchLikeEvent) => void): void;
  addEventListener(type: "message", listener: (event: MessageLikeEvent) => void): void;
  addEventListener(type: "sync", listener: (event: ExtendedEvent & { tag: string }) => void): void;
}
type ExtendedEvent = Event & { waitUntil(work: Promise<unknown>): void };
type FetchLikeEvent = ExtendedEvent & { request: Request; respondWith(answer: Promise<Response>): void };
type MessageLikeEvent = ExtendedEvent & { data: { kind: string }; ports: readonly MessagePort[] };

const worker = self as unknown as WorkerScope;
const PREFIX = "fieldproof-shell-";
const CACHE = PREFIX + __SHELL__.version;
/** Parts that are loaded when they are first used, such as the barcode scanner. Their names carry a hash. */
const EXTRA_CACHE = "fieldproof-extra";
const START = "/app/";

worker.addEventListener("install", (event) => event.waitUntil(keepShell()));
worker.addEventListener("activate", (event) => event.waitUntil(begin()));

/** All or nothing: a version that is not whole is not installed. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  // What a version before had under the same hashed name need not come over the network again.
  await Promise.all(
    [START, ...__SHELL__.files.map((name) => START + name)].map(async (address) => {
      const known = /-[\w-]{8}\.\w+$/.test(address) ? await caches.match(address) : undefined;
      const response = known ?? (await fetch(address, { cache: "no-cache", credentials: "omit" }));
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      await cache.put(address, response);
    }),
  );
}

async function begin(): Promise<void> {
  // The version before stays for windows that still show it; those before that are gone.
  const shells = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)));
  const wanted = new Set(__SHELL__.extra.map((name) => START + name));
  const extra = await caches.open(EXTRA_CACHE);
  for (const request of await extra.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await extra.delete(request);
  }
  await worker.clients.claim();
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== worker.location.origin) return;
  if (!address.pathname.startsWith(START)) return;
  const isStart = request.mode === "navigate" && (address.pathname === START || address.pathname === `${START}index.html`);
  event.respondWith(isStart ? start() : part(request, address));
});

/** The page, from the phone: also where the network is slow or lies (hotel portals). */
async function start(): Promise<Response> {
  return (await (await caches.open(CACHE)).match(START)) ?? fetch(START);
}

async function part(request: Request, address: URL): Promise<Response> {
  // Names carry a hash: whatever version has the name has the content.
  const known = (await (await caches.open(CACHE)).match(address.pathname)) ?? (await caches.match(address.pathname));
  if (known) return known;
  const response = await fetch(request);
  if (response.ok && /-[\w-]{8}\.\w+$/.test(address.pathname)) {
    await (await caches.open(EXTRA_CACHE)).put(address.pathname, response.clone()).catch(() => {});
  }
  return response;
}

worker.addEventListener("message", (event) => {
  if (event.data.kind === "take_over") event.waitUntil(worker.skipWaiting());
  if (event.data.kind === "count_windows") {
    const answer = async () => {
      const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
      event.ports[0]?.postMessage({ windows: windows.length });
    };
    event.waitUntil(answer());
  }
});

/** The network is back. An open window sends by itself; where there is none, it is sent from here. */
worker.addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(sendWithoutWindow());
});

async function sendWithoutWindow(): Promise<void> {
  if ((await worker.clients.matchAll({ type: "window" })).length > 0) return;
  const aborter = new AbortController();
  const send = () => drain(realParts(aborter.signal, () => new Promise(() => {})));
  const end = await navigator.locks.request(SENDER_LOCK, send);
  // Rejecting makes the browser try again later, by its own measure.
  if (end.why === "no_way") throw new Error("the server cannot be reached yet");
}
