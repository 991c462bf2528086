-- name: shared_throttle_count
-- Counts $4 requests for the address $3, and for the link $1, $2 if there is one (what is guessed makes no
-- rows), before they are answered. In the order of the digests, so that two requests never wait for
-- each other. $5 the window's seconds
INSERT INTO shared_throttle (subject_sha256, requests, window_ends_at)
SELECT subject, $4::integer, now() + $5::integer * interval '1 second'
FROM (SELECT $3::bytea AS subject
      UNION ALL
      SELECT token_sha256 FROM customer_link WHERE org_id = $1::uuid AND token_sha256 = $2::bytea) AS s
ORDER BY subject
ON CONFLICT (subject_sha256) DO UPDATE
SET requests = CASE WHEN shared_throttle.window_ends_at <= now() THEN excluded.requests
                    ELSE least(shared_throttle.requests + excluded.requests, 1000000000) END,
    window_ends_at = CASE WHEN shared_throttle.window_ends_at <= now() THEN excluded.window_ends_at
                          ELSE shared_throttle.window_ends_at END
RETURNING subject_sha256 = $3::bytea AS is_address, requests,
          ceil(extract(epoch FROM window_ends_at - now()))::integer AS left_s;

-- name: shared_throttle_clear
-- Removes windows that are over, a few at a time.
DELETE FROM shared_throttle
WHERE subject_sha256 IN (SELECT subject_sha256 FROM shared_throttle
                         WHERE window_ends_at < now() LIMIT 100 FOR UPDATE SKIP LOCKED);

-- name: shared_link_open
-- The link of a token's digest, unless it was revoked.
SELECT l.id, l.visit_id, l.work_order_id, l.expires_at <= now(), o.policy #>> '{customer_page,photos}'
FROM customer_link l JOIN organisation o ON o.org_id = l.org_id
WHERE l.org_id = $1::uuid AND l.token_sha256 = $2::bytea AND l.revoked_at IS NULL;

-- name: shared_link_viewed
-- It is kept when, of the first five hundred times; and the audit trail notes it when nobody had opened it
-- for ten minutes: a page that is loaded again is no news. $3 address
WITH before AS (
    SELECT org_id, id, visit_id, work_order_id, last_viewed_at FROM customer_link
    WHERE org_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE),
viewed AS (
    UPDATE customer_link l SET views = least(l.views, 2147483646) + 1, last_viewed_at = now()
    FROM before WHERE l.org_id = before.org_id AND l.id = before.id
    RETURNING l.org_id, l.id, l.views),
opening AS (
    INSERT INTO customer_link_opening (org_id, link_id, number, opened_at)
    SELECT org_id, id, views, now() FROM viewed WHERE views <= 500)
INSERT INTO audit_event (org_id, address, action, entity_kind, entity_id, entity_name)
SELECT before.org_id, $3, 'opened', 'link', before.id,
       coalesce((SELECT w.number FROM work_order w WHERE w.org_id = before.org_id AND w.id = before.work_order_id),
                visit_label(before.org_id, before.visit_id))
FROM before
WHERE before.last_viewed_at IS NULL OR before.last_viewed_at < now() - interval '10 minutes';

-- name: shared_view
-- Everything on the page. $2 link, $3 its visit or $4 its work order, $5 which photos are shown
SELECT json_build_object(
    'organisation', (SELECT json_build_object('name', o.name, 'language', o.language)
                     FROM organisation o WHERE o.org_id = $1::uuid),
    'customer', json_build_object('name', c.name, 'language', c.language),
    'site', json_build_object('name', s.name, 'address', s.address, 'time_zone', s.time_zone),
    'expires_at', (SELECT json_time(l.expires_at) FROM customer_link l
                   WHERE l.org_id = $1::uuid AND l.id = $2::uuid),
    'work_orders', coalesce((SELECT json_agg(shared_work_order_json(w) ORDER BY w.number)
                             FROM (SELECT * FROM shared_work_orders($1::uuid, $3::uuid, $4::uuid) AS all_of_them
                                   ORDER BY all_of_them.number LIMIT 50) AS w), '[]'),
    'visits', coalesce((SELECT json_agg(shared_visit_json(v, $4::uuid, $5) ORDER BY v.first_seen_at DESC, v.id)
                        FROM (SELECT * FROM shared_visits($1::uuid, $3::uuid, $4::uuid) AS all_of_them
                              ORDER BY all_of_them.first_seen_at DESC, all_of_them.id LIMIT 20) AS v), '[]'),
    'responses', coalesce((SELECT json_agg(shared_response_json(r) ORDER BY r.received_at, r.id)
                           FROM customer_response r
                           WHERE r.org_id = $1::uuid AND r.link_id = $2::uuid), '[]'))
