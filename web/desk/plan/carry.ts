/** Where something that is carried with the keys goes next. Pure. */
import { type Board, dayOfBoard, freeMinute, type Order, plannedAt } from "./board";
import type { Target } from "./moves";
import type { Planning } from "./travel";
import { momentOf } from "./zone_time";

/** What the plan shows, as far as something can be put down there. */
export interface Field {
  readonly board: Board;
  readonly planning: Planning;
  readonly zone: string;
  readonly today: string;
  readonly technicians: readonly string[];
  readonly days: readonly string[];
  /** How far an arrow carries within a day, minutes; null: an arrow carries to another day. */
  readonly stepMinutes: number | null;
}

export type Direction = "left" | "right" | "up" | "down";

/** In whose row at which day; the time is that which fits. */
export function placeIn(field: Field, order: Order, technician: string, day: string): Target {
  const site = field.board.sites.get(order.site_id);
  const free = dayOfBoard(field.board, technician, day);
  const minute = site ? freeMinute(free, order, site.position, day, field.zone, field.planning) : field.planning.day_start_minutes;
  return { technician, day, minute };
}

/** Where it is when it is picked up: its own place, or from the list the first one that can be. */
export function firstPlace(field: Field, order: Order, from: string | null): Target {
  const at = plannedAt(order);
  const moment = at === null ? null : momentOf(at, field.zone);
  const day = moment && field.days.includes(moment.day) ? moment.day : firstDay(field);
  const technician = from ?? order.assignee_ids.find((id) => field.technicians.includes(id)) ?? field.technicians[0];
  if (technician === undefined) return { technician: null };
  return from !== null && moment ? { technician, day, minute: moment.minute } : placeIn(field, order, technician, day);
}

const LAST_MINUTE = 1435;

export function carriedOn(field: Field, order: Order, target: Target, direction: Direction): Target {
  const { technicians, days, stepMinutes } = field;
  if (target.technician === null) {
    const first = technicians[0];
    return direction === "down" && first !== undefined ? placeIn(field, order, first, firstDay(field)) : target;
  }
  if (direction === "up" || direction === "down") {
    const row = technicians.indexOf(target.technician) + (direction === "up" ? -1 : 1);
    const technician = technicians[row];
    if (row < 0) return { technician: null };
    if (technician === undefined) return target;
    return stepMinutes === null ? placeIn(field, order, technician, target.day) : { ...target, technician };
  }
  const sign = direction === "left" ? -1 : 1;
  if (stepMinutes !== null)
    return { ...target, minute: Math.max(0, Math.min(LAST_MINUTE, target.minute + sign * stepMinutes)) };
  const day = days[days.indexOf(target.day) + sign];
  return day === undefined ? target : placeIn(field, order, target.technician, day);
}

const firstDay = ({ days, today }: Field): string => (days.includes(today) ? today : (days[0] ?? today));
