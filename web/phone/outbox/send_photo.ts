/** A photo's bytes, by tus: after a cut the upload goes on where the server has it. */
import { DetailedError, type HttpStack, Upload } from "tus-js-client";
import type { ApiClient } from "../../shared/api/client";
import { path } from "../../shared/api/client";
import { ApiProblem, NetworkFailure, type Problem, problemOfStatus } from "../../shared/api/problem";
import { readPhoto, readPhotoBytes, sha256Of } from "../local/photos";
import type { Schema } from "../../shared/api/types";
import { languageTag } from "../../shared/i18n/i18n";
import type { PhotoItem } from "./order";
import { localRefusal, type Outcome, outcomeOfProblem } from "./outcome";
import { FetchStack } from "./fetch_stack";
import { proves, readReceipt } from "./receipt";
import { knownReceiptKeys, proofOf } from "./receipt_proof";
import { keepUploadUrl } from "./store";

/** A piece shall take about this long, so that little is lost where something on the way buffers. */
const PIECE_MS = 4_000;
const SMALLEST_PIECE_BYTES = 128 * 1024;
const LARGEST_PIECE_BYTES = 4 * 1024 * 1024;
/** A connection on which nothing moves for this long is dead, whatever it says. */
const SILENCE_MS = 45_000;

/** Whoever answers with a forged receipt is not the server: perhaps it is another network by then. */
const UNPROVEN_RETRY_S = 60;

/** The size of the next piece, after one of `bytes` took `ms`. */
export function nextPieceBytes(bytes: number, ms: number): number {
  const wanted = (bytes / Math.max(1, ms)) * PIECE_MS;
  return Math.round(Math.min(LARGEST_PIECE_BYTES, Math.max(SMALLEST_PIECE_BYTES, wanted)));
}

export interface SendPhotoOptions {
  /** The share that the server has, 0 to 1. */
  onProgress: (fraction: number) => void;
  signal: AbortSignal;
}

/**
 * Sends one photo and gets the server's receipt for it.
 *
 * @throws NetworkFailure, SessionEnded, or a retryable ApiProblem when it did not get through
 */
export async function sendPhoto(client: ApiClient, item: PhotoItem, options: SendPhotoOptions): Promise<Outcome> {
  const record = await readPhoto(item.photo_id);
  const bytes = await readPhotoBytes(item.photo_id);
  if (!record || !bytes) {
    return { kind: "refused", problem: localRefusal("bytes_missing", "the photo is no longer on this phone") };
  }
  try {
    const signed = await upload(client, item, bytes, record.sha256, options);
    // Of the bytes that are here now, whatever was noted when they were kept.
    const sha256 = await sha256Of(bytes);
    return await judge(client, item, sha256, signed ?? (await fetchReceipt(client, item.photo_id)));
  } catch (error) {
    if (error instanceof ApiProblem && !error.problem.retryable) return outcomeOfProblem(error);
    throw error;
  }
}

/** The receipt, when the answer that carried it was lost. */
async function fetchReceipt(client: ApiClient, photoId: string): Promise<string> {
  const { body } = await client.call<"getPhotoReceipt">({ method: "GET", path: path`/v1/photos/${photoId}/receipt` });
  return body.receipt;
}

/** Its public keys, as anybody is told them. */
export async function fetchReceiptKeys(client: ApiClient): Promise<Schema<"ReceiptKeys">> {
  const { body } = await client.call<"getReceiptKeys">({ method: "GET", path: "/v1/receipt-keys", authenticated: false });
  return body;
}

/** A photo is safe only when the server has signed that it has these very bytes. */
async function judge(client: ApiClient, item: PhotoItem, sha256: string, signed: string): Promise<Outcome> {
  const proof = await proofOf(signed, await knownReceiptKeys(() => fetchReceiptKeys(client)));
  if (proof !== "genuine") {
    const problem = localRefusal("receipt_unproven", `${proof}: ${signed}`);
    return { kind: "later", problem, retryAfterSeconds: UNPROVEN_RETRY_S };
  }
  const receipt = readReceipt(signed);
  if (!receipt || !proves(receipt, item.photo_id, sha256, item.bytes)) {
    return { kind: "refused", problem: localRefusal("receipt_differs", signed) };
  }
  // What the evidence amounts to is good to know; the photo is safe without it.
  const photo = client.call<"getPhoto">({ method: "GET", path: path`/v1/photos/${item.photo_id}` });
  const body = await photo.then((answer) => answer.body).catch(() => null);
  const { verdict = null, findings = [] } = body ?? {};
  return { kind: "safe", receipt: { received_at: receipt.received_at, sha256, verdict, findings, signed } };
}

