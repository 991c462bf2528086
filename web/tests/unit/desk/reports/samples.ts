import type { EvidenceFigures, Row, ServiceFigures } from "../../../../desk/reports/measures";

export const evidence = (figures: Partial<EvidenceFigures>): EvidenceFigures => ({
  visits: 0, visits_needs_review: 0, visits_rejected: 0, visits_reviewed: 0, checklist_incomplete: 0, sent_late: 0, photos: 0, photos_awaited: 0,
  photos_accepted: 0, photos_needs_review: 0, photos_rejected: 0, photos_approved: 0, photos_refused: 0, photos_retake: 0, retakes_open: 0,
  retakes_answered: 0, findings: [], ...figures,
});

export const service = (figures: Partial<ServiceFigures>): ServiceFigures => ({
  visits: 0, visits_timed: 0, median_minutes: null, p90_minutes: null, time_on_site_short: 0, trips: 0, trip_minutes: 0, trip_km: 0, orders_visited: 0,
  orders_fixed_first: 0, first_time_fix_percent: null, windows: 0, windows_early: 0, windows_late: 0, ratings: 0, mean_stars: null, ...figures,
});

export const row = (key: Partial<Row>, figures: EvidenceFigures | ServiceFigures): Row =>
  ({ id: null, name: null, starts_on: null, ...key, figures }) as Row;
