-- name: plan_span
-- When the day $2 begins, when $3 ends, and before when a planned day is over, by the organisation's clock.
SELECT ($2::date)::timestamp AT TIME ZONE o.time_zone, ($3::date + 1)::timestamp AT TIME ZONE o.time_zone,
       least((now() AT TIME ZONE o.time_zone)::date, $2::date)::timestamp AT TIME ZONE o.time_zone, o.time_zone
FROM organisation o WHERE o.org_id = $1::uuid;

-- name: plan_get
-- The work that is planned from $6 until before $7, which are the days $2 to $3 in zone $9, and what waits to be planned:
-- open work that nobody is assigned to, that has no time, or that was planned for before $8 and is not begun. At most
-- $4 and $5 of them. Planned with the values: else it is not known how few of all work orders the days hold. (A week
-- may be thousands: rows are read once, and to JSON as rows, which takes less than to build each object of its parts.)
WITH planned AS MATERIALIZED (
    SELECT w.*, CASE WHEN w.on_the_way_at IS NOT NULL THEN w END AS whole FROM work_order w
    WHERE w.org_id = $1::uuid
      AND planned_time(w.planned_starts_at, w.window_starts_at) >= $6::timestamptz
      AND planned_time(w.planned_starts_at, w.window_starts_at) < $7::timestamptz
      AND w.state <> 'cancelled'
    ORDER BY planned_time(w.planned_starts_at, w.window_starts_at)
    LIMIT $4::integer + 1),
waiting_id AS MATERIALIZED (
    (SELECT w.id FROM work_order w
     WHERE w.org_id = $1::uuid AND w.state = 'new' ORDER BY w.created_at DESC, w.id LIMIT $5::integer + 1)
    UNION
    (SELECT w.id FROM work_order w
     WHERE w.org_id = $1::uuid AND w.state IN ('new', 'assigned', 'accepted')
       AND planned_time(w.planned_starts_at, w.window_starts_at) IS NULL
     LIMIT $5::integer + 1)
    UNION
    (SELECT w.id FROM work_order w
     WHERE w.org_id = $1::uuid AND w.state IN ('new', 'assigned', 'accepted')
       AND planned_time(w.planned_starts_at, w.window_starts_at) < $8::timestamptz
     ORDER BY planned_time(w.planned_starts_at, w.window_starts_at) DESC LIMIT $5::integer + 1)),
shown AS (
    (SELECT * FROM planned LIMIT $4::integer)
    UNION ALL
    (SELECT w.* FROM (SELECT id FROM waiting_id LIMIT $5::integer) AS waiting
     CROSS JOIN LATERAL (SELECT o.*, CASE WHEN o.on_the_way_at IS NOT NULL THEN o END AS whole FROM work_order o
                         WHERE o.org_id = $1::uuid AND o.id = waiting.id OFFSET 0) AS w
     WHERE NOT EXISTS (SELECT FROM (SELECT id FROM planned LIMIT $4::integer) AS there WHERE there.id = waiting.id))),
listed AS MATERIALIZED (
    SELECT w.id, w.number, w.title, w.priority, w.state, json_time(w.window_starts_at) AS window_starts_at,
           json_time(w.window_ends_at) AS window_ends_at, json_time(w.due_at) AS due_at,
           json_time(w.planned_starts_at) AS planned_starts_at, w.planned_minutes,
           CASE WHEN w.on_the_way_at IS NOT NULL AND on_the_way_still(w.whole) IS NOT NULL
                THEN on_the_way_json(w.whole) END AS on_the_way,
           ARRAY(SELECT a.user_id FROM work_order_assignee a
                 WHERE a.org_id = $1::uuid AND a.work_order_id = w.id
                 ORDER BY a.assigned_at, a.user_id) AS assignee_ids,
           w.site_id, w.version, json_time(w.updated_at) AS updated_at
    FROM shown w
    ORDER BY planned_time(w.planned_starts_at, w.window_starts_at) NULLS LAST, w.number)
SELECT json_build_object(
    'from', $2::date, 'to', $3::date, 'time_zone', $9::text,
    'technicians', coalesce((
        SELECT json_agg(json_build_object('id', u.id, 'name', u.name, 'is_disabled', u.disabled_at IS NOT NULL)
                        ORDER BY u.name, u.id)
        FROM app_user u
        WHERE u.org_id = $1::uuid AND u.role = 'technician'
          AND (u.disabled_at IS NULL OR u.id IN (SELECT unnest(listed.assignee_ids) FROM listed))), '[]'),
    'work_orders', coalesce((SELECT json_agg(w) FROM listed w), '[]'),
    'sites', coalesce((
        SELECT json_agg(s)
        FROM (SELECT s.id, s.name, s.address, c.name AS customer_name,
                     json_position(s.latitude_deg, s.longitude_deg) AS position, s.time_zone
              FROM site s JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
              WHERE s.org_id = $1::uuid AND s.id IN (SELECT site_id FROM listed)
              ORDER BY s.name, s.id) AS s), '[]'),
    'is_complete', (SELECT count(*) FROM planned) <= $4::integer AND (SELECT count(*) FROM waiting_id) <= $5::integer);
