/** Which steps may be offered: docs/work-orders.md, for the roles of the desk; a test compares the two. The server decides. */
import type { Schema } from "../../shared/api/types";
import { t } from "../../shared/i18n/i18n";
import { stepWords as words } from "../words/steps";

export type State = Schema<"WorkOrderState">;

export interface Step {
  readonly from: State;
  readonly to: State;
  readonly needsReason: boolean;
  readonly needsAssignees: boolean;
  /** Only for managers and administrators. */
  readonly isForManagers: boolean;
}

const step = (from: State, to: State, needs: "" | "reason" | "assignees" | "both" = "", isForManagers = false): Step => ({
  from, to, needsReason: needs === "reason" || needs === "both", needsAssignees: needs === "assignees" || needs === "both", isForManagers,
});

export const STEPS: readonly Step[] = [
  step("new", "assigned", "assignees"),
  step("assigned", "accepted"),
  step("assigned", "on_site"),
  step("accepted", "on_site"),
  step("accepted", "assigned", "both"),
  step("accepted", "unresolved", "reason"),
  step("on_site", "done"),
  step("on_site", "partly_done"),
  step("on_site", "unresolved", "reason"),
  step("partly_done", "on_site"),
  step("unresolved", "on_site"),
  step("done", "assigned", "both"),
  step("partly_done", "assigned", "both"),
  step("unresolved", "assigned", "both"),
  step("done", "closed"),
  step("partly_done", "closed"),
  step("unresolved", "closed"),
  step("closed", "assigned", "both", true),
  step("new", "cancelled", "reason"),
  step("assigned", "cancelled", "reason"),
  step("accepted", "cancelled", "reason"),
  step("on_site", "cancelled", "reason"),
  step("cancelled", "new", "reason"),
];

/** What the button of a step does, in words. */
export function stepName(from: State, to: State): string {
  const isAgain = from === "partly_done" || from === "unresolved";
  switch (to) {
    case "new":
      return t(words.restore);
    case "assigned":
      if (from === "new") return t(words.assign);
      if (from === "accepted") return t(words.takeBack);
      return t(from === "closed" ? words.reopen : words.dispatchAgain);
    case "on_site":
      return t(isAgain ? words.arriveAgain : words.arrive);
    case "accepted":
      return t(words.accept);
    case "done":
      return t(words.complete);
    case "partly_done":
      return t(words.completePartly);
    case "unresolved":
      return t(words.leaveUnresolved);
    case "closed":
      return t(words.close);
    case "cancelled":
      return t(words.cancel);
  }
}

export function stepsFrom(state: State, role: Schema<"Role">, hasAssignees: boolean): readonly Step[] {
  const isManager = role === "manager" || role === "administrator";
  return STEPS.filter(
    ({ from, needsAssignees, isForManagers }) => from === state && (isManager || !isForManagers) && (hasAssignees || !needsAssignees),
  );
}
