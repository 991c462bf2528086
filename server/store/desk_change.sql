-- name: desk_changes
-- What changed since a desk's position, and the position of now. Where more of one kind changed than a list
-- of ids is worth, its id is null. Sessions and users that lost a right are told apart.
-- Of the position, all null without one: $2 the database it is of, $3 its snapshot, $4 the moment of that.
-- $5 how many hours a position is good for, $6 how many ids of one kind are told.
WITH present AS (
    SELECT pg_current_snapshot() AS snapshot, database_incarnation() AS incarnation),
since AS MATERIALIZED (
    SELECT present.*, is_good,
           CASE WHEN is_good THEN $3::pg_snapshot END AS known,
           CASE WHEN is_good THEN pg_snapshot_xmin($3::pg_snapshot) END AS first_new
    FROM present
    CROSS JOIN LATERAL (
        SELECT coalesce($2 = present.incarnation AND $4::timestamptz > now() - $5::integer * interval '1 hour'
                        AND pg_snapshot_xmax($3::pg_snapshot)
                            <= pg_snapshot_xmax(present.snapshot), false) AS is_good
    ) AS position),
change AS MATERIALIZED (
    SELECT DISTINCT c.kind, c.entity_id
    FROM desk_change c
    WHERE c.org_id = $1::uuid AND c.changed_in >= (SELECT first_new FROM since)
      AND NOT pg_visible_in_snapshot(c.changed_in, (SELECT known FROM since))),
many AS (
    SELECT kind FROM change WHERE kind NOT IN ('session', 'user_access')
    GROUP BY kind
    HAVING count(*) > $6::integer OR bool_or(entity_id = '00000000-0000-0000-0000-000000000000')),
told AS (
    SELECT kind, NULL::uuid AS id FROM many
    UNION ALL
    SELECT kind, entity_id FROM change
    WHERE kind NOT IN ('session', 'user_access') AND kind NOT IN (SELECT kind FROM many))
SELECT since.incarnation,
       -- A long one would not fit into a header; this is one that saw less.
       CASE WHEN length(since.snapshot::text) < 4000 THEN since.snapshot::text
            ELSE format('%1$s:%1$s:', pg_snapshot_xmin(since.snapshot)) END,
       cursor_time(now()), since.is_good,
       (SELECT json_build_object('changes', json_agg(json_build_object('kind', kind, 'id', id)
                                                     ORDER BY kind, id)) FROM told HAVING count(*) > 0),
       (SELECT string_agg(entity_id::text, ' ') FROM change WHERE kind = 'session'),
       (SELECT string_agg(entity_id::text, ' ') FROM change WHERE kind = 'user_access')
FROM since;

-- name: desk_changes_forget
-- Rows that no good position needs any more. $2 hours
WITH gone AS (
    DELETE FROM desk_change
    WHERE org_id = $1::uuid AND changed_at < now() - $2::integer * interval '1 hour' RETURNING 1)
SELECT count(*) FROM gone;
