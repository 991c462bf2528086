/** What happened on a visit and around it, in order. Pure. */
import type { Schema } from "../../shared/api/types";
import { type CheckIn, type Photo, photosOf, type Response, type Sheet, type VisitFile } from "./file";

/** What an event is; each kind carries what is told of it. */
export type Happening =
  | { kind: "check_in"; checkIn: CheckIn }
  | { kind: "photos"; photos: Photo[] }
  | { kind: "scan"; scan: Schema<"Scan"> }
  | { kind: "sheet"; sheet: Sheet }
  | { kind: "signature"; sheet: Sheet; signature: Schema<"Signature"> }
  | { kind: "link"; link: Schema<"CustomerLink"> }
  | { kind: "revoked"; link: Schema<"CustomerLink"> }
  | { kind: "opened"; times: number }
  | { kind: "response"; response: Response }
  | { kind: "handling"; response: Response; handling: Schema<"ResponseHandling"> }
  | { kind: "callback"; callback: Schema<"Callback"> }
  | { kind: "review"; review: Schema<"Review">; photo: Photo | null }
  | { kind: "correction"; correction: Schema<"Correction">; isWithdrawn: boolean }
  | { kind: "retake_answered"; retake: Schema<"Retake">; photo: Photo | null };

export interface TimelineEvent {
  readonly key: string;
  /** When it happened; by the phone's clock where a phone tells it. */
  readonly at: string;
  /** When the server had it, where the two clocks tell different times; else null. */
  readonly receivedAt: string | null;
  readonly what: Happening;
}

/** Less than this between the two clocks is the way over the network, and not worth a word. */
export const SAME_TIME_MS = 60_000;

/** Pictures taken one after the other are told together. */
const BURST_MS = 10 * 60_000;

/** Openings within this are one look at the page. */
const LOOK_MS = 10 * 60_000;

function receivedIfDifferent(phone: string, server: string): string | null {
  return Math.abs(Date.parse(server) - Date.parse(phone)) >= SAME_TIME_MS ? server : null;
}

function event(key: string, at: string, what: Happening, receivedAt: string | null = null): TimelineEvent {
  return { key, at, receivedAt, what };
}

function ofCheckIns(file: VisitFile): TimelineEvent[] {
  return file.visit.check_ins.flatMap((checkIn) => [
    event(checkIn.id, checkIn.captured_at, { kind: "check_in", checkIn }, receivedIfDifferent(checkIn.captured_at, checkIn.received_at)),
    ...checkIn.scans.map((scan) =>
      event(scan.id, scan.captured_at, { kind: "scan", scan }, receivedIfDifferent(scan.captured_at, checkIn.received_at)),
    ),
  ]);
}

/** Photos of one check-in that were taken in one go. */
function ofPhotos(file: VisitFile): TimelineEvent[] {
  const bursts: Photo[][] = [];
  for (const photo of photosOf(file)) {
    const burst = bursts.at(-1);
    const last = burst?.at(-1);
    const goesOn =
      last?.check_in_id === photo.check_in_id && Date.parse(photo.captured_at) - Date.parse(last.captured_at) < BURST_MS;
    if (burst && goesOn) burst.push(photo);
    else bursts.push([photo]);
  }
  return bursts.map((photos) => {
    const [first] = photos as [Photo, ...Photo[]];
    const stored = photos.flatMap(({ receipt }) => (receipt ? [receipt.stored_at] : [])).sort().at(-1);
    return event(`photos ${first.id}`, first.captured_at, { kind: "photos", photos }, stored ? receivedIfDifferent(first.captured_at, stored) : null);
  });
}

function ofSheets({ sheets }: VisitFile): TimelineEvent[] {
  return sheets.flatMap((sheet) => {
    const written = event(`sheet ${sheet.version}`, sheet.written_at, { kind: "sheet", sheet });
    const { signature } = sheet;
    if (!signature) return [written];
    const received = receivedIfDifferent(signature.signed_at, signature.received_at);
    return [written, event(signature.id, signature.signed_at, { kind: "signature", sheet, signature }, received)];
  });
}

function ofOpenings({ openings }: VisitFile): TimelineEvent[] {
  const looks: { at: string; last: string; times: number; link: string }[] = [];
  for (const { link_id, opened_at } of openings) {
    const look = looks.find(({ link, last }) => link === link_id && Date.parse(opened_at) - Date.parse(last) < LOOK_MS);
    if (look) Object.assign(look, { last: opened_at, times: look.times + 1 });
    else looks.push({ at: opened_at, last: opened_at, times: 1, link: link_id });
  }
  return looks.map(({ at, times, link }) => event(`opened ${link} ${at}`, at, { kind: "opened", times }));
}

function ofLinks({ links }: VisitFile): TimelineEvent[] {
  return links.flatMap((link) => [
    event(link.id, link.created_at, { kind: "link", link }),
    ...(link.revoked_at ? [event(`revoked ${link.id}`, link.revoked_at, { kind: "revoked", link })] : []),
  ]);
}

/** A rating that was given with the signature is told by the signature. */
function ofResponses({ responses }: VisitFile): TimelineEvent[] {
  return responses.flatMap((response) => [
    ...(response.signature_id ? [] : [event(response.id, response.received_at, { kind: "response", response })]),
    ...response.handlings.map((handling) => event(handling.id, handling.happened_at, { kind: "handling", response, handling })),
  ]);
}

function ofOffice(file: VisitFile): TimelineEvent[] {
  const photos = new Map(photosOf(file).map((photo) => [photo.id, photo]));
  const photoOf = (id: string | null) => (id === null ? null : (photos.get(id) ?? null));
  return [
    ...file.callbacks.map((callback) => event(callback.id, callback.called_at, { kind: "callback", callback })),
    ...file.visit.reviews.map((review) =>
      event(review.id, review.decided_at, { kind: "review", review, photo: photoOf(review.photo_id) }),
    ),
    ...file.corrections.flatMap((correction) => [
      event(correction.id, correction.requested_at, { kind: "correction", correction, isWithdrawn: false }),
      ...(correction.withdrawn_at
        ? [event(`withdrawn ${correction.id}`, correction.withdrawn_at, { kind: "correction", correction, isWithdrawn: true })]
        : []),
    ]),
    ...file.retakes.flatMap((retake) =>
      retake.answered_at
        ? [event(`answered ${retake.id}`, retake.answered_at, { kind: "retake_answered", retake, photo: photoOf(retake.answered_by_photo_id) })]
        : [],
    ),
  ];
}

/** Where two events tell the same moment, an arrival comes before what was done after it, a departure last. */
const RANK: Record<Happening["kind"], number> = {
  check_in: 0, scan: 1, photos: 2, sheet: 3, signature: 4, link: 5, opened: 6, response: 7, handling: 8, callback: 9,
  review: 10, retake_answered: 11, correction: 12, revoked: 13,
};
const rankOf = ({ what }: TimelineEvent) => (what.kind === "check_in" && what.checkIn.kind === "departure" ? 4.5 : RANK[what.kind]);

/** Oldest first. */
export function timelineOf(file: VisitFile): TimelineEvent[] {
  return [
    ...ofCheckIns(file),
    ...ofPhotos(file),
    ...ofSheets(file),
    ...ofLinks(file),
    ...ofOpenings(file),
    ...ofResponses(file),
    ...ofOffice(file),
  ].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || rankOf(a) - rankOf(b) || a.key.localeCompare(b.key));
}
