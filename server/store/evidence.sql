-- name: plan_by_values
-- A list's plan depends on which filters are given: each run plans for its own values.
SET LOCAL plan_cache_mode = force_custom_plan;

-- fragment: evidence_of_page
-- The evidence of the page's photos, each by its key.
SELECT e.json, cursor_time(page.captured_at), page.id
FROM page
CROSS JOIN LATERAL (SELECT * FROM evidence_rows($2) shown
                    WHERE shown.org_id = $1::uuid AND shown.id = page.id OFFSET 0) AS e
ORDER BY page.captured_at DESC, page.id DESC

-- name: evidence_list
-- $2 language, $3 site, $4 technician, $5 from, $6 to, $7 verdict, $8 reviewed, $9 role, then the page's
-- limit and keys, then $13 decision, $14 first and $15 last day at the site. Null asks for nothing.
WITH page AS MATERIALIZED (
    SELECT p.captured_at, p.id
    FROM photo p
    WHERE p.org_id = $1::uuid
      AND photo_is_wanted(p, $3::uuid, $4::uuid, $7::text, $8::boolean, $9::text)
      AND ($13::text IS NULL OR p.review_decision = $13::text)
      AND is_near_days(p.captured_at, $14::date, $15::date)
      AND (($14::date IS NULL AND $15::date IS NULL)
           OR EXISTS (SELECT FROM site s WHERE s.org_id = p.org_id AND s.id = p.site_id
                        AND (p.captured_at AT TIME ZONE s.time_zone)::date
                            BETWEEN coalesce($14::date, '-infinity') AND coalesce($15::date, 'infinity')))
      AND is_on_page(p.captured_at, p.id, $5::timestamptz, $6::timestamptz, $11::timestamptz, $12::uuid)
    ORDER BY p.captured_at DESC, p.id DESC
    LIMIT $10::integer)
-- include: evidence_of_page

-- name: evidence_list_of_customer
-- As evidence_list, at the sites of customer $16: a page of each site, and of those the newest.
WITH page AS MATERIALIZED (
    SELECT newest.captured_at, newest.id
    FROM site s
    CROSS JOIN LATERAL (
        SELECT p.captured_at, p.id
        FROM photo p
        WHERE p.org_id = $1::uuid AND p.site_id = s.id
          AND photo_is_wanted(p, $3::uuid, $4::uuid, $7::text, $8::boolean, $9::text)
          AND ($13::text IS NULL OR p.review_decision = $13::text)
          AND is_near_days(p.captured_at, $14::date, $15::date)
          AND ($14::date IS NULL OR (p.captured_at AT TIME ZONE s.time_zone)::date >= $14::date)
          AND ($15::date IS NULL OR (p.captured_at AT TIME ZONE s.time_zone)::date <= $15::date)
          AND is_on_page(p.captured_at, p.id, $5::timestamptz, $6::timestamptz, $11::timestamptz,
                         $12::uuid)
        ORDER BY p.captured_at DESC, p.id DESC
        LIMIT $10::integer) AS newest
    WHERE s.org_id = $1::uuid AND s.customer_id = $16::uuid
    ORDER BY newest.captured_at DESC, newest.id DESC
    LIMIT $10::integer)
-- include: evidence_of_page

-- name: evidence_list_of_team
-- As evidence_list, by who is of team $17 today: a page of each, and of those the newest; $16 customer, or null.
WITH page AS MATERIALIZED (
    SELECT newest.captured_at, newest.id
    FROM app_user u
    CROSS JOIN LATERAL (
        SELECT p.captured_at, p.id
        FROM photo p
        WHERE p.org_id = $1::uuid AND p.user_id = u.id
          AND photo_is_wanted(p, $3::uuid, $4::uuid, $7::text, $8::boolean, $9::text)
          AND ($13::text IS NULL OR p.review_decision = $13::text)
          AND is_near_days(p.captured_at, $14::date, $15::date)
          AND (($14::date IS NULL AND $15::date IS NULL AND $16::uuid IS NULL)
               OR EXISTS (SELECT FROM site s
                          WHERE s.org_id = p.org_id AND s.id = p.site_id
                            AND ($16::uuid IS NULL OR s.customer_id = $16::uuid)
                            AND (p.captured_at AT TIME ZONE s.time_zone)::date
                                BETWEEN coalesce($14::date, '-infinity') AND coalesce($15::date, 'infinity')))
          AND is_on_page(p.captured_at, p.id, $5::timestamptz, $6::timestamptz, $11::timestamptz,
                         $12::uuid)
        ORDER BY p.captured_at DESC, p.id DESC
        LIMIT $10::integer) AS newest
    WHERE u.org_id = $1::uuid AND u.team = $17::text
    ORDER BY newest.captured_at DESC, newest.id DESC
    LIMIT $10::integer)
-- include: evidence_of_page

