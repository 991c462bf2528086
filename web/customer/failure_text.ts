import { ApiProblem } from "../shared/api/problem";
import { t } from "../shared/i18n/i18n";
import { pageWords as words } from "./words/page";

/** What went wrong, as a customer would say it. */
export function failureText(error: unknown): string {
  if (!(error instanceof ApiProblem)) return t(words.noNetwork);
  const { code, detail, retryable } = error.problem;
  if (code === "link_expired") return t(words.expired);
  if (code === "not_found") return t(words.unknown);
  if (code === "too_many_requests") return t(words.tooMany, { seconds: error.retryAfterSeconds ?? 60 });
  return retryable ? t(words.unavailable) : t(words.refused, { detail });
}

/** Whether asking again can help. */
export const isFinal = (error: unknown): boolean => error instanceof ApiProblem && !error.problem.retryable;
