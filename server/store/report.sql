-- Reports. $1 organisation, $2 first day, $3 last day, $4 what a row is. Which sums are read (report_lines): $5 whose the rows
-- are made of and $19 the total, $6 quarters, $7 months, $8 to $10 and $11 to $13 days with their sign. What is wanted:
-- $14 technician, $15 team, $16 site, $17 customer; null asks for nothing, and what nothing asks for vanishes from the plan.
-- $18 how many rows at most: those with the most visits; days and weeks come in their order. $20: the rows are sites, few of
-- many: they are chosen first, by their visits. The first row is the total, and says how many rows there are. The figures
-- stand in the order of report.c, then two texts of counts to add up there: what to add, and what to subtract.

-- fragment: report_shown_site
-- Which sites are shown, where they are chosen first.
changed AS MATERIALIZED (SELECT report_changes($1::uuid, $2::date, $3::date, $14::uuid) AS lines),
shown_site AS MATERIALIZED (
    SELECT l.site_id AS id, count(*) OVER () AS rows
    FROM changed CROSS JOIN report_lines(
        $1::uuid, $5::text, $6::date[], $7::date[], $8::integer, $9::date, $10::date, $11::integer, $12::date, $13::date,
        $14::uuid, $15::text, $16::uuid, $17::uuid, changed.lines) AS l
    WHERE $20::boolean
    GROUP BY 1
    HAVING sum(l.sign * l.visits) <> 0 OR sum(l.sign * l.photos) <> 0 OR sum(l.sign * l.photos_awaited) <> 0
    ORDER BY sum(l.sign * l.visits) DESC, sum(l.sign * l.photos) DESC, l.site_id LIMIT $18::integer),

-- fragment: report_row
-- What a row is, before its sums.
report_whom($4, l.technician_id, l.site_id, l.customer_id) AS whom,
CASE $4::text WHEN 'team' THEN u.team END AS team, report_since($4, l.starts_on) AS since,

-- fragment: report_rows
-- What is added up to rows, behind their sums.
FROM changed CROSS JOIN report_lines(
    $1::uuid, $5::text, $6::date[], $7::date[], $8::integer, $9::date, $10::date, $11::integer, $12::date, $13::date,
    $14::uuid, $15::text, $16::uuid, $17::uuid, changed.lines) AS l
LEFT JOIN app_user u ON u.org_id = $1::uuid AND u.id = l.technician_id
WHERE NOT $20::boolean OR l.site_id = ANY (ARRAY(SELECT id FROM shown_site))
GROUP BY 1, 2, 3
HAVING sum(l.sign * l.visits) <> 0 OR sum(l.sign * l.photos) <> 0 OR sum(l.sign * l.photos_awaited) <> 0

-- fragment: report_total
-- What the total is, before its sums.
0 AS place, CASE WHEN $20::boolean THEN (SELECT max(rows) FROM shown_site) ELSE (SELECT count(*) FROM added) END AS rows,
NULL::uuid AS whom, NULL::text AS team, NULL::date AS since,

-- fragment: report_total_then_rows
-- What is added up to the total, behind its sums; below it the rows.
FROM changed CROSS JOIN report_lines(
    $1::uuid, $19::text, $6::date[], $7::date[], $8::integer, $9::date, $10::date, $11::integer, $12::date, $13::date,
    $14::uuid, $15::text, $16::uuid, $17::uuid, changed.lines) AS l
UNION ALL
(SELECT row_number() OVER (ORDER BY since, visits DESC, photos DESC, whom, team) AS place, NULL, added.*
 FROM added ORDER BY place LIMIT $18::integer)

-- fragment: report_named
-- The total and the rows, with the names of what they are about.
FROM part p
LEFT JOIN app_user u ON $4 = 'technician' AND u.org_id = $1::uuid AND u.id = p.whom
LEFT JOIN site s ON $4 = 'site' AND s.org_id = $1::uuid AND s.id = p.whom
LEFT JOIN customer c ON $4 = 'customer' AND c.org_id = $1::uuid AND c.id = p.whom
ORDER BY place

