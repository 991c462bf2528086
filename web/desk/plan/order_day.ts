/** What ordering somebody's day proposes, and what accepting it changes. Pure. */
import { type Day, instantText, isMovable, type Order, type Stop } from "./board";
import { differing } from "./moves";
import { type Proposal, propose, scheduled, type Visit } from "./propose";
import { type Planning, travelBetween } from "./travel";
import type { Move } from "./use_plan";
import { momentOf } from "./zone_time";

export interface DayOrder {
  /** In the proposed order. */
  readonly proposal: Proposal;
  /** The ways as they are planned now. */
  readonly travelNow: number;
  readonly stops: ReadonlyMap<string, Stop>;
  /** What has begun: it stays, and the proposal goes on from there. */
  readonly fixed: readonly Stop[];
}

export const movableStops = (day: Day): Stop[] => day.stops.filter(({ order }) => isMovable(order));

function visitOf({ order, start, end }: Stop, on: string, zone: string): Visit {
  const inDay = (at: string | null) => {
    if (at === null) return null;
    const moment = momentOf(at, zone);
    return moment.day === on ? moment.minute : null;
  };
  return { id: order.id, minutes: end - start, opens: inDay(order.window_starts_at), closes: inDay(order.window_ends_at) };
}

/** @param nowMinute of the day, when it is today; null otherwise */
export function orderDay(day: Day, on: string, zone: string, planning: Planning, nowMinute: number | null): DayOrder {
  const stops = new Map(day.stops.map((stop) => [stop.order.id, stop]));
  const movable = movableStops(day);
  const fixed = day.stops.filter(({ order }) => !isMovable(order));
  const last = fixed.at(-1);
  const begin = Math.min(planning.day_start_minutes, ...movable.map((stop) => stop.start));
  const situation = {
    startMinute: Math.max(last?.end ?? begin, nowMinute ?? 0),
    travel: (from: string | null, to: string) => {
      const start = from === null ? last : stops.get(from);
      const end = stops.get(to);
      return start && end ? travelBetween(start.site.position, end.site.position, planning).minutes : 0;
    },
  };
  const visits = movable.map((stop) => visitOf(stop, on, zone));
  return { proposal: propose(visits, situation), travelNow: scheduled(visits, situation).travelMinutes, stops, fixed };
}

/** The moves that make the plan as it is proposed. */
export function movesOf({ proposal, stops }: DayOrder, on: string, zone: string): Move[] {
  return proposal.stops.flatMap(({ id, start }) => {
    const order = stops.get(id)?.order as Order;
    const change = differing(order, { planned_starts_at: instantText(on, start, zone) });
    return change ? [{ seen: order, change }] : [];
  });
}
