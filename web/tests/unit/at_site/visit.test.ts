import { beforeEach, describe, expect, test } from "vitest";
import { checkIn } from "../../../phone/at_site/evidence";
import type { DaySite, DayWorkOrder, Subject } from "../../../phone/at_site/subject";
import { findVisit, joinVisit } from "../../../phone/at_site/use_visit";
import { closeDatabase } from "../../../phone/local/database";
import { newVisit, readVisit } from "../../../phone/local/visits";
import { site, USER } from "../outbox/samples";

const subjectOf = (workOrderId: string | null, at: DaySite = site): Subject => ({
  site: at,
  workOrder: workOrderId ? ({ id: workOrderId, site: at } as DayWorkOrder) : null,
  retakes: [],
});
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const arrived = (workOrderId: string, minutes: number) =>
  checkIn(newVisit(USER, site, [workOrderId], minutesAgo(minutes)), "arrival", null, minutesAgo(minutes));
const left = async (workOrderId: string, minutes: number) =>
  checkIn(await arrived(workOrderId, minutes + 5), "departure", null, minutesAgo(minutes));

beforeEach(async () => {
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("fieldproof").onsuccess = resolve;
  });
});

describe("the visit to go on with", () => {
  test("is the open one for the work, or the open one at the site: nobody is there twice", async () => {
    const first = await arrived("w1", 30);
    expect((await findVisit(USER, subjectOf("w1"), true))?.id).toBe(first.id);
    expect((await findVisit(USER, subjectOf("w2"), true))?.id).toBe(first.id);
    expect((await findVisit(USER, subjectOf(null), true))?.id).toBe(first.id);
    const second = await arrived("w2", 10);
    expect((await findVisit(USER, subjectOf("w1"), true))?.id).toBe(first.id);
    expect((await findVisit(USER, subjectOf("w2"), true))?.id).toBe(second.id);
  });
  test("is nobody else's and of no other site", async () => {
    await arrived("w1", 30);
    expect(await findVisit("another user", subjectOf("w1"), false)).toBeNull();
    expect(await findVisit(USER, subjectOf("w1", { ...site, id: "elsewhere" }), false)).toBeNull();
  });
  test("is the one that was just left, unless a new one is wanted or it is long ago", async () => {
    const visit = await left("w1", 60);
    expect((await findVisit(USER, subjectOf("w1"), false))?.id).toBe(visit.id);
    expect(await findVisit(USER, subjectOf("w1"), true)).toBeNull();
    expect(await findVisit(USER, subjectOf("w2"), false)).toBeNull();
    await left("w3", 13 * 60);
    expect(await findVisit(USER, subjectOf("w3"), false)).toBeNull();
  });
});

describe("other work at the same site", () => {
  test("joins the visit, once", async () => {
    const visit = await joinVisit(await arrived("w1", 30), subjectOf("w2"));
    expect(visit.work_order_ids).toEqual(["w1", "w2"]);
    expect((await joinVisit(visit, subjectOf("w2"))).work_order_ids).toEqual(["w1", "w2"]);
    expect((await readVisit(visit.id))?.work_order_ids).toEqual(["w1", "w2"]);
  });
  test("does not join one that was left", async () => {
    expect((await joinVisit(await left("w1", 30), subjectOf("w2"))).work_order_ids).toEqual(["w1"]);
  });
});
