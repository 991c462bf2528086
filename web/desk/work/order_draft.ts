/** What a form holds of a work order, and what of it is sent. */
import type { BodyOf, Schema } from "../../shared/api/types";
import type { Item } from "./checklist_editor";
import type { Named } from "./many_finder";
import type { Order } from "./order_texts";
import { fromSiteTime, toSiteTime } from "./site_time";

export interface Draft {
  readonly number: string;
  readonly title: string;
  readonly description: string;
  readonly priority: Schema<"Priority">;
  /** By the clock at the site, as the field shows it. */
  readonly starts: string;
  readonly ends: string;
  readonly due: string;
  readonly assignees: readonly Named[];
  readonly items: readonly Item[];
}

/** A number that hardly anybody else is thinking of at this moment: day and four signs. */
export function suggestedNumber(now = new Date(), random = crypto.randomUUID()): string {
  const day = now.toISOString().slice(2, 10).replaceAll("-", "");
  return `WO-${day}-${random.slice(0, 4).toUpperCase()}`;
}

export const emptyDraft = (): Draft => ({
  number: suggestedNumber(), title: "", description: "", priority: "normal", starts: "", ends: "", due: "", assignees: [], items: [],
});

export function draftOf(order: Order): Draft {
  const zone = order.site.time_zone;
  return {
    number: order.number,
    title: order.title,
    description: order.description ?? "",
    priority: order.priority,
    starts: toSiteTime(order.window_starts_at, zone),
    ends: toSiteTime(order.window_ends_at, zone),
    due: toSiteTime(order.due_at, zone),
    assignees: order.assignees,
    items: order.checklist.map(({ id, kind, label, photo_role, asset_id, minimum_count, required }) => ({
      id, kind, label, photo_role, asset_id, minimum_count, required,
    })),
  };
}

/** The end of a window that begins then and lasts so long, as a field shows it. */
export function endOf(starts: string, minutes: number): string {
  return starts === "" ? "" : new Date(Date.parse(`${starts}Z`) + minutes * 60_000).toISOString().slice(0, 16);
}

type Body = Omit<BodyOf<"createWorkOrder">, "id" | "site_id" | "template_id" | "planned_starts_at" | "planned_minutes">;

export function bodyOf(draft: Draft, zone: string): Required<Body> {
  return {
    number: draft.number.trim(),
    title: draft.title.trim(),
    description: draft.description.trim() || null,
    priority: draft.priority,
    window_starts_at: fromSiteTime(draft.starts, zone),
    window_ends_at: fromSiteTime(draft.ends, zone),
    due_at: fromSiteTime(draft.due, zone),
    assignee_ids: draft.assignees.map(({ id }) => id),
    checklist: draft.items.map((item) => ({ ...item, label: item.label.trim() })),
  };
}

/** Of the body only what differs from what was shown: what somebody else changed meanwhile is not taken back. */
export function changesOf(before: Draft, after: Draft, zone: string): Partial<Body> {
  const old = bodyOf(before, zone) as Record<string, unknown>;
  const entries = Object.entries(bodyOf(after, zone)).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]));
  return Object.fromEntries(entries) as Partial<Body>;
}
