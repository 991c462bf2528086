/** What the server says through the link, and what is said to it. Nobody is logged in here. */
import { ApiClient, path, type TokenStore } from "../shared/api/client";
import type { BodyOf, Schema } from "../shared/api/types";

export type SharedPage = Schema<"SharedPage">;
export type SharedVisit = Schema<"SharedVisit">;
export type SharedWorkOrder = Schema<"SharedWorkOrder">;
export type SharedPhoto = Schema<"SharedPhoto">;
export type SharedResponse = Schema<"SharedResponse">;
export type SharedDocument = Schema<"SharedDocument">;

const nobody: TokenStore = {
  read: () => Promise.resolve(null),
  write: () => Promise.resolve(),
  end: () => Promise.resolve(),
};
const client = new ApiClient(nobody, "fieldproof.customer");

export async function readPage(token: string): Promise<SharedPage> {
  const answer = await client.call<"getShared">({
    method: "GET", path: path`/v1/shared/${token}`, authenticated: false,
  });
  return answer.body;
}

export async function readDocuments(token: string): Promise<SharedDocument[]> {
  const answer = await client.call<"getSharedDocuments">({
    method: "GET", path: path`/v1/shared/${token}/documents`, authenticated: false,
  });
  return answer.body.documents;
}

export type Saying =
  | { kind: "rating"; body: BodyOf<"rateShared"> }
  | { kind: "complaints"; body: BodyOf<"complainShared"> }
  | { kind: "decision"; body: BodyOf<"decideShared"> };

/** Says it to the organisation. The same id again is harmless, so a lost answer is asked for with it. */
export async function say(token: string, saying: Saying): Promise<SharedResponse> {
  const answer = await client.call<"rateShared">({
    method: "POST", path: path`/v1/shared/${token}/${saying.kind}`, json: saying.body, authenticated: false,
  });
  return answer.body;
}

export const photoAddress = (token: string, photo: SharedPhoto, size: "small" | "medium"): string =>
  path`/v1/shared/${token}/photos/${photo.id}/${size}`;

export const pdfAddress = (token: string, visit: SharedVisit): string =>
  `${path`/v1/shared/${token}/sheet.pdf`}?visit=${encodeURIComponent(visit.id)}`;
