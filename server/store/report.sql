-- Reports. $1 organisation, $2 first day, $3 last day, $4 what a row is, then what is wanted: $5 technician,
-- $6 team, $7 site, $8 customer; null asks for nothing, and a join that nothing asks for vanishes from the
-- plan. $9 how many rows at most: those with the most visits. Days and weeks come in their order.

-- name: report_evidence
-- How good the evidence is.
WITH added AS (
    SELECT report_whom($4, l.technician_id, l.site_id, s.customer_id) AS whom,
           CASE $4::text WHEN 'team' THEN u.team END AS team, report_since($4, l.day) AS since,
           sum(l.visits) AS visits, sum(l.visits_needs_review) AS visits_needs_review,
           sum(l.visits_rejected) AS visits_rejected, sum(l.visits_reviewed) AS visits_reviewed,
           sum(l.checklist_incomplete) AS checklist_incomplete, sum(l.sent_late) AS sent_late,
           sum(l.photos) AS photos, sum(l.photos_awaited) AS photos_awaited,
           sum(l.photos_needs_review) AS photos_needs_review, sum(l.photos_rejected) AS photos_rejected,
           sum(l.photos_approved) AS photos_approved, sum(l.photos_refused) AS photos_refused,
           sum(l.photos_retake) AS photos_retake, sum(l.retakes_open) AS retakes_open,
           sum(l.retakes_answered) AS retakes_answered
    FROM report_lines($1::uuid, $2::date, $3::date) AS l
    LEFT JOIN app_user u ON u.org_id = $1::uuid AND u.id = l.technician_id
    LEFT JOIN site s ON s.org_id = $1::uuid AND s.id = l.site_id
    WHERE ($5::uuid IS NULL OR l.technician_id = $5::uuid) AND ($6::text IS NULL OR u.team = $6::text)
      AND ($7::uuid IS NULL OR l.site_id = $7::uuid) AND ($8::uuid IS NULL OR s.customer_id = $8::uuid)
    GROUP BY 1, 2, 3),
found AS MATERIALIZED (
    SELECT report_whom($4, l.technician_id, l.site_id, s.customer_id) AS whom,
           CASE $4::text WHEN 'team' THEN u.team END AS team, report_since($4, l.day) AS since,
           l.code, sum(l.photos) AS photos, sum(l.visits) AS visits
    FROM report_finding_lines($1::uuid, $2::date, $3::date) AS l
    LEFT JOIN app_user u ON u.org_id = $1::uuid AND u.id = l.technician_id
    LEFT JOIN site s ON s.org_id = $1::uuid AND s.id = l.site_id
    WHERE ($5::uuid IS NULL OR l.technician_id = $5::uuid) AND ($6::text IS NULL OR u.team = $6::text)
      AND ($7::uuid IS NULL OR l.site_id = $7::uuid) AND ($8::uuid IS NULL OR s.customer_id = $8::uuid)
    GROUP BY 1, 2, 3, 4),
part AS (
    SELECT false AS is_total, a.* FROM added a
    UNION ALL
    SELECT true, NULL, NULL, NULL, sum(visits), sum(visits_needs_review), sum(visits_rejected),
           sum(visits_reviewed), sum(checklist_incomplete), sum(sent_late), sum(photos), sum(photos_awaited),
           sum(photos_needs_review), sum(photos_rejected), sum(photos_approved), sum(photos_refused),
           sum(photos_retake), sum(retakes_open), sum(retakes_answered)
    FROM added),
shown AS (
    SELECT * FROM (SELECT *, row_number() OVER (ORDER BY is_total DESC, since, visits DESC, photos DESC, whom, team) AS place
                   FROM part) AS placed
    WHERE place <= $9::integer + 1),
