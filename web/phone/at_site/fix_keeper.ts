/** Keeps the best position while a site's screen is open, and hands it to each check-in. */
import type { Schema } from "../../shared/api/types";
import type { Enough, Sample } from "./fix_choice";
import { type FixSearch, type PositionSource, type Seeker, type Ticker, seekFix } from "./fix_seeker";

/** The limit of one search, which the technician sees count down. */
export const SEARCH_LIMIT_S = 15;

/** A position younger than this is where the technician still is. */
const KEEP_MS = 60_000;

/** A search that ended without a position is not begun anew for the step that waited behind it. */
const JUST_ENDED_MS = 2_000;

/** Before the first report. */
export const NOT_YET: FixSearch = {
  isOver: false,
  left_s: SEARCH_LIMIT_S,
  best: null,
  problem: null,
  wasPaused: false,
};

/** What the contract takes: the phone's own numbers, in the browser's datum, which is WGS-84. */
export function fixOf(sample: Sample | null): Schema<"Fix"> | null {
  if (!sample) return null;
  const within = (value: number | null, least: number, most: number): number | null =>
    value !== null && value >= least && value <= most ? value : null;
  return {
    ...sample.position,
    datum: "wgs84",
    /* Coarser than the contract can say is as good as not stated; the server then assumes its own. */
    accuracy_m: within(sample.accuracy_m, 0, 100_000),
    altitude_m: within(sample.altitude_m, -12_000, 100_000),
    speed_mps: within(sample.speed_mps, 0, 10_000),
    /* Browsers tell neither where a position comes from nor whether an app made it up. */
    provider: null,
    mocked: false,
    fix_at: new Date(sample.fix_at_ms).toISOString(),
  };
}

export class FixKeeper {
  readonly #source: PositionSource | null;
  readonly #ticker: Ticker;
  readonly #enough: Enough;
  readonly #onChange: (search: FixSearch) => void;
  #seeker: Seeker | null = null;
  #search: FixSearch = NOT_YET;
  #endedAt_ms = -Infinity;
  #waiting: (() => void)[] = [];

  constructor(source: PositionSource | null, ticker: Ticker, enough: Enough, onChange: (search: FixSearch) => void) {
    this.#source = source;
    this.#ticker = ticker;
    this.#enough = enough;
    this.#onChange = onChange;
  }

  get search(): FixSearch {
    return this.#search;
  }

  /** Begins a new search; one under way goes on. */
  start(): void {
    if (this.#seeker && !this.#search.isOver) return;
    this.#hear(NOT_YET);
    const onChange = (search: FixSearch): void => this.#hear(search);
    this.#seeker = seekFix({
      source: this.#source,
      ticker: this.#ticker,
      limit_s: SEARCH_LIMIT_S,
      enough: this.#enough,
      onChange,
    });
  }

  /** The last search's position while it still says where the technician is. */
  get recent(): Sample | null {
    const { best } = this.#search;
    return best && this.#ticker.now() - best.fix_at_ms <= KEEP_MS ? best : null;
  }

  /** Begins a search unless a position is at hand that still holds. */
  refresh(): void {
    if (this.#search.isOver && !this.recent) this.start();
  }

  /** The best position: at once when the search is over and it still holds, else at the end of a search. */
  async demand(): Promise<Sample | null> {
    if (!this.#seeker) this.start();
    if (this.#ticker.now() - this.#endedAt_ms > JUST_ENDED_MS) this.refresh();
    if (!this.#search.isOver) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#search.best;
  }

  /** Ends the search now, with what there is; who waits for it goes on. */
  settle(): void {
    this.#seeker?.stop();
  }

  setVisible(isVisible: boolean): void {
    this.#seeker?.setVisible(isVisible);
  }

  #hear(search: FixSearch): void {
    this.#search = search;
    this.#onChange(search);
    if (!search.isOver) return;
    this.#endedAt_ms = this.#ticker.now();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
