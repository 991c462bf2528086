-- name: site_places
-- Where check-ins were made for the site $2, the newest first; then the page's limit and keys.
SELECT place.json, cursor_time(page.captured_at), page.id
FROM (SELECT c.org_id, c.id, c.captured_at
      FROM check_in c
      WHERE c.org_id = $1::uuid AND c.site_id = $2::uuid
        AND ($4::timestamptz IS NULL OR (c.captured_at, c.id) < ($4::timestamptz, $5::uuid))
      ORDER BY c.captured_at DESC, c.id DESC
      LIMIT $3::integer) AS page
JOIN check_in_place place ON place.org_id = page.org_id AND place.id = page.id
ORDER BY page.captured_at DESC, page.id DESC;

-- name: site_fixes
-- As site_places, the newest $3, with what the rules need of each.
SELECT place.json, place.latitude_deg, place.longitude_deg, place.accuracy_m
FROM (SELECT c.org_id, c.id, c.captured_at
      FROM check_in c
      WHERE c.org_id = $1::uuid AND c.site_id = $2::uuid
      ORDER BY c.captured_at DESC, c.id DESC
      LIMIT $3::integer) AS page
JOIN check_in_place place ON place.org_id = page.org_id AND place.id = page.id
ORDER BY page.captured_at DESC, page.id DESC;

-- name: visit_day
-- Whose day a visit was part of, and when that began and ended at the site: midnight to midnight; to
-- the midnight after the departure, if that was the next day.
SELECT json_build_object('id', u.id, 'name', u.name), s.time_zone, u.id,
       day.starts_at, least(day.ends_at, day.starts_at + interval '48 hours'),
       json_time(day.starts_at), json_time(least(day.ends_at, day.starts_at + interval '48 hours'))
FROM visit v
JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
JOIN app_user u ON u.org_id = v.org_id AND u.id = v.technician_id
CROSS JOIN LATERAL (
    SELECT date_trunc('day', v.first_seen_at AT TIME ZONE s.time_zone) AT TIME ZONE s.time_zone
               AS starts_at,
           (date_trunc('day', greatest(v.first_seen_at, v.departed_at) AT TIME ZONE s.time_zone)
            + interval '1 day') AT TIME ZONE s.time_zone AS ends_at) AS day
WHERE v.org_id = $1::uuid AND v.id = $2::uuid;

-- name: user_track
-- The fixes of the technician $2 from $3 until $4, in their order, at most $5.
SELECT place.json, place.latitude_deg, place.longitude_deg, place.accuracy_m,
       (extract(epoch FROM place.captured_at) * 1000)::bigint
FROM (SELECT c.org_id, c.id, c.captured_at
      FROM check_in c
      WHERE c.org_id = $1::uuid AND c.user_id = $2::uuid AND c.latitude_deg IS NOT NULL
        AND c.captured_at >= $3::timestamptz AND c.captured_at < $4::timestamptz
      ORDER BY c.captured_at, c.id
      LIMIT $5::integer) AS day
JOIN check_in_place place ON place.org_id = day.org_id AND place.id = day.id
ORDER BY day.captured_at, day.id;
