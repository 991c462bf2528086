-- name: visit_sheet_lock
-- Writers of one visit follow each other. Apart from what is read then: a statement that waits for
-- a lock goes on with what it saw before.
SELECT FROM visit WHERE org_id = $1::uuid AND id = $2::uuid FOR NO KEY UPDATE;

-- name: visit_sheet_standing
-- Where the sheets of a visit stand.
-- $3: the technician whose visit it must be. No row: there is no such visit of theirs.
SELECT latest.version, latest.state,
       (SELECT array_to_json(array_agg(work_order_id)) FROM visit_work_order
        WHERE visit_work_order.org_id = $1::uuid AND visit_work_order.visit_id = $2::uuid) AS work_orders,
       (SELECT (extract(epoch FROM max(received_at)) * 1000)::bigint FROM check_in
        WHERE check_in.org_id = $1::uuid AND check_in.visit_id = $2::uuid),
       visit.site_id
FROM visit
LEFT JOIN LATERAL (SELECT version, state FROM visit_sheet
                   WHERE visit_sheet.org_id = visit.org_id AND visit_sheet.visit_id = visit.id
                   ORDER BY version DESC LIMIT 1) AS latest ON true
WHERE visit.org_id = $1::uuid AND visit.id = $2::uuid AND visit.technician_id = $3::uuid;

-- name: visit_sheet_write
-- Makes or replaces a draft. What was left out of the body is null in the content.
-- $1 organisation, $2 visit, $3 version, $4 body, $5 writer
INSERT INTO visit_sheet (org_id, visit_id, version, state, content, evidence_until, corrects_version,
                         correction_reason, written_by)
SELECT $1::uuid, $2::uuid, $3::integer, 'draft', visit_sheet_content(b.body),
       (b.body ->> 'evidence_until')::timestamptz, (b.body ->> 'corrects_version')::integer,
       b.body ->> 'correction_reason', $5::uuid
FROM (SELECT $4::jsonb AS body) AS b
ON CONFLICT (org_id, visit_id, version) DO UPDATE
SET content = excluded.content, evidence_until = excluded.evidence_until,
    corrects_version = excluded.corrects_version, correction_reason = excluded.correction_reason,
    written_by = excluded.written_by, written_at = now();

-- name: visit_sheet_is_same
-- Whether a version says just what the body says: a phone repeats itself.
SELECT content = visit_sheet_content($4::jsonb)
   AND evidence_until IS NOT DISTINCT FROM ($4::jsonb ->> 'evidence_until')::timestamptz
   AND corrects_version IS NOT DISTINCT FROM ($4::jsonb ->> 'corrects_version')::integer
   AND correction_reason IS NOT DISTINCT FROM $4::jsonb ->> 'correction_reason'
FROM visit_sheet WHERE org_id = $1::uuid AND visit_id = $2::uuid AND version = $3::integer;

-- name: visit_sheet_get
-- $3: the version; null: the latest. $4: the technician whose visit it must be; null: anybody's.
SELECT sheet_json(sheet), sheet.state, coalesce(sheet.document, sheet_document(sheet)::text),
       sheet.version, encode(sheet.pdf_sha256, 'hex')
FROM visit_sheet sheet
JOIN visit ON visit.org_id = sheet.org_id AND visit.id = sheet.visit_id
WHERE sheet.org_id = $1::uuid AND sheet.visit_id = $2::uuid
  AND ($3::integer IS NULL OR sheet.version = $3::integer)
  AND ($4::uuid IS NULL OR visit.technician_id = $4::uuid)
ORDER BY sheet.version DESC LIMIT 1;

-- name: visit_sheet_list
-- The newest versions of a visit's sheet, newest first. Columns as of visit_sheet_get.
SELECT sheet_json(sheet), sheet.state, coalesce(sheet.document, sheet_document(sheet)::text),
       sheet.version, encode(sheet.pdf_sha256, 'hex')
FROM visit_sheet sheet
WHERE sheet.org_id = $1::uuid AND sheet.visit_id = $2::uuid
ORDER BY sheet.version DESC LIMIT 20;

-- name: visit_sheet_sign
UPDATE visit_sheet SET state = 'signed', document = $4, document_sha256 = $5::bytea
WHERE org_id = $1::uuid AND visit_id = $2::uuid AND version = $3::integer AND state = 'draft';

-- name: visit_sheet_set_pdf
-- The bytes follow from what was signed, so whoever comes first sets the digest.
UPDATE visit_sheet SET pdf_sha256 = $4::bytea
WHERE org_id = $1::uuid AND visit_id = $2::uuid AND version = $3::integer AND pdf_sha256 IS NULL;

-- name: visit_sheet_thumbnails
-- The small thumbnails of a visit's stored photos, by the photo's own digest.
SELECT DISTINCT encode(sha256, 'hex'), encode(small_sha256, 'hex') FROM photo
WHERE org_id = $1::uuid AND visit_id = $2::uuid AND state = 'stored' AND thumbnails_removed_at IS NULL;

-- name: signature_insert
-- $1 organisation, $2 visit, $3 body, $4 differs, $5 received_at, $6 collector, $7 content, $8 missing
INSERT INTO signature (org_id, id, visit_id, sheet_version, signer_name, signer_role, signed_at,
                       received_at, fix, method, strokes, rating_score, rating_comment, differs,
                       document_sha256, collected_by, content_sha256, missing)
SELECT $1::uuid, (b.body ->> 'id')::uuid, $2::uuid, (b.body ->> 'sheet_version')::integer,
       b.body ->> 'signer_name', b.body ->> 'signer_role', (b.body ->> 'signed_at')::timestamptz,
       $5::timestamptz, nullif(b.body -> 'fix', 'null'), coalesce(b.body ->> 'method', 'drawn'),
       nullif(b.body -> 'strokes', 'null'), (b.body #>> '{rating,score}')::smallint,
       b.body #>> '{rating,comment}', $4::jsonb,
       decode(b.body ->> 'document_sha256', 'hex'), $6::uuid, $7::bytea, $8::jsonb
FROM (SELECT $3::jsonb AS body) AS b;

-- name: signature_content
-- The content under a signature's id, if it is taken.
SELECT content_sha256, visit_id = $3::uuid FROM signature WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: visit_sheet_latest_signed
-- $3: the technician whose visit it must be; null: anybody's.
SELECT max(sheet.version)
FROM visit_sheet sheet
JOIN visit ON visit.org_id = sheet.org_id AND visit.id = sheet.visit_id
WHERE sheet.org_id = $1::uuid AND sheet.visit_id = $2::uuid AND sheet.state = 'signed'
  AND ($3::uuid IS NULL OR visit.technician_id = $3::uuid);

-- name: issued_document_insert
-- $3 version, $4 digest of the PDF in 64 digits
INSERT INTO issued_document (org_id, visit_id, sheet_version, sha256)
VALUES ($1::uuid, $2::uuid, $3::integer, decode($4, 'hex'))
ON CONFLICT DO NOTHING;

-- name: visit_sheet_taken
-- Somebody took the PDF away: a look at the visit, and a line of the audit trail. $3 version, $4 user
WITH view AS (
    INSERT INTO evidence_view (org_id, user_id, visit_id) VALUES ($1::uuid, $4::uuid, $2::uuid))
SELECT audit_record($1::uuid, 'downloaded', 'visit', $2::uuid, visit_label($1::uuid, $2::uuid),
                    jsonb_build_array(jsonb_build_object('field', 'sheet_pdf', 'from', NULL, 'to', $3::integer::text)));
