/** Facts in one request: POST /v1/sync judges each by itself. */
import type { ApiClient } from "../../shared/api/client";
import { ApiProblem, type Problem, problemOfStatus } from "../../shared/api/problem";
import type { FactItem } from "./order";
import { type Outcome, outcomeOfProblem, receiptOfFact } from "./outcome";

export interface SyncOperation {
  id: string;
  operation: "createCheckIn" | "putSheet" | "signSheet" | "transitionWorkOrder";
  parameters: Record<string, string>;
  body: unknown;
}

export interface SyncResult {
  id: string;
  outcome: "accepted" | "replayed" | "refused" | "retry_later";
  status: number;
  problem: Problem | null;
  body: unknown;
  retry_after_s: number | null;
}

/** The operation that an item stands for. `sent_at` is the only thing that differs from attempt to attempt. */
export function operationOf(item: FactItem, now: Date): SyncOperation {
  switch (item.kind) {
    case "check_in":
      return {
        id: item.id,
        operation: "createCheckIn",
        parameters: {},
        body: { ...item.body, sent_at: now.toISOString() },
      };
    case "sheet":
      return { id: item.id, operation: "putSheet", parameters: { visit_id: item.visit_id }, body: item.body };
    case "signature":
      return { id: item.id, operation: "signSheet", parameters: { visit_id: item.visit_id }, body: item.body };
    case "transition":
      return {
        id: item.id,
        operation: "transitionWorkOrder",
        parameters: { work_order_id: item.work_order_id },
        body: item.body,
      };
  }
}

function outcomeOfResult(result: SyncResult | undefined): Outcome {
  if (result?.outcome === "accepted" || result?.outcome === "replayed") {
    return { kind: "safe", receipt: receiptOfFact(result.body, Date.now()) };
  }
  const problem = result?.problem ?? problemOfStatus(503);
  // The outcome decides, whatever the problem inside says.
  const retryable = result?.outcome !== "refused";
  return outcomeOfProblem(new ApiProblem({ ...problem, retryable }, result?.retry_after_s ?? null));
}

/** True for what any request would be answered with just now. A failure inside may be one item's doing. */
function isAboutTheServer({ problem }: ApiProblem): boolean {
  return problem.retryable && problem.code !== "internal";
}

/**
 * Sends the facts and says of each what became of it, in order.
 *
 * @throws what ApiClient.call throws when the request as a whole did not get through
 */
export async function sendFacts(client: ApiClient, items: FactItem[]): Promise<[FactItem, Outcome][]> {
  const now = new Date();
  try {
    const response = await client.send({
      method: "POST",
      path: "/v1/sync",
      json: { operations: items.map((item) => operationOf(item, now)) },
    });
    const { results } = (await response.json()) as { results: SyncResult[] };
    return items.map((item) => [item, outcomeOfResult(results.find((result) => result.id === item.id))]);
  } catch (error) {
    if (!(error instanceof ApiProblem) || isAboutTheServer(error)) throw error;
    const [first] = items;
    if (first && items.length === 1) return [[first, outcomeOfProblem(error)]];
    // One of them spoils the request; alone, each stands for itself.
    const outcomes: [FactItem, Outcome][] = [];
    for (const item of items) outcomes.push(...(await sendFacts(client, [item])));
    return outcomes;
  }
}
