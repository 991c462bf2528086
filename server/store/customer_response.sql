-- name: customer_response_link_lock
-- Those who answer through the link $2 follow each other.
SELECT FROM customer_link WHERE org_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE;

-- name: customer_response_count
-- How often the link $2 was answered within the hour, and ever.
SELECT count(*) FILTER (WHERE received_at > now() - interval '1 hour'), count(*)
FROM customer_response WHERE org_id = $1::uuid AND link_id = $2::uuid;

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
-- $2 kind, $3 visit, $4 from, $5 to, $6 handled, $7 concern, then the page's limit and keys. Null asks for
-- nothing.
SELECT summary.json, cursor_time(page.received_at), page.id
FROM (SELECT r.org_id, r.id, r.received_at
      FROM customer_response r
      WHERE r.org_id = $1::uuid AND response_is_wanted(r, $2::text, $3::uuid, $6::boolean, $7::boolean)
        AND is_on_page(r.received_at, r.id, $4::timestamptz, $5::timestamptz, $9::timestamptz, $10::uuid)
      ORDER BY r.received_at DESC, r.id DESC
      LIMIT $8::integer) AS page
JOIN customer_response_summary summary ON summary.org_id = page.org_id AND summary.id = page.id
ORDER BY page.received_at DESC, page.id DESC;

-- name: customer_response_list_by_urgency
-- As customer_response_list, but complaints first, then disputes, then low ratings; the page's keys begin with
-- the urgency.
SELECT summary.json, page.urgency, cursor_time(page.received_at), page.id
FROM (SELECT r.org_id, r.id, r.received_at, r.urgency
      FROM customer_response r
      WHERE r.org_id = $1::uuid AND response_is_wanted(r, $2::text, $3::uuid, $6::boolean, $7::boolean)
        AND ($4::timestamptz IS NULL OR r.received_at >= $4::timestamptz)
        AND ($5::timestamptz IS NULL OR r.received_at < $5::timestamptz)
        AND ($9::integer IS NULL
             OR (r.urgency, r.received_at, r.id) < ($9::integer, $10::timestamptz, $11::uuid))
      ORDER BY r.urgency DESC, r.received_at DESC, r.id DESC
      LIMIT $8::integer) AS page
JOIN customer_response_summary summary ON summary.org_id = page.org_id AND summary.id = page.id
ORDER BY page.urgency DESC, page.received_at DESC, page.id DESC;

-- name: customer_response_list_of_work_order
-- As customer_response_list, about the work order $11: through its own links, and about its visits. Those are
-- few, and looked up first.
WITH about AS MATERIALIZED (
    SELECT own.id FROM customer_response own
    WHERE own.org_id = $1::uuid AND own.work_order_id = $11::uuid
    UNION
    SELECT theirs.id FROM visit_work_order j
    JOIN customer_response theirs ON theirs.org_id = j.org_id AND theirs.visit_id = j.visit_id
    WHERE j.org_id = $1::uuid AND j.work_order_id = $11::uuid)
SELECT summary.json, cursor_time(page.received_at), page.id
FROM (SELECT r.org_id, r.id, r.received_at
      FROM about
      JOIN customer_response r ON r.org_id = $1::uuid AND r.id = about.id
      WHERE response_is_wanted(r, $2::text, $3::uuid, $6::boolean, $7::boolean)
        AND is_on_page(r.received_at, r.id, $4::timestamptz, $5::timestamptz, $9::timestamptz, $10::uuid)
      ORDER BY r.received_at DESC, r.id DESC
      LIMIT $8::integer) AS page
JOIN customer_response_summary summary ON summary.org_id = page.org_id AND summary.id = page.id
ORDER BY page.received_at DESC, page.id DESC;

-- name: customer_response_lock
-- Those who deal with one answer follow each other. No row: there is no such answer.
SELECT CASE WHEN handled_at IS NULL THEN 'open' ELSE 'handled' END
FROM customer_response WHERE org_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE;

-- name: response_handling_insert
-- $2 the handling's id, $3 answer, $4 state, $5 note, $6 who, $7 digest of the content
INSERT INTO response_handling (org_id, id, response_id, state, note, actor_id, content_sha256)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4, $5, $6::uuid, $7::bytea)
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: response_handling_content
SELECT encode(content_sha256, 'hex') FROM response_handling WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: response_handling_apply
-- The answer $2 is handled ($3) by $4 from now on, or open again.
UPDATE customer_response
SET handled_at = CASE WHEN $3 = 'handled' THEN clock_timestamp() END,
    handled_by = CASE WHEN $3 = 'handled' THEN $4::uuid END
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: customer_response_summary_get
SELECT summary.json FROM customer_response_summary summary
WHERE summary.org_id = $1::uuid AND summary.id = $2::uuid;
