-- name: plan_by_values
-- A list's plan depends on which filters are given: each run plans for its own values.
SET LOCAL plan_cache_mode = force_custom_plan;

-- name: evidence_list
-- $2 language, $3 site, $4 technician, $5 from, $6 to, $7 verdict, $8 reviewed, $9 role, then the
-- page's limit and keys. Null asks for nothing.
SELECT evidence_json(p, $2), cursor_time(p.captured_at), p.id
FROM photo p
WHERE p.org_id = $1::uuid
  AND photo_is_wanted(p, $3::uuid, $4::uuid, $7::text, $8::boolean, $9::text)
  AND is_on_page(p.captured_at, p.id, $5::timestamptz, $6::timestamptz, $11::timestamptz, $12::uuid)
ORDER BY p.captured_at DESC, p.id DESC
LIMIT $10::integer;

-- name: evidence_list_with_finding
-- As evidence_list, where $13 was found.
SELECT evidence_json(p, $2), cursor_time(p.captured_at), p.id
FROM photo_finding f
JOIN photo p ON p.org_id = f.org_id AND p.id = f.photo_id
WHERE f.org_id = $1::uuid AND f.code = $13
  AND is_on_page(f.captured_at, f.photo_id, $5::timestamptz, $6::timestamptz, $11::timestamptz,
                 $12::uuid)
  AND photo_is_wanted(p, $3::uuid, $4::uuid, $7::text, $8::boolean, $9::text)
ORDER BY f.captured_at DESC, f.photo_id DESC
LIMIT $10::integer;

-- name: evidence_list_by_risk
-- What nobody has reviewed, the doubtful first. Parameters as of evidence_list, but that the page's keys
-- begin with the risk; $14 customer, $15 what was found.
SELECT evidence_json(p, $2), p.risk, cursor_time(p.captured_at), p.id
FROM photo p
WHERE p.org_id = $1::uuid AND p.state = 'stored' AND p.review_decision IS NULL
  AND photo_is_wanted(p, $3::uuid, $4::uuid, $7::text, $8::boolean, $9::text)
  AND ($5::timestamptz IS NULL OR p.captured_at >= $5::timestamptz)
  AND ($6::timestamptz IS NULL OR p.captured_at < $6::timestamptz)
  AND ($11::integer IS NULL
       OR (p.risk, p.captured_at, p.id) < ($11::integer, $12::timestamptz, $13::uuid))
  AND ($14::uuid IS NULL OR EXISTS (SELECT FROM site s WHERE s.org_id = p.org_id AND s.id = p.site_id
                                      AND s.customer_id = $14::uuid))
  AND ($15::text IS NULL OR $15::text = ANY (p.finding_codes))
ORDER BY p.risk DESC, p.captured_at DESC, p.id DESC
LIMIT $10::integer;

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

-- name: evidence_summary
-- $2 from, $3 to, $4 technician or site: the parts of the visits are counted by finding codes first,
-- which few combinations share, and the codes are counted out of those sums.
WITH wanted AS (
    SELECT v.id, CASE $4 WHEN 'site' THEN v.site_id ELSE v.technician_id END AS subject, v.verdict,
           v.review_decision IS NOT NULL AS reviewed, v.findings
    FROM visit v
    WHERE v.org_id = $1::uuid AND v.first_seen_at >= $2::timestamptz
      AND v.first_seen_at < $3::timestamptz),
parts AS (
    SELECT subject, 'check_in' AS part, c.finding_codes, count(*) AS number
    FROM wanted JOIN check_in c ON c.org_id = $1::uuid AND c.visit_id = wanted.id
    GROUP BY subject, c.finding_codes
    UNION ALL
    SELECT subject, p.state, p.finding_codes, count(*)
    FROM wanted JOIN photo p ON p.org_id = $1::uuid AND p.visit_id = wanted.id
    GROUP BY subject, p.state, p.finding_codes
    UNION ALL
    SELECT subject, 'scan', s.finding_codes, count(*)
    FROM wanted JOIN scan s ON s.org_id = $1::uuid AND s.visit_id = wanted.id
    GROUP BY subject, s.finding_codes
    UNION ALL
    SELECT subject, 'visit', ARRAY(SELECT jsonb_array_elements(findings) ->> 'code'), count(*)
    FROM wanted WHERE findings <> '[]'
    GROUP BY subject, findings),
part_counts AS (
    SELECT subject, sum(number) FILTER (WHERE part = 'check_in') AS check_ins,
           sum(number) FILTER (WHERE part = 'stored') AS photos_stored,
           sum(number) FILTER (WHERE part = 'awaited') AS photos_awaited
    FROM parts GROUP BY subject),
code_counts AS (
    SELECT subject, json_agg(json_build_object('code', code, 'count', number)
                             ORDER BY number DESC, code) AS findings,
           sum(number) FILTER (WHERE code = 'checklist_incomplete') AS checklist_incomplete
    FROM (SELECT subject, code, sum(number) AS number FROM parts, unnest(finding_codes) AS code
          GROUP BY subject, code) AS counted
    GROUP BY subject),
visit_counts AS (
    SELECT subject, count(*) AS visits,
           count(*) FILTER (WHERE verdict = 'accepted') AS accepted,
           count(*) FILTER (WHERE verdict = 'needs_review') AS needs_review,
           count(*) FILTER (WHERE verdict = 'rejected') AS rejected,
           count(*) FILTER (WHERE reviewed) AS reviewed
    FROM wanted GROUP BY subject),
retake_counts AS (
    SELECT subject,
           count(*) FILTER (WHERE r.answered_at IS NULL AND r.withdrawn_at IS NULL) AS open,
           count(r.answered_at) AS answered
    FROM wanted JOIN retake r ON r.org_id = $1::uuid AND r.visit_id = wanted.id
    GROUP BY subject)
SELECT json_build_object(
    'from', json_time($2::timestamptz), 'to', json_time($3::timestamptz), 'by', $4::text,
    'rows', coalesce(json_agg(json_build_object(
        'technician', CASE WHEN $4 = 'technician'
                           THEN json_build_object('id', subject, 'name', technician.name) END,
        'site', CASE WHEN $4 = 'site' THEN json_build_object('id', subject, 'name', site.name) END,
        'visits', visits, 'check_ins', coalesce(check_ins, 0),
        'photos_stored', coalesce(photos_stored, 0), 'photos_awaited', coalesce(photos_awaited, 0),
        'verdicts', json_build_object('accepted', accepted, 'needs_review', needs_review,
                                      'rejected', rejected),
        'findings', coalesce(code_counts.findings, '[]'), 'reviewed', reviewed,
        'retakes_open', coalesce(retake_counts.open, 0),
        'retakes_answered', coalesce(retake_counts.answered, 0),
        'checklist_incomplete', coalesce(checklist_incomplete, 0))
        ORDER BY coalesce(technician.name, site.name), subject), '[]'))
FROM visit_counts
LEFT JOIN part_counts USING (subject)
LEFT JOIN code_counts USING (subject)
LEFT JOIN retake_counts USING (subject)
LEFT JOIN app_user technician
       ON $4 = 'technician' AND technician.org_id = $1::uuid AND technician.id = subject
LEFT JOIN site ON $4 = 'site' AND site.org_id = $1::uuid AND site.id = subject;