/** Sends the bytes; resolves with the signed receipt, or null when its answer was lost on an earlier attempt. */
function upload(client: ApiClient, item: PhotoItem, bytes: Blob, sha256: string, options: SendPhotoOptions) {
  return new Promise<string | null>((resolve, reject) => {
    let watch: ReturnType<typeof setTimeout> | undefined;
    const finish = (settle: () => void) => {
      clearTimeout(watch);
      options.signal.removeEventListener("abort", onAbort);
      settle();
    };
    const giveUp = (reason: string) => {
      void job.abort();
      finish(() => reject(new NetworkFailure(reason)));
    };
    const onAbort = () => giveUp("stopped");
    const stillAlive = () => {
      clearTimeout(watch);
      watch = setTimeout(() => giveUp("nothing moved"), SILENCE_MS);
    };
    let token = "";
    let pieceBeganMs = 0;
    const job = new Upload(bytes as File, {
      endpoint: "/v1/uploads",
      uploadUrl: item.upload_url,
      metadata: { photo_id: item.photo_id, sha256 },
      chunkSize: 2 * SMALLEST_PIECE_BYTES,
      // The sender decides about trying again: it knows of the network, and of what is more urgent.
      retryDelays: null,
      storeFingerprintForResuming: false,
      ...httpStack(),
      onBeforeRequest: async (request) => {
        stillAlive();
        token = await client.accessToken();
        request.setHeader("Authorization", `Bearer ${token}`);
        request.setHeader("Accept-Language", languageTag());
        pieceBeganMs = Date.now();
      },
      onProgress: (sent, total) => {
        stillAlive();
        options.onProgress(total > 0 ? sent / total : 0);
      },
      onChunkComplete: (piece) => {
        job.options.chunkSize = nextPieceBytes(piece, Date.now() - pieceBeganMs);
      },
      onUploadUrlAvailable: () => {
        if (job.url && job.url !== item.upload_url) void keepUploadUrl(item.id, job.url);
      },
      onSuccess: ({ lastResponse }) => finish(() => resolve(lastResponse.getHeader("Photo-Receipt") ?? null)),
      onError: (error) =>
        finish(() => {
          const decoded = decodeTusError(error);
          // A token that was withdrawn early: the next attempt has another one.
          if (decoded instanceof ApiProblem && decoded.problem.status === 401) {
            client.renewToken(token).then(() => reject(new NetworkFailure("token renewed")), reject);
          } else {
            reject(decoded);
          }
        }),
    });
    options.signal.addEventListener("abort", onAbort);
    if (options.signal.aborted) return onAbort();
    stillAlive();
    job.start();
  });
}

/** A service worker has no XMLHttpRequest, which tus-js-client would take for its progress events. */
function httpStack(): { httpStack?: HttpStack } {
  return typeof XMLHttpRequest === "undefined" ? { httpStack: new FetchStack() } : {};
}

/** tus-js-client's error as the API client would have thrown it. */
export function decodeTusError(error: Error): Error {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (!response) {
    const cause = error instanceof DetailedError ? error.causingError : null;
    // Thrown before anything was sent: the session's end, for instance.
    return error instanceof DetailedError ? new NetworkFailure(error.message, { cause }) : error;
  }
  const seconds = Number.parseInt(response.getHeader("Retry-After") ?? "", 10);
  const retryAfter = Number.isFinite(seconds) ? seconds : null;
  try {
    const problem = JSON.parse(response.getBody()) as Problem;
    // Another request holds the upload, or knew its end better: asking again tells where it is.
    const retryable = problem.retryable || problem.code === "offset_mismatch" || problem.code === "upload_locked";
    if (typeof problem.code === "string") return new ApiProblem({ ...problem, retryable }, retryAfter);
  } catch {
    // No JSON: it was not our server that answered.
  }
  return new ApiProblem(problemOfStatus(response.getStatus()), retryAfter);
}
