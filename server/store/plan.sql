-- name: plan_head
-- The days $2 to $3 and the technicians, also disabled ones whose work is shown ($4: of how much that waits); then when
-- the days begin and end, and before when a planned day is over, by the organisation's clock.
WITH days AS MATERIALIZED (
    SELECT o.time_zone, ($2::date)::timestamp AT TIME ZONE o.time_zone AS starts_at,
           ($3::date + 1)::timestamp AT TIME ZONE o.time_zone AS ends_at,
           least((now() AT TIME ZONE o.time_zone)::date, $2::date)::timestamp AT TIME ZONE o.time_zone AS late_before
    FROM organisation o WHERE o.org_id = $1::uuid)
SELECT $2::date AS "from", $3::date AS "to", days.time_zone,
       (SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name, 'is_disabled', u.disabled_at IS NOT NULL)
                                 ORDER BY u.name, u.id), '[]')
        FROM app_user u
        WHERE u.org_id = $1::uuid AND u.role = 'technician'
          AND (u.disabled_at IS NULL
               OR EXISTS (SELECT FROM work_order_assignee a
                          WHERE a.org_id = $1::uuid AND a.user_id = u.id
                            AND a.planned_at >= days.starts_at AND a.planned_at < days.ends_at)
               OR EXISTS (SELECT FROM plan_waiting($1::uuid, days.late_before, $4::integer) AS waiting(id)
                          CROSS JOIN LATERAL (SELECT FROM work_order_assignee a
                                              WHERE a.org_id = $1::uuid AND a.work_order_id = waiting.id
                                                AND a.user_id = u.id OFFSET 0) AS theirs))) AS technicians,
       days.starts_at, days.ends_at, days.late_before
FROM days;

-- name: plan_work_orders
-- The work that is planned from $2 until before $3, and what waits ($4: what is late); at most $5 and $6 of them, and
-- whether these are all. A row for each who is assigned. Who is assigned to planned work is found by the days, too: one
-- by one it would take longer than all the rest.
WITH planned AS MATERIALIZED (
    SELECT w.id, w.number, w.title, w.priority, w.state, w.window_starts_at, w.window_ends_at, w.due_at,
           w.planned_starts_at, w.planned_minutes, w.on_the_way_at, w.site_id, w.version, w.updated_at
    FROM work_order w
    WHERE w.org_id = $1::uuid
      AND planned_time(w.planned_starts_at, w.window_starts_at) >= $2::timestamptz
      AND planned_time(w.planned_starts_at, w.window_starts_at) < $3::timestamptz
      AND w.state <> 'cancelled'
    ORDER BY planned_time(w.planned_starts_at, w.window_starts_at)
    LIMIT $5::integer + 1),
waiting AS MATERIALIZED (SELECT id FROM plan_waiting($1::uuid, $4::timestamptz, $6::integer + 1) AS waiting(id)),
shown AS (
    (SELECT p.*, a.user_id, a.assigned_at
     FROM (SELECT * FROM planned LIMIT $5::integer) AS p
     LEFT JOIN work_order_assignee a ON a.org_id = $1::uuid AND a.planned_at >= $2::timestamptz
           AND a.planned_at < $3::timestamptz AND a.work_order_id = p.id)
    UNION ALL
    (SELECT w.*, a.user_id, a.assigned_at
     FROM (SELECT id FROM waiting LIMIT $6::integer) AS those
     CROSS JOIN LATERAL (
         SELECT o.id, o.number, o.title, o.priority, o.state, o.window_starts_at, o.window_ends_at, o.due_at,
                o.planned_starts_at, o.planned_minutes, o.on_the_way_at, o.site_id, o.version, o.updated_at
         FROM work_order o WHERE o.org_id = $1::uuid AND o.id = those.id OFFSET 0) AS w
     LEFT JOIN LATERAL (
         SELECT theirs.user_id, theirs.assigned_at FROM work_order_assignee theirs
         WHERE theirs.org_id = $1::uuid AND theirs.work_order_id = those.id OFFSET 0) AS a ON true
     WHERE those.id NOT IN (SELECT id FROM planned)))
SELECT (SELECT count(*) FROM planned) <= $5::integer AND (SELECT count(*) FROM waiting) <= $6::integer AS is_complete,
       w.id, w.number, w.title, w.priority, w.state, w.window_starts_at AT TIME ZONE 'UTC' AS window_starts_at,
       w.window_ends_at AT TIME ZONE 'UTC' AS window_ends_at, w.due_at AT TIME ZONE 'UTC' AS due_at,
       w.planned_starts_at AT TIME ZONE 'UTC' AS planned_starts_at, w.planned_minutes,
       CASE WHEN w.on_the_way_at IS NOT NULL
            THEN (SELECT on_the_way_json(o) FROM work_order o
                  WHERE o.org_id = $1::uuid AND o.id = w.id AND on_the_way_still(o) IS NOT NULL) END AS on_the_way,
       w.user_id AS assignee_ids, w.site_id, w.version, w.updated_at AT TIME ZONE 'UTC' AS updated_at
FROM shown w
ORDER BY planned_time(w.planned_starts_at, w.window_starts_at) NULLS LAST, w.number, w.assigned_at, w.user_id;

-- name: plan_sites
-- Where the work of plan_work_orders is.
SELECT s.id, s.name, s.address, c.name AS customer_name, s.latitude_deg AS "position.latitude",
       s.longitude_deg AS "position.longitude", s.time_zone
FROM site s JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
WHERE s.org_id = $1::uuid
  AND s.id IN (
      (SELECT w.site_id FROM work_order w
       WHERE w.org_id = $1::uuid
         AND planned_time(w.planned_starts_at, w.window_starts_at) >= $2::timestamptz
         AND planned_time(w.planned_starts_at, w.window_starts_at) < $3::timestamptz
         AND w.state <> 'cancelled'
       ORDER BY planned_time(w.planned_starts_at, w.window_starts_at) LIMIT $5::integer)
      UNION ALL
      SELECT w.site_id FROM plan_waiting($1::uuid, $4::timestamptz, $6::integer) AS waiting(id)
      CROSS JOIN LATERAL (SELECT o.site_id FROM work_order o
                          WHERE o.org_id = $1::uuid AND o.id = waiting.id OFFSET 0) AS w);
