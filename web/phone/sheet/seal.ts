/** Where a signature stands on its way to the server. Pure. */
import type { SignatureDraft } from "../local/types";
import type { OutboxItem, Refusal } from "../outbox/items";
import { byId, isHeldBack } from "../outbox/order";

export type Seal =
  | { is: "waiting" }
  /** What it belongs to was refused. */
  | { is: "held_back" }
  | { is: "sealed"; at: string }
  | { is: "refused"; problem: Refusal }
  /** Not in the outbox any more: sealed long ago, or put away by the technician. */
  | { is: "gone" };

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
      return { is: isHeldBack(item, byId(items)) ? "held_back" : "waiting" };
  }
}
