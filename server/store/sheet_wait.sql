-- name: sheet_wait_places
-- Of the work orders $2: which are unknown, at how many sites the others are, and one of those sites.
SELECT array_to_json(array_agg(wanted.id) FILTER (WHERE w.id IS NULL)), count(DISTINCT w.site_id), min(w.site_id::text)
FROM unnest($2::uuid[]) AS wanted(id)
LEFT JOIN work_order w ON w.org_id = $1::uuid AND w.id = wanted.id;

-- name: sheet_wait_join
-- Joins those work orders ($3) to the visit that are known. Where they stand does not change: nobody arrived.
INSERT INTO visit_work_order (org_id, visit_id, work_order_id)
SELECT $1::uuid, $2::uuid, w.id FROM work_order w WHERE w.org_id = $1::uuid AND w.id = ANY ($3::uuid[])
ON CONFLICT DO NOTHING;
