-- name: blob_references_of_photos
-- The digests of stored photos and their thumbnails (null: a retention rule has removed it), after the photo $2 (null: from the start).
-- $3 is not used: every query of this file takes the two keys that its last row had.
SELECT id, 0, CASE WHEN original_removed_at IS NULL THEN encode(sha256, 'hex') END,
       CASE WHEN thumbnails_removed_at IS NULL THEN encode(small_sha256, 'hex') END,
       CASE WHEN thumbnails_removed_at IS NULL THEN encode(medium_sha256, 'hex') END
FROM photo
WHERE org_id = $1::uuid AND state = 'stored'
  AND ($2::uuid IS NULL OR (id, 0) > ($2::uuid, $3::integer))
ORDER BY id LIMIT 5000;

-- name: blob_references_of_sheets
-- The digests of signed sheets' PDFs, after the version $3 of visit $2 (null: from the start).
SELECT visit_id, version, encode(pdf_sha256, 'hex')
FROM visit_sheet
WHERE org_id = $1::uuid AND pdf_sha256 IS NOT NULL
  AND ($2::uuid IS NULL OR (visit_id, version) > ($2::uuid, $3::integer))
ORDER BY visit_id, version LIMIT 5000;
