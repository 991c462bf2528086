import { describe, expect, test } from "vitest";
import { type Sample, betterOf, isEnough, likelyErrorM } from "../../../phone/at_site/fix_choice";
import { type FixSearch, type PositionSource, type Ticker, sampleOf, seekFix } from "../../../phone/at_site/fix_seeker";

const NOON = 1_795_262_400_000;

function sample(accuracy_m: number | null, age_s = 0, now_ms = NOON): Sample {
  const position = { latitude: 31.2304, longitude: 121.4737 };
  return { position, accuracy_m, altitude_m: null, speed_mps: null, fix_at_ms: now_ms - age_s * 1000 };
}

describe("the better of two samples", () => {
  test("is the more accurate", () => expect(betterOf(sample(40), sample(8), NOON).accuracy_m).toBe(8));
  test("keeps an accurate one when a coarse one follows", () =>
    expect(betterOf(sample(8, 3), sample(40), NOON).accuracy_m).toBe(8));
  test("prefers a fresh one to one that a walk has made worse", () =>
    expect(betterOf(sample(8, 60), sample(40), NOON).accuracy_m).toBe(40));
  test("prefers any accuracy to none", () => expect(betterOf(sample(null), sample(800), NOON).accuracy_m).toBe(800));
  test("takes the newer of equals", () => {
    const [older, newer] = [sample(10, 5), sample(10 + 5 * 1.4, 0)];
    expect(likelyErrorM(older, NOON)).toBe(likelyErrorM(newer, NOON));
    expect(betterOf(older, newer, NOON)).toBe(newer);
    expect(betterOf(newer, older, NOON)).toBe(newer);
  });
});

describe("a search may end early", () => {
  const enough = (limit_m: number, isInside: boolean) => ({ limit_m, isInside: () => isInside });
  test("when the fix is as good as phones get", () => expect(isEnough(sample(15), NOON, enough(100, false))).toBe(true));
  test("when the fix proves presence", () => expect(isEnough(sample(60), NOON, enough(100, true))).toBe(true));
  test("not while it cannot tell", () => expect(isEnough(sample(60), NOON, enough(100, false))).toBe(false));
  test("not above the site's limit, wherever it is", () => {
    expect(isEnough(sample(12), NOON, enough(10, true))).toBe(false);
    expect(isEnough(sample(10), NOON, enough(10, true))).toBe(true);
  });
  test("not with a position from the cache", () => expect(isEnough(sample(5, 11), NOON, enough(100, true))).toBe(false));
  test("not without an accuracy", () => expect(isEnough(sample(null), NOON, enough(100, true))).toBe(false));
});

/** A phone whose time and receiver the test moves. */
class Phone implements Ticker {
  time_ms = NOON;
  watches = new Map<number, [PositionCallback, PositionErrorCallback]>();
  #ticks = new Set<() => void>();
  #nextId = 1;

