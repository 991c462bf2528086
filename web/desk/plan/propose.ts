/**
 * A visiting order for a day: nearest insertion, improved by 2-opt and by moving single stops (Or-opt with one stop) until
 * nothing gets better. Least lateness against the promised windows comes first, then travel and waiting: without
 * windows, travel alone. Pure; for at most STOPS_MAX stops, where it takes milliseconds.
 */
export interface Visit {
  readonly id: string;
  readonly minutes: number;
  /** The promised window, minutes after midnight; null: open. */
  readonly opens: number | null;
  readonly closes: number | null;
}

export interface Situation {
  /** Minutes from a stop to another one; from null: from where the day begins, 0 if nobody knows where. */
  readonly travel: (from: string | null, to: string) => number;
  /** When the first way can begin, minutes after midnight. */
  readonly startMinute: number;
}

export interface Proposal {
  readonly stops: readonly { readonly id: string; readonly start: number; readonly travel: number; readonly late: number }[];
  readonly travelMinutes: number;
  /** Begun after their windows have closed, all together. */
  readonly lateMinutes: number;
  readonly waitMinutes: number;
}

export const STOPS_MAX = 20;

/** Starts are round. */
const STEP = 5;

/** The day when the stops are visited in this order, each as early as it can be. */
export function scheduled(order: readonly Visit[], { travel, startMinute }: Situation): Proposal {
  let [now, at] = [startMinute, null as string | null];
  let [travelMinutes, lateMinutes, waitMinutes] = [0, 0, 0];
  const stops = order.map(({ id, minutes, opens, closes }) => {
    const way = travel(at, id);
    const arrival = Math.ceil((now + way) / STEP) * STEP;
    const start = Math.max(arrival, opens ?? arrival);
    const late = closes === null ? 0 : Math.max(0, start - closes);
    travelMinutes += way;
    lateMinutes += late;
    waitMinutes += start - arrival;
    [now, at] = [start + minutes, id];
    return { id, start, travel: way, late };
  });
  return { stops, travelMinutes, lateMinutes, waitMinutes };
}

/** A minute late weighs more than a day of driving. */
const LATE_WEIGHT = 1440;

function cost(order: readonly Visit[], situation: Situation): number {
  const { travelMinutes, lateMinutes, waitMinutes } = scheduled(order, situation);
  return lateMinutes * LATE_WEIGHT + travelMinutes + waitMinutes;
}

/** `order` with the stop put in at each place. */
function insertions(order: readonly Visit[], visit: Visit): Visit[][] {
  return Array.from({ length: order.length + 1 }, (_, i) => [...order.slice(0, i), visit, ...order.slice(i)]);
}

function cheapest(orders: readonly Visit[][], situation: Situation): Visit[] {
  let [best, bestCost] = [orders[0] ?? [], Number.POSITIVE_INFINITY];
  for (const order of orders) {
    const its = cost(order, situation);
    if (its < bestCost) [best, bestCost] = [order, its];
  }
  return best;
}

/** Whatever is nearest to a stop that stands already comes next, where it costs least. */
function inserted(visits: readonly Visit[], situation: Situation): Visit[] {
  const left = [...visits];
  let order: Visit[] = [];
  while (left.length > 0) {
    const known = order.length > 0 ? order.map((stop) => stop.id) : [null];
    const distance = ({ id }: Visit) => Math.min(...known.map((from) => situation.travel(from, id)));
    left.sort((a, b) => distance(a) - distance(b));
    order = cheapest(insertions(order, left.shift() as Visit), situation);
  }
  return order;
}

/** Every order that one reversal of a part, or one stop at another place, makes. */
function* neighbours(order: readonly Visit[]): Generator<Visit[]> {
  for (let i = 0; i < order.length; i++) {
    for (let j = i + 1; j < order.length; j++)
      yield [...order.slice(0, i), ...order.slice(i, j + 1).reverse(), ...order.slice(j + 1)];
    const rest = [...order.slice(0, i), ...order.slice(i + 1)];
    yield* insertions(rest, order[i] as Visit);
  }
}

/** @throws RangeError with more than STOPS_MAX stops */
export function propose(visits: readonly Visit[], situation: Situation): Proposal {
  if (visits.length > STOPS_MAX) throw new RangeError(`at most ${STOPS_MAX} stops`);
  // Nothing that is proposed is worse than what there is.
  let best = cheapest([inserted(visits, situation), [...visits]], situation);
  for (let before = Number.POSITIVE_INFINITY; cost(best, situation) < before; ) {
    before = cost(best, situation);
    best = cheapest([best, ...neighbours(best)], situation);
  }
  return scheduled(best, situation);
}
