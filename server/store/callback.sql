-- name: callback_insert
-- $2 id, $3 visit, $4 called at, $5 outcome, $6 score, $7 spoke with, $8 note, $9 who called, $10 digest of
-- the content
INSERT INTO callback (org_id, id, visit_id, called_at, outcome, score, spoke_with, note, called_by,
                      content_sha256)
VALUES ($1::uuid, $2::uuid, $3::uuid, $4::timestamptz, $5, $6::smallint, $7, $8, $9::uuid, $10::bytea)
ON CONFLICT (org_id, id) DO NOTHING
RETURNING id;

-- name: callback_content
SELECT encode(content_sha256, 'hex') FROM callback WHERE org_id = $1::uuid AND id = $2::uuid;

-- name: callback_get
SELECT callback_json(call) FROM callback call WHERE call.org_id = $1::uuid AND call.id = $2::uuid;
