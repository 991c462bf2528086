-- name: phone_changes
-- What came, changed and left since a phone's cursor, a page of it.
-- $2 technician. Of the cursor, all null without one: $3 the database it is of, $4 the snapshot that the
-- phone has (null: it is given everything), $5 the moment of that, $6 and $7 kind and id that end the
-- page before (null: this is the first). $8 how many a page, $9 how many days a cursor is good for.
WITH present AS (
    SELECT pg_current_snapshot() AS snapshot, database_incarnation() AS incarnation),
since AS MATERIALIZED (
    SELECT present.*, greatest(now(), $5::timestamptz) AS moment, is_good,
           CASE WHEN is_good THEN $4::pg_snapshot END AS known,
           CASE WHEN is_good THEN pg_snapshot_xmin($4::pg_snapshot) END AS first_new,
           CASE WHEN is_good THEN $5::timestamptz END AS known_at,
           CASE WHEN is_good THEN $6 END AS last_kind, CASE WHEN is_good THEN $7::uuid END AS last_id
    FROM present
    CROSS JOIN LATERAL (
        SELECT coalesce($3 = present.incarnation AND $5::timestamptz > now() - $9::integer * interval '1 day'
                        AND ($4::pg_snapshot IS NULL OR pg_snapshot_xmax($4::pg_snapshot)
                                           <= pg_snapshot_xmax(present.snapshot)), false) AS is_good
    ) AS cursor),
mine AS MATERIALIZED (
    SELECT a.work_order_id AS id, place.site_id, place.customer_id
    FROM work_order_assignee a
    CROSS JOIN LATERAL (
        SELECT w.site_id, s.customer_id
        FROM work_order w JOIN site s ON s.org_id = w.org_id AND s.id = w.site_id
        WHERE w.org_id = $1::uuid AND w.id = a.work_order_id OFFSET 0) AS place -- each by its key
    WHERE a.org_id = $1::uuid AND a.user_id = $2::uuid
      AND a.kept_until > '-infinity' AND a.kept_until > (SELECT moment FROM since)),
my_retakes AS MATERIALIZED (
    SELECT r.id, p.site_id, s.customer_id, r.requested_by
    FROM retake r
    JOIN photo p ON p.org_id = r.org_id AND p.id = r.photo_id
    JOIN site s ON s.org_id = p.org_id AND s.id = p.site_id
    WHERE r.org_id = $1::uuid AND r.technician_id = $2::uuid
      AND r.answered_at IS NULL AND r.withdrawn_at IS NULL),
my_corrections AS MATERIALIZED (
    SELECT c.id, v.site_id, s.customer_id, c.requested_by
    FROM correction c
    JOIN visit v ON v.org_id = c.org_id AND v.id = c.visit_id
    JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
    WHERE c.org_id = $1::uuid AND c.technician_id = $2::uuid
      AND c.answered_at IS NULL AND c.withdrawn_at IS NULL),
-- Whatever each of them shows.
subject AS (
    SELECT 'work_order' AS kind, id, unnest(ARRAY[id, site_id, customer_id]) AS subject_id FROM mine
    UNION ALL
    SELECT 'work_order', mine.id, v.visit_id FROM mine
    JOIN visit_work_order v ON v.org_id = $1::uuid AND v.work_order_id = mine.id
    UNION ALL
    SELECT 'work_order', mine.id, a.user_id FROM mine
    JOIN work_order_assignee a ON a.org_id = $1::uuid AND a.work_order_id = mine.id
    UNION ALL
    SELECT 'work_order', mine.id, i.asset_id FROM mine
    JOIN checklist_item i ON i.org_id = $1::uuid AND i.work_order_id = mine.id
    WHERE i.asset_id IS NOT NULL
    UNION ALL
    SELECT 'retake', id, unnest(ARRAY[site_id, customer_id, requested_by, $2::uuid]) FROM my_retakes
    UNION ALL
    SELECT 'correction', id, unnest(ARRAY[site_id, customer_id, requested_by, $2::uuid]) FROM my_corrections),
