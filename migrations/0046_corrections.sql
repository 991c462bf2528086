-- A manager asks the technician to correct a signed visit sheet: what is wrong, and where. What was signed stays;
-- the request ends when a later version is signed, or when it is withdrawn.
CREATE TABLE correction (
    org_id           uuid NOT NULL,
    id               uuid NOT NULL,
    visit_id         uuid NOT NULL,
    sheet_version    integer NOT NULL, -- the signed version that is wrong
    technician_id    uuid NOT NULL,
    blocks           text[] NOT NULL
        CHECK (blocks <@ ARRAY['open_before', 'done', 'left_open', 'parts', 'evidence', 'signature']),
    reason           text NOT NULL,
    requested_by     uuid NOT NULL,
    requested_at     timestamptz NOT NULL DEFAULT now(),
    answered_version integer,
    answered_at      timestamptz,
    withdrawn_by     uuid,
    withdrawn_at     timestamptz,
    content_sha256   bytea NOT NULL,
    PRIMARY KEY (org_id, id),
    CHECK ((answered_version IS NULL) = (answered_at IS NULL)),
    CHECK ((withdrawn_by IS NULL) = (withdrawn_at IS NULL)),
    CHECK (answered_at IS NULL OR withdrawn_at IS NULL)
);
CREATE UNIQUE INDEX correction_open_visit ON correction (org_id, visit_id)
    WHERE answered_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX correction_open ON correction (org_id, requested_at, id)
    WHERE answered_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX correction_open_technician ON correction (org_id, technician_id, requested_at, id)
    WHERE answered_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX correction_requested ON correction (org_id, requested_at, id);
CREATE INDEX correction_technician ON correction (org_id, technician_id, requested_at, id);
CREATE INDEX correction_visit ON correction (org_id, visit_id, requested_at);
CREATE INDEX correction_requested_by ON correction (org_id, requested_by);
CREATE INDEX correction_withdrawn_by ON correction (org_id, withdrawn_by) WHERE withdrawn_by IS NOT NULL;

ALTER TABLE correction
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, visit_id, sheet_version) REFERENCES visit_sheet (org_id, visit_id, version),
    ADD FOREIGN KEY (org_id, technician_id) REFERENCES app_user,
    ADD FOREIGN KEY (org_id, requested_by) REFERENCES app_user,
    ADD FOREIGN KEY (org_id, withdrawn_by) REFERENCES app_user;

ALTER TABLE correction ENABLE ROW LEVEL SECURITY;
ALTER TABLE correction FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON correction
    USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON correction TO fieldproof;

CREATE VIEW correction_summary WITH (security_invoker = true) AS
SELECT c.org_id, c.id, json_build_object(
           'id', c.id, 'visit_id', c.visit_id, 'sheet_version', c.sheet_version,
           'site', (SELECT s.json FROM site_summary s WHERE s.org_id = c.org_id AND s.id = v.site_id),
           'technician', (SELECT u.json FROM user_summary u WHERE u.org_id = c.org_id AND u.id = c.technician_id),
           'blocks', c.blocks, 'reason', c.reason,
           'requested_by', (SELECT u.json FROM user_summary u WHERE u.org_id = c.org_id AND u.id = c.requested_by),
           'requested_at', json_time(c.requested_at),
           'answered_version', c.answered_version, 'answered_at', json_time(c.answered_at),
           'withdrawn_by', (SELECT u.json FROM user_summary u WHERE u.org_id = c.org_id AND u.id = c.withdrawn_by),
           'withdrawn_at', json_time(c.withdrawn_at)) AS json
FROM correction c
CROSS JOIN LATERAL (SELECT visit.site_id FROM visit
                    WHERE visit.org_id = c.org_id AND visit.id = c.visit_id OFFSET 0) AS v;
GRANT SELECT ON correction_summary TO fieldproof;

-- Only a signature answers: a draft is no correction yet.
CREATE FUNCTION answer_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE correction SET answered_version = NEW.version, answered_at = now()
    WHERE org_id = NEW.org_id AND visit_id = NEW.visit_id AND sheet_version < NEW.version
      AND answered_at IS NULL AND withdrawn_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER visit_sheet_answers_correction AFTER UPDATE ON visit_sheet
    FOR EACH ROW WHEN (OLD.state <> 'signed' AND NEW.state = 'signed') EXECUTE FUNCTION answer_correction();

-- The phone, the desk and the trail are told.
ALTER TABLE phone_list_change
    DROP CONSTRAINT phone_list_change_kind_check,
    ADD CONSTRAINT phone_list_change_kind_check CHECK (kind IN ('correction', 'retake', 'work_order'));
CREATE FUNCTION note_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO phone_list_change (org_id, user_id, kind, entity_id)
    VALUES (NEW.org_id, NEW.technician_id, 'correction', NEW.id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER correction_noted AFTER INSERT OR UPDATE ON correction
    FOR EACH ROW EXECUTE FUNCTION note_correction();
CREATE TRIGGER correction_noted_for_desk AFTER INSERT OR UPDATE ON correction
    FOR EACH ROW EXECUTE FUNCTION note_visit_for_desk();

CREATE FUNCTION audit_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM audit_record(NEW.org_id, 'changed', 'visit', NEW.visit_id, visit_label(NEW.org_id, NEW.visit_id),
        jsonb_build_array(jsonb_build_object('field', 'correction_requested',
            'from', CASE WHEN TG_OP = 'UPDATE' THEN left(NEW.reason, 1000) END,
            'to', CASE WHEN TG_OP = 'INSERT' THEN left(NEW.reason, 1000) END)));
    RETURN NULL;
END
$$;
CREATE TRIGGER audit AFTER INSERT ON correction FOR EACH ROW
    WHEN (audit_has_actor()) EXECUTE FUNCTION audit_correction();
CREATE TRIGGER audit_withdrawn AFTER UPDATE ON correction FOR EACH ROW
    WHEN (audit_has_actor() AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL)
    EXECUTE FUNCTION audit_correction();
