-- name: visit_pack_facts
-- The visit as it is read, in both languages, and when it was last changed, in seconds since 1970.
SELECT visit_json(v, 'en'), visit_json(v, 'zh'), floor(extract(epoch FROM v.updated_at))::bigint
FROM visit v WHERE v.org_id = $1::uuid AND v.id = $2::uuid;

-- name: visit_pack_sheets
-- Every signed version: what was signed, to the byte, and the sheet with its signature.
SELECT sheet.version, sheet.document, sheet_json(sheet)
FROM visit_sheet sheet
WHERE sheet.org_id = $1::uuid AND sheet.visit_id = $2::uuid AND sheet.state = 'signed'
ORDER BY sheet.version;

-- name: visit_pack_photos
SELECT p.id, encode(p.sha256, 'hex'), photo_json(p, 'en'),
       CASE p.media WHEN 'video' THEN 'mp4' ELSE 'jpg' END,
       to_char(p.original_removed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), p.original_removed_by
FROM photo p
WHERE p.org_id = $1::uuid AND p.visit_id = $2::uuid AND p.state = 'stored'
ORDER BY p.captured_at, p.id;
