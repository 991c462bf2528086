-- name: sampling_plan_insert
-- $3 name, $4 visits, $5 per, $6 period, $7 weighting, $8 public source, $9 a day of the first period or null:
-- the next one, $10 root of the chain, $11 commitment, $12 who makes it, $13 digest of the content
INSERT INTO sampling_plan (org_id, id, name, visits, per, period, weighting, public_source, starts_on,
                           time_zone, chain_root, commitment, created_by, content_sha256)
SELECT $1::uuid, $2::uuid, $3, $4::integer, $5, $6, $7, $8,
       date_trunc($6, coalesce($9::date, (now() AT TIME ZONE o.time_zone)::date
                               + CASE $6 WHEN 'week' THEN interval '7 days' ELSE interval '1 month' END))::date,
       o.time_zone, $10::bytea, $11::bytea, $12::uuid, $13::bytea
FROM organisation o WHERE o.org_id = $1::uuid
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: sampling_plan_content
SELECT encode(content_sha256, 'hex') FROM sampling_plan WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: sampling_plan_get
SELECT sampling_plan_json(p) FROM sampling_plan p WHERE p.org_id = $1::uuid AND p.id = $2::uuid;

-- name: sampling_plan_list
-- $2 ended, then the page's limit and keys. Null asks for nothing.
SELECT sampling_plan_json(p), cursor_time(p.created_at), p.id
FROM sampling_plan p
WHERE p.org_id = $1::uuid
  AND ($2::boolean IS NULL OR (p.ended_at IS NOT NULL) = $2::boolean)
  AND ($4::timestamptz IS NULL OR (p.created_at, p.id) < ($4::timestamptz, $5::uuid))
ORDER BY p.created_at DESC, p.id DESC
LIMIT $3::integer;

-- name: sampling_plan_end
-- $3 by whom; who was first stays.
UPDATE sampling_plan SET ended_by = $3::uuid, ended_at = now()
WHERE org_id = $1::uuid AND id = $2::uuid AND ended_at IS NULL;

-- name: sampling_plan_lock
-- Those who draw from one plan follow each other.
SELECT FROM sampling_plan WHERE org_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE;

-- name: sampling_plan_for_draw
-- The plan, within the lock, and the period that is to be drawn next. The last two columns: whether that period
-- begins after the plan's end, and whether it is over.
SELECT p.visits, p.per, p.weighting, p.public_source IS NOT NULL, encode(p.chain_root, 'hex'), n.number,
       sampling_period_start(p, n.number), sampling_period_start(p, n.number + 1),
       cursor_time(sampling_day_start(p, sampling_period_start(p, n.number))),
       cursor_time(sampling_day_start(p, sampling_period_start(p, n.number + 1))),
       coalesce(p.ended_at <= sampling_day_start(p, sampling_period_start(p, n.number)), false),
       now() >= sampling_day_start(p, sampling_period_start(p, n.number + 1))
FROM sampling_plan p
CROSS JOIN LATERAL (SELECT sampling_next_period(p) AS number) AS n
WHERE p.org_id = $1::uuid AND p.id = $2::uuid;

-- name: sampling_candidates
-- Every visit that began in [$2, $3), in the order of the ids. $4 per, $5 weighting, $6 one more than may come.
-- The digest is of the visit's evidence: check-ins, stored photos, signed sheets. The risk is evidence_risk()'s, the
-- worst of the three; written out, because the function would be set up anew for each of 100,000 check-ins.
SELECT v.id, v.technician_id, u.team,
       CASE $4 WHEN 'team' THEN coalesce(u.team, '') WHEN 'technician' THEN v.technician_id::text ELSE '' END,
       CASE WHEN $5 = 'even' THEN 1
            ELSE 100 + greatest(
                CASE v.verdict WHEN 'rejected' THEN 2000 WHEN 'needs_review' THEN 1000 ELSE 0 END
                    + (SELECT least(999, coalesce(sum(CASE finding ->> 'severity' WHEN 'fail' THEN 100 WHEN 'warn' THEN 10 END), 0))
                       FROM jsonb_array_elements(v.findings) AS finding
                       WHERE NOT coalesce((finding ->> 'explained')::boolean, false)),
                c.risk, p.risk) END,
       encode(sha256(coalesce(c.sha256s, '') || coalesce(p.sha256s, '') || coalesce(s.sha256s, '')), 'hex')
