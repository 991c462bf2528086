/**
 * Decisions on their way to the server. Each is kept in the browser's storage until the server has it, and
 * is sent under one id, so that a lost answer or a reload neither loses nor doubles it. They go out one
 * after the other: what is undone comes after what it undoes.
 */
import { ApiProblem } from "../../shared/api/problem";
import type { BodyOf, Schema } from "../../shared/api/types";

export type Verdict = Schema<"Decision">;

export interface Decision {
  /** The review's id. */
  readonly id: string;
  readonly photoId: string;
  readonly kind: Schema<"ReviewDecision">;
  readonly reason: string | null;
  /** What the manager saw as decided before. */
  readonly seen: Verdict | null;
  /** Of a withdrawal: the review that it takes back, and no other. */
  readonly undoes?: string;
}

/** What became of a decision. */
export interface Outcome {
  readonly decision: Decision;
  /** Null: it counts. Else why not, in the server's words. */
  readonly refusal: string | null;
}

export interface DecisionStore {
  read(): Decision[];
  write(decisions: readonly Decision[]): void;
}

type Post = (decision: Decision, body: BodyOf<"reviewPhoto">) => Promise<unknown>;

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

export class DecisionQueue {
  readonly #store: DecisionStore;
  readonly #post: Post;
  readonly #pause: (ms: number) => Promise<void>;
  #isSending = false;
  /** Called when a decision was settled, and when the number of unsent ones changes. */
  onChange: (unsent: number) => void = () => undefined;
  onOutcome: (outcome: Outcome) => void = () => undefined;

  constructor(store: DecisionStore, post: Post, pause: (ms: number) => Promise<void>) {
    this.#store = store;
    this.#post = post;
    this.#pause = pause;
  }

  get unsent(): number {
    return this.#store.read().length;
  }

  /** What they are about. */
  get unsentPhotos(): readonly string[] {
    return this.#store.read().map(({ photoId }) => photoId);
  }

  /** Keeps the decision, then sends it as soon as can be. */
  add(decision: Decision): void {
    this.#store.write([...this.#store.read(), decision]);
    this.onChange(this.unsent);
    void this.send();
  }

  /** Sends everything that is kept, until nothing is left. */
  async send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    let pause = FIRST_PAUSE_MS;
    for (let next = this.#store.read()[0]; next; next = this.#store.read()[0]) {
      const refusal = await this.#try(next);
      if (refusal === undefined) {
        await this.#pause(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        continue;
      }
      pause = FIRST_PAUSE_MS;
      this.#settle({ decision: next, refusal });
    }
    this.#isSending = false;
  }

  #settle(outcome: Outcome): void {
    this.#store.write(this.#store.read().filter(({ id }) => id !== outcome.decision.id));
    this.onChange(this.unsent);
    this.onOutcome(outcome);
  }

  /** Null: it counts; a text: it was refused; undefined: to be tried again. */
  async #try(decision: Decision): Promise<string | null | undefined> {
    const { id, kind, reason, seen, undoes } = decision;
    try {
      await this.#post(decision, { id, decision: kind, reason, seen_decision: seen, ...(undoes && { seen_review_id: undoes }) });
      return null;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.problem.retryable) return undefined;
      return error.problem.errors[0]?.detail ?? error.problem.detail;
    }
  }
}

/** In the browser's storage; every person's apart, so that nobody sends another one's decisions. */
export function browserDecisions(personId: string): DecisionStore {
  const key = `fieldproof.desk.decisions.${personId}`;
  return {
    read: () => JSON.parse(localStorage.getItem(key) ?? "[]") as Decision[],
    write: (decisions) => localStorage.setItem(key, JSON.stringify(decisions)),
  };
}
