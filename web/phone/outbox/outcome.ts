/** What became of an attempt to send. */
import { ApiProblem, NetworkFailure, type Problem } from "../../shared/api/problem";
import { backOffMs } from "./back_off";
import type { OutboxStatus, Receipt, Refusal } from "./items";

export type Outcome =
  | { kind: "safe"; receipt: Receipt }
  | { kind: "refused"; problem: Refusal }
  | { kind: "later"; problem: Refusal; retryAfterSeconds: number | null };

/** Keeps of a problem what the technician, or support, may ask about later. */
export function refusalOf(problem: Problem): Refusal {
  return {
    code: problem.code,
    reason_code: problem.reason_code,
    detail: problem.detail,
    fields: problem.errors.slice(0, 8).map(({ pointer, detail }) => ({ pointer, detail })),
  };
}

export function localRefusal(code: Refusal["code"], detail: string): Refusal {
  return { code, reason_code: null, detail, fields: [] };
}

/** A refusal of one item: for good only when the server says that the same can never succeed. */
export function outcomeOfProblem({ problem, retryAfterSeconds }: ApiProblem): Outcome {
  return problem.retryable
    ? { kind: "later", problem: refusalOf(problem), retryAfterSeconds }
    : { kind: "refused", problem: refusalOf(problem) };
}

/** A receipt from the answer to a fact: all of them say when it came, some also what it amounts to. */
export function receiptOfFact(body: unknown, atMs: number): Receipt {
  const answer = (body ?? {}) as Record<string, unknown>;
  // Of a signature, the answer is the sheet.
  const signature = (answer.signature ?? {}) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  return {
    received_at: text(answer.received_at) ?? text(signature.received_at) ?? text(answer.updated_at) ?? new Date(atMs).toISOString(),
    sha256: null,
    verdict: text(answer.verdict) as Receipt["verdict"],
    findings: Array.isArray(answer.findings) ? (answer.findings as Receipt["findings"]) : [],
    signed: null,
  };
}

/** The status of an item after an attempt. */
export function statusAfter(outcome: Outcome, attempts: number, nowMs: number, random: number): OutboxStatus {
  switch (outcome.kind) {
    case "safe":
      return { state: "safe", at_ms: nowMs, receipt: outcome.receipt };
    case "refused":
      return { state: "refused", at_ms: nowMs, problem: outcome.problem };
    case "later": {
      const wait = backOffMs(attempts + 1, random, outcome.retryAfterSeconds);
      return { state: "waiting", attempts: attempts + 1, not_before_ms: nowMs + wait, problem: outcome.problem };
    }
  }
}

/** True for what is nobody's fault but the network's: nothing was judged, and nothing else would get through. */
export function isTransportFailure(error: unknown): boolean {
  return error instanceof NetworkFailure || (error instanceof ApiProblem && error.problem.retryable);
}
