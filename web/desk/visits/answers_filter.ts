/** What the list of answers asks the server for. Without any filter: the work that waits. Pure. */
import type { QueryValues } from "../ui/use_answer";

export function answersQueryOf(query: URLSearchParams): QueryValues {
  const state = query.get("state");
  return {
    kind: query.get("kind") || undefined,
    handled: state === "all" ? undefined : state === "handled" ? "true" : "false",
    concern: query.get("about") === "all" ? undefined : "true",
    order: query.get("order") === "newest" ? "newest" : "urgency",
  };
}
