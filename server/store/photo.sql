-- name: photo_declare
-- A photo that its check-in announces; its bytes are still awaited.
INSERT INTO photo (org_id, id, check_in_id, visit_id, site_id, user_id, role, work_order_id, retake_of,
                   caption, captured_at, declared_sha256, state, media)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, $7, $8::uuid, $9::uuid, $10,
        $11::timestamptz, $12::bytea, 'awaited', $13);

-- name: photo_store
-- The bytes are durable. No row when they were already: whoever came first stored them.
UPDATE photo
SET state = 'stored', stored_at = $3::timestamptz, sha256 = $4::bytea, bytes = $5::bigint,
    width_px = $6::integer, height_px = $7::integer, orientation = $8::integer,
    small_sha256 = $9::bytea, small_width_px = $10::integer, small_height_px = $11::integer,
    medium_sha256 = $12::bytea, medium_width_px = $13::integer, medium_height_px = $14::integer,
    exif = $15::jsonb, verdict = $16, findings = $17::jsonb, finding_codes = $18::text[],
    mean_luminance = $19::double precision, sharpness = $20::double precision, duration_ms = $21::bigint
WHERE org_id = $1::uuid AND id = $2::uuid AND state = 'awaited'
RETURNING id;

-- name: photo_context
-- What the rules need to know before a photo is judged, and its row is locked meanwhile. The usual camera
-- is that of the last five photos that name one, of the last hundred: many phones never name one.
-- $1 organisation, $2 photo, $3 user
SELECT photo.state, encode(photo.sha256, 'hex') AS sha256,
       encode(photo.declared_sha256, 'hex') AS declared_sha256, photo.visit_id, photo.retake_of,
       (extract(epoch FROM greatest(photo.captured_at, check_in.captured_at)) * 1000)::bigint
           AS captured_at_ms,
       (extract(epoch FROM coalesce(visit.arrived_at, check_in.captured_at)) * 1000)::bigint
           AS visit_since_ms,
       check_in.latitude_deg, check_in.longitude_deg, check_in.accuracy_m,
       round(extract(epoch FROM (photo.captured_at AT TIME ZONE site.time_zone)
                              - (photo.captured_at AT TIME ZONE 'UTC')) / 60)::integer AS utc_offset_min,
       organisation.policy,
       (SELECT min(recent.camera)
        FROM (SELECT latest.camera
              FROM (SELECT earlier.exif ->> 'camera' AS camera, earlier.captured_at FROM photo earlier
                    WHERE earlier.org_id = $1::uuid AND earlier.user_id = $3::uuid
                    ORDER BY earlier.captured_at DESC LIMIT 100) AS latest
              WHERE latest.camera IS NOT NULL
              ORDER BY latest.captured_at DESC LIMIT 5) AS recent
        HAVING count(*) = 5 AND min(recent.camera) = max(recent.camera)) AS usual_camera,
       photo.media = 'video'
FROM photo
JOIN check_in ON check_in.org_id = photo.org_id AND check_in.id = photo.check_in_id
JOIN visit ON visit.org_id = photo.org_id AND visit.id = photo.visit_id
JOIN site ON site.org_id = photo.org_id AND site.id = photo.site_id
JOIN organisation ON organisation.org_id = photo.org_id
WHERE photo.org_id = $1::uuid AND photo.id = $2::uuid AND photo.user_id = $3::uuid
FOR NO KEY UPDATE OF photo;

-- name: photo_bytes_lock
-- Two requests that bring the same bytes at once must see each other: the second waits for the first.
SELECT pg_advisory_xact_lock(hashtextextended($1 || $2, 0));

-- name: photo_twin
-- The first photo with the very same bytes that was captured before this one, or is another visit's and came before it: a
-- phone's clock can be set back, and who was offline sends last. One of another visit before one of the same; and whether
-- copies that were captured later are here already.
-- $1 organisation, $2 the photo that is being judged, $3 digest
SELECT earlier.id, earlier.visit_id = judged.visit_id AS same_visit,
       (extract(epoch FROM earlier.captured_at) * 1000)::bigint AS captured_at_ms,
       coalesce((SELECT string_agg(work_order.number, ', ' ORDER BY work_order.number)
                 FROM visit_work_order
                 JOIN work_order ON work_order.org_id = visit_work_order.org_id
                                AND work_order.id = visit_work_order.work_order_id
                 WHERE visit_work_order.org_id = earlier.org_id
                   AND visit_work_order.visit_id = earlier.visit_id), earlier.visit_id::text) AS visit,
       EXISTS (SELECT FROM photo copy
               WHERE copy.org_id = $1::uuid AND copy.sha256 = $3::bytea
                 AND (copy.captured_at, copy.id) > (judged.captured_at, judged.id)) AS has_copies
