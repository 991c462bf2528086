-- name: visit_insert
-- $1 organisation, $2 visit, $3 site, $4 technician, $5 captured_at, $6 arrival, $7 departure,
-- $8 and $9 the check-in's verdict and finding codes, which a new visit begins with
INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, arrived_at, departed_at, verdict,
                   finding_codes)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz, $6::timestamptz, $7::timestamptz,
        $8, $9::text[]);

-- name: visit_upsert
-- Check-ins come in any order: the first one makes the visit, each later one widens it. Parameters as of
-- visit_insert.
INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, arrived_at, departed_at, verdict,
                   finding_codes)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz, $6::timestamptz, $7::timestamptz,
        $8, $9::text[])
ON CONFLICT (org_id, id) DO UPDATE
SET first_seen_at = least(visit.first_seen_at, excluded.first_seen_at),
    arrived_at = least(visit.arrived_at, excluded.arrived_at),
    departed_at = greatest(visit.departed_at, excluded.departed_at),
    updated_at = now();

-- name: visit_work_orders_add
INSERT INTO visit_work_order (org_id, visit_id, work_order_id)
SELECT $1::uuid, $2::uuid, wanted.id FROM unnest($3::uuid[]) AS wanted(id)
ON CONFLICT DO NOTHING;

-- name: visit_facts
-- What the rules need to know of a whole visit, and the worst verdict of all that belongs to it.
SELECT (extract(epoch FROM visit.arrived_at) * 1000)::bigint AS arrived_at_ms,
       (extract(epoch FROM visit.departed_at) * 1000)::bigint AS departed_at_ms,
       organisation.policy,
       site.minimum_minutes,
       (SELECT max(CASE part.verdict WHEN 'rejected' THEN 2 WHEN 'needs_review' THEN 1 ELSE 0 END)
        FROM (SELECT verdict FROM check_in WHERE org_id = $1::uuid AND visit_id = $2::uuid
              UNION ALL SELECT verdict FROM scan WHERE org_id = $1::uuid AND visit_id = $2::uuid
              UNION ALL SELECT verdict FROM photo WHERE org_id = $1::uuid AND visit_id = $2::uuid
                          AND verdict IS NOT NULL) AS part) AS worst,
       (SELECT json_agg(json_build_object('label', concat(item.label, ' ×' || nullif(item.minimum_count, 1)), 'required', item.required,
                                          'done', EXISTS (SELECT FROM checklist_item_answer a
                                                            WHERE a.org_id = item.org_id AND a.id = item.id
                                                              AND a.visit_id = $2::uuid))
                        ORDER BY item.work_order_id, item.position)
        FROM visit_work_order
        JOIN checklist_item item ON item.org_id = visit_work_order.org_id
                                AND item.work_order_id = visit_work_order.work_order_id
        WHERE visit_work_order.org_id = $1::uuid AND visit_work_order.visit_id = $2::uuid) AS checklist,
       CASE WHEN EXISTS (SELECT FROM signature
                         WHERE signature.org_id = $1::uuid AND signature.visit_id = $2::uuid AND missing IS NOT NULL)
            THEN signed_evidence_missing($1::uuid, $2::uuid) END AS signed_missing
FROM visit
JOIN site ON site.org_id = visit.org_id AND site.id = visit.site_id
JOIN organisation ON organisation.org_id = visit.org_id
WHERE visit.org_id = $1::uuid AND visit.id = $2::uuid;

-- name: visit_judge
-- Its finding codes ($5: its own) are also those of everything that belongs to it.
UPDATE visit
SET verdict = $3, findings = $4::jsonb, updated_at = now(),
    finding_codes = ARRAY(
        SELECT unnest($5::text[]) AS code
        UNION SELECT unnest(finding_codes) FROM check_in WHERE org_id = $1::uuid AND visit_id = $2::uuid
        UNION SELECT unnest(finding_codes) FROM scan WHERE org_id = $1::uuid AND visit_id = $2::uuid
        UNION SELECT unnest(finding_codes) FROM photo WHERE org_id = $1::uuid AND visit_id = $2::uuid
        ORDER BY code)
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: visit_lock
-- Serialises what is judged about one visit. No row: there is no such visit yet. (FOR UPDATE would also
-- wait for every row that is being made to refer to the visit, and could deadlock with it.)
SELECT id FROM visit WHERE org_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE;