FROM visit v
JOIN app_user u ON u.org_id = v.org_id AND u.id = v.technician_id
CROSS JOIN LATERAL (
    SELECT string_agg(c.content_sha256, ''::bytea ORDER BY c.id) AS sha256s,
           max(CASE c.verdict WHEN 'rejected' THEN 2000 WHEN 'needs_review' THEN 1000 ELSE 0 END
               + (SELECT least(999, coalesce(sum(CASE finding ->> 'severity' WHEN 'fail' THEN 100 WHEN 'warn' THEN 10 END), 0))
                  FROM jsonb_array_elements(c.findings) AS finding
                  WHERE NOT coalesce((finding ->> 'explained')::boolean, false))) AS risk
    FROM check_in c WHERE c.org_id = v.org_id AND c.visit_id = v.id) AS c
CROSS JOIN LATERAL (
    SELECT string_agg(p.sha256, ''::bytea ORDER BY p.id) AS sha256s, max(p.risk) AS risk
    FROM photo p WHERE p.org_id = v.org_id AND p.visit_id = v.id) AS p
CROSS JOIN LATERAL (
    SELECT string_agg(s.document_sha256, ''::bytea ORDER BY s.version) AS sha256s
    FROM visit_sheet s WHERE s.org_id = v.org_id AND s.visit_id = v.id) AS s
WHERE v.org_id = $1::uuid AND v.first_seen_at >= $2::timestamptz AND v.first_seen_at < $3::timestamptz
ORDER BY v.id
LIMIT $6::integer;

-- name: sampling_draw_insert
-- $3 plan, $4 number of the period, $5 first day, $6 first day after it, $7 and $8 their moments, $9 secret,
-- $10 public value, $11 number of candidates, $12 digest of their list, $13 seed, $14 who draws, $15 digest of
-- the content
INSERT INTO sampling_draw (org_id, id, plan_id, period_number, starts_on, ends_on, starts_at, ends_at, secret,
                           public_value, candidates, candidates_sha256, seed, drawn_by, content_sha256)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::integer, $5::date, $6::date, $7::timestamptz, $8::timestamptz,
        $9::bytea, $10, $11::integer, $12::bytea, $13::bytea, $14::uuid, $15::bytea)
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: sampling_draw_content
SELECT encode(content_sha256, 'hex') FROM sampling_draw WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: sampling_candidate_insert
-- $2 draw; arrays of $3 visits, $4 technicians, $5 teams (empty: none), $6 strata, $7 weights, $8 digests, $9 keys, $10 places,
-- $11 whether drawn
INSERT INTO sampling_candidate (org_id, draw_id, visit_id, technician_id, team, stratum, weight, sha256, draw_key,
                                place, is_drawn)
SELECT $1::uuid, $2::uuid, visit_id, technician_id, nullif(team, ''), stratum, weight, decode(sha256, 'hex'), draw_key, place,
       is_drawn
FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::integer[], $8::text[], $9::bigint[], $10::integer[],
            $11::boolean[])
     AS drawn (visit_id, technician_id, team, stratum, weight, sha256, draw_key, place, is_drawn);

-- name: sampling_draw_get
SELECT sampling_draw_json(d, p)
FROM sampling_draw d JOIN sampling_plan p ON p.org_id = d.org_id AND p.id = d.plan_id
WHERE d.org_id = $1::uuid AND d.id = $2::uuid;

-- name: sampling_draw_list
-- $2 plan, then the page's limit and key: the newest period first.
SELECT sampling_draw_summary_json(d), d.period_number
FROM sampling_draw d
WHERE d.org_id = $1::uuid AND d.plan_id = $2::uuid AND ($4::integer IS NULL OR d.period_number < $4::integer)
ORDER BY d.period_number DESC
LIMIT $3::integer;

