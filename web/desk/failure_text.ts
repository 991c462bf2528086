import { ApiProblem, NetworkFailure, SessionEnded } from "../shared/api/problem";
import { t } from "../shared/i18n/i18n";
import { NotForThisRole } from "./session";
import { desk as words } from "./words/desk";

/** An error of the API client in words for the manager. */
export function failureText(error: unknown): string {
  if (error instanceof NotForThisRole) return t(words.notForRole);
  if (error instanceof NetworkFailure || error instanceof SessionEnded) return t(words.noNetwork);
  if (!(error instanceof ApiProblem)) return String(error);
  const { code, detail, errors } = error.problem;
  if (code === "log_in_failed") return t(words.logInFailed);
  if (code === "too_many_requests") return t(words.tooMany, { seconds: error.retryAfterSeconds ?? 60 });
  return t(words.refused, { detail: errors[0]?.detail ?? detail });
}