findings AS (
    SELECT f.is_total, f.whom, f.team, f.since,
           json_agg(json_build_object('code', f.code, 'photos', f.photos, 'visits', f.visits)
                    ORDER BY f.photos DESC, f.visits DESC, f.code) AS json
    FROM (SELECT false AS is_total, * FROM found
          UNION ALL
          SELECT true, NULL, NULL, NULL, code, sum(photos), sum(visits) FROM found GROUP BY code) AS f
    GROUP BY f.is_total, f.whom, f.team, f.since),
figures AS (
    SELECT p.is_total, p.whom, p.team, p.since, p.place, json_build_object(
               'visits', coalesce(p.visits, 0), 'visits_needs_review', coalesce(p.visits_needs_review, 0),
               'visits_rejected', coalesce(p.visits_rejected, 0),
               'visits_reviewed', coalesce(p.visits_reviewed, 0),
               'checklist_incomplete', coalesce(p.checklist_incomplete, 0),
               'sent_late', coalesce(p.sent_late, 0), 'photos', coalesce(p.photos, 0),
               'photos_awaited', coalesce(p.photos_awaited, 0),
               'photos_accepted', coalesce(p.photos - p.photos_needs_review - p.photos_rejected, 0),
               'photos_needs_review', coalesce(p.photos_needs_review, 0),
               'photos_rejected', coalesce(p.photos_rejected, 0),
               'photos_approved', coalesce(p.photos_approved, 0),
               'photos_refused', coalesce(p.photos_refused, 0),
               'photos_retake', coalesce(p.photos_retake, 0), 'retakes_open', coalesce(p.retakes_open, 0),
               'retakes_answered', coalesce(p.retakes_answered, 0),
               'findings', coalesce(f.json, '[]')) AS json
    FROM shown p
    LEFT JOIN findings f
           ON (f.is_total, coalesce(f.whom::text, f.team, ''), coalesce(f.since, 'infinity'))
            = (p.is_total, coalesce(p.whom::text, p.team, ''), coalesce(p.since, 'infinity')))
SELECT report_json($1::uuid, $2::date, $3::date, $4::text,
                   (SELECT json FROM figures WHERE is_total), (SELECT count(*) FROM added),
                   array_agg(whom ORDER BY place) FILTER (WHERE NOT is_total),
                   array_agg(team ORDER BY place) FILTER (WHERE NOT is_total),
                   array_agg(since ORDER BY place) FILTER (WHERE NOT is_total),
                   array_agg(json ORDER BY place) FILTER (WHERE NOT is_total))
FROM figures;

-- name: report_service
-- How the visits went: time on site, ways, work done at the first visit, planned windows, ratings.
WITH wanted AS MATERIALIZED (
    SELECT report_whom($4, l.technician_id, l.site_id, s.customer_id) AS whom,
           CASE $4::text WHEN 'team' THEN u.team END AS team, report_since($4, l.day) AS since,
           l.visits, l.time_on_site_short, l.minutes_on_site, l.trips, l.trip_minutes, l.trip_m,
           l.orders_visited, l.orders_fixed_first, l.windows, l.windows_early, l.windows_late, l.ratings,
           l.stars
    FROM report_lines($1::uuid, $2::date, $3::date) AS l
    LEFT JOIN app_user u ON u.org_id = $1::uuid AND u.id = l.technician_id
    LEFT JOIN site s ON s.org_id = $1::uuid AND s.id = l.site_id
    WHERE ($5::uuid IS NULL OR l.technician_id = $5::uuid) AND ($6::text IS NULL OR u.team = $6::text)
      AND ($7::uuid IS NULL OR l.site_id = $7::uuid) AND ($8::uuid IS NULL OR s.customer_id = $8::uuid)),
added AS (
    SELECT whom, team, since, sum(visits) AS visits, sum(time_on_site_short) AS time_on_site_short,
           sum(trips) AS trips, sum(trip_minutes) AS trip_minutes, sum(trip_m) AS trip_m,
           sum(orders_visited) AS orders_visited, sum(orders_fixed_first) AS orders_fixed_first,
           sum(windows) AS windows, sum(windows_early) AS windows_early, sum(windows_late) AS windows_late,
           sum(ratings) AS ratings, sum(stars) AS stars
    FROM wanted GROUP BY whom, team, since),