-- name: work_orders_start
-- An arrival puts its work orders on site, when they were waiting for that, and says so in their history.
WITH started AS (
    UPDATE work_order SET state = 'on_site', version = version + 1, updated_at = now()
    FROM (SELECT id, state FROM work_order
          WHERE org_id = $1::uuid AND id = ANY ($2::uuid[]) AND state IN ('new', 'assigned', 'accepted')
          ORDER BY id FOR NO KEY UPDATE) AS before
    WHERE work_order.org_id = $1::uuid AND work_order.id = before.id
    RETURNING work_order.id, before.state AS from_state)
INSERT INTO work_order_event (org_id, work_order_id, actor_id, kind, from_state, to_state, reason)
SELECT $1::uuid, started.id, $3::uuid, 'state_changed', started.from_state, 'on_site', 'arrival check-in'
FROM started;

-- name: visit_get
-- $3: the technician whose visit it must be; null: whoever asks may see it. $4 language
SELECT visit_json(v, $4) FROM visit v
WHERE v.org_id = $1::uuid AND v.id = $2::uuid AND ($3::uuid IS NULL OR v.technician_id = $3::uuid);

-- name: visit_list
-- $2 site, $3 technician, $4 from, $5 to, $6 verdict, $7 reviewed, $8 signed, $9 corrected, $10 concern,
-- $11 first and $12 last day at the site, then the page's limit and keys. Null asks for nothing.
SELECT summary.json, cursor_time(page.first_seen_at), page.id
FROM (SELECT v.org_id, v.id, v.first_seen_at
      FROM visit v
      WHERE v.org_id = $1::uuid AND visit_is_wanted(v, $2::uuid, $3::uuid, $6::text, $7::boolean)
        AND visit_is_marked(v, $8::boolean, $9::boolean, $10::text)
        AND is_near_days(v.first_seen_at, $11::date, $12::date)
        AND (($11::date IS NULL AND $12::date IS NULL)
             OR EXISTS (SELECT FROM site s WHERE s.org_id = v.org_id AND s.id = v.site_id
                          AND (v.first_seen_at AT TIME ZONE s.time_zone)::date
                              BETWEEN coalesce($11::date, '-infinity') AND coalesce($12::date, 'infinity')))
        AND is_on_page(v.first_seen_at, v.id, $4::timestamptz, $5::timestamptz, $14::timestamptz,
                       $15::uuid)
      ORDER BY v.first_seen_at DESC, v.id DESC
      LIMIT $13::integer) AS page
JOIN visit_summary summary ON summary.org_id = page.org_id AND summary.id = page.id
ORDER BY page.first_seen_at DESC, page.id DESC;

-- name: visit_list_of_customer
-- As visit_list, at the sites of customer $16: a page of each site, and of those the newest.
SELECT summary.json, cursor_time(page.first_seen_at), page.id
FROM (SELECT newest.*
      FROM site s
      CROSS JOIN LATERAL (
          SELECT v.org_id, v.id, v.first_seen_at
          FROM visit v
          WHERE v.org_id = $1::uuid AND v.site_id = s.id
            AND visit_is_wanted(v, $2::uuid, $3::uuid, $6::text, $7::boolean)
            AND visit_is_marked(v, $8::boolean, $9::boolean, $10::text)
            AND is_near_days(v.first_seen_at, $11::date, $12::date)
            AND ($11::date IS NULL OR (v.first_seen_at AT TIME ZONE s.time_zone)::date >= $11::date)
            AND ($12::date IS NULL OR (v.first_seen_at AT TIME ZONE s.time_zone)::date <= $12::date)
            AND is_on_page(v.first_seen_at, v.id, $4::timestamptz, $5::timestamptz,
                           $14::timestamptz, $15::uuid)
          ORDER BY v.first_seen_at DESC, v.id DESC
          LIMIT $13::integer) AS newest
      WHERE s.org_id = $1::uuid AND s.customer_id = $16::uuid
      ORDER BY newest.first_seen_at DESC, newest.id DESC
      LIMIT $13::integer) AS page
