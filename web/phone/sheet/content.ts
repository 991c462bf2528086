/** The sheet as it is being written, and the body that is made of it. Pure. */
import type { BodyOf, Schema } from "../../shared/api/types";
import type { SheetContent, SheetDraft, VisitDraft, VisitWorkOrder, WorkOrderOutcome } from "../local/types";
import type { NewTransition } from "../outbox/enqueue";
import { cleanText, cleanTextOrNull } from "./clean_text";
import type { SheetDocument } from "./document";
import { newId } from "../../shared/new_id";

type Done = Schema<"SheetDone">;
type LeftOpen = Schema<"SheetLeftOpen">;
type Part = Schema<"SheetPart">;

/** What a new sheet begins with: what the work orders ask for was open before, and each waits for its words. */
export function newSheet(workOrders: readonly VisitWorkOrder[]): SheetDraft {
  return {
    version: 1,
    corrects_version: null,
    correction_reason: null,
    shown_at: null,
    open_before: workOrders.map((order) => order.title),
    done: workOrders.map((order) => newDone(order.id)),
    left_open: [],
    parts: [],
    outcomes: {},
  };
}

export const newDone = (workOrderId: string | null): Done => ({
  work_order_id: workOrderId,
  what: "",
  cause: null,
  remedy: null,
});
export const newLeftOpen = (): LeftOpen => ({ what: "", plan: "", due_at: null });
export const newPart = (): Part => ({ name: "", number: null, quantity: 1, unit: null });

/** A correction: the signed version's words, and one more version to say them better in. */
export function newCorrection(signed: SheetDraft): SheetDraft {
  return {
    ...signed,
    version: signed.version + 1,
    corrects_version: signed.version,
    correction_reason: "",
    shown_at: null,
  };
}

/** A correction that was begun and is given up: the sheet as it was signed. */
export function withoutCorrection(sheet: SheetDraft, signedDocument: SheetDocument): SheetDraft {
  const { version, corrects_version, correction_reason, evidence_until } = signedDocument;
  const { open_before, done, left_open, parts } = signedDocument;
  const content = { open_before, done, left_open, parts };
  return { ...sheet, ...content, version, corrects_version, correction_reason, shown_at: evidence_until };
}

/** A work order that joined the visit after the sheet was begun gets its place, too. */
export function withEveryWorkOrder(sheet: SheetDraft, workOrders: readonly VisitWorkOrder[]): SheetDraft {
  const missing = workOrders.filter((order) => !sheet.done.some((entry) => entry.work_order_id === order.id));
  return missing.length === 0 ? sheet : { ...sheet, done: [...sheet.done, ...missing.map(({ id }) => newDone(id))] };
}

const isText = (text: string | null | undefined): boolean => cleanText(text ?? "") !== "";
const isDone = (entry: Done): boolean => isText(entry.what) || isText(entry.cause) || isText(entry.remedy);
const isLeftOpen = (entry: LeftOpen): boolean => isText(entry.what) || isText(entry.plan);
const isPart = (entry: Part): boolean => isText(entry.name) || isText(entry.number);

/** The words that count: rows in which nothing was written are left out. */
export function writtenContent(sheet: SheetContent): SheetContent {
  return {
    open_before: sheet.open_before.map(cleanText).filter(Boolean),
    done: sheet.done.filter(isDone).map((entry) => ({
      work_order_id: entry.work_order_id ?? null,
      what: cleanText(entry.what),
      cause: cleanTextOrNull(entry.cause),
      remedy: cleanTextOrNull(entry.remedy),
    })),
    left_open: sheet.left_open.filter(isLeftOpen).map((entry) => ({
      what: cleanText(entry.what),
      plan: cleanText(entry.plan),
      due_at: entry.due_at ?? null,
    })),
    parts: sheet.parts.filter(isPart).map((entry) => ({
      name: cleanText(entry.name),
      number: cleanTextOrNull(entry.number),
      quantity: entry.quantity,
      unit: cleanTextOrNull(entry.unit),
    })),
  };
}

