-- name: visit_file_parts
-- What stands around the visit $2, beside its sheets and links.
SELECT json_build_object(
    'hold', (SELECT hold_json(v) FROM visit v
             WHERE v.org_id = $1::uuid AND v.id = $2::uuid AND v.held_at IS NOT NULL),
    'responses', coalesce((
        SELECT json_agg(summary.json ORDER BY newest.received_at, newest.id)
        FROM (SELECT r.org_id, r.id, r.received_at FROM customer_response r
              WHERE r.org_id = $1::uuid AND r.visit_id = $2::uuid
              ORDER BY r.received_at DESC LIMIT 200) AS newest
        JOIN customer_response_summary summary ON summary.org_id = newest.org_id AND summary.id = newest.id),
        '[]'),
    'callbacks', coalesce((
        SELECT json_agg(callback_json(call) ORDER BY call.called_at, call.id)
        FROM (SELECT * FROM callback WHERE org_id = $1::uuid AND visit_id = $2::uuid
              ORDER BY called_at DESC LIMIT 100) AS call), '[]'),
    'retakes', coalesce((
        SELECT json_agg(r.json ORDER BY newest.requested_at, newest.id)
        FROM (SELECT * FROM retake WHERE org_id = $1::uuid AND visit_id = $2::uuid
              ORDER BY requested_at DESC LIMIT 500) AS newest
        JOIN retake_summary r ON r.org_id = newest.org_id AND r.id = newest.id), '[]'),
    'corrections', coalesce((
        SELECT json_agg(c.json ORDER BY newest.requested_at, newest.id)
        FROM (SELECT * FROM correction WHERE org_id = $1::uuid AND visit_id = $2::uuid
              ORDER BY requested_at DESC LIMIT 100) AS newest
        JOIN correction_summary c ON c.org_id = newest.org_id AND c.id = newest.id), '[]'),
    'openings', coalesce((
        SELECT json_agg(json_build_object('link_id', o.link_id, 'opened_at', json_time(o.opened_at))
                        ORDER BY o.opened_at, o.link_id, o.number)
        FROM (SELECT opening.* FROM customer_link l
              JOIN customer_link_opening opening ON opening.org_id = l.org_id AND opening.link_id = l.id
              WHERE l.org_id = $1::uuid
                AND (l.visit_id = $2::uuid
                     OR l.work_order_id = ANY (ARRAY(SELECT j.work_order_id FROM visit_work_order j
                                                     WHERE j.org_id = $1::uuid AND j.visit_id = $2::uuid)))
              ORDER BY opening.opened_at DESC LIMIT 500) AS o), '[]'));

-- name: visit_file_view_insert
-- That $3 looks at the visit $2; the page is read anew whenever something changes, so that one look is on record
-- once in ten minutes.
WITH view AS (
    INSERT INTO evidence_view (org_id, user_id, visit_id)
    SELECT $1::uuid, $3::uuid, $2::uuid
    WHERE NOT EXISTS (SELECT FROM evidence_view before
                      WHERE before.org_id = $1::uuid AND before.visit_id = $2::uuid
                        AND before.user_id = $3::uuid AND before.photo_id IS NULL
                        AND before.viewed_at > now() - interval '10 minutes')
    RETURNING org_id, visit_id)
SELECT audit_record(org_id, 'viewed', 'visit', visit_id, visit_label(org_id, visit_id), '[]') FROM view;
