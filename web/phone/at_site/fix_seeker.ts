/**
 * Looks for the best position within a limit that the technician sees, and never longer.
 *
 * The limit is a countdown of time in which the app is visible: phones stop their receiver for apps
 * in the background, so time spent there is not counted, and the watch is begun anew on return.
 */
import { type Enough, type Sample, betterOf, isEnough } from "./fix_choice";

/** What kept the phone from giving a (better) position. */
export type FixProblem =
  /** The technician, the phone or the company's policy forbids it to this site. */
  | "denied"
  /** Location is switched off, or there is no signal at all. */
  | "unavailable"
  /** The phone tried and found nothing in time. */
  | "timed_out"
  /** The browser has no geolocation here (no HTTPS). */
  | "unsupported";

export interface FixSearch {
  readonly isOver: boolean;
  /** Whole seconds of the countdown that are left. */
  readonly left_s: number;
  readonly best: Sample | null;
  readonly problem: FixProblem | null;
  /** The app was in the background meanwhile, where phones give no positions. */
  readonly wasPaused: boolean;
}

/** The part of navigator.geolocation that is used; tests give their own. */
export type PositionSource = Pick<Geolocation, "watchPosition" | "clearWatch">;

/** The clock and timers; tests give their own. */
export interface Ticker {
  now(): number;
  every(interval_ms: number, call: () => void): () => void;
}

export interface SeekOptions {
  readonly source: PositionSource | null;
  readonly ticker: Ticker;
  readonly limit_s: number;
  readonly enough: Enough;
  readonly onChange: (search: FixSearch) => void;
}

export interface Seeker {
  readonly search: FixSearch;
  /** The app went to the background (false) or is back (true). */
  setVisible(isVisible: boolean): void;
  /** Ends the search now, with what there is. */
  stop(): void;
}

/** Longer than the countdown: its end is ours, not the browser's. */
const WATCH_TIMEOUT_SLACK_MS = 5_000;

/** No cached position: it may be from the last site. */
const WATCH_OPTIONS: PositionOptions = { enableHighAccuracy: true, maximumAge: 0 };

/** A stated time farther than this from now is not one: old iPhones count from 2001. */
const PLAUSIBLE_AGE_MS = 86_400_000;

/** Null and NaN both stand for "not stated". */
function stated(value: number | null | undefined): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A browser's report as a sample; its time falls back to the moment of its arrival. */
export function sampleOf(report: GeolocationPosition, now_ms: number): Sample {
  const { coords, timestamp } = report;
  const accuracy_m = stated(coords.accuracy);
  const speed_mps = stated(coords.speed);
  return {
    position: { latitude: coords.latitude, longitude: coords.longitude },
    accuracy_m: accuracy_m !== null && accuracy_m >= 0 ? accuracy_m : null,
    altitude_m: stated(coords.altitude),
    speed_mps: speed_mps !== null && speed_mps >= 0 ? speed_mps : null,
    fix_at_ms: Math.abs(timestamp - now_ms) > PLAUSIBLE_AGE_MS ? now_ms : Math.round(timestamp),
  };
}

function problemOf(error: Pick<GeolocationPositionError, "code">): FixProblem {
  if (error.code === 1) return "denied";
  return error.code === 3 ? "timed_out" : "unavailable";
}

/** Begins a search; `onChange` hears of every change, for the last time when it is over. */
export function seekFix(options: SeekOptions): Seeker {
  const { source, ticker, enough } = options;
  let best: Sample | null = null;
  let problem: FixProblem | null = null;
  let spent_ms = 0;
  let seenAt_ms = ticker.now();
  let isVisible = true;
  let wasPaused = false;
  let isOver = false;
  let watch: number | null = null;

  const left_s = (): number => Math.max(0, Math.ceil(options.limit_s - spent_ms / 1000));
  const search = (): FixSearch => ({ isOver, left_s: isOver ? 0 : left_s(), best, problem, wasPaused });
  const tell = (): void => options.onChange(search());

  const unwatch = (): void => {
    if (watch !== null) source?.clearWatch(watch);
    watch = null;
  };
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    unwatch();
    stopTicking();
    if (!best && !problem) problem = "timed_out";
    tell();
  };
  const hear = (report: GeolocationPosition): void => {
    if (isOver) return;
    const now_ms = ticker.now();
    best = betterOf(best, sampleOf(report, now_ms), now_ms);
    problem = null;
    if (isEnough(best, now_ms, enough)) end();
    else tell();
  };
  const fail = (error: GeolocationPositionError): void => {
    if (isOver) return;
    problem = problemOf(error);
    /* Only a refusal is final; a receiver without a signal may still find one. */
    if (problem === "denied") end();
    else tell();
  };
  const startWatch = (): void => {
    if (!source || watch !== null) return;
    const timeout = options.limit_s * 1000 + WATCH_TIMEOUT_SLACK_MS;
    watch = source.watchPosition(hear, fail, { ...WATCH_OPTIONS, timeout });
  };
  const tick = (): void => {
    const now_ms = ticker.now();
    if (isVisible) spent_ms += Math.max(0, now_ms - seenAt_ms);
    seenAt_ms = now_ms;
    if (spent_ms >= options.limit_s * 1000) end();
    else if (isVisible) tell();
  };
  const stopTicking = ticker.every(500, tick);

  if (source) startWatch();
  else {
    problem = "unsupported";
    end();
  }
  return {
    get search() {
      return search();
    },
    setVisible(visible: boolean): void {
      if (isOver || visible === isVisible) return;
      tick();
      isVisible = visible;
      seenAt_ms = ticker.now();
      unwatch();
      if (!visible) return;
      wasPaused = true;
      startWatch();
      tell();
    },
    stop: end,
  };
}

/** The browser's own clock and timers. */
export const browserTicker: Ticker = {
  now: () => Date.now(),
  every(interval_ms, call) {
    const timer = setInterval(call, interval_ms);
    return () => clearInterval(timer);
  },
};
