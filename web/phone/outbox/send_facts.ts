/** Facts in one request: POST /v1/sync judges each by itself. */
import type { ApiClient } from "../../shared/api/client";
import { ApiProblem, problemOfStatus } from "../../shared/api/problem";
import type { Schema } from "../../shared/api/types";
import type { FactItem } from "./order";
import { type Outcome, outcomeOfProblem, receiptOfFact } from "./outcome";
import { newId } from "../../shared/new_id";

/** The contract calls a body an object; which one follows from the operation. */
export type SyncOperation = Omit<Schema<"SyncOperation">, "body"> & { body: object };
type SyncResult = Schema<"SyncResult">;

/** The operation that an item stands for. `sent_at` is the only thing that differs from attempt to attempt. */
export function operationOf(item: FactItem, now: Date): SyncOperation {
  const { body, captured_at: queued_at } = item;
  switch (item.kind) {
    case "check_in":
      return { id: item.id, queued_at, operation: "createCheckIn", body: { ...body, sent_at: now.toISOString() } };
    case "sheet": {
      // Named by visit and version on the phone; the request wants a UUID, to find the answer by.
      const parameters = { visit_id: item.visit_id };
      return { id: newId(), queued_at, operation: "putSheet", parameters, body };
    }
    case "signature":
      return { id: item.id, queued_at, operation: "signSheet", parameters: { visit_id: item.visit_id }, body };
    case "transition": {
      const parameters = { work_order_id: item.work_order_id };
      return { id: item.id, queued_at, operation: "transitionWorkOrder", parameters, body };
    }
    case "on_the_way": {
      const parameters = { work_order_id: item.work_order_id };
      return { id: item.id, queued_at, operation: "reportOnTheWay", parameters, body };
    }
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
  const operations = items.map((item) => operationOf(item, now));
  try {
    const { body } = await client.call<"syncBatch">({ method: "POST", path: "/v1/sync", json: { operations } });
    const results = new Map(body.results.map((result) => [result.id, result]));
    return items.map((item, i) => [item, outcomeOfResult(results.get(operations[i]?.id ?? null))]);
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