touched AS (
    SELECT 'work_order' AS kind, id FROM mine WHERE (SELECT known FROM since) IS NULL
    UNION
    SELECT 'retake', id FROM my_retakes WHERE (SELECT known FROM since) IS NULL
    UNION
    SELECT 'correction', id FROM my_corrections WHERE (SELECT known FROM since) IS NULL
    UNION
    SELECT subject.kind, subject.id FROM subject
    CROSS JOIN LATERAL (
        SELECT FROM phone_change c
        WHERE c.org_id = $1::uuid AND c.subject_id = subject.subject_id
          AND c.changed_in >= (SELECT first_new FROM since)
          AND NOT pg_visible_in_snapshot(c.changed_in, (SELECT known FROM since))
        LIMIT 1) AS change
    UNION
    SELECT c.kind, c.entity_id FROM phone_list_change c
    WHERE c.org_id = $1::uuid AND c.user_id = $2::uuid
      AND c.changed_in >= (SELECT first_new FROM since)
      AND NOT pg_visible_in_snapshot(c.changed_in, (SELECT known FROM since))
    UNION
    SELECT 'work_order', a.work_order_id FROM work_order_assignee a -- their time is over
    WHERE a.org_id = $1::uuid AND a.user_id = $2::uuid
      AND (SELECT known FROM since) IS NOT NULL
      AND a.kept_until > '-infinity'
      AND a.kept_until > (SELECT known_at FROM since) AND a.kept_until <= (SELECT moment FROM since)),
page AS MATERIALIZED (
    SELECT kind, id FROM touched
    WHERE (SELECT last_id FROM since) IS NULL
       OR (kind, id) > ((SELECT last_kind FROM since), (SELECT last_id FROM since))
    ORDER BY kind, id LIMIT $8::integer + 1),
item AS MATERIALIZED (
    SELECT page.kind, page.id,
           CASE page.kind
           WHEN 'retake' THEN (SELECT r.json FROM retake_summary r JOIN my_retakes USING (id)
                               WHERE r.org_id = $1::uuid AND r.id = page.id)
           WHEN 'correction' THEN (SELECT c.json FROM correction_summary c JOIN my_corrections USING (id)
                                   WHERE c.org_id = $1::uuid AND c.id = page.id)
           ELSE (SELECT w.json FROM day_work_order w
                 WHERE w.org_id = $1::uuid AND w.id = page.id
                   AND EXISTS (SELECT FROM mine WHERE mine.id = page.id)) END AS json
    FROM (SELECT * FROM page ORDER BY kind, id LIMIT $8::integer) AS page)
SELECT since.incarnation,
       -- A long one would not fit into a cursor; this is one that saw less.
       CASE WHEN length(since.snapshot::text) < 4000 THEN since.snapshot::text
            ELSE format('%1$s:%1$s:', pg_snapshot_xmin(since.snapshot)) END,
       cursor_time(since.moment), since.is_good,
       (SELECT count(*) FROM page) > $8::integer AS has_more,
       last.kind, last.id, (SELECT count(*) FROM item) AS items,
       (SELECT coalesce(json_agg(json ORDER BY id) FILTER (WHERE json IS NOT NULL), '[]')
        FROM item WHERE kind = 'work_order'),
       (SELECT coalesce(json_agg(json ORDER BY id) FILTER (WHERE json IS NOT NULL), '[]')
        FROM item WHERE kind = 'retake'),
       (SELECT coalesce(json_agg(json ORDER BY id) FILTER (WHERE json IS NOT NULL), '[]')
        FROM item WHERE kind = 'correction'),
       (SELECT json_build_object(
                   'work_orders', coalesce(json_agg(id ORDER BY id)
                                           FILTER (WHERE kind = 'work_order'), '[]'),
                   'retakes', coalesce(json_agg(id ORDER BY id) FILTER (WHERE kind = 'retake'), '[]'),
                   'corrections', coalesce(json_agg(id ORDER BY id)
                                           FILTER (WHERE kind = 'correction'), '[]'))
        FROM item WHERE json IS NULL AND (SELECT known FROM since) IS NOT NULL),
       organisation_json(o), o.policy, o.version, json_build_object('id', u.id, 'name', u.name)
FROM since
JOIN organisation o ON o.org_id = $1::uuid
JOIN app_user u ON u.org_id = o.org_id AND u.id = $2::uuid
LEFT JOIN (SELECT kind, id FROM item ORDER BY kind DESC, id DESC LIMIT 1) AS last ON true;

-- name: phone_changes_forget
-- Rows that no good cursor needs any more. $2 days
WITH changes AS (
    DELETE FROM phone_change
    WHERE org_id = $1::uuid AND changed_at < now() - $2::integer * interval '1 day' RETURNING 1),
list_changes AS (
    DELETE FROM phone_list_change
    WHERE org_id = $1::uuid AND changed_at < now() - $2::integer * interval '1 day' RETURNING 1)
SELECT (SELECT count(*) FROM changes) + (SELECT count(*) FROM list_changes);
