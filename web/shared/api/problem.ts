import type { Schema } from "./types";

export type Problem = Schema<"Problem">;

/** The server answered, and said no. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  constructor(
    readonly problem: Problem,
    /** Seconds that the server asks to wait (Retry-After); null when it does not say. */
    readonly retryAfterSeconds: number | null,
  ) {
    super(`${problem.code}: ${problem.detail}`);
  }
}

/** No answer came: no network, or it broke. */
export class NetworkFailure extends Error {
  override readonly name = "NetworkFailure";
}

/** Nobody is logged in, or the session was ended: only a log-in helps. */
export class SessionEnded extends Error {
  override readonly name = "SessionEnded";
}

/** Decodes an answer that is no success. One without a problem inside comes from something in between. */
export async function decodeProblem(response: Response): Promise<ApiProblem> {
  const seconds = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  const retryAfter = Number.isFinite(seconds) ? seconds : null;
  const isProblem = (response.headers.get("Content-Type") ?? "").startsWith("application/problem+json");
  const text = await response.text().catch(() => "");
  if (isProblem) {
    try {
      return new ApiProblem(JSON.parse(text) as Problem, retryAfter);
    } catch {
      // Cut short on its way: as unreadable as one of another kind.
    }
  }
  return new ApiProblem(problemOfStatus(response.status), retryAfter);
}

/** What is known of an answer by its status alone: a proxy's error page, a captive portal. */
export function problemOfStatus(status: number): Problem {
  return {
    type: "about:blank",
    title: "Unreadable answer",
    status,
    detail: `Status ${status} without an explanation.`,
    code: status >= 500 ? "unavailable" : "malformed_request",
    // What did not come from our server says nothing about the request.
    retryable: true,
    request_id: "",
    errors: [],
    reason_code: null,
  };
}
