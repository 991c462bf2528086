-- A check-in that a sheet waits for may never come: it was refused, or the phone that had it is gone. A wait has
-- an end, and the signed sheet is kept then, beside a list of what never came.

-- Since when the server knows of something that waits, by its own clock.
CREATE TABLE waiting (
    org_id  uuid NOT NULL,
    user_id uuid NOT NULL,
    subject text NOT NULL CHECK (length(subject) <= 200), -- 'sheet/VISIT/VERSION', 'step/ID'
    since   timestamptz NOT NULL,
    PRIMARY KEY (org_id, user_id, subject)
);
ALTER TABLE waiting ADD FOREIGN KEY (org_id, user_id) REFERENCES app_user;

ALTER TABLE waiting ENABLE ROW LEVEL SECURITY;
ALTER TABLE waiting FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON waiting
    USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
GRANT SELECT, INSERT ON waiting TO fieldproof;

-- [{pointer, id}]: what the signed document lists and nobody had received when it was sealed; null: nothing.
ALTER TABLE signature ADD COLUMN missing jsonb;

CREATE OR REPLACE FUNCTION signature_json(s signature) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', s.id, 'sheet_version', s.sheet_version,
        'document_sha256', encode(s.document_sha256, 'hex'),
        'signer_name', s.signer_name, 'signer_role', s.signer_role,
        'signed_at', json_time(s.signed_at), 'received_at', json_time(s.received_at),
        'fix', json_fix(s.fix), 'method', s.method, 'strokes', s.strokes,
        'rating', CASE WHEN s.rating_score IS NOT NULL THEN
            json_build_object('score', s.rating_score, 'comment', s.rating_comment) END,
        'differs', s.differs, 'missing', coalesce(s.missing, '[]'),
        'collected_by', json_user(s.org_id, s.collected_by));

-- How many check-ins, scans and photos the signed sheets of a visit list that have not come since, either.
CREATE FUNCTION signed_evidence_missing(of_org uuid, of_visit uuid) RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT count(DISTINCT entry ->> 'id')
        FROM signature s
        CROSS JOIN LATERAL jsonb_array_elements(s.missing) AS entry
        WHERE s.org_id = of_org AND s.visit_id = of_visit AND s.missing IS NOT NULL
          AND CASE split_part(entry ->> 'pointer', '/', 2)
              WHEN 'check_ins' THEN NOT EXISTS (SELECT FROM check_in c
                                                WHERE c.org_id = of_org AND c.id = (entry ->> 'id')::uuid
                                                  AND c.visit_id = of_visit)
              WHEN 'scans' THEN NOT EXISTS (SELECT FROM scan c
                                            WHERE c.org_id = of_org AND c.id = (entry ->> 'id')::uuid
                                              AND c.visit_id = of_visit)
              WHEN 'photos' THEN NOT EXISTS (SELECT FROM photo c
                                             WHERE c.org_id = of_org AND c.id = (entry ->> 'id')::uuid
                                               AND c.visit_id = of_visit)
              ELSE false END);
