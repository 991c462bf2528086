import type { Route } from "./router";

/** Every screen of the phone app. The first is the start. */
export const routes: readonly Route[] = [
  { pattern: "/", load: () => import("./screens/today_screen"), isMain: true },
  { pattern: "/outbox", load: () => import("./screens/outbox_screen"), isMain: true },
  { pattern: "/settings", load: () => import("./screens/settings_screen"), isMain: true },
  { pattern: "/enrolment", load: () => import("./enrolment/enrolment_screen"), isPublic: true },
  { pattern: "/scan-enrolment", load: () => import("./screens/scan_enrolment_screen"), isPublic: true },
  { pattern: "/enrol/{code}", load: () => import("./screens/enrol_screen"), isPublic: true },
  { pattern: "/log-in", load: () => import("./screens/log_in_screen"), isPublic: true },
  { pattern: "/site/{work_order_id}", load: () => import("./at_site/at_site_screen") },
  { pattern: "/visit/{visit_id}/sheet", load: () => import("./screens/sheet_screen") },
  { pattern: "/visit/{visit_id}/sign", load: () => import("./screens/sign_screen") },
];
