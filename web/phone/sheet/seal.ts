/** Where a signature stands on its way to the server. Pure. */
import type { SignatureDraft } from "../local/types";
import type { OutboxItem, Refusal } from "../outbox/items";
import { byId, isHeldBack } from "../outbox/order";

export type Seal =
  /** `isAwaited`: the server has it not yet, for want of what comes before it. */
  | { is: "waiting"; isAwaited: boolean }
  /** What it belongs to was refused. */
  | { is: "held_back" }
  | { is: "sealed"; at: string }
  | { is: "refused"; problem: Refusal }
  /** Not in the outbox any more: sealed long ago, or put away by the technician. */
  | { is: "gone" };

const AWAITED: ReadonlySet<Refusal["code"]> = new Set(["not_yet_here", "out_of_order", "evidence_awaited"]);

export function sealOf(signature: SignatureDraft, items: readonly OutboxItem[]): Seal {
  const item = items.find(({ id }) => id === signature.id);
  if (!item) return { is: "gone" };
  const { status } = item;
  switch (status.state) {
    case "safe":
      return { is: "sealed", at: status.receipt.received_at ?? new Date(status.at_ms).toISOString() };
    case "refused":
      return { is: "refused", problem: status.problem };
    case "waiting":
      if (isHeldBack(item, byId(items))) return { is: "held_back" };
      return { is: "waiting", isAwaited: status.problem !== null && AWAITED.has(status.problem.code) };
  }
}
