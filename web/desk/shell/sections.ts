import type { ComponentType } from "preact";
import type { Word } from "../../shared/i18n/i18n";
import { sections as words } from "../words/sections";
import type { PageProperties, Role } from "./page_properties";

export interface Section {
  /** The first part of its addresses. */
  readonly id: string;
  readonly label: Word;
  /** Who sees it; the server decides what they may do. */
  readonly roles: readonly Role[];
  /** Fetched when the section is first opened. */
  readonly load: () => Promise<{ default: ComponentType<PageProperties> }>;
}

const OFFICE: readonly Role[] = ["dispatcher", "manager", "administrator"];

/** The desk's sections as the navigation shows them. The first one is shown when the address names none. */
export const sections: readonly Section[] = [
  { id: "board", label: words.board, roles: OFFICE, load: () => import("../board/board_page") },
  { id: "plan", label: words.plan, roles: OFFICE, load: () => import("../plan/plan_page") },
  { id: "work", label: words.work, roles: OFFICE, load: () => import("../work/work_page") },
  { id: "visits", label: words.visits, roles: OFFICE, load: () => import("../visits/visits_page") },
  { id: "answers", label: words.answers, roles: OFFICE, load: () => import("../visits/answers_page") },
  { id: "audit", label: words.audit, roles: OFFICE, load: () => import("../audit/audit_page") },
  { id: "sampling", label: words.sampling, roles: OFFICE, load: () => import("../sampling/sampling_page") },
  { id: "reports", label: words.reports, roles: ["manager", "administrator"], load: () => import("../reports/reports_page") },
  { id: "places", label: words.places, roles: OFFICE, load: () => import("../places/places_page") },
  {
    id: "administration",
    label: words.administration,
    roles: ["manager", "administrator"],
    load: () => import("../administration/administration_page"),
  },
];

export const sectionsFor = (role: Role): readonly Section[] => sections.filter(({ roles }) => roles.includes(role));