/** What putSheet takes. */
export function sheetBody(sheet: SheetDraft, siteId: string, evidenceUntil: string | null): BodyOf<"putSheet"> {
  return {
    site_id: siteId,
    version: sheet.version,
    corrects_version: sheet.corrects_version,
    correction_reason: cleanTextOrNull(sheet.correction_reason),
    evidence_until: evidenceUntil,
    ...writtenContent(sheet),
  };
}

/** Where the server would refuse the sheet; the place is an element's id on the sheet screen. */
export type SheetGap =
  | { place: string; what: "done_without_words" | "left_open_without_words" | "left_open_without_plan" }
  | { place: string; what: "part_without_name" | "part_without_quantity" | "correction_without_reason" }
  | { place: string; what: "outcome_without_reason" | "nothing_written" };

export const placeOf = {
  openBefore: (i: number) => `open-before-${i}`,
  done: (i: number) => `done-${i}`,
  leftOpen: (i: number) => `left-open-${i}`,
  plan: (i: number) => `plan-${i}`,
  part: (i: number) => `part-${i}`,
  quantity: (i: number) => `quantity-${i}`,
  outcome: (workOrderId: string) => `outcome-${workOrderId}`,
  reason: (workOrderId: string) => `reason-${workOrderId}`,
  correction: "correction-reason",
};

export function gapsOf(sheet: SheetDraft): SheetGap[] {
  const gaps: SheetGap[] = [];
  const written = writtenContent(sheet);
  if (sheet.corrects_version !== null && !isText(sheet.correction_reason))
    gaps.push({ place: placeOf.correction, what: "correction_without_reason" });
  if (written.done.length + written.left_open.length + written.open_before.length === 0)
    gaps.push({ place: placeOf.done(0), what: "nothing_written" });
  sheet.done.forEach((entry, i) => {
    if (isDone(entry) && !isText(entry.what)) gaps.push({ place: placeOf.done(i), what: "done_without_words" });
  });
  for (const [id, outcome] of Object.entries(sheet.outcomes)) {
    if (outcome.to === "unresolved" && !outcome.is_sent && !isText(outcome.reason))
      gaps.push({ place: placeOf.reason(id), what: "outcome_without_reason" });
  }
  sheet.parts.forEach((entry, i) => {
    if (!isPart(entry)) return;
    if (!isText(entry.name)) gaps.push({ place: placeOf.part(i), what: "part_without_name" });
    if (!(entry.quantity > 0 && entry.quantity <= 1_000_000))
      gaps.push({ place: placeOf.quantity(i), what: "part_without_quantity" });
  });
  sheet.left_open.forEach((entry, i) => {
    if (!isLeftOpen(entry)) return;
    if (!isText(entry.what)) gaps.push({ place: placeOf.leftOpen(i), what: "left_open_without_words" });
    if (!isText(entry.plan)) gaps.push({ place: placeOf.plan(i), what: "left_open_without_plan" });
  });
  return gaps;
}

/** The steps of the work orders that the technician chose, each with an id of its own. */
export function transitionsOf(visit: VisitDraft, outcomes: Record<string, WorkOrderOutcome>): NewTransition[] {
  return visit.work_orders.flatMap((order) => {
    const outcome = outcomes[order.id];
    if (!outcome || outcome.is_sent) return [];
    const reason = cleanTextOrNull(outcome.reason);
    return [{ workOrder: order, body: { id: newId(), to: outcome.to, reason } }];
  });
}

/** As they are once their transitions wait in the outbox. */
export function sentOutcomes(outcomes: Record<string, WorkOrderOutcome>): Record<string, WorkOrderOutcome> {
  return Object.fromEntries(Object.entries(outcomes).map(([id, outcome]) => [id, { ...outcome, is_sent: true }]));
}

/** A quantity as it is typed, with a decimal comma or full-width digits, too; null: it is none. */
export function readQuantity(text: string): number | null {
  const plain = text.normalize("NFKC").trim().replace(",", ".").replace("。", ".");
  if (!/^\d+(\.\d*)?$|^\.\d+$/.test(plain)) return null;
  const value = Number(plain);
  return value > 0 && value <= 1_000_000 ? value : null;
}
