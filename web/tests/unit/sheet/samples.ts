import type { Schema } from "../../../shared/api/types";
import { write } from "../../../phone/local/database";
import { newVisit } from "../../../phone/local/visits";
import { startSession } from "../../../phone/local/session";
import type { VisitDraft, VisitWorkOrder } from "../../../phone/local/types";
import { enqueueCheckIn } from "../../../phone/outbox/enqueue";
import type { SheetFacts } from "../../../phone/sheet/document";
import { USER } from "../outbox/samples";

export const ARRIVED = "2026-11-21T08:00:00.000Z";
export const ORDER = "0192f3a1-7c10-7000-8000-000000000061";

export const site = {
  id: "0192f3a1-7c10-7000-8000-000000000041",
  name: "人民广场店",
  address: "上海市黄浦区西藏中路268号",
  time_zone: "Asia/Shanghai",
  customer_id: "0192f3a1-7c10-7000-8000-000000000021",
  customer_name: "海底捞（上海）餐饮有限公司",
  customer_language: "zh",
  radius_m: 120,
  wgs84: { position: { latitude: 31.2323452, longitude: 121.4691633 }, polygon: null },
  assets: [{ id: "asset", name: "压缩机", serial: null, barcode: "A1" }],
} as unknown as Schema<"DaySite">;

export const order: VisitWorkOrder = { id: ORDER, number: "WO-7", title: "冷库温度过高", checklist: [] };

export const fix: Schema<"Fix"> = {
  latitude: 31.2323, longitude: 121.4691, datum: "wgs84", accuracy_m: 8, mocked: false, fix_at: ARRIVED,
};

export const facts: SheetFacts = {
  visit_id: "0192f3a1-7c10-7000-8000-000000000081",
  version: 1,
  corrects_version: null,
  correction_reason: null,
  evidence_until: "2026-11-21T09:00:00Z",
  organisation: { id: "org", name: "北方制冷" },
  technician: { id: USER, name: "李伟" },
  site,
  work_orders: [order],
  check_ins: [
    {
      id: "check-in-1", kind: "arrival", captured_at: ARRIVED, fix, work_order_ids: [ORDER],
      scans: [{ id: "scan-1", captured_at: ARRIVED, symbology: "qr_code", value: "A1", entered: "camera" }],
    },
  ],
  photos: [{ id: "photo-1", role: "before", captured_at: ARRIVED, caption: "铭牌", sha256: "ab".repeat(32) }],
  content: {
    open_before: ["温度偏高"],
    done: [{ work_order_id: ORDER, what: "换电容", cause: "老化" }],
    left_open: [{ what: "门封磨损", plan: "下次更换", due_at: "2026-12-01T00:00:00Z" }],
    parts: [{ name: "电容", quantity: 1, unit: "个" }],
  },
};

/** A user who is logged in, a day with the work order, and a visit that began. */
export async function beginVisit(): Promise<VisitDraft> {
  await startSession(
    { user: { id: USER, name: "李伟", role: "technician" }, access_token: "a", refresh_token: "r" } as never,
    { id: "org", name: "北方制冷", slug: "nord", language: "zh", time_zone: "Asia/Shanghai" },
  );
  await write(["days"], async (transaction) => {
    await transaction.objectStore("days").put({ user_id: USER, work_orders: [{ ...order, site }] } as never);
  });
  return enqueueCheckIn(newVisit(USER, site, [ORDER], ARRIVED), { kind: "arrival", captured_at: ARRIVED, fix });
}
