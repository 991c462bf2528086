-- name: customer_link_subject
-- Whether there is the visit $2 or the work order $3, whichever is given, for the technician $4 (null:
-- for whoever asks): the visit's technician, or one the work order is assigned to.
SELECT FROM visit v
WHERE v.org_id = $1::uuid AND v.id = $2::uuid AND ($4::uuid IS NULL OR v.technician_id = $4::uuid)
UNION ALL
SELECT FROM work_order w
WHERE w.org_id = $1::uuid AND w.id = $3::uuid
  AND ($4::uuid IS NULL OR EXISTS (SELECT FROM work_order_assignee a WHERE a.org_id = w.org_id
                                     AND a.work_order_id = w.id AND a.user_id = $4::uuid));

-- name: customer_link_insert
-- It lives for $9 days, else for the organisation's number of days, else for $8. $3 visit, $4 work order,
-- $5 digest of the token, $6 who makes it, $7 digest of the content
INSERT INTO customer_link (org_id, id, visit_id, work_order_id, token_sha256, created_by, content_sha256,
                           expires_at)
SELECT o.org_id, $2::uuid, $3::uuid, $4::uuid, $5::bytea, $6::uuid, $7::bytea,
       now() + coalesce($9::integer, (o.policy #>> '{customer_page,link_days}')::integer, $8::integer)
               * interval '1 day'
FROM organisation o WHERE o.org_id = $1::uuid
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: customer_link_content
SELECT encode(content_sha256, 'hex') FROM customer_link WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: customer_link_get
-- $3: the technician whose visit or work order it must show; null: whoever asks may see it.
SELECT l.id, customer_link_json(l), encode(l.token_sha256, 'hex')
FROM customer_link l
WHERE l.org_id = $1::uuid AND l.id = $2::uuid
  AND ($3::uuid IS NULL
       OR EXISTS (SELECT FROM visit v WHERE v.org_id = l.org_id AND v.id = l.visit_id
                    AND v.technician_id = $3::uuid)
       OR EXISTS (SELECT FROM work_order_assignee a WHERE a.org_id = l.org_id
                    AND a.work_order_id = l.work_order_id AND a.user_id = $3::uuid));

-- name: customer_link_list
-- $2 visit or $3 work order. Newest first.
SELECT l.id, customer_link_json(l), encode(l.token_sha256, 'hex')
FROM customer_link l
WHERE l.org_id = $1::uuid AND (l.visit_id = $2::uuid OR l.work_order_id = $3::uuid)
ORDER BY l.created_at DESC, l.id LIMIT 200;

-- name: customer_link_list_around_visit
-- Links to the visit $2 and to its work orders.
SELECT l.id, customer_link_json(l), encode(l.token_sha256, 'hex')
FROM customer_link l
WHERE l.org_id = $1::uuid
  AND (l.visit_id = $2::uuid
       OR l.work_order_id = ANY (ARRAY(SELECT j.work_order_id FROM visit_work_order j
                                       WHERE j.org_id = $1::uuid AND j.visit_id = $2::uuid)))
ORDER BY l.created_at DESC, l.id LIMIT 200;

-- name: customer_link_revoke
-- $3 by whom; who was first stays.
UPDATE customer_link SET revoked_by = $3::uuid, revoked_at = now()
WHERE org_id = $1::uuid AND id = $2::uuid AND revoked_at IS NULL;