FROM site s
JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
WHERE s.org_id = $1::uuid
  AND s.id = coalesce((SELECT v.site_id FROM visit v WHERE v.org_id = $1::uuid AND v.id = $3::uuid),
                      (SELECT w.site_id FROM work_order w WHERE w.org_id = $1::uuid AND w.id = $4::uuid));

-- name: shared_photo
-- The files of photo $4, if the link's visit $2 or work order $3 shows it by the rule $5.
SELECT CASE WHEN p.thumbnails_removed_at IS NULL THEN encode(p.small_sha256, 'hex') END,
       CASE WHEN p.thumbnails_removed_at IS NULL THEN encode(p.medium_sha256, 'hex') END
FROM shared_visits($1::uuid, $2::uuid, $3::uuid) AS v
CROSS JOIN LATERAL shared_photos(v.org_id, v.id, $3::uuid, $5) AS p
WHERE p.id = $4::uuid;

-- name: shared_visit
-- The newest of the visits that a link shows, or the one asked for ($4), and its newest signed version.
SELECT v.id, (SELECT max(sheet.version) FROM visit_sheet sheet
              WHERE sheet.org_id = v.org_id AND sheet.visit_id = v.id AND sheet.state = 'signed')
FROM shared_visits($1::uuid, $2::uuid, $3::uuid) AS v
WHERE $4::uuid IS NULL OR v.id = $4::uuid
ORDER BY v.first_seen_at DESC, v.id LIMIT 1;

-- name: shared_documents
-- Every PDF of the visits that a link shows: given out at some time, or kept to be.
SELECT json_build_object('documents', coalesce(json_agg(json_build_object(
           'sha256', encode(d.sha256, 'hex'), 'visit_id', d.visit_id, 'sheet_version', d.version,
           'is_latest', d.is_latest, 'first_issued_at', json_time(d.first_issued_at))
           ORDER BY d.first_issued_at DESC NULLS LAST, d.sha256), '[]'))
FROM (SELECT sheet.visit_id, sheet.version, pdf.sha256, min(pdf.first_issued_at) AS first_issued_at,
             sheet.version = (SELECT max(newest.version) FROM visit_sheet newest
                              WHERE newest.org_id = sheet.org_id AND newest.visit_id = sheet.visit_id
                                AND newest.state = 'signed') AS is_latest
      FROM shared_visits($1::uuid, $2::uuid, $3::uuid) AS v
      JOIN visit_sheet sheet ON sheet.org_id = v.org_id AND sheet.visit_id = v.id
      CROSS JOIN LATERAL (
          SELECT sheet.pdf_sha256 AS sha256, NULL::timestamptz AS first_issued_at
          WHERE sheet.pdf_sha256 IS NOT NULL
          UNION ALL
          SELECT issued.sha256, issued.first_issued_at FROM issued_document issued
          WHERE issued.org_id = sheet.org_id AND issued.visit_id = sheet.visit_id
            AND issued.sheet_version = sheet.version) AS pdf
      GROUP BY sheet.org_id, sheet.visit_id, sheet.version, pdf.sha256
      ORDER BY min(pdf.first_issued_at) DESC NULLS LAST
      LIMIT 1000) AS d;
