-- name: audit_claim_lock
-- Those who claim in one organisation follow each other: each sees what the one before has taken.
SELECT pg_advisory_xact_lock(hashtextextended('audit_claim' || $1, 0));

-- name: audit_claim_take
-- $2 takes the first $4 of these photos ($3) that wait and that nobody else has taken in the last $5 seconds, in
-- place of what $2 had. Which ones these are, which ones others have, and which ones do not wait.
WITH wanted AS MATERIALIZED (
    SELECT list.photo_id, list.place, p.id IS NOT NULL AS is_waiting
    FROM unnest($3::uuid[]) WITH ORDINALITY AS list(photo_id, place)
    LEFT JOIN photo p ON p.org_id = $1::uuid AND p.id = list.photo_id AND p.state = 'stored' AND p.review_decision IS NULL),
other AS MATERIALIZED (
    SELECT w.photo_id, w.place, c.user_id
    FROM audit_claim c CROSS JOIN unnest(c.photo_ids) AS taken JOIN wanted w ON w.photo_id = taken
    WHERE c.org_id = $1::uuid AND c.user_id <> $2::uuid AND w.is_waiting
      AND c.claimed_at > now() - $5::integer * interval '1 second'),
mine AS MATERIALIZED (
    SELECT w.photo_id, w.place
    FROM wanted w
    WHERE w.is_waiting AND w.photo_id NOT IN (SELECT photo_id FROM other)
    ORDER BY w.place
    LIMIT $4::integer),
kept AS (
    INSERT INTO audit_claim (org_id, user_id, photo_ids, claimed_at)
    SELECT $1::uuid, $2::uuid, coalesce(array_agg(photo_id ORDER BY place), '{}'), now() FROM mine
    ON CONFLICT (org_id, user_id)
        DO UPDATE SET photo_ids = excluded.photo_ids, claimed_at = excluded.claimed_at)
SELECT json_build_object(
    'mine', (SELECT coalesce(json_agg(photo_id ORDER BY place), '[]') FROM mine),
    'others', (SELECT coalesce(json_agg(json_build_object('photo_id', photo_id, 'by', json_user($1::uuid, user_id))
                                        ORDER BY place), '[]') FROM other),
    'not_waiting', (SELECT coalesce(json_agg(photo_id ORDER BY place), '[]') FROM wanted WHERE NOT is_waiting),
    'good_for_seconds', $5::integer);
