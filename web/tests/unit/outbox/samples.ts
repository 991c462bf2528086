import type { Schema } from "../../../shared/api/types";
import { ApiProblem, type Problem } from "../../../shared/api/problem";
import type { OutboxItem, OutboxStatus } from "../../../phone/outbox/items";
import type { Outcome } from "../../../phone/outbox/outcome";

export const USER = "0192f3a1-0000-7000-8000-000000000001";
export const waiting: OutboxStatus = { state: "waiting", attempts: 0, not_before_ms: 0, problem: null };
export const safe: OutboxStatus = {
  state: "safe",
  at_ms: 1,
  receipt: { received_at: null, sha256: null, verdict: null, findings: [], signed: null },
};
export const problem = (code: Problem["code"], status: number, retryable: boolean): Problem => ({
  type: `/problems/${code}`, title: code, status, detail: `it is ${code}`, code, retryable, request_id: "", errors: [],
  reason_code: null,
});
export const apiProblem = (code: Problem["code"], status: number, retryable: boolean, retryAfter: number | null = null) =>
  new ApiProblem(problem(code, status, retryable), retryAfter);
export const refused: OutboxStatus = {
  state: "refused",
  at_ms: 1,
  problem: { code: "invalid_field", reason_code: null, detail: "no", fields: [] },
};
export const accepted: Outcome = { kind: "safe", receipt: (safe as Extract<OutboxStatus, { state: "safe" }>).receipt };

const common = (id: string, minute: number, change: Partial<OutboxItem>) => ({
  id,
  user_id: USER,
  visit_id: "visit",
  title: "Site",
  captured_at: `2026-11-21T08:${String(minute).padStart(2, "0")}:00.000Z`,
  depends_on: [],
  revision: 0,
  status: waiting,
  ...change,
});

export const checkIn = (id: string, minute: number, change: Partial<OutboxItem> = {}): OutboxItem =>
  ({ ...common(id, minute, change), kind: "check_in", body: { id } }) as unknown as OutboxItem;
export const photo = (id: string, minute: number, change: Partial<OutboxItem> = {}): OutboxItem =>
  ({ ...common(id, minute, change), kind: "photo", photo_id: id, bytes: 1000, upload_url: null }) as OutboxItem;
export const sheet = (id: string, minute: number, change: Partial<OutboxItem> = {}): OutboxItem =>
  ({ ...common(id, minute, change), kind: "sheet", body: { version: 1 } }) as unknown as OutboxItem;
export const signature = (id: string, minute: number, change: Partial<OutboxItem> = {}): OutboxItem =>
  ({ ...common(id, minute, change), kind: "signature", body: { id } }) as unknown as OutboxItem;

export const site = {
  id: "0192f3a1-0000-7000-8000-0000000000aa",
  name: "Store 12",
  time_zone: "Asia/Shanghai",
} as Schema<"DaySite">;
