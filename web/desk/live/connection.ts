/**
 * The page's one stream of changes. It is opened when the first part of the page subscribes, and comes back with its
 * position after every break, so that nothing is missed; where the server cannot tell from a position, everybody is
 * told to read everything anew.
 */
import { ApiProblem, SessionEnded } from "../../shared/api/problem";
import { Observable } from "../../shared/ui/observable";
import { EventParser, type ServerEvent } from "./event_parser";

export interface Change {
  readonly kind: string;
  /** Null: more of this kind than were worth naming. */
  readonly id: string | null;
}

/** What changed; "everything": nobody knows. */
export type News = readonly Change[] | "everything";

export type LiveState =
  | { readonly kind: "connecting" }
  | { readonly kind: "connected" }
  /** Since when nothing is heard, by this machine's clock. */
  | { readonly kind: "broken"; readonly sinceMs: number }
  /** Nobody looks: the page is hidden, or other windows of this session took its place. */
  | { readonly kind: "paused"; readonly sinceMs: number };

/** What the connection needs of the world: tests bring their own. */
export interface LiveWorld {
  /** The answer's body, once its head has come. */
  readonly open: (position: string | null) => Promise<ReadableStream<Uint8Array>>;
  readonly now: () => number;
  /** Calls back later; returns how to prevent it. */
  readonly later: (run: () => void, ms: number) => () => void;
  readonly isHidden: () => boolean;
}

/** The server sends something every ten seconds. */
const SILENCE_MS = 25_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** A hidden page gives its stream back: browsers have few connections, servers few threads. */
const HIDDEN_MS = 60_000;

interface Subscriber {
  readonly kinds: ReadonlySet<string>;
  readonly take: (news: News) => void;
}

export class LiveConnection {
  readonly state = new Observable<LiveState>({ kind: "connecting" });
  readonly #subscribers = new Set<Subscriber>();
  #position: string | null = null;
  #reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  /** Counts streams: what an older one still says is not heard. */
  #turn = 0;
  #isWanted = false;
  #pauseMs = FIRST_PAUSE_MS;
  #cancelRetry: () => void = () => undefined;
  #cancelSilence: () => void = () => undefined;
  #cancelHiding: () => void = () => undefined;

  constructor(private readonly world: LiveWorld) {}

  /** Calls `take` with the changes of these kinds; returns how to end that. */
  subscribe(kinds: readonly string[], take: (news: News) => void): () => void {
    const subscriber = { kinds: new Set(kinds), take };
    this.#subscribers.add(subscriber);
    if (!this.#isWanted) {
      this.#isWanted = true;
      this.#connect();
    }
    return () => {
      this.#subscribers.delete(subscriber);
      if (this.#subscribers.size === 0) this.#stop();
    };
  }

  /** The page was hidden or shown, or the network came back. */
  onVisibility(): void {
    this.#cancelHiding();
    if (!this.#isWanted) return;
    if (this.world.isHidden()) this.#cancelHiding = this.world.later(() => this.#rest(), HIDDEN_MS);
    else if (this.state.value.kind !== "connected") this.retryNow();
  }

  /** Does not wait any longer before it tries again. */
  retryNow(): void {
    this.#pauseMs = FIRST_PAUSE_MS;
    if (this.#isWanted && this.#reader === null) this.#connect();
  }

  #connect(): void {
    this.#cancelRetry();
    const turn = ++this.#turn;
    void this.#follow(turn).catch((error: unknown) => {
      if (turn === this.#turn) this.#broke(error);
    });
  }

  async #follow(turn: number): Promise<void> {
    this.#listenForSilence(turn);
    const stream = await this.world.open(this.#position);
    const reader = stream.getReader();
    if (turn !== this.#turn) return void reader.cancel().catch(() => undefined);
    this.#reader = reader;
    const parser = new EventParser();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (turn !== this.#turn) return;
      if (done) throw new Error("the stream ended");
      this.#listenForSilence(turn);
      for (const event of parser.take(decoder.decode(value, { stream: true }))) {
        if (this.#take(event) === "over") return;
      }
    }
  }

  #take(event: ServerEvent): "over" | undefined {
    if (event.id !== null) this.#position = event.id;
    if (event.name === "start_over") this.#tell("everything");
    else if (event.name === "changes") this.#tell((JSON.parse(event.data) as { changes: Change[] }).changes);
    else if (event.name === "ready") {
      this.#pauseMs = FIRST_PAUSE_MS;
      this.state.set({ kind: "connected" });
    } else if (event.name === "end") return this.#ended((JSON.parse(event.data) as { reason: string }).reason);
    return undefined;
  }

  #ended(reason: string): "over" {
    if (reason === "replaced") this.#rest();
    else {
      this.#drop();
      this.#cancelRetry = this.world.later(() => this.#connect(), reason === "stopping" ? FIRST_PAUSE_MS : 0);
    }
    return "over";
  }

  #tell(news: News): void {
    for (const { kinds, take } of [...this.#subscribers]) {
      if (news === "everything") take(news);
      else {
        const wanted = news.filter(({ kind }) => kinds.has(kind));
        if (wanted.length > 0) take(wanted);
      }
    }
  }

  #listenForSilence(turn: number): void {
    this.#cancelSilence();
    this.#cancelSilence = this.world.later(() => {
      if (turn !== this.#turn) return;
      this.#broke(new Error("silence"));
    }, SILENCE_MS);
  }

  /** Ends the stream that there is. */
  #drop(): void {
    this.#turn += 1;
    this.#cancelSilence();
    this.#cancelRetry();
    void this.#reader?.cancel().catch(() => undefined);
    this.#reader = null;
  }

  #broke(error: unknown): void {
    this.#drop();
    const before = this.state.value;
    if (before.kind !== "broken") this.state.set({ kind: "broken", sinceMs: this.world.now() });
    if (error instanceof SessionEnded) return; // the page asks to log in
    const wish = error instanceof ApiProblem ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    const pauseMs = Math.max(wish, this.#pauseMs * (0.5 + Math.random() / 2)); // not all desks at once
    this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
    this.#cancelRetry = this.world.later(() => this.#connect(), pauseMs);
  }

  #rest(): void {
    this.#drop();
    this.state.set({ kind: "paused", sinceMs: this.world.now() });
  }

  #stop(): void {
    this.#isWanted = false;
    this.#cancelHiding();
    this.#drop();
    this.#position = null; // what comes next reads everything by itself
    this.state.set({ kind: "connecting" });
  }
}