-- fragment: report_evidence_sums
sum(l.sign * l.visits) AS visits, sum(l.sign * l.visits_needs_review) AS visits_needs_review,
sum(l.sign * l.visits_rejected) AS visits_rejected, sum(l.sign * l.visits_reviewed) AS visits_reviewed,
sum(l.sign * l.checklist_incomplete) AS checklist_incomplete, sum(l.sign * l.sent_late) AS sent_late,
sum(l.sign * l.photos) AS photos, sum(l.sign * l.photos_awaited) AS photos_awaited,
sum(l.sign * l.photos_needs_review) AS photos_needs_review, sum(l.sign * l.photos_rejected) AS photos_rejected,
sum(l.sign * l.photos_approved) AS photos_approved, sum(l.sign * l.photos_refused) AS photos_refused,
sum(l.sign * l.photos_retake) AS photos_retake, sum(l.sign * l.retakes_open) AS retakes_open,
sum(l.sign * l.retakes_answered) AS retakes_answered, string_agg(l.findings, '') FILTER (WHERE l.sign > 0) AS findings,
string_agg(l.findings, '') FILTER (WHERE l.sign < 0) AS findings_less

-- fragment: report_service_sums
sum(l.sign * l.visits) AS visits, sum(l.sign * l.photos) AS photos, sum(l.sign * l.photos_awaited) AS photos_awaited,
sum(l.sign * l.time_on_site_short) AS time_on_site_short, sum(l.sign * l.trips) AS trips,
sum(l.sign * l.trip_minutes) AS trip_minutes, sum(l.sign * l.trip_m) AS trip_m,
sum(l.sign * l.orders_visited) AS orders_visited, sum(l.sign * l.orders_fixed_first) AS orders_fixed_first,
sum(l.sign * l.windows) AS windows, sum(l.sign * l.windows_early) AS windows_early,
sum(l.sign * l.windows_late) AS windows_late, sum(l.sign * l.ratings) AS ratings, sum(l.sign * l.stars) AS stars,
string_agg(l.minutes, '') FILTER (WHERE l.sign > 0) AS minutes,
string_agg(l.minutes, '') FILTER (WHERE l.sign < 0) AS minutes_less

-- name: report_evidence
-- How good the evidence is.
WITH
-- include: report_shown_site
added AS MATERIALIZED (
    SELECT
        -- include: report_row
        -- include: report_evidence_sums
    -- include: report_rows
),
part AS (
    SELECT
        -- include: report_total
        -- include: report_evidence_sums
    -- include: report_total_then_rows
)
SELECT p.place, p.rows, p.whom, to_json(coalesce(u.name, s.name, c.name, p.team)), p.since,
       p.visits, p.visits_needs_review, p.visits_rejected, p.visits_reviewed, p.checklist_incomplete, p.sent_late, p.photos,
       p.photos_awaited, p.photos - p.photos_needs_review - p.photos_rejected, p.photos_needs_review, p.photos_rejected,
       p.photos_approved, p.photos_refused, p.photos_retake, p.retakes_open, p.retakes_answered,
       p.findings, p.findings_less
-- include: report_named

-- name: report_service
-- How the visits went: time on site, ways, work done at the first visit, planned windows, ratings.
WITH
-- include: report_shown_site
added AS MATERIALIZED (
    SELECT
        -- include: report_row
        -- include: report_service_sums
    -- include: report_rows
),
part AS (
    SELECT
        -- include: report_total
        -- include: report_service_sums
    -- include: report_total_then_rows
)
SELECT p.place, p.rows, p.whom, to_json(coalesce(u.name, s.name, c.name, p.team)), p.since,
       p.visits, p.time_on_site_short, p.trips, p.trip_minutes, round(p.trip_m / 1000.0, 1), p.orders_visited,
       p.orders_fixed_first, round(100.0 * p.orders_fixed_first / nullif(p.orders_visited, 0), 1), p.windows,
       p.windows_early, p.windows_late, p.ratings, round(p.stars::numeric / nullif(p.ratings, 0), 2),
       p.minutes, p.minutes_less
-- include: report_named

-- name: report_settings
-- Until the transaction ends: room for the sums of every site; and pages of these small tables are at hand, in what order ever.
SELECT set_config('work_mem', '32MB', true), set_config('random_page_cost', '1.1', true);

-- name: report_refresh
SELECT report_refresh($1::uuid, $2::integer);