JOIN visit_summary summary ON summary.org_id = page.org_id AND summary.id = page.id
ORDER BY page.first_seen_at DESC, page.id DESC;

-- name: visit_list_of_team
-- As visit_list, by who is of team $17 today: a page of each, and of those the newest; $16 customer, or null.
SELECT summary.json, cursor_time(page.first_seen_at), page.id
FROM (SELECT newest.*
      FROM app_user u
      CROSS JOIN LATERAL (
          SELECT v.org_id, v.id, v.first_seen_at
          FROM visit v
          WHERE v.org_id = $1::uuid AND v.technician_id = u.id
            AND visit_is_wanted(v, $2::uuid, $3::uuid, $6::text, $7::boolean)
            AND visit_is_marked(v, $8::boolean, $9::boolean, $10::text)
            AND is_near_days(v.first_seen_at, $11::date, $12::date)
            AND (($11::date IS NULL AND $12::date IS NULL AND $16::uuid IS NULL)
                 OR EXISTS (SELECT FROM site s
                            WHERE s.org_id = v.org_id AND s.id = v.site_id
                              AND ($16::uuid IS NULL OR s.customer_id = $16::uuid)
                              AND (v.first_seen_at AT TIME ZONE s.time_zone)::date
                                  BETWEEN coalesce($11::date, '-infinity') AND coalesce($12::date, 'infinity')))
            AND is_on_page(v.first_seen_at, v.id, $4::timestamptz, $5::timestamptz,
                           $14::timestamptz, $15::uuid)
          ORDER BY v.first_seen_at DESC, v.id DESC
          LIMIT $13::integer) AS newest
      WHERE u.org_id = $1::uuid AND u.team = $17::text
      ORDER BY newest.first_seen_at DESC, newest.id DESC
      LIMIT $13::integer) AS page
JOIN visit_summary summary ON summary.org_id = page.org_id AND summary.id = page.id
ORDER BY page.first_seen_at DESC, page.id DESC;

-- name: visit_list_with_finding
-- As visit_list, where $18 was found; $16 null, $17 team, or null.
SELECT summary.json, cursor_time(page.first_seen_at), page.id
FROM (SELECT v.org_id, v.id, f.first_seen_at
      FROM visit_finding f
      JOIN visit v ON v.org_id = f.org_id AND v.id = f.visit_id
      WHERE f.org_id = $1::uuid AND f.code = $18 AND $16::uuid IS NULL
        AND ($2::uuid IS NULL OR f.site_id = $2::uuid) AND ($3::uuid IS NULL OR f.technician_id = $3::uuid)
        AND is_on_page(f.first_seen_at, f.visit_id, $4::timestamptz, $5::timestamptz,
                       $14::timestamptz, $15::uuid)
        AND is_near_days(f.first_seen_at, $11::date, $12::date)
        AND visit_is_wanted(v, NULL, NULL, $6::text, $7::boolean)
        AND visit_is_marked(v, $8::boolean, $9::boolean, $10::text)
        AND (($11::date IS NULL AND $12::date IS NULL)
             OR EXISTS (SELECT FROM site s
                        WHERE s.org_id = v.org_id AND s.id = v.site_id
                          AND (v.first_seen_at AT TIME ZONE s.time_zone)::date
                              BETWEEN coalesce($11::date, '-infinity') AND coalesce($12::date, 'infinity')))
        AND ($17::text IS NULL OR EXISTS (SELECT FROM app_user u WHERE u.org_id = v.org_id AND u.id = v.technician_id
                                            AND u.team = $17::text))
      ORDER BY f.first_seen_at DESC, f.visit_id DESC
      LIMIT $13::integer) AS page
JOIN visit_summary summary ON summary.org_id = page.org_id AND summary.id = page.id
ORDER BY page.first_seen_at DESC, page.id DESC;

