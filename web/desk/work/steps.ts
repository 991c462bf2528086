/** Which steps may be offered: docs/work-orders.md, for the roles of the desk; a test compares the two. The server decides. */
import type { Schema } from "../../shared/api/types";

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

export function stepsFrom(state: State, role: Schema<"Role">, hasAssignees: boolean): readonly Step[] {
  const isManager = role === "manager" || role === "administrator";
  return STEPS.filter(
    ({ from, needsAssignees, isForManagers }) => from === state && (isManager || !isForManagers) && (hasAssignees || !needsAssignees),
  );
}
