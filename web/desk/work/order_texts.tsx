import type { Schema } from "../../shared/api/types";
import { isoDayOf, t, timeOfDay } from "../../shared/i18n/i18n";
import { dayAt, momentAt, timeAt } from "../moments";
import { work as words } from "../words/work";
import { workStates } from "../words/work_states";

export type Order = Schema<"WorkOrder">;

const OPEN: readonly string[] = ["new", "assigned", "accepted", "on_site"];

export function isOverdue({ state, due_at: due, window_ends_at: end }: Order): boolean {
  const last = due ?? end;
  return OPEN.includes(state) && last !== null && Date.parse(last) < Date.now();
}

export function StateTag({ order }: { order: Order }) {
  return (
    <span>
      <span class="tag tag-info work-word">{t(workStates[order.state])}</span>{" "}
      {isOverdue(order) && <span class="tag tag-fail work-word">{t(words.overdue)}</span>}
    </span>
  );
}

/** The window by the clock at the site; an end on the same day without its date. */
export function windowText({ window_starts_at: from, window_ends_at: to, site }: Order): string {
  const zone = site.time_zone;
  if (!from || !to) return from || to ? momentAt((from ?? to) as string, zone) : "";
  const end = isoDayOf(from, zone) === isoDayOf(to, zone) ? timeAt(to, zone) : momentAt(to, zone);
  return `${dayAt(from, zone)} ${timeOfDay(from, zone)} – ${end}`;
}