FROM photo judged
LEFT JOIN LATERAL (
    SELECT e.org_id, e.id, e.visit_id, e.captured_at
    FROM photo e
    WHERE e.org_id = $1::uuid AND e.sha256 = $3::bytea
      AND ((e.captured_at, e.id) < (judged.captured_at, judged.id)
           OR e.visit_id <> judged.visit_id AND (judged.stored_at IS NULL OR e.stored_at < judged.stored_at))
    ORDER BY e.visit_id = judged.visit_id, e.captured_at, e.id
    LIMIT 1) AS earlier ON true
WHERE judged.org_id = $1::uuid AND judged.id = $2::uuid;

-- name: photo_copies_lock
-- The visits of all photos with these bytes, as visit_lock does, before photos of several are judged again.
SELECT id FROM visit
WHERE org_id = $1::uuid
  AND id IN (SELECT photo.visit_id FROM photo WHERE photo.org_id = $1::uuid AND photo.sha256 = $2::bytea)
ORDER BY id FOR NO KEY UPDATE;

-- name: photo_copies
-- The photos with the bytes of photo $2 that were captured after it; of more than any mistake makes, some.
SELECT copy.id, copy.visit_id, copy.findings, copy.media = 'video',
       round(extract(epoch FROM (copy.captured_at AT TIME ZONE site.time_zone)
                              - (copy.captured_at AT TIME ZONE 'UTC')) / 60)::integer AS utc_offset_min
FROM photo original
JOIN photo copy ON copy.org_id = original.org_id AND copy.sha256 = original.sha256
               AND (copy.captured_at, copy.id) > (original.captured_at, original.id)
JOIN site ON site.org_id = copy.org_id AND site.id = copy.site_id
WHERE original.org_id = $1::uuid AND original.id = $2::uuid
ORDER BY copy.visit_id, copy.id LIMIT 500
FOR NO KEY UPDATE OF copy;

-- name: photo_suspects
-- The photos of a visit about which $3 was found.
SELECT id, findings FROM photo
WHERE org_id = $1::uuid AND visit_id = $2::uuid AND state = 'stored' AND $3 = ANY (finding_codes)
ORDER BY id FOR NO KEY UPDATE;

-- name: photo_judge
-- Another verdict, of what is known by now.
UPDATE photo SET verdict = $3, findings = $4::jsonb, finding_codes = $5::text[]
WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: photo_get
-- $3: the technician who may see it; null: whoever asks may.
SELECT photo_json(p, $4) FROM photo p
WHERE p.org_id = $1::uuid AND p.id = $2::uuid AND ($3::uuid IS NULL OR p.user_id = $3::uuid);

-- name: photo_files
-- The digests of a stored photo's three files, and what became of them.
SELECT encode(sha256, 'hex'), encode(medium_sha256, 'hex'), encode(small_sha256, 'hex'), visit_id,
       media = 'video', to_char(original_removed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), original_removed_by,
       to_char(thumbnails_removed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), thumbnails_removed_by
FROM photo
WHERE org_id = $1::uuid AND id = $2::uuid AND state = 'stored'
  AND ($3::uuid IS NULL OR user_id = $3::uuid);

-- name: retake_answer
-- A photo that answers a retake closes it. No row: there is no such open retake of this technician.
UPDATE retake SET answered_by_photo_id = $3::uuid, answered_at = $4::timestamptz
WHERE org_id = $1::uuid AND photo_id = $2::uuid AND technician_id = $5::uuid
  AND answered_at IS NULL AND withdrawn_at IS NULL
RETURNING id;

-- name: evidence_view_insert
-- Also into the audit trail. $4 photo, or null: the visit as a whole. $5 what was done
WITH view AS (
    INSERT INTO evidence_view (org_id, user_id, visit_id, photo_id)
    VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid))
SELECT audit_record($1::uuid, $5, CASE WHEN $4::uuid IS NULL THEN 'visit' ELSE 'photo' END,
                    coalesce($4::uuid, $3::uuid), visit_label($1::uuid, $3::uuid), '[]');
