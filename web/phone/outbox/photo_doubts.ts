/** Photos that may be of no use, and why: what the phone saw at once, and what the server says once it has them. Pure. */
import type { Schema } from "../../shared/api/types";
import type { PhotoRecord, PhotoWarning, VisitDraft } from "../local/types";
import type { OutboxItem, Refusal } from "./items";

type Finding = Schema<"Finding">;

/** Something that speaks against a photo. */
export type Objection =
  | { readonly by: "phone"; readonly code: string; readonly warning: PhotoWarning }
  | { readonly by: "server"; readonly code: string; readonly finding: Finding }
  /** The server does not take it at all. */
  | { readonly by: "refusal"; readonly code: string; readonly problem: Refusal };

export interface PhotoDoubt {
  readonly photo: PhotoRecord;
  /** At least one. */
  readonly objections: readonly Objection[];
}

/** The server's finding that says the same; what cannot be opened is refused, which is news to whoever has read this. */
const CODE_OF: Readonly<Record<PhotoWarning, string>> = {
  small: "photo_too_small",
  dark: "photo_too_dark",
  blurred: "photo_blurred",
  reused: "photo_reused",
  broken: "broken",
};

export const codeOfWarning = (warning: PhotoWarning): string => CODE_OF[warning];

/** What a photo taken again would put right: not what merely informs, and not what something else explains. */
const speaksAgainst = ({ code, severity, explained }: Finding): boolean =>
  code.startsWith("photo_") && severity !== "info" && !explained;

/** What the server says against a photo that it has. */
export const objectionsOf = (item: OutboxItem): Finding[] =>
  item.kind === "photo" && item.status.state === "safe" ? item.status.receipt.findings.filter(speaksAgainst) : [];

function allObjections(photo: PhotoRecord, item: OutboxItem | undefined): Objection[] {
  if (item?.status.state === "refused") return [{ by: "refusal", code: "refused", problem: item.status.problem }];
  const said = (item ? objectionsOf(item) : []).map((finding): Objection => ({ by: "server", code: finding.code, finding }));
  // Of what both say, the server's sentence has the numbers; of a photo that it took, it knows better.
  const isJudged = item?.status.state === "safe";
  const seen = photo.warnings.map((warning): Objection => ({ by: "phone", code: codeOfWarning(warning), warning }));
  return [...said, ...(isJudged ? [] : seen)];
}

/** When the technician could have known: a photo of the same thing after that was taken because of it. */
function knownSince_ms(photo: PhotoRecord, item: OutboxItem | undefined): number {
  return item && item.status.state !== "waiting" && photo.warnings.length === 0 ? item.status.at_ms : Date.parse(photo.captured_at);
}

const isSameThing = (a: PhotoRecord, b: PhotoRecord): boolean =>
  a.id !== b.id && a.visit_id === b.visit_id && a.role === b.role;

/** Photos with something against them that the technician has neither read nor answered with another photo. */
export function doubtsOf(photos: readonly PhotoRecord[], items: readonly OutboxItem[]): PhotoDoubt[] {
  const itemOf = new Map(items.map((item) => [item.id, item]));
  return photos.flatMap((photo) => {
    const item = itemOf.get(photo.id);
    const read = new Set(photo.doubts_read);
    const objections = allObjections(photo, item).filter(({ code }) => !read.has(code));
    if (objections.length === 0) return [];
    const since_ms = knownSince_ms(photo, item);
    const isAnswered = photos.some((other) => isSameThing(photo, other) && Date.parse(other.captured_at) > since_ms);
    return isAnswered ? [] : [{ photo, objections }];
  });
}

/** Photos that answer nothing that is asked for: the server refused them, or would. */
export function unusable(photos: readonly PhotoRecord[], items: readonly OutboxItem[]): Set<string> {
  const itemOf = new Map(items.map((item) => [item.id, item]));
  const isOfNoUse = (photo: PhotoRecord): boolean => {
    const state = itemOf.get(photo.id)?.status.state;
    return state === "refused" || (state !== "safe" && photo.warnings.includes("broken"));
  };
  return new Set(photos.filter(isOfNoUse).map(({ id }) => id));
}

/** For so long after it was left a technician may still be near. */
const NEAR_MS = 2 * 3_600_000;

/** Visits at which a photo can still be taken again without a journey. */
export const isStillNear = ({ left_at }: VisitDraft, now_ms: number): boolean =>
  left_at === null || now_ms - Date.parse(left_at) < NEAR_MS;
