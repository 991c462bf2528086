-- name: preview_visits
-- Visits of a period as if drawn by lot, always the same, at most $4; and how many there are.
SELECT v.id, count(*) OVER ()
FROM visit v
WHERE v.org_id = $1::uuid AND v.first_seen_at >= $2::timestamptz AND v.first_seen_at < $3::timestamptz
ORDER BY md5(v.id::text) LIMIT $4::integer;

-- name: preview_visit_facts
-- $2 visits. What visit_facts reads of each, what it was judged, and how people call it.
SELECT v.id, v.verdict,
       (extract(epoch FROM v.arrived_at) * 1000)::bigint AS arrived_at_ms,
       (extract(epoch FROM v.departed_at) * 1000)::bigint AS departed_at_ms,
       s.minimum_minutes,
       (SELECT json_agg(json_build_object('label', concat(item.label, ' ×' || nullif(item.minimum_count, 1)), 'required', item.required,
                                          'done', EXISTS (SELECT FROM checklist_item_answer a
                                                            WHERE a.org_id = item.org_id AND a.id = item.id
                                                              AND a.visit_id = v.id))
                        ORDER BY item.work_order_id, item.position)
        FROM visit_work_order w
        JOIN checklist_item item ON item.org_id = w.org_id AND item.work_order_id = w.work_order_id
        WHERE w.org_id = v.org_id AND w.visit_id = v.id) AS checklist,
       CASE WHEN EXISTS (SELECT FROM signature g
                         WHERE g.org_id = v.org_id AND g.visit_id = v.id AND g.missing IS NOT NULL)
            THEN signed_evidence_missing(v.org_id, v.id) END AS signed_missing,
       json_build_object('id', v.id, 'site', s.name, 'technician', u.name,
                         'first_seen_at', json_time(v.first_seen_at), 'time_zone', s.time_zone)
FROM visit v
JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
JOIN app_user u ON u.org_id = v.org_id AND u.id = v.technician_id
WHERE v.org_id = $1::uuid AND v.id = ANY ($2::uuid[])
ORDER BY v.id;

-- name: preview_check_ins
-- $2 visits. What a check-in was judged by: what was sent, the site, and the same user's fixes that had
-- come before it.
SELECT c.visit_id, c.id, c.verdict,
       json_build_object('id', c.id, 'visit_id', c.visit_id, 'site_id', c.site_id,
                         'captured_at', json_time(c.captured_at), 'sent_at', json_time(c.sent_at),
                         'fix', c.fix, 'device', c.device),
       (extract(epoch FROM c.received_at) * 1000)::bigint AS received_at_ms,
       s.latitude_deg, s.longitude_deg, s.radius_m, s.polygon, s.entry_accuracy_m,
       previous.latitude_deg, previous.longitude_deg, previous.accuracy_m,
       (extract(epoch FROM previous.captured_at) * 1000)::bigint AS previous_captured_at_ms,
       next.latitude_deg, next.longitude_deg, next.accuracy_m,
       (extract(epoch FROM next.captured_at) * 1000)::bigint AS next_captured_at_ms,
       (SELECT count(*)
        FROM (SELECT FROM check_in same
              WHERE same.org_id = c.org_id AND same.user_id = c.user_id
                AND same.latitude_deg = c.latitude_deg AND same.longitude_deg = c.longitude_deg
                AND same.visit_id <> c.visit_id
                AND (same.received_at, same.captured_at) < (c.received_at, c.captured_at)
              LIMIT 100) AS counted) AS same_coordinates_count
FROM check_in c
JOIN site s ON s.org_id = c.org_id AND s.id = c.site_id
LEFT JOIN LATERAL (
    SELECT p.latitude_deg, p.longitude_deg, p.accuracy_m, p.captured_at
    FROM check_in p
    WHERE p.org_id = c.org_id AND p.user_id = c.user_id AND p.captured_at < c.captured_at
      AND p.latitude_deg IS NOT NULL AND p.received_at <= c.received_at
    ORDER BY p.captured_at DESC LIMIT 1) AS previous ON true
LEFT JOIN LATERAL (
    SELECT n.latitude_deg, n.longitude_deg, n.accuracy_m, n.captured_at
    FROM check_in n
    WHERE n.org_id = c.org_id AND n.user_id = c.user_id AND n.captured_at >= c.captured_at
      AND n.latitude_deg IS NOT NULL AND n.received_at < c.received_at
    ORDER BY n.captured_at LIMIT 1) AS next ON true
WHERE c.org_id = $1::uuid AND c.visit_id = ANY ($2::uuid[])
ORDER BY c.visit_id, c.captured_at, c.id;

-- name: preview_photos
-- $2 visits. As photo_context, but that what no threshold plays a part in (the camera's and the bytes' past)
-- stands in the findings.
SELECT p.visit_id, p.id, p.verdict, p.findings, p.exif, p.width_px, p.height_px, p.orientation,
       p.mean_luminance, p.sharpness,
       (extract(epoch FROM greatest(p.captured_at, c.captured_at)) * 1000)::bigint AS captured_at_ms,
       (extract(epoch FROM coalesce(v.arrived_at, c.captured_at)) * 1000)::bigint AS visit_since_ms,
       c.latitude_deg, c.longitude_deg, c.accuracy_m,
       round(extract(epoch FROM (p.captured_at AT TIME ZONE s.time_zone)
                              - (p.captured_at AT TIME ZONE 'UTC')) / 60)::integer AS utc_offset_min,
       p.media = 'video' AS is_video
FROM photo p
JOIN check_in c ON c.org_id = p.org_id AND c.id = p.check_in_id
JOIN visit v ON v.org_id = p.org_id AND v.id = p.visit_id
JOIN site s ON s.org_id = p.org_id AND s.id = p.site_id
WHERE p.org_id = $1::uuid AND p.visit_id = ANY ($2::uuid[]) AND p.state = 'stored'
ORDER BY p.visit_id, p.captured_at, p.id;

-- name: preview_scans
-- $2 visits.
SELECT s.visit_id, s.id, s.verdict, s.findings
FROM scan s
WHERE s.org_id = $1::uuid AND s.visit_id = ANY ($2::uuid[])
ORDER BY s.visit_id, s.captured_at, s.id;
