/** An item as the outbox screen shows it. */
import type { OutboxItem, Receipt, Refusal } from "./items";
import type { SenderNews } from "./news";
import { blockersOf, byId, isHeldBack } from "./order";

export type ItemView =
  | { state: "waiting"; reason: "turn" | "other_item" | "metered" | "log_in_needed" }
  | { state: "sending"; percent: number }
  | { state: "safe"; atMs: number; receipt: Receipt }
  | { state: "refused"; problem: Refusal }
  /** What it belongs to was refused: it is kept, and goes when that is solved. */
  | { state: "held_back" }
  | { state: "retry_later"; atMs: number; problem: Refusal | null };

export function viewItem(item: OutboxItem, all: ReadonlyMap<string, OutboxItem>, news: SenderNews, nowMs: number): ItemView {
  const { status } = item;
  if (status.state === "safe") return { state: "safe", atMs: status.at_ms, receipt: status.receipt };
  if (status.state === "refused") return { state: "refused", problem: status.problem };
  if (isHeldBack(item, all)) return { state: "held_back" };
  if (news.pause?.why === "log_in_needed") return { state: "waiting", reason: "log_in_needed" };
  const share = news.sharesById[item.id];
  if (share !== undefined) return { state: "sending", percent: Math.min(99, Math.floor(share * 100)) };
  if (status.not_before_ms > nowMs) return { state: "retry_later", atMs: status.not_before_ms, problem: status.problem };
  if (blockersOf(item, all).length > 0) return { state: "waiting", reason: "other_item" };
  if (news.pause?.why === "no_way") return { state: "retry_later", atMs: news.pause.until_ms, problem: null };
  if (item.kind === "photo" && news.arePhotosPaused) return { state: "waiting", reason: "metered" };
  return { state: "waiting", reason: "turn" };
}

export interface OutboxSummary {
  unsent: number;
  refused: number;
  bytesUnsent: number;
}

export function summarise(items: readonly OutboxItem[]): OutboxSummary {
  const unsent = items.filter((item) => item.status.state === "waiting");
  return {
    unsent: unsent.length,
    refused: items.filter((item) => item.status.state === "refused").length,
    bytesUnsent: unsent.reduce((sum, item) => sum + (item.kind === "photo" ? item.bytes : 0), 0),
  };
}

/** Safe items are shown for this long. */
const SHOW_SAFE_MS = 2 * 24 * 60 * 60_000;

/** The outbox by visit, newest first; within one: what needs the technician first, what is safe last. */
export function groupOutbox(
  items: readonly OutboxItem[],
  nowMs: number,
): { key: string; title: string; items: OutboxItem[] }[] {
  const shown = items.filter(({ status }) => status.state !== "safe" || status.at_ms > nowMs - SHOW_SAFE_MS);
  const urgency = { refused: 0, waiting: 1, safe: 2 } as const;
  const groups = new Map<string, OutboxItem[]>();
  for (const item of shown.sort((a, b) => b.captured_at.localeCompare(a.captured_at))) {
    const key = item.visit_id ?? item.id;
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups].map(([key, members]) => ({
    key,
    title: members[0]?.title ?? "",
    items: members.sort((a, b) => urgency[a.status.state] - urgency[b.status.state]),
  }));
}

export { byId };