minute AS MATERIALIZED (
    SELECT w.whom, w.team, w.since, minutes, count(*) AS number
    FROM wanted w CROSS JOIN LATERAL unnest(w.minutes_on_site) AS minutes
    GROUP BY w.whom, w.team, w.since, minutes),
timed AS (
    SELECT is_total, whom, team, since, max(below) AS visits,
           min(minutes) FILTER (WHERE below >= 0.5 * every) AS median_minutes,
           min(minutes) FILTER (WHERE below >= 0.9 * every) AS p90_minutes
    FROM (SELECT m.*, sum(m.number) OVER (PARTITION BY is_total, whom, team, since ORDER BY minutes) AS below,
                 sum(m.number) OVER (PARTITION BY is_total, whom, team, since) AS every
          FROM (SELECT false AS is_total, * FROM minute
                UNION ALL
                SELECT true, NULL, NULL, NULL, minutes, sum(number) FROM minute GROUP BY minutes) AS m) AS ranked
    GROUP BY is_total, whom, team, since),
part AS (
    SELECT false AS is_total, a.* FROM added a
    UNION ALL
    SELECT true, NULL, NULL, NULL, sum(visits), sum(time_on_site_short), sum(trips), sum(trip_minutes),
           sum(trip_m), sum(orders_visited), sum(orders_fixed_first), sum(windows), sum(windows_early),
           sum(windows_late), sum(ratings), sum(stars)
    FROM added),
shown AS (
    SELECT * FROM (SELECT *, row_number() OVER (ORDER BY is_total DESC, since, visits DESC, whom, team) AS place
                   FROM part) AS placed
    WHERE place <= $9::integer + 1),
figures AS (
    SELECT p.is_total, p.whom, p.team, p.since, p.place, json_build_object(
               'visits', coalesce(p.visits, 0), 'visits_timed', coalesce(t.visits, 0),
               'median_minutes', t.median_minutes, 'p90_minutes', t.p90_minutes,
               'time_on_site_short', coalesce(p.time_on_site_short, 0), 'trips', coalesce(p.trips, 0),
               'trip_minutes', coalesce(p.trip_minutes, 0),
               'trip_km', coalesce(round(p.trip_m / 1000.0, 1), 0),
               'orders_visited', coalesce(p.orders_visited, 0),
               'orders_fixed_first', coalesce(p.orders_fixed_first, 0),
               'first_time_fix_percent', round(100.0 * p.orders_fixed_first / nullif(p.orders_visited, 0), 1),
               'windows', coalesce(p.windows, 0), 'windows_early', coalesce(p.windows_early, 0),
               'windows_late', coalesce(p.windows_late, 0), 'ratings', coalesce(p.ratings, 0),
               'mean_stars', round(p.stars::numeric / nullif(p.ratings, 0), 2)) AS json
    FROM shown p
    LEFT JOIN timed t
           ON (t.is_total, coalesce(t.whom::text, t.team, ''), coalesce(t.since, 'infinity'))
            = (p.is_total, coalesce(p.whom::text, p.team, ''), coalesce(p.since, 'infinity')))
SELECT report_json($1::uuid, $2::date, $3::date, $4::text,
                   (SELECT json FROM figures WHERE is_total), (SELECT count(*) FROM added),
                   array_agg(whom ORDER BY place) FILTER (WHERE NOT is_total),
                   array_agg(team ORDER BY place) FILTER (WHERE NOT is_total),
                   array_agg(since ORDER BY place) FILTER (WHERE NOT is_total),
                   array_agg(json ORDER BY place) FILTER (WHERE NOT is_total))
FROM figures;

-- name: report_refresh
SELECT report_refresh($1::uuid, $2::integer);
