import { expect, test } from "vitest";
import { KEYS } from "../../../desk/audit/keys";
import { counterpartOf, earlierPhotoId } from "../../../desk/audit/counterpart";

test("no key means two things", () => {
  const keys = KEYS.flatMap((entry) => entry.keys);
  expect(new Set(keys).size).toBe(keys.length);
});

type Photo = Parameters<typeof counterpartOf>[0];
type Visit = NonNullable<Parameters<typeof counterpartOf>[1]>;
const photo = (id: string, role: string, order: string | null = null, state = "stored"): Photo =>
  ({ id, role, work_order_id: order, state, findings: [] }) as unknown as Photo;
const visitOf = (...photos: Photo[]): Visit => ({ check_ins: [{ photos }] }) as unknown as Visit;

test("before is laid beside after, of the same work order if there is one", () => {
  const visit = visitOf(photo("1", "before", "x"), photo("2", "before", "y"), photo("3", "after", "y"), photo("4", "after", "z"));
  expect(counterpartOf(photo("3", "after", "y"), visit)?.id).toBe("2");
  expect(counterpartOf(photo("4", "after", "z"), visit)?.id).toBe("1");
  expect(counterpartOf(photo("1", "before", "x"), visit)?.id).toBe("3");
});

test("what has no picture yet, and the photo itself, are no counterparts", () => {
  const own = photo("1", "nameplate");
  expect(counterpartOf(own, visitOf(own, photo("2", "nameplate", null, "awaited")))).toBeNull();
  expect(counterpartOf(own, null)).toBeNull();
});

test("the earlier photo stands in the finding", () => {
  const reused = { ...photo("1", "after"), findings: [{ code: "photo_reused", numbers: { earlier_photo_id: "0" } }] };
  expect(earlierPhotoId(reused as unknown as Photo)).toBe("0");
  expect(earlierPhotoId(photo("1", "after"))).toBeNull();
});
