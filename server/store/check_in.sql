-- name: check_in_context
-- Everything the rules need to know before a check-in is judged, in one row; no row: no such site.
-- $1 organisation, $2 user, $3 site, $4 check-in, $5 visit, $6 captured_at, $7 work orders (uuid[]),
-- $8 and $9 WGS-84 latitude and longitude of the fix (null without one)
SELECT site.name, site.latitude_deg, site.longitude_deg, site.radius_m, site.polygon,
       site.entry_accuracy_m,
       round(extract(epoch FROM ($6::timestamptz AT TIME ZONE site.time_zone)
                              - ($6::timestamptz AT TIME ZONE 'UTC')) / 60)::integer AS utc_offset_min,
       organisation.policy,
       existing.content_sha256 AS existing_content_sha256,
       existing.user_id = $2::uuid AS existing_is_own,
       visit.site_id AS visit_site_id,
       visit.technician_id = $2::uuid AS visit_is_own,
       visit.departed_at IS NOT NULL AS visit_has_departure,
       (SELECT count(*) FROM unnest($7::uuid[]) AS wanted(id)
        WHERE NOT EXISTS (SELECT FROM work_order
                          WHERE work_order.org_id = $1::uuid AND work_order.id = wanted.id))
           AS unknown_work_orders,
       previous.latitude_deg AS previous_latitude_deg,
       previous.longitude_deg AS previous_longitude_deg,
       previous.accuracy_m AS previous_accuracy_m,
       (extract(epoch FROM previous.captured_at) * 1000)::bigint AS previous_captured_at_ms,
       next.latitude_deg AS next_latitude_deg, next.longitude_deg AS next_longitude_deg,
       next.accuracy_m AS next_accuracy_m,
       (extract(epoch FROM next.captured_at) * 1000)::bigint AS next_captured_at_ms,
       (SELECT count(*)
        FROM (SELECT FROM check_in same
              WHERE same.org_id = $1::uuid AND same.user_id = $2::uuid
                AND same.latitude_deg = $8::double precision
                AND same.longitude_deg = $9::double precision
                AND same.visit_id <> $5::uuid
              LIMIT 100) AS counted) AS same_coordinates_count
FROM site
JOIN organisation ON organisation.org_id = site.org_id
LEFT JOIN check_in existing ON existing.org_id = site.org_id AND existing.id = $4::uuid
LEFT JOIN visit ON visit.org_id = site.org_id AND visit.id = $5::uuid
LEFT JOIN LATERAL (
    SELECT latitude_deg, longitude_deg, accuracy_m, captured_at
    FROM check_in
    WHERE check_in.org_id = $1::uuid AND check_in.user_id = $2::uuid
      AND check_in.captured_at < $6::timestamptz AND check_in.latitude_deg IS NOT NULL
    ORDER BY check_in.captured_at DESC LIMIT 1) AS previous ON true
LEFT JOIN LATERAL (
    SELECT latitude_deg, longitude_deg, accuracy_m, captured_at
    FROM check_in
    WHERE check_in.org_id = $1::uuid AND check_in.user_id = $2::uuid
      AND check_in.captured_at >= $6::timestamptz AND check_in.latitude_deg IS NOT NULL
    ORDER BY check_in.captured_at LIMIT 1) AS next ON true
WHERE site.org_id = $1::uuid AND site.id = $3::uuid;

-- name: check_in_insert
INSERT INTO check_in (org_id, id, visit_id, site_id, user_id, kind, captured_at, sent_at, received_at,
                      fix, latitude_deg, longitude_deg, accuracy_m, fence_distance_m, geofence,
                      device, note, work_order_ids, verdict, findings, finding_codes, content_sha256)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6, $7::timestamptz, $8::timestamptz,
        $9::timestamptz, $10::jsonb, $11::double precision, $12::double precision,
        $13::double precision, $14::double precision, $15, $16::jsonb, $17, $18::jsonb, $19,
        $20::jsonb, $21::text[], $22::bytea);

-- name: check_in_company
-- Whether the visit has other check-ins by now, and whether it is of this technician and site: of two
-- that came at once, the later one has waited for the visit. $5 technician
SELECT EXISTS (SELECT FROM check_in other
               WHERE other.org_id = $1::uuid AND other.visit_id = $3::uuid AND other.id <> $2::uuid),
       EXISTS (SELECT FROM visit
               WHERE visit.org_id = $1::uuid AND visit.id = $3::uuid AND visit.site_id = $4::uuid
                 AND visit.technician_id = $5::uuid);

-- name: check_in_get
-- $3: the technician who may see it; null: whoever asks may.
SELECT a.json FROM check_in_answers($4) a
WHERE a.org_id = $1::uuid AND a.id = $2::uuid AND ($3::uuid IS NULL OR a.user_id = $3::uuid);

-- name: scan_assets
-- The assets of a list of scanned values, by barcode or serial. Barcodes come first.
SELECT wanted.value, asset.id, asset.name, asset.site_id, site.name AS site_name
FROM unnest($2::text[]) AS wanted(value)
JOIN asset ON asset.org_id = $1::uuid AND (asset.barcode = wanted.value OR asset.serial = wanted.value)
JOIN site ON site.org_id = asset.org_id AND site.id = asset.site_id
ORDER BY wanted.value, asset.barcode = wanted.value DESC NULLS LAST;

-- name: scan_insert
INSERT INTO scan (org_id, id, check_in_id, visit_id, captured_at, symbology, value, entered, asset_id,
                  verdict, findings, finding_codes)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::timestamptz, $6, $7, $8, $9::uuid, $10,
        $11::jsonb, $12::text[]);
