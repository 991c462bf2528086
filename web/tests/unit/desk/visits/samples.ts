/** A visit's file with as much in it as a test names. */
import type { Schema } from "../../../../shared/api/types";
import type { CheckIn, Photo, VisitFile } from "../../../../desk/visits/file";

const person = { id: "person", name: "李伟" };

export const photo = (id: string, fields: Partial<Photo> = {}): Photo =>
  ({
    id, check_in_id: "arrival", role: "before", captured_at: "2026-11-20T01:20:00.000Z", state: "stored", work_order_id: null,
    verdict: "accepted", findings: [], review_decision: null, receipt: { sha256: "", bytes: 1, stored_at: "2026-11-20T01:20:05.000Z" },
    ...fields,
  }) as unknown as Photo;

export const checkIn = (id: string, fields: Partial<CheckIn> = {}): CheckIn =>
  ({
    id, kind: "arrival", captured_at: "2026-11-20T01:14:00.000Z", received_at: "2026-11-20T01:14:05.000Z", verdict: "accepted",
    findings: [], scans: [], photos: [], note: null, ...fields,
  }) as unknown as CheckIn;

interface Parts extends Partial<Omit<VisitFile, "visit">> {
  check_ins?: CheckIn[];
  reviews?: Schema<"Review">[];
}

export const file = ({ check_ins = [], reviews = [], ...parts }: Parts): VisitFile =>
  ({
    visit: { id: "visit", technician: person, check_ins, reviews, findings: [] },
    sheets: [], links: [], openings: [], responses: [], callbacks: [], retakes: [], corrections: [], ...parts,
  }) as unknown as VisitFile;
