/** Whether a file is one that the server gave out. The file is read here and never sent. */
import { readDocuments, type SharedDocument } from "./shared_work";

/** No sheet comes near it, and a phone can still hold it. */
export const FILE_MAX_BYTES = 64 * 1024 * 1024;

export type Finding =
  | { kind: "genuine"; digest: string; document: SharedDocument }
  | { kind: "unknown"; digest: string }
  | { kind: "too_large" | "unreadable" | "insecure" };

export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @throws ApiProblem, NetworkFailure when the server does not tell its hashes */
export async function checkFile(token: string, file: File): Promise<Finding> {
  if (!globalThis.crypto?.subtle) return { kind: "insecure" };
  if (file.size > FILE_MAX_BYTES) return { kind: "too_large" };
  let digest: string;
  try {
    digest = await sha256(await file.arrayBuffer());
  } catch {
    return { kind: "unreadable" };
  }
  const document = (await readDocuments(token)).find((entry) => entry.sha256 === digest);
  return document ? { kind: "genuine", digest, document } : { kind: "unknown", digest };
}
