/** The network as the browser tells of it; iPhones tell nothing, and count as free. */
interface NetworkInformation extends EventTarget {
  type?: string;
  saveData?: boolean;
}

const connection = (): NetworkInformation | undefined =>
  (navigator as Navigator & { connection?: NetworkInformation }).connection;

/** True when the browser can tell whether the network is metered. */
export const knowsMetered = (): boolean => connection()?.type !== undefined || connection()?.saveData !== undefined;

/** True on a mobile network, or when the person asked the phone to save data. */
export function isMetered(): boolean {
  const network = connection();
  return network?.saveData === true || network?.type === "cellular";
}

/** Calls `listener` when the network changes its kind. */
export function watchConnection(listener: () => void): void {
  connection()?.addEventListener?.("change", listener);
}