-- name: sampling_drawn_list
-- $2 draw, $3 assessed, then the page's limit and keys. Null asks for nothing.
WITH page AS MATERIALIZED (
    SELECT org_id, visit_id, team, weight, stratum, place, assessment_id
    FROM sampling_candidate
    WHERE org_id = $1::uuid AND draw_id = $2::uuid AND is_drawn
      AND ($3::boolean IS NULL OR (assessment_id IS NOT NULL) = $3::boolean)
      AND ($5::text IS NULL OR (stratum, place) > ($5::text, $6::integer))
    ORDER BY stratum, place
    LIMIT $4::integer)
SELECT json_build_object(
           'visit', (SELECT v.json FROM visit_summary v WHERE v.org_id = c.org_id AND v.id = c.visit_id),
           'team', c.team, 'weight', c.weight, 'place', c.place,
           'assessment', (SELECT sampling_assessment_json(a) FROM sampling_assessment a
                          WHERE a.org_id = c.org_id AND a.id = c.assessment_id)),
       c.stratum, c.place
FROM page c
ORDER BY c.stratum, c.place;

-- name: sampling_draw_published
-- Everything that is needed to draw again, and nobody's name.
SELECT json_build_object(
    'format', 'fieldproof-sampling-1',
    'plan', json_build_object('id', p.id, 'name', p.name, 'visits', p.visits, 'per', p.per, 'period', p.period,
                              'weighting', p.weighting, 'commitment', encode(p.commitment, 'hex'),
                              'committed_at', json_time(p.created_at), 'public_source', p.public_source),
    'draw', json_build_object('id', d.id, 'period_number', d.period_number, 'period_starts_on', d.starts_on,
                              'period_ends_on', d.ends_on - 1, 'starts_at', json_time(d.starts_at),
                              'drawn_at', json_time(d.drawn_at),
                              'secret', encode(d.secret, 'hex'), 'public_value', d.public_value,
                              'candidates_sha256', encode(d.candidates_sha256, 'hex'),
                              'seed', encode(d.seed, 'hex')),
    'candidates', (SELECT coalesce(json_agg(json_build_object(
                              'visit_id', c.visit_id, 'stratum', c.stratum, 'weight', c.weight,
                              'sha256', encode(c.sha256, 'hex'), 'key', lpad(to_hex(c.draw_key), 16, '0'),
                              'place', c.place, 'drawn', c.is_drawn) ORDER BY c.visit_id), '[]')
                   FROM sampling_candidate c WHERE c.org_id = d.org_id AND c.draw_id = d.id)),
    d.starts_on
FROM sampling_draw d JOIN sampling_plan p ON p.org_id = d.org_id AND p.id = d.plan_id
WHERE d.org_id = $1::uuid AND d.id = $2::uuid;

-- name: sampling_drawn_lock
-- Those who assess one visit follow each other. The latest assessment. $2 draw, $3 visit
SELECT assessment_id FROM sampling_candidate
WHERE org_id = $1::uuid AND draw_id = $2::uuid AND visit_id = $3::uuid AND is_drawn
FOR NO KEY UPDATE;

-- name: sampling_assessment_insert
-- $3 draw, $4 visit, $5 scores, $6 comment, $7 by whom, $8 digest of the content
INSERT INTO sampling_assessment (org_id, id, draw_id, visit_id, scores, comment, assessed_by, content_sha256)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::jsonb, $6, $7::uuid, $8::bytea)
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: sampling_assessment_content
SELECT encode(content_sha256, 'hex') FROM sampling_assessment WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: sampling_assessment_count
-- From now on this assessment is the visit's. $2 assessment
UPDATE sampling_candidate c
SET assessment_id = a.id,
    score = (SELECT avg((entry ->> 'score')::integer) FROM jsonb_array_elements(a.scores) AS entry)
FROM sampling_assessment a
WHERE a.org_id = $1::uuid AND a.id = $2::uuid
  AND c.org_id = a.org_id AND c.draw_id = a.draw_id AND c.visit_id = a.visit_id;

-- name: sampling_assessment_get
SELECT sampling_assessment_json(a) FROM sampling_assessment a WHERE a.org_id = $1::uuid AND a.id = $2::uuid;
