import { ApiProblem, NetworkFailure, SessionEnded } from "../shared/api/problem";
import { t } from "../shared/i18n/i18n";
import { problems } from "./words/problems";

/** An error of the API client in words for the technician. */
export function problemText(error: unknown): string {
  if (error instanceof NetworkFailure) return t(problems.noNetwork);
  if (error instanceof SessionEnded) return t(problems.sessionEnded);
  if (!(error instanceof ApiProblem)) return t(problems.other, { detail: String(error) });
  switch (error.problem.code) {
    case "log_in_failed":
      return t(problems.logInFailed);
    case "enrolment_failed":
      return t(problems.enrolmentFailed);
    case "device_revoked":
      return t(problems.deviceRevoked);
    case "too_many_requests":
      return t(problems.tooManyAttempts);
    case "internal":
    case "unavailable":
    case "storage_full":
      return t(problems.unavailable);
    default:
      return t(problems.other, { detail: error.problem.errors[0]?.detail ?? error.problem.detail });
  }
}
