-- name: customer_response_insert
-- $3 link, $4 visit, $5 the link's work order, $6 kind, $7 stars, $8 decision, $9 words, $10 digest of
-- the content
INSERT INTO customer_response (org_id, id, link_id, visit_id, work_order_id, kind, stars, decision,
                               words, received_at, content_sha256)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6, $7::integer, $8, $9, clock_timestamp(),
        $10::bytea)
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: customer_response_content
SELECT encode(content_sha256, 'hex') FROM customer_response WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: customer_response_get
SELECT shared_response_json(r) FROM customer_response r WHERE r.org_id = $1::uuid AND r.id = $2::uuid;

-- name: customer_response_list
-- $2 kind, $3 visit, $4 from, $5 to, then the page's limit and keys. Null asks for nothing.
SELECT customer_response_json(r), cursor_time(r.received_at), r.id
FROM customer_response r
WHERE r.org_id = $1::uuid
  AND ($2::text IS NULL OR r.kind = $2::text)
  AND ($3::uuid IS NULL OR r.visit_id = $3::uuid)
  AND is_on_page(r.received_at, r.id, $4::timestamptz, $5::timestamptz, $7::timestamptz, $8::uuid)
ORDER BY r.received_at DESC, r.id DESC
LIMIT $6::integer;

-- name: customer_response_list_of_work_order
-- As customer_response_list, about the work order $9: through its own links, and about its visits. Those are few, and
-- looked up first.
WITH about AS MATERIALIZED (
    SELECT own.id FROM customer_response own
    WHERE own.org_id = $1::uuid AND own.work_order_id = $9::uuid
    UNION
    SELECT theirs.id FROM visit_work_order j
    JOIN customer_response theirs ON theirs.org_id = j.org_id AND theirs.visit_id = j.visit_id
    WHERE j.org_id = $1::uuid AND j.work_order_id = $9::uuid)
SELECT customer_response_json(r), cursor_time(r.received_at), r.id
FROM about
JOIN customer_response r ON r.org_id = $1::uuid AND r.id = about.id
WHERE ($2::text IS NULL OR r.kind = $2::text)
  AND ($3::uuid IS NULL OR r.visit_id = $3::uuid)
  AND is_on_page(r.received_at, r.id, $4::timestamptz, $5::timestamptz, $7::timestamptz, $8::uuid)
ORDER BY r.received_at DESC, r.id DESC
LIMIT $6::integer;
