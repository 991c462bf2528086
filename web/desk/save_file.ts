import { api } from "./session";

const DOWNLOAD_MS = 600_000;

/** A tab that shows the file may be asked to save it. */
const KEPT_MS = 600_000;

async function fetchFile(path: string, headers: Record<string, string> = {}): Promise<string> {
  const response = await api.send({ method: "GET", path, headers, timeoutMs: DOWNLOAD_MS });
  const url = URL.createObjectURL(await response.blob());
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
  return url;
}

/** Fetches a small file that needs a log-in and hands it to the browser's downloads. */
export async function saveFile(path: string, name: string, headers: Record<string, string> = {}): Promise<void> {
  const link = document.createElement("a");
  link.href = await fetchFile(path, headers);
  link.download = name;
  link.click();
}

/** Fetches a small file that needs a log-in and shows it in a tab of its own. To be called by a click. */
export async function openFile(path: string): Promise<void> {
  const tab = window.open("about:blank", "_blank"); // before anything is awaited, or it counts as unasked for
  try {
    const url = await fetchFile(path);
    if (tab) tab.location.replace(url);
    else location.assign(url);
  } catch (error) {
    tab?.close();
    throw error;
  }
}
