/** From a figure to the list of what it counts. tests/api/test_report_lists.py counts these lists. Pure. */
import { hrefTo, type Query } from "../shell/route";
import type { Filters } from "./asked";
import { dayAfter, type Days } from "./period";

/** Figures that count visits, with the filters that the list of visits has for them. */
const VISITS: Record<string, Readonly<Record<string, string>>> = {
  visits: {},
  visits_needs_review: { verdict: "needs_review" },
  visits_rejected: { verdict: "rejected" },
  visits_reviewed: { reviewed: "true" },
  checklist_incomplete: { finding: "checklist_incomplete" },
  sent_late: { finding: "sent_late" },
  time_on_site_short: { finding: "time_on_site_short" },
};

/** Figures that count stored photos. */
const PHOTOS: Record<string, Readonly<Record<string, string>>> = {
  photos: {},
  photos_accepted: { verdict: "accepted" },
  photos_needs_review: { verdict: "needs_review" },
  photos_rejected: { verdict: "rejected" },
  photos_approved: { decision: "approve" },
  photos_refused: { decision: "reject" },
  photos_retake: { decision: "retake" },
};

/** Of what a row counts: some days, and filters that the lists know; null: no filter of theirs says it. */
export type Scope = (Days & { readonly filters: Filters }) | null;

interface RowLike {
  readonly id: string | null;
  readonly name: string | null;
  readonly starts_on: string | null;
}

/** What a row of a report is narrowed to, beside what the report is. */
export function scopeOf(by: string, row: RowLike, days: Days, filters: Filters): Scope {
  if (row.starts_on !== null) {
    const last = by === "week" ? dayAfter(row.starts_on, 6) : row.starts_on;
    return { from: row.starts_on > days.from ? row.starts_on : days.from, to: last < days.to ? last : days.to, filters };
  }
  if (by === "team") return row.name === null ? null : { ...days, filters: { ...filters, team: row.name } };
  return row.id === null ? null : { ...days, filters: { ...filters, [`${by}_id`]: row.id } };
}

function listOf(section: string, scope: Exclude<Scope, null>, more: Query): string {
  return hrefTo(section, [], { ...scope.filters, first_day: scope.from, last_day: scope.to, ...more });
}

const visitsHref = (scope: Exclude<Scope, null>, more: Query) => listOf("visits", scope, more);
const photosHref = (scope: Exclude<Scope, null>, more: Query) => listOf("audit", scope, { reviewed: "all", ...more });

/** Where a figure leads; null: no list shows just what it counts. */
export function hrefOfFigure(figure: string, count: number | null, scope: Scope): string | null {
  if (!count || scope === null) return null;
  const [ofVisits, ofPhotos] = [VISITS[figure], PHOTOS[figure]];
  if (ofVisits) return visitsHref(scope, ofVisits);
  return ofPhotos ? photosHref(scope, ofPhotos) : null;
}

/** Where the number of photos, or visits, with a finding leads. */
export function hrefOfFinding(code: string, subject: "photos" | "visits", count: number, scope: Scope): string | null {
  if (!count || scope === null) return null;
  return (subject === "photos" ? photosHref : visitsHref)(scope, { finding: code });
}
