/** Work orders, sites and policies of a plan. */
import type { Order, Plan, Site } from "../../../../desk/plan/board";
import type { Planning } from "../../../../desk/plan/travel";

export const ZONE = "Europe/Berlin";
export const DAY = "2026-11-23"; // a Monday; Berlin is an hour ahead of UTC

export const planning: Planning = {
  day_start_minutes: 480, capacity_minutes: 480, visit_minutes: 60, detour_factor: 1.3, travel_speed_kmh: 30,
};

export const order = (id: string, change: Partial<Order> = {}): Order => ({
  id, number: `WO-${id}`, title: id, priority: "normal", state: "assigned", window_starts_at: null, window_ends_at: null,
  due_at: null, planned_starts_at: null, planned_minutes: null, on_the_way: null, assignee_ids: ["ann"], site_id: "mitte",
  version: 1, updated_at: "2026-11-20T08:00:00.000Z", ...change,
});

/** Of the morning by Berlin's clock. */
export const at = (hour: number, minute = 0): string =>
  `${DAY}T${String(hour - 1).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00.000Z`;

const site = (id: string, latitude: number, longitude: number): Site => ({
  id, name: id, address: null, customer_name: "Nord", position: { latitude, longitude }, time_zone: ZONE,
});

/** Spandau is 14.0 km from the middle by the line: 37 minutes at 30 km/h with the detour. */
export const sites: Site[] = [site("mitte", 52.52, 13.405), site("spandau", 52.535, 13.2), site("next door", 52.5201, 13.4052)];

export const planOf = (work_orders: Order[], change: Partial<Plan> = {}): Plan => ({
  from: DAY, to: "2026-11-29", time_zone: ZONE, work_orders, sites, is_complete: true,
  technicians: [{ id: "ann", name: "Ann", is_disabled: false }, { id: "bob", name: "Bob", is_disabled: false }], ...change,
});
