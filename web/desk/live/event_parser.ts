/** Server-sent events out of pieces of text, as they arrive. Pure. */

export interface ServerEvent {
  readonly name: string;
  /** The position that it brings its reader to; null: it says none. */
  readonly id: string | null;
  readonly data: string;
}

/** Keeps what has no end yet until the next piece brings it. */
export class EventParser {
  #rest = "";
  #name = "";
  #id: string | null = null;
  #data: string[] = [];

  /** The events that this piece completes. */
  take(piece: string): ServerEvent[] {
    const lines = (this.#rest + piece).split("\n");
    this.#rest = lines.pop() ?? "";
    const events: ServerEvent[] = [];
    for (const line of lines) {
      if (line === "") {
        if (this.#data.length > 0) events.push({ name: this.#name, id: this.#id, data: this.#data.join("\n") });
        this.#name = "";
        this.#id = null;
        this.#data = [];
      } else {
        this.#field(line);
      }
    }
    return events;
  }

  #field(line: string): void {
    const colon = line.indexOf(":");
    if (colon === 0) return; // a heartbeat
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") this.#name = value;
    else if (name === "id") this.#id = value;
    else if (name === "data") this.#data.push(value);
  }
}
