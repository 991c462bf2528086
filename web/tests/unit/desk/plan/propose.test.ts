import { describe, expect, test } from "vitest";
import { propose, type Proposal, scheduled, type Situation, STOPS_MAX, type Visit } from "../../../../desk/plan/propose";

const visit = (id: string, change: Partial<Visit> = {}): Visit => ({ id, minutes: 30, opens: null, closes: null, ...change });

/** Numbers in (0, 1) that are the same in every run (Park and Miller's generator). */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** A place somewhere on a map of 60 by 60 minutes; the day begins in its middle. */
function situation(ids: readonly string[], seed: number): Situation {
  const next = random(seed);
  const places = new Map(ids.map((id) => [id, [next() * 60, next() * 60] as const]));
  const of = (id: string | null) => (id === null ? [30, 30] : (places.get(id) as readonly [number, number])) as readonly [number, number];
  return { startMinute: 480, travel: (from, to) => Math.ceil(Math.hypot(of(from)[0] - of(to)[0], of(from)[1] - of(to)[1])) };
}

const weight = ({ lateMinutes, travelMinutes, waitMinutes }: Proposal) => lateMinutes * 1440 + travelMinutes + waitMinutes;

function* permutations<Entry>(entries: Entry[]): Generator<Entry[]> {
  if (entries.length < 2) yield entries;
  else for (const [i, first] of entries.entries())
    for (const rest of permutations([...entries.slice(0, i), ...entries.slice(i + 1)])) yield [first, ...rest];
}

describe("a proposed order", () => {
  test("holds every stop once", () => {
    const visits = Array.from({ length: STOPS_MAX }, (_, i) => visit(`v${i}`));
    const { stops } = propose(visits, situation(visits.map(({ id }) => id), 7));
    expect(stops.map(({ id }) => id).sort()).toEqual(visits.map(({ id }) => id).sort());
  });

  test("stops in a line are visited along it", () => {
    const visits = ["30", "10", "50", "20", "40"].map((id) => visit(id));
    const line: Situation = { startMinute: 480, travel: (from, to) => Math.abs(Number(from ?? 0) - Number(to)) };
    const proposal = propose(visits, line);
    expect(proposal.stops.map(({ id }) => id)).toEqual(["10", "20", "30", "40", "50"]);
    expect(proposal).toMatchObject({ travelMinutes: 50, lateMinutes: 0, waitMinutes: 0 });
    expect(proposal.stops.map(({ start }) => start)).toEqual([490, 530, 570, 610, 650]);
  });

  test("of 40 random days of 7 stops, with and without windows, nearly all are the best there is, and none much worse", () => {
    let best = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const next = random(seed * 977);
      const visits = Array.from({ length: 7 }, (_, i) => {
        const opens = seed % 2 ? null : 480 + Math.floor(next() * 300);
        return visit(`v${i}`, { opens, closes: opens === null ? null : opens + 120 });
      });
      const its = situation(visits.map(({ id }) => id), seed);
      let least = Number.POSITIVE_INFINITY;
      for (const order of permutations(visits)) least = Math.min(least, weight(scheduled(order, its)));
      const found = weight(propose(visits, its));
      expect(found).toBeGreaterThanOrEqual(least);
      if (found === least) best += 1;
      if (seed % 2) expect(found).toBeLessThanOrEqual(least * 1.1);
    }
    expect(best).toBeGreaterThanOrEqual(30);
  });

  test("is never worse than the order there was", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const visits = Array.from({ length: 12 }, (_, i) => visit(`v${i}`));
      const its = situation(visits.map(({ id }) => id), seed);
      expect(weight(propose(visits, its))).toBeLessThanOrEqual(weight(scheduled(visits, its)));
    }
  });

  test("a promise goes before a short way, and one waits for a window to open", () => {
    const near = visit("10");
    const far = visit("60", { opens: 540, closes: 550 });
    const line: Situation = { startMinute: 480, travel: (from, to) => Math.abs(Number(from ?? 0) - Number(to)) };
    expect(propose([near, far], { ...line, startMinute: 485 }).stops.map(({ id, late }) => [id, late])).toEqual([["60", 0], ["10", 0]]);
    const early = propose([visit("5", { opens: 600 })], line);
    expect(early).toMatchObject({ waitMinutes: 115, stops: [{ id: "5", start: 600, late: 0 }] });
  });

  test("takes milliseconds for a full day, and refuses more", () => {
    const visits = Array.from({ length: STOPS_MAX + 1 }, (_, i) => visit(`v${i}`));
    const its = situation(visits.map(({ id }) => id), 3);
    const began = process.cpuUsage(); // what else the machine does costs none of it
    propose(visits.slice(1), its);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1000).toBeLessThan(2000);
    expect(() => propose(visits, its)).toThrow(RangeError);
    expect(propose([], its).stops).toEqual([]);
  });
});