-- name: visit_list_with_finding_of_customer
-- As visit_list_with_finding, at the sites of customer $16: a page of each site, and of those the newest.
SELECT summary.json, cursor_time(page.first_seen_at), page.id
FROM (SELECT newest.*
      FROM site s
      CROSS JOIN LATERAL (
          SELECT v.org_id, v.id, f.first_seen_at
          FROM visit_finding f
          JOIN visit v ON v.org_id = f.org_id AND v.id = f.visit_id
          WHERE f.org_id = $1::uuid AND f.code = $18 AND f.site_id = s.id
            AND ($2::uuid IS NULL OR f.site_id = $2::uuid) AND ($3::uuid IS NULL OR f.technician_id = $3::uuid)
            AND is_on_page(f.first_seen_at, f.visit_id, $4::timestamptz, $5::timestamptz,
                           $14::timestamptz, $15::uuid)
            AND is_near_days(f.first_seen_at, $11::date, $12::date)
            AND visit_is_wanted(v, NULL, NULL, $6::text, $7::boolean)
            AND visit_is_marked(v, $8::boolean, $9::boolean, $10::text)
            AND ($11::date IS NULL OR (f.first_seen_at AT TIME ZONE s.time_zone)::date >= $11::date)
            AND ($12::date IS NULL OR (f.first_seen_at AT TIME ZONE s.time_zone)::date <= $12::date)
            AND ($17::text IS NULL OR EXISTS (SELECT FROM app_user u WHERE u.org_id = v.org_id AND u.id = v.technician_id
                                                AND u.team = $17::text))
          ORDER BY f.first_seen_at DESC, f.visit_id DESC
          LIMIT $13::integer) AS newest
      WHERE s.org_id = $1::uuid AND s.customer_id = $16::uuid
      ORDER BY newest.first_seen_at DESC, newest.id DESC
      LIMIT $13::integer) AS page
JOIN visit_summary summary ON summary.org_id = page.org_id AND summary.id = page.id
ORDER BY page.first_seen_at DESC, page.id DESC;

-- name: visit_list_of_few
-- As visit_list, of work order $19, or, where that is null, of those whose sheet is to be corrected ($20: open); $16
-- customer, $17 team, $18 finding, or null. Either is little, however long the history is.
SELECT summary.json, cursor_time(page.first_seen_at), page.id
FROM (SELECT v.org_id, v.id, v.first_seen_at
      FROM (SELECT j.visit_id FROM visit_work_order j
            WHERE j.org_id = $1::uuid AND j.work_order_id = $19::uuid
              AND ($20::text IS NULL
                   OR EXISTS (SELECT FROM correction c WHERE c.org_id = $1::uuid AND c.visit_id = j.visit_id
                                AND c.answered_at IS NULL AND c.withdrawn_at IS NULL))
            UNION ALL
            SELECT c.visit_id FROM correction c
            WHERE $19::uuid IS NULL AND c.org_id = $1::uuid AND c.answered_at IS NULL AND c.withdrawn_at IS NULL) AS few
      JOIN visit v ON v.org_id = $1::uuid AND v.id = few.visit_id
      JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
      WHERE visit_is_wanted(v, $2::uuid, $3::uuid, $6::text, $7::boolean)
        AND visit_is_marked(v, $8::boolean, $9::boolean, $10::text)
        AND is_near_days(v.first_seen_at, $11::date, $12::date)
        AND ($11::date IS NULL OR (v.first_seen_at AT TIME ZONE s.time_zone)::date >= $11::date)
        AND ($12::date IS NULL OR (v.first_seen_at AT TIME ZONE s.time_zone)::date <= $12::date)
        AND is_on_page(v.first_seen_at, v.id, $4::timestamptz, $5::timestamptz, $14::timestamptz, $15::uuid)
        AND ($16::uuid IS NULL OR s.customer_id = $16::uuid)
        AND ($17::text IS NULL OR EXISTS (SELECT FROM app_user u WHERE u.org_id = v.org_id AND u.id = v.technician_id
                                            AND u.team = $17::text))
        AND ($18::text IS NULL OR $18::text = ANY (v.finding_codes))
      ORDER BY v.first_seen_at DESC, v.id DESC
      LIMIT $13::integer) AS page
JOIN visit_summary summary ON summary.org_id = page.org_id AND summary.id = page.id
ORDER BY page.first_seen_at DESC, page.id DESC;