  readonly source: PositionSource = {
    watchPosition: (hear, fail) => {
      this.watches.set(this.#nextId, [hear, fail as PositionErrorCallback]);
      return this.#nextId++;
    },
    clearWatch: (id) => void this.watches.delete(id),
  };

  now(): number {
    return this.time_ms;
  }
  every(_interval_ms: number, call: () => void): () => void {
    this.#ticks.add(call);
    return () => this.#ticks.delete(call);
  }
  get isTicking(): boolean {
    return this.#ticks.size > 0;
  }
  pass(seconds: number): void {
    for (let i = 0; i < seconds * 2; i++) {
      this.time_ms += 500;
      for (const tick of [...this.#ticks]) tick();
    }
  }
  report(accuracy: number): void {
    const coords = { latitude: 31.2304, longitude: 121.4737, accuracy, altitude: null, speed: null };
    for (const [hear] of [...this.watches.values()]) {
      hear({ coords, timestamp: this.time_ms } as unknown as GeolocationPosition);
    }
  }
  fail(code: number): void {
    for (const [, fail] of [...this.watches.values()]) fail({ code } as GeolocationPositionError);
  }
}

function search(phone: Phone, source: PositionSource | null = phone.source) {
  const heard: FixSearch[] = [];
  const enough = { limit_m: 100, isInside: () => false };
  const seeker = seekFix({ source, ticker: phone, limit_s: 15, enough, onChange: (now) => heard.push(now) });
  return { seeker, heard, last: () => heard[heard.length - 1] };
}

describe("a search", () => {
  test("counts down, keeps the best and ends at its limit", () => {
    const phone = new Phone();
    const { seeker, last } = search(phone);
    phone.report(60);
    phone.pass(5);
    expect(last()).toMatchObject({ isOver: false, left_s: 10 });
    phone.report(25);
    phone.report(48);
    phone.pass(10);
    expect(last()).toMatchObject({ isOver: true, left_s: 0, problem: null });
    expect(seeker.search.best?.accuracy_m).toBe(25);
    expect(phone.watches.size).toBe(0);
    expect(phone.isTicking).toBe(false);
  });

  test("ends early with a good fix", () => {
    const phone = new Phone();
    const { last } = search(phone);
    phone.pass(2);
    phone.report(9);
    expect(last()).toMatchObject({ isOver: true, best: { accuracy_m: 9 } });
    expect(phone.watches.size).toBe(0);
  });

  test("that finds nothing says so, and ends all the same", () => {
    const phone = new Phone();
    const { last } = search(phone);
    phone.pass(15);
    expect(last()).toEqual({ isOver: true, left_s: 0, best: null, problem: "timed_out", wasPaused: false });
  });

  test("ends at once when the position is denied", () => {
    const phone = new Phone();
    const { last } = search(phone);
    phone.fail(1);
    expect(last()).toMatchObject({ isOver: true, problem: "denied" });
  });

  test("goes on when the receiver has no signal yet", () => {
    const phone = new Phone();
    const { last } = search(phone);
    phone.fail(2);
    expect(last()).toMatchObject({ isOver: false, problem: "unavailable" });
    phone.report(30);
    expect(last()).toMatchObject({ isOver: false, problem: null, best: { accuracy_m: 30 } });
  });

  test("is over at once where there is no geolocation", () => {
    const phone = new Phone();
    const { last } = search(phone, null);
    expect(last()).toMatchObject({ isOver: true, problem: "unsupported" });
    expect(phone.isTicking).toBe(false);
  });

  test("does not count time in the background, and watches anew afterwards", () => {
    const phone = new Phone();
    const { seeker, last } = search(phone);
    phone.pass(5);
    seeker.setVisible(false);
    expect(phone.watches.size).toBe(0);
    phone.pass(600);
    expect(last()?.isOver).toBe(false);
    seeker.setVisible(true);
    expect(phone.watches.size).toBe(1);
    expect(last()).toMatchObject({ wasPaused: true, left_s: 10 });
    phone.pass(9);
    expect(last()).toMatchObject({ isOver: false, left_s: 1 });
    phone.pass(1);
    expect(last()?.isOver).toBe(true);
  });

  test("stops when it is told to, and hears nothing afterwards", () => {
    const phone = new Phone();
    const { seeker, heard } = search(phone);
    const [hear] = [...phone.watches.values()][0] ?? [];
    seeker.stop();
    const count = heard.length;
    hear?.({ coords: { latitude: 0, longitude: 0, accuracy: 1 }, timestamp: NOON } as unknown as GeolocationPosition);
    expect(heard.length).toBe(count);
    expect(seeker.search).toMatchObject({ isOver: true, best: null });
  });
});

describe("a browser's report", () => {
  const report = (coords: object, timestamp: number) => ({ coords, timestamp }) as unknown as GeolocationPosition;
  test("keeps what is stated and leaves out what is not", () => {
    const coords = { latitude: 1, longitude: 2, accuracy: 7.5, altitude: null, speed: NaN };
    expect(sampleOf(report(coords, NOON - 1500.4), NOON)).toEqual({
      position: { latitude: 1, longitude: 2 },
      accuracy_m: 7.5,
      altitude_m: null,
      speed_mps: null,
      fix_at_ms: NOON - 1500,
    });
  });
  test("with a time from another epoch is of now", () => {
    const coords = { latitude: 1, longitude: 2, accuracy: -1, altitude: 12, speed: 0 };
    const sent = sampleOf(report(coords, NOON - 978_307_200_000), NOON);
    expect(sent).toMatchObject({ fix_at_ms: NOON, accuracy_m: null, altitude_m: 12, speed_mps: 0 });
  });
});
