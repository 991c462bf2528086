-- name: waiting_since
-- Since when this waits; from now on ($4) if it has not waited before. $2 user, $3 what waits
WITH begun AS (
    INSERT INTO waiting (org_id, user_id, subject, since)
    VALUES ($1::uuid, $2::uuid, $3, $4::timestamptz)
    ON CONFLICT DO NOTHING RETURNING since)
SELECT (extract(epoch FROM since) * 1000)::bigint
FROM (SELECT since FROM begun
      UNION ALL SELECT since FROM waiting
      WHERE org_id = $1::uuid AND user_id = $2::uuid AND subject = $3) AS known
LIMIT 1;
