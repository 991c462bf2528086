import { beforeEach, expect, test, vi } from "vitest";
import { api } from "../../../phone/api";
import { closeDatabase, write } from "../../../phone/local/database";
import type { OutboxItem, OutboxStatus } from "../../../phone/outbox/items";
import { askForVerdicts } from "../../../phone/outbox/late_verdicts";
import { listOutbox } from "../../../phone/outbox/store";
import { checkIn, photo, USER } from "./samples";

const NOW = Date.parse("2026-11-21T10:00:00Z");
const HOUR_MS = 3_600_000;
const safeAt = (at_ms: number, verdict: "accepted" | null = null): OutboxStatus => ({
  state: "safe", at_ms, receipt: { received_at: null, sha256: "s", verdict, findings: [], signed: "r" },
});
const finding = { code: "photo_reused", severity: "fail", explained: false, numbers: {}, sentence: "Used before." };

async function keep(...items: OutboxItem[]): Promise<void> {
  await write(["outbox"], async (transaction) => {
    for (const item of items) await transaction.objectStore("outbox").put(item);
  });
}

beforeEach(async () => {
  vi.restoreAllMocks();
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("fieldproof").onsuccess = resolve;
  });
});

test("what the server made of a photo is asked for again when the answer was lost", async () => {
  const call = vi.spyOn(api, "call").mockResolvedValue({ body: { verdict: "rejected", findings: [finding] } } as never);
  await keep(
    photo("lost", 1, { status: safeAt(NOW - HOUR_MS) }), photo("known", 2, { status: safeAt(NOW - HOUR_MS, "accepted") }),
    photo("old", 3, { status: safeAt(NOW - 25 * HOUR_MS) }), photo("waiting", 4), checkIn("fact", 5, { status: safeAt(NOW) }),
  );
  await askForVerdicts(USER, NOW);
  expect(call.mock.calls.map(([{ path }]) => path)).toEqual(["/v1/photos/lost"]);
  const status = (await listOutbox(USER)).find(({ id }) => id === "lost")?.status;
  expect(status).toMatchObject({ receipt: { verdict: "rejected", findings: [finding], sha256: "s", signed: "r" } });
  await askForVerdicts(USER, NOW);
  expect(call).toHaveBeenCalledTimes(1);
});

test("without a network nothing changes", async () => {
  vi.spyOn(api, "call").mockRejectedValue(new Error("no network"));
  await keep(photo("lost", 1, { status: safeAt(NOW) }));
  await expect(askForVerdicts(USER, NOW)).rejects.toThrow("no network");
  expect((await listOutbox(USER))[0]?.status).toEqual(safeAt(NOW));
});
