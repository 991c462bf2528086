/**
 * New versions of the app. One that arrives in mid-visit waits: nothing reloads by itself. It is taken when
 * the technician taps, or by the next cold start.
 */
import { Observable } from "../../shared/ui/observable";

export type UpdateState =
  | "current"
  /** Downloaded, and waits for a tap. */
  | "ready"
  /** Another tab has taken the new version; this one still shows the old. */
  | "outdated";

export const updateState = new Observable<UpdateState>("current");

/** True when the browser does not keep the app on the phone because it does not trust the server's certificate. */
export const isDistrusted = new Observable(false);

let registration: ServiceWorkerRegistration | null = null;
let isApplying = false;

/** How often a page that stays open asks for a new version. */
const ASK_MS = 60 * 60_000;

async function register(): Promise<ServiceWorkerRegistration> {
  try {
    return await navigator.serviceWorker.register("/app/sw.js", { scope: "/app/", updateViaCache: "none" });
  } catch (error) {
    // So browsers call a certificate that they do not trust, also where the person chose to go on.
    if (error instanceof DOMException && error.name === "SecurityError") isDistrusted.set(true);
    throw error;
  }
}

/** Registers the service worker, which keeps the app on the phone. Without one the app works online only. */
export async function startUpdates(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  const hadController = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (isApplying) location.reload();
    else if (hadController) updateState.set("outdated");
  });
  registration = await register();
  const known = registration;
  if (known.waiting && navigator.serviceWorker.controller) {
    // A cold start: nothing is under way yet in this window, and in no other either.
    if (await isOnlyWindow()) return applyUpdate();
    updateState.set("ready");
  }
  known.addEventListener("updatefound", () => {
    const fresh = known.installing;
    fresh?.addEventListener("statechange", () => {
      if (fresh.state === "installed" && navigator.serviceWorker.controller) updateState.set("ready");
    });
  });
  const ask = () => void known.update().catch(() => {});
  setInterval(ask, ASK_MS);
  addEventListener("online", ask);
}

/** The technician's tap: the new version takes over, and this window shows it. */
export function applyUpdate(): void {
  isApplying = true;
  if (registration?.waiting) registration.waiting.postMessage({ kind: "take_over" });
  else location.reload();
}

/** Asks the service worker how many windows of the app are open. */
async function isOnlyWindow(): Promise<boolean> {
  const worker = navigator.serviceWorker.controller;
  if (!worker) return false;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(false), 500);
    port1.onmessage = ({ data }: MessageEvent<{ windows: number }>) => {
      clearTimeout(timer);
      resolve(data.windows === 1);
    };
    worker.postMessage({ kind: "count_windows" }, [port2]);
  });
}

/** Whether what waits is also sent when the app is closed: not on iPhones. */
export const knowsBackgroundSync = (): boolean => "SyncManager" in globalThis;

/** Asks the browser to wake the service worker when the network returns, also when the app is closed by then. */
export async function askForBackgroundSync(): Promise<void> {
  const sync = (registration as (ServiceWorkerRegistration & { sync?: { register(tag: string): Promise<void> } }) | null)?.sync;
  await sync?.register("outbox").catch(() => {});
}
