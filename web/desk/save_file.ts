import { api } from "./session";

const DOWNLOAD_MS = 600_000;

/** Fetches what needs a log-in and hands it to the browser's downloads. */
export async function saveFile(path: string, name: string): Promise<void> {
  const response = await api.send({ method: "GET", path, timeoutMs: DOWNLOAD_MS });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
