/** What an event of the history says, in words. */
import type { Schema } from "../../shared/api/types";
import { isolated, listed, t, type Word } from "../../shared/i18n/i18n";
import { momentAt } from "../moments";
import { work as words } from "../words/work";
import { workStates } from "../words/work_states";
import type { Order } from "./order_texts";

export type Event = Schema<"WorkOrderEvent">;

const FIELDS: Record<string, Word> = {
  number: words.fieldNumber, site_id: words.site, title: words.subject, description: words.description, priority: words.priority,
  window_starts_at: words.windowStarts, window_ends_at: words.windowEnds, due_at: words.due, assignee_ids: words.technicians,
  checklist: words.checklist, planned_starts_at: words.plannedStart, planned_minutes: words.plannedMinutes,
};

export interface Change {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** Names that the history's ids may stand for. */
export type NameOf = (id: string) => string;

const PRIORITY: Record<string, Word> = { low: words.low, normal: words.normal, high: words.high, urgent: words.urgent };

function valueText(field: string, value: unknown, order: Order, nameOf: NameOf): string {
  if (value === null || value === undefined || value === "") return t(words.nothingThere);
  if (field === "checklist" && Array.isArray(value)) {
    const labels = listed(value.map((item) => (item as { label: string }).label));
    return value.length === 0 ? t(words.nothingThere) : `${t(words.items, { count: value.length })}: ${labels}`;
  }
  if (Array.isArray(value)) return listed(value.map((id) => nameOf(String(id)))) || t(words.nobody);
  if (field.endsWith("_at")) return momentAt(String(value), order.site.time_zone);
  if (field === "site_id") return nameOf(String(value));
  const priority = field === "priority" ? PRIORITY[String(value)] : undefined;
  return priority ? t(priority) : String(value);
}

export function changesIn(event: Event, order: Order, nameOf?: NameOf): Change[] {
  const known: NameOf = (id) => [order.site, ...order.assignees].find((one) => one.id === id)?.name ?? nameOf?.(id) ?? id;
  return Object.entries(event.changes ?? {}).map(([field, { from, to }]) => {
    const word = FIELDS[field];
    return { field: word ? t(word) : field, from: valueText(field, from, order, known), to: valueText(field, to, order, known) };
  });
}

export const stateText = (state: Event["to_state"]): string => (state ? t(workStates[state]) : "");

/** One line, for a sentence. */
export function changeText(event: Event, order: Order): string {
  if (event.to_state) return [stateText(event.from_state), stateText(event.to_state)].filter(Boolean).join(" → ");
  return changesIn(event, order).map(({ field, from, to }) => `${field} ${isolated(from)} → ${isolated(to)}`).join(", ");
}
