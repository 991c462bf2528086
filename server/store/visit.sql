-- name: visit_upsert
-- Check-ins come in any order: the first one makes the visit, each later one widens it.
-- $1 organisation, $2 visit, $3 site, $4 technician, $5 captured_at, $6 arrival, $7 departure,
-- $8 the check-in's verdict, which a new visit begins with
INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, arrived_at, departed_at, verdict)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz, $6::timestamptz, $7::timestamptz,
        $8)
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
       (SELECT json_agg(json_build_object('label', item.label, 'required', item.required,
                                          'done', checklist_item_is_done(item, $2::uuid))
                        ORDER BY item.work_order_id, item.position)
        FROM visit_work_order
        JOIN checklist_item item ON item.org_id = visit_work_order.org_id
                                AND item.work_order_id = visit_work_order.work_order_id
        WHERE visit_work_order.org_id = $1::uuid AND visit_work_order.visit_id = $2::uuid) AS checklist
FROM visit
JOIN site ON site.org_id = visit.org_id AND site.id = visit.site_id
JOIN organisation ON organisation.org_id = visit.org_id
WHERE visit.org_id = $1::uuid AND visit.id = $2::uuid;

-- name: visit_judge
UPDATE visit SET verdict = $3, findings = $4::jsonb, finding_codes = $5::text[], updated_at = now()
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: visit_lock
-- Serialises what is judged about one visit. No row: there is no such visit yet.
SELECT id FROM visit WHERE org_id = $1::uuid AND id = $2::uuid FOR UPDATE;

-- name: work_orders_start
-- An arrival puts its work orders on site, when they were waiting for that, and says so in their history.
WITH started AS (
    UPDATE work_order SET state = 'on_site', version = version + 1, updated_at = now()
    FROM (SELECT id, state FROM work_order
          WHERE org_id = $1::uuid AND id = ANY ($2::uuid[]) AND state IN ('new', 'assigned', 'accepted')
          FOR UPDATE) AS before
    WHERE work_order.org_id = $1::uuid AND work_order.id = before.id
    RETURNING work_order.id, before.state AS from_state)
INSERT INTO work_order_event (org_id, work_order_id, actor_id, kind, from_state, to_state, reason)
SELECT $1::uuid, started.id, $3::uuid, 'state_changed', started.from_state, 'on_site', 'arrival check-in'
FROM started;
