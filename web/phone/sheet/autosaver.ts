/** Keeps what is being written: soon after each change, at once when the page may be about to die. */

/** What the screen says: nothing may be "saved" that is not on the phone's flash. */
export type SaveState = { is: "saved" } | { is: "saving" } | { is: "failed"; error: unknown };

/** Milliseconds of quiet after which a change is written. */
const QUIET_MS = 300;

/** Writes the latest of many values, one write at a time, in the order of the changes. */
export class Autosaver<Value> {
  #pending: { value: Value } | null = null;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  /**
   * @param save     resolves when the value is durable
   * @param onChange hears of every change of the state
   */
  constructor(
    private readonly save: (value: Value) => Promise<unknown>,
    private readonly onChange: (state: SaveState) => void,
  ) {}

  /** Whether something is not durable yet. */
  get isDirty(): boolean {
    return this.#pending !== null || this.#running !== null;
  }

  /** The value as it is now; written after a moment of quiet. */
  change(value: Value): void {
    this.#pending = { value };
    this.onChange({ is: "saving" });
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), QUIET_MS);
  }

  /** Writes now what waits; resolves when all is durable, or could not be written (see the state). */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#running ??= this.#drain().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#pending) {
      const { value } = this.#pending;
      this.#pending = null;
      try {
        await this.save(value);
      } catch (error) {
        // Unless something newer came meanwhile, this is what the next attempt writes.
        this.#pending ??= { value };
        this.onChange({ is: "failed", error });
        return;
      }
    }
    this.onChange({ is: "saved" });
  }
}
