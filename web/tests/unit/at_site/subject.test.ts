import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { PHOTO_MAX_BYTES } from "../../../phone/at_site/evidence";
import { type DaySite, type DayWorkOrder, findSubject, type Retake, takenPhotos, visitFor } from "../../../phone/at_site/subject";
import type { PhotoRecord, StoredDay } from "../../../phone/local/types";
import { newVisit } from "../../../phone/local/visits";

const site = (id: string) => ({ id, name: `site ${id}`, radius_m: 100, assets: [] }) as unknown as DaySite;
const order = (id: string, of: string) => ({ id, site: site(of) }) as DayWorkOrder;
const retake = (photo_id: string, of: string, change: Partial<Retake> = {}) =>
  ({
    id: `retake of ${photo_id}`, photo_id, site: { ...site(of), position: { latitude: 1, longitude: 2 } }, work_order_id: null,
    answered_by_photo_id: null, withdrawn_at: null, ...change,
  }) as unknown as Retake;
const day = (work_orders: DayWorkOrder[], retakes: Retake[] = []) => ({ work_orders, retakes }) as unknown as StoredDay;

describe("what an address is about", () => {
  test("a work order of the day, with the retakes at its site", () => {
    const retakes = [retake("p1", "a"), retake("p2", "b"), retake("p3", "a", { withdrawn_at: "2026-11-21T00:00:00Z" })];
    const subject = findSubject("w1", null, day([order("w1", "a"), order("w2", "b")], retakes), null);
    expect(subject?.workOrder?.id).toBe("w1");
    expect(subject?.retakes.map(({ photo_id }) => photo_id)).toEqual(["p1"]);
  });
  test("a work order that left the day: the visit knows the site", () => {
    const visit = newVisit("u", site("a"), ["w1"], "2026-11-21T00:00:00Z");
    expect(findSubject("w1", null, day([]), visit)).toMatchObject({ site: { id: "a" }, workOrder: null });
    expect(findSubject("w1", null, day([]), null)).toBeNull();
    expect(findSubject("w1", null, null, null)).toBeNull();
  });
  test("a retake without a work order: its site by another work order, else by itself", () => {
    expect(findSubject("none", "p1", day([order("w2", "a")], [retake("p1", "a")]), null)?.site).toEqual(site("a"));
    const alone = findSubject("none", "p1", day([], [retake("p1", "a")]), null);
    expect(alone).toMatchObject({ site: { id: "a", radius_m: 100, wgs84: { position: { latitude: 1 }, polygon: null } } });
    expect(alone?.site).not.toHaveProperty("position");
  });
  test("a visit for a retake is for its work order, where it has one", () => {
    const subject = { site: site("a"), workOrder: null, retakes: [] };
    expect(visitFor(subject, "u", "t", retake("p1", "a")).work_order_ids).toEqual([]);
    expect(visitFor(subject, "u", "t", retake("p1", "a", { work_order_id: "w9" })).work_order_ids).toEqual(["w9"]);
    expect(visitFor({ ...subject, workOrder: order("w1", "a") }, "u", "t", null).work_order_ids).toEqual(["w1"]);
  });
});

test("a photo that was sent back or is of no use leaves its item open", () => {
  const photo = (id: string) => ({ id, role: "before", work_order_id: null }) as PhotoRecord;
  expect(takenPhotos([photo("p1"), photo("p2")], [retake("p1", "a")], new Set())).toEqual([photo("p2")]);
  expect(takenPhotos([photo("p1"), photo("p2")], [], new Set(["p2"]))).toEqual([photo("p1")]);
});

test("the largest photo is the contract's", () => {
  const contract = readFileSync(new URL("../../../../api-spec/openapi.yaml", import.meta.url), "utf8");
  const [, operation = ""] = contract.split("operationId: putPhotoContent");
  expect(/x-body-ceiling-bytes: (\d+)/.exec(operation)?.[1]).toBe(String(PHOTO_MAX_BYTES));
});
