-- name: upload_find
-- $1 organisation, $2 upload, $3 user
SELECT upload.id, photo_id, length, encode(upload.sha256, 'hex'), metadata,
       (extract(epoch FROM expires_at) * 1000)::bigint, upload.stored_at IS NOT NULL,
       photo.media = 'video'
FROM upload JOIN photo ON photo.org_id = upload.org_id AND photo.id = upload.photo_id
WHERE upload.org_id = $1::uuid AND upload.id = $2::uuid AND upload.user_id = $3::uuid
  AND expires_at > now();

-- name: upload_find_of_photo
-- $1 organisation, $2 photo, $3 user
SELECT upload.id, photo_id, length, encode(upload.sha256, 'hex'), metadata,
       (extract(epoch FROM expires_at) * 1000)::bigint, upload.stored_at IS NOT NULL,
       photo.media = 'video'
FROM upload JOIN photo ON photo.org_id = upload.org_id AND photo.id = upload.photo_id
WHERE upload.org_id = $1::uuid AND photo_id = $2::uuid AND upload.user_id = $3::uuid;

-- name: upload_photo_lock
-- The photo that is to be uploaded. Locked, so that its uploads are made one by one.
-- $1 organisation, $2 photo, $3 user
SELECT state = 'stored', encode(sha256, 'hex'), bytes, encode(declared_sha256, 'hex'),
       media = 'video'
FROM photo
WHERE org_id = $1::uuid AND id = $2::uuid AND user_id = $3::uuid
FOR UPDATE;

-- name: upload_delete_other
-- The photo's upload, if it cannot be the one that is meant.
-- $1 organisation, $2 photo, $3 length, $4 digest of the whole
DELETE FROM upload
WHERE org_id = $1::uuid AND photo_id = $2::uuid
  AND (expires_at <= now() OR length <> $3::bigint OR sha256 IS DISTINCT FROM $4::bytea);

-- name: upload_insert
-- $1 organisation, $2 upload, $3 photo, $4 user, $5 length, $6 digest, $7 metadata,
-- $8 seconds to live, $9 whether the photo is stored already
INSERT INTO upload (org_id, id, photo_id, user_id, length, sha256, metadata, expires_at, stored_at)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::bigint, $6::bytea, $7,
        now() + $8::integer * interval '1 second', CASE WHEN $9::boolean THEN now() END)
ON CONFLICT (org_id, photo_id) DO UPDATE
SET expires_at = excluded.expires_at, metadata = excluded.metadata,
    stored_at = coalesce(upload.stored_at, excluded.stored_at);

-- name: upload_mark_stored
UPDATE upload SET stored_at = now() WHERE org_id = $1::uuid AND id = $2::uuid AND stored_at IS NULL;

-- name: upload_delete
DELETE FROM upload WHERE org_id = $1::uuid AND id = $2::uuid AND user_id = $3::uuid;

-- name: upload_delete_expired
DELETE FROM upload WHERE org_id = $1::uuid AND expires_at <= now();

-- name: upload_is_awaited
-- Whether the upload's file is still needed.
SELECT id FROM upload WHERE org_id = $1::uuid AND id = $2::uuid AND stored_at IS NULL;
