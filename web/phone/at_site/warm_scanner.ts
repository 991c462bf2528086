/**
 * Brings the scanner onto the phone before it is needed: the first machine is often in a basement without a
 * network. The service worker keeps what is fetched here; once it has it, nothing goes over the network.
 */
import wasmUrl from "zxing-wasm/reader/zxing_reader.wasm?url";
import { scannerWorkerUrl } from "./scanner_worker_url";

interface NetworkInformation {
  readonly saveData?: boolean;
}

export async function warmScanner(): Promise<void> {
  const { connection } = navigator as { connection?: NetworkInformation };
  if (!navigator.onLine || connection?.saveData || !navigator.serviceWorker?.controller) return;
  for (const address of [scannerWorkerUrl, wasmUrl]) await fetch(address).catch(() => undefined);
}
