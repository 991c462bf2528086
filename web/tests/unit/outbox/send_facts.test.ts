import { describe, expect, test } from "vitest";
import type { ApiClient, ApiRequest } from "../../../shared/api/client";
import type { Schema } from "../../../shared/api/types";
import { NetworkFailure } from "../../../shared/api/problem";
import { operationOf, sendFacts, type SyncOperation } from "../../../phone/outbox/send_facts";
import type { FactItem } from "../../../phone/outbox/order";
import { apiProblem, checkIn, problem } from "./samples";

type SyncResult = Omit<Schema<"SyncResult">, "body"> & { body: object | null };
type Server = (operations: SyncOperation[]) => SyncResult[] | Error;

function clientOf(server: Server) {
  const requests: SyncOperation[][] = [];
  const call = async (request: ApiRequest) => {
    const { operations } = request.json as { operations: SyncOperation[] };
    requests.push(operations);
    const results = server(operations);
    if (results instanceof Error) throw results;
    return { status: 200, headers: new Headers(), body: { results } };
  };
  return { client: { call } as unknown as ApiClient, requests };
}

const result = (id: string, outcome: SyncResult["outcome"], change: Partial<SyncResult> = {}): SyncResult => ({
  id, outcome, status: 200, problem: null, body: null, retry_after_s: null, ...change,
});
const items = (...names: string[]) => names.map((id) => checkIn(id, 1)) as FactItem[];

describe("sendFacts", () => {
  test("each operation is judged by itself, whatever the order of the answers", async () => {
    const { client } = clientOf(() => [
      result("c", "retry_later", { problem: problem("unavailable", 503, true), retry_after_s: 7 }),
      result("b", "refused", { problem: problem("invalid_field", 422, false) }),
      result("a", "accepted", { body: { received_at: "2026-11-21T08:00:01Z", verdict: "accepted", findings: [] } }),
    ]);
    const outcomes = await sendFacts(client, items("a", "b", "c", "d"));
    expect(outcomes.map(([item, outcome]) => [item.id, outcome.kind])).toEqual([
      ["a", "safe"], ["b", "refused"], ["c", "later"], ["d", "later"],
    ]);
    expect(outcomes[0]?.[1]).toMatchObject({ receipt: { received_at: "2026-11-21T08:00:01Z", verdict: "accepted" } });
    expect(outcomes[2]?.[1]).toMatchObject({ retryAfterSeconds: 7 });
  });

  test("a replay is as safe as the first time", async () => {
    const { client } = clientOf(() => [result("a", "replayed", { body: {} })]);
    expect((await sendFacts(client, items("a")))[0]?.[1].kind).toBe("safe");
  });

  test("what the outcome says counts, not what the problem inside claims", async () => {
    const { client } = clientOf(() => [
      result("a", "refused", { problem: problem("internal", 500, true) }),
      result("b", "retry_later", { problem: problem("not_found", 404, false) }),
    ]);
    const outcomes = await sendFacts(client, items("a", "b"));
    expect(outcomes.map(([, outcome]) => outcome.kind)).toEqual(["refused", "later"]);
  });

  test.each([
    ["refuses", apiProblem("invalid_field", 422, false), "refused"],
    ["fails at", apiProblem("internal", 500, true), "later"],
  ] as const)("one item at which the server %s the whole request does not spoil the others", async (_, error, kind) => {
    const { client, requests } = clientOf((operations) =>
      operations.some(({ id }) => id === "bad") ? error : operations.map(({ id }) => result(id, "accepted")),
    );
    const outcomes = await sendFacts(client, items("good", "bad", "fine"));
    expect(outcomes.map(([item, outcome]) => [item.id, outcome.kind])).toEqual([
      ["good", "safe"], ["bad", kind], ["fine", "safe"],
    ]);
    expect(requests.map((request) => request.length)).toEqual([3, 1, 1, 1]);
  });

  test("a server that is busy, or no network, is nobody's fault", async () => {
    const busy = clientOf(() => apiProblem("unavailable", 503, true, 5));
    await expect(sendFacts(busy.client, items("a", "b"))).rejects.toThrow("unavailable");
    expect(busy.requests).toHaveLength(1);
    const offline = clientOf(() => new NetworkFailure("offline"));
    await expect(sendFacts(offline.client, items("a"))).rejects.toBeInstanceOf(NetworkFailure);
  });

  test("a sheet, which has no id of its own, finds its answer", async () => {
    const sheet = { ...checkIn("sheet:visit:1", 1), kind: "sheet", visit_id: "v", body: { version: 1 } } as unknown as FactItem;
    expect(operationOf(sheet, new Date()).id).toMatch(/^[0-9a-f-]{36}$/);
    const { client } = clientOf((operations) => operations.map(({ id }) => result(id, "accepted")));
    expect((await sendFacts(client, [sheet]))[0]?.[1].kind).toBe("safe");
  });

  test("sent_at is the moment of sending", async () => {
    const { client, requests } = clientOf(() => []);
    const before = Date.now();
    await sendFacts(client, items("a"));
    const { sent_at } = requests[0]?.[0]?.body as { sent_at: string };
    expect(Date.parse(sent_at)).toBeGreaterThanOrEqual(before);
  });
});