-- name: evidence_list_with_finding
-- As evidence_list, where $18 was found; $16 null, $17 team, or null.
WITH page AS MATERIALIZED (
    SELECT f.captured_at, f.photo_id AS id
    FROM photo_finding f
    JOIN photo p ON p.org_id = f.org_id AND p.id = f.photo_id
    WHERE f.org_id = $1::uuid AND f.code = $18 AND $16::uuid IS NULL
      AND ($3::uuid IS NULL OR f.site_id = $3::uuid) AND ($4::uuid IS NULL OR f.user_id = $4::uuid)
      AND is_on_page(f.captured_at, f.photo_id, $5::timestamptz, $6::timestamptz, $11::timestamptz,
                     $12::uuid)
      AND is_near_days(f.captured_at, $14::date, $15::date)
      AND photo_is_wanted(p, NULL, NULL, $7::text, $8::boolean, $9::text)
      AND ($13::text IS NULL OR p.review_decision = $13::text)
      AND (($14::date IS NULL AND $15::date IS NULL)
           OR EXISTS (SELECT FROM site s
                      WHERE s.org_id = p.org_id AND s.id = p.site_id
                        AND (p.captured_at AT TIME ZONE s.time_zone)::date
                            BETWEEN coalesce($14::date, '-infinity') AND coalesce($15::date, 'infinity')))
      AND ($17::text IS NULL OR EXISTS (SELECT FROM app_user u WHERE u.org_id = p.org_id AND u.id = p.user_id
                                          AND u.team = $17::text))
    ORDER BY f.captured_at DESC, f.photo_id DESC
    LIMIT $10::integer)
-- include: evidence_of_page

-- name: evidence_list_with_finding_of_customer
-- As evidence_list_with_finding, at the sites of customer $16: a page of each site, and of those the newest.
WITH page AS MATERIALIZED (
    SELECT newest.captured_at, newest.id
    FROM site s
    CROSS JOIN LATERAL (
        SELECT f.captured_at, f.photo_id AS id
        FROM photo_finding f
        JOIN photo p ON p.org_id = f.org_id AND p.id = f.photo_id
        WHERE f.org_id = $1::uuid AND f.code = $18 AND f.site_id = s.id
          AND ($3::uuid IS NULL OR f.site_id = $3::uuid) AND ($4::uuid IS NULL OR f.user_id = $4::uuid)
          AND is_on_page(f.captured_at, f.photo_id, $5::timestamptz, $6::timestamptz, $11::timestamptz,
                         $12::uuid)
          AND is_near_days(f.captured_at, $14::date, $15::date)
          AND photo_is_wanted(p, NULL, NULL, $7::text, $8::boolean, $9::text)
          AND ($13::text IS NULL OR p.review_decision = $13::text)
          AND ($14::date IS NULL OR (f.captured_at AT TIME ZONE s.time_zone)::date >= $14::date)
          AND ($15::date IS NULL OR (f.captured_at AT TIME ZONE s.time_zone)::date <= $15::date)
          AND ($17::text IS NULL OR EXISTS (SELECT FROM app_user u WHERE u.org_id = p.org_id AND u.id = p.user_id
                                              AND u.team = $17::text))
        ORDER BY f.captured_at DESC, f.photo_id DESC
        LIMIT $10::integer) AS newest
    WHERE s.org_id = $1::uuid AND s.customer_id = $16::uuid
    ORDER BY newest.captured_at DESC, newest.id DESC
    LIMIT $10::integer)
-- include: evidence_of_page

-- fragment: evidence_of_page_by_risk
SELECT e.json, page.risk, cursor_time(page.captured_at), page.id
FROM page
CROSS JOIN LATERAL (SELECT * FROM evidence_rows($2) shown
                    WHERE shown.org_id = $1::uuid AND shown.id = page.id OFFSET 0) AS e
ORDER BY page.risk DESC, page.captured_at DESC, page.id DESC

-- name: evidence_list_by_risk
-- What nobody has reviewed, the doubtful first. Parameters as of evidence_list, but that the page's keys
-- begin with the risk. Of a week at most all that waits is looked up by its time and sorted: in a span in which nothing
-- waits, a walk along the risks would find that out only at its end, and the planner cannot know the free days.
WITH page AS MATERIALIZED (
    SELECT p.risk, p.captured_at, p.id
    FROM photo p
    WHERE p.org_id = $1::uuid AND p.state = 'stored' AND p.review_decision IS NULL
      AND photo_is_wanted(p, $3::uuid, $4::uuid, $7::text, $8::boolean, $9::text)
      AND ($5::timestamptz IS NULL OR p.captured_at >= $5::timestamptz)
      AND ($6::timestamptz IS NULL OR p.captured_at < $6::timestamptz)
      AND ($11::integer IS NULL
           OR (p.risk, p.captured_at, p.id) < ($11::integer, $12::timestamptz, $13::uuid))
    ORDER BY CASE WHEN $6::timestamptz - $5::timestamptz <= interval '7 days' THEN p.risk + 0 ELSE p.risk END DESC,
             p.captured_at DESC, p.id DESC
    LIMIT $10::integer)
-- include: evidence_of_page_by_risk

-- name: evidence_list_by_risk_of_customer
-- As evidence_list_by_risk, at the sites of customer $14: a page of each site, and of those the doubtful.
WITH page AS MATERIALIZED (
    SELECT waiting.*
    FROM site s
    CROSS JOIN LATERAL (
        SELECT p.risk, p.captured_at, p.id
        FROM photo p
        WHERE p.org_id = $1::uuid AND p.site_id = s.id AND p.state = 'stored' AND p.review_decision IS NULL
          AND photo_is_wanted(p, $3::uuid, $4::uuid, $7::text, $8::boolean, $9::text)
          AND ($5::timestamptz IS NULL OR p.captured_at >= $5::timestamptz)
          AND ($6::timestamptz IS NULL OR p.captured_at < $6::timestamptz)
          AND ($11::integer IS NULL
               OR (p.risk, p.captured_at, p.id) < ($11::integer, $12::timestamptz, $13::uuid))
        ORDER BY p.risk DESC, p.captured_at DESC, p.id DESC
        LIMIT $10::integer) AS waiting
    WHERE s.org_id = $1::uuid AND s.customer_id = $14::uuid
    ORDER BY waiting.risk DESC, waiting.captured_at DESC, waiting.id DESC
    LIMIT $10::integer)
-- include: evidence_of_page_by_risk

-- name: evidence_list_by_risk_with_finding
-- As evidence_list_by_risk, where $15 was found; $14 null.
WITH page AS MATERIALIZED (
    SELECT f.waiting_risk AS risk, f.captured_at, f.photo_id AS id
    FROM photo_finding f
    JOIN photo p ON p.org_id = f.org_id AND p.id = f.photo_id
    WHERE f.org_id = $1::uuid AND f.code = $15 AND f.waiting_risk IS NOT NULL AND $14::uuid IS NULL
      AND ($3::uuid IS NULL OR f.site_id = $3::uuid) AND ($4::uuid IS NULL OR f.user_id = $4::uuid)
      AND photo_is_wanted(p, NULL, NULL, $7::text, $8::boolean, $9::text)
      AND ($5::timestamptz IS NULL OR f.captured_at >= $5::timestamptz)
      AND ($6::timestamptz IS NULL OR f.captured_at < $6::timestamptz)
      AND ($11::integer IS NULL
           OR (f.waiting_risk, f.captured_at, f.photo_id) < ($11::integer, $12::timestamptz, $13::uuid))
    ORDER BY f.waiting_risk DESC, f.captured_at DESC, f.photo_id DESC
    LIMIT $10::integer)
-- include: evidence_of_page_by_risk

-- name: evidence_list_by_risk_with_finding_of_customer
-- As evidence_list_by_risk_with_finding, at the sites of customer $14.
WITH page AS MATERIALIZED (
    SELECT waiting.*
    FROM site s
    CROSS JOIN LATERAL (
        SELECT f.waiting_risk AS risk, f.captured_at, f.photo_id AS id
        FROM photo_finding f
        JOIN photo p ON p.org_id = f.org_id AND p.id = f.photo_id
        WHERE f.org_id = $1::uuid AND f.code = $15 AND f.site_id = s.id AND f.waiting_risk IS NOT NULL
          AND ($3::uuid IS NULL OR f.site_id = $3::uuid) AND ($4::uuid IS NULL OR f.user_id = $4::uuid)
          AND photo_is_wanted(p, NULL, NULL, $7::text, $8::boolean, $9::text)
          AND ($5::timestamptz IS NULL OR f.captured_at >= $5::timestamptz)
          AND ($6::timestamptz IS NULL OR f.captured_at < $6::timestamptz)
          AND ($11::integer IS NULL
               OR (f.waiting_risk, f.captured_at, f.photo_id) < ($11::integer, $12::timestamptz, $13::uuid))
        ORDER BY f.waiting_risk DESC, f.captured_at DESC, f.photo_id DESC
        LIMIT $10::integer) AS waiting
    WHERE s.org_id = $1::uuid AND s.customer_id = $14::uuid
    ORDER BY waiting.risk DESC, waiting.captured_at DESC, waiting.id DESC
    LIMIT $10::integer)
-- include: evidence_of_page_by_risk

-- name: evidence_views
-- $2 visit, then the page's limit and keys.
SELECT evidence_view_json(e), cursor_time(e.viewed_at), e.id
FROM evidence_view e
WHERE e.org_id = $1::uuid AND e.visit_id = $2::uuid
  AND ($4::timestamptz IS NULL OR (e.viewed_at, e.id) < ($4::timestamptz, $5::uuid))
ORDER BY e.viewed_at DESC, e.id DESC
LIMIT $3::integer;

-- name: visit_exists
SELECT FROM visit WHERE org_id = $1::uuid AND id = $2::uuid;
