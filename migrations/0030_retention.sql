-- How long bytes are kept: what is older goes, its row stays with digest, receipt and findings and says
-- since when, and by which rule, the bytes are gone.

CREATE TABLE retention (
    org_id            uuid PRIMARY KEY,
    originals_months  integer CHECK (originals_months BETWEEN 6 AND 360),  -- null: for ever
    thumbnails_months integer CHECK (thumbnails_months BETWEEN 6 AND 360),
    version           integer NOT NULL DEFAULT 1,
    changed_by        uuid NOT NULL,
    changed_at        timestamptz NOT NULL DEFAULT now(),
    CHECK (thumbnails_months IS NULL OR (originals_months IS NOT NULL AND thumbnails_months >= originals_months))
);

ALTER TABLE photo
    ADD COLUMN original_removed_at timestamptz,
    ADD COLUMN original_removed_by text,    -- the rule: "originals: 24 months"
    ADD COLUMN thumbnails_removed_at timestamptz,
    ADD COLUMN thumbnails_removed_by text,
    ADD CHECK ((original_removed_at IS NULL) = (original_removed_by IS NULL)
               AND (thumbnails_removed_at IS NULL) = (thumbnails_removed_by IS NULL));
-- By our own clock: a phone's may be wrong.
CREATE INDEX photo_original_kept ON photo (org_id, stored_at, id)
    WHERE state = 'stored' AND original_removed_at IS NULL;
CREATE INDEX photo_thumbnails_kept ON photo (org_id, stored_at, id)
    WHERE state = 'stored' AND original_removed_at IS NOT NULL AND thumbnails_removed_at IS NULL;

-- Nothing of a visit that is held is removed, whatever its age.
ALTER TABLE visit
    ADD COLUMN held_at timestamptz,
    ADD COLUMN held_by uuid,
    ADD COLUMN hold_reason text,
    ADD CHECK ((held_at IS NULL) = (held_by IS NULL) AND (held_at IS NULL) = (hold_reason IS NULL));
CREATE INDEX visit_held ON visit (org_id, held_at DESC, id DESC) WHERE held_at IS NOT NULL;
CREATE INDEX visit_held_by ON visit (org_id, held_by) WHERE held_by IS NOT NULL;

ALTER TABLE retention
    ADD FOREIGN KEY (org_id) REFERENCES organisation,
    ADD FOREIGN KEY (org_id, changed_by) REFERENCES app_user;
CREATE INDEX retention_changed_by ON retention (org_id, changed_by);
ALTER TABLE visit ADD FOREIGN KEY (org_id, held_by) REFERENCES app_user;

ALTER TABLE retention ENABLE ROW LEVEL SECURITY;
ALTER TABLE retention FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON retention
    USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON retention TO fieldproof;

-- Bytes that are gone stay gone; all else stays as it was given.
CREATE OR REPLACE FUNCTION refuse_photo_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    judged constant text[] := '{verdict, findings, finding_codes, risk, review_decision}';
    stored constant text[] := '{state, stored_at, sha256, bytes, width_px, height_px, orientation,
        small_sha256, small_width_px, small_height_px, medium_sha256, medium_width_px,
        medium_height_px, exif, mean_luminance, sharpness, duration_ms}';
    may_change text[] := judged;
BEGIN
    IF OLD.state = 'awaited' THEN
        may_change := judged || stored;
    END IF;
    IF OLD.state = 'stored' AND OLD.original_removed_at IS NULL THEN
        may_change := may_change || '{original_removed_at, original_removed_by}';
    END IF;
    IF OLD.original_removed_at IS NOT NULL AND OLD.thumbnails_removed_at IS NULL THEN
        may_change := may_change || '{thumbnails_removed_at, thumbnails_removed_by}';
    END IF;
    IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'a photo never changes'
            USING ERRCODE = 'check_violation', TABLE = 'photo', CONSTRAINT = 'photo_stored_is_final';
    END IF;
    RETURN NEW;
END
$$;

CREATE OR REPLACE FUNCTION photo_json(p photo, language text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', p.id, 'check_in_id', p.check_in_id, 'visit_id', p.visit_id, 'site_id', p.site_id,
        'technician_id', p.user_id, 'role', p.role, 'media', p.media, 'work_order_id', p.work_order_id,
        'retake_of', p.retake_of, 'caption', p.caption, 'captured_at', json_time(p.captured_at),
        'state', p.state,
        'receipt', CASE WHEN p.state = 'stored' THEN
            json_build_object('sha256', encode(p.sha256, 'hex'), 'bytes', p.bytes,
                              'stored_at', json_time(p.stored_at)) END,
        'original', CASE WHEN p.orientation >= 5 -- lying on its side in the file
            THEN json_size(p.height_px, p.width_px) ELSE json_size(p.width_px, p.height_px) END,
        'medium', json_size(p.medium_width_px, p.medium_height_px),
        'small', json_size(p.small_width_px, p.small_height_px), 'duration_ms', p.duration_ms,
        'original_removed_at', json_time(p.original_removed_at),
        'original_removed_by', p.original_removed_by,
        'thumbnails_removed_at', json_time(p.thumbnails_removed_at),
        'exif', p.exif - 'camera', 'verdict', p.verdict,
        'findings', json_findings(p.findings, language), 'review_decision', p.review_decision);

-- What a customer disputes, and has not confirmed since, stays as if it were held.
CREATE FUNCTION visit_is_disputed(of_org_id uuid, of_visit_id uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce((SELECT r.decision = 'disputed' FROM customer_response r
                     WHERE r.org_id = of_org_id AND r.visit_id = of_visit_id AND r.kind = 'decision'
                     ORDER BY r.received_at DESC, r.id DESC LIMIT 1), false);

CREATE FUNCTION retention_json(r retention) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'originals_months', r.originals_months, 'thumbnails_months', r.thumbnails_months,
        'version', r.version, 'changed_by', json_user(r.org_id, r.changed_by),
        'changed_at', json_time(r.changed_at));

CREATE FUNCTION hold_json(v visit) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'visit_id', v.id, 'site', visit_label(v.org_id, v.id), 'technician', json_user(v.org_id, v.technician_id),
        'first_seen_at', json_time(v.first_seen_at), 'reason', v.hold_reason,
        'held_by', json_user(v.org_id, v.held_by), 'held_at', json_time(v.held_at));

CREATE FUNCTION audit_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM audit_record(NEW.org_id, 'changed', 'visit', NEW.id, visit_label(NEW.org_id, NEW.id),
        audit_changes(jsonb_build_object('hold_reason', OLD.hold_reason),
                      jsonb_build_object('hold_reason', NEW.hold_reason)));
    RETURN NULL;
END
$$;
CREATE TRIGGER audit_hold AFTER UPDATE OF hold_reason ON visit FOR EACH ROW
    WHEN (audit_has_actor() AND OLD.hold_reason IS DISTINCT FROM NEW.hold_reason) EXECUTE FUNCTION audit_hold();

CREATE FUNCTION audit_retention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM audit_record(NEW.org_id, 'changed', 'retention', NEW.org_id, NULL,
        audit_changes(coalesce(to_jsonb(OLD), '{}') - '{org_id, changed_by, changed_at}'::text[],
                      to_jsonb(NEW) - '{org_id, changed_by, changed_at}'::text[]));
    RETURN NULL;
END
$$;
CREATE TRIGGER audit AFTER INSERT OR UPDATE ON retention FOR EACH ROW
    WHEN (audit_has_actor()) EXECUTE FUNCTION audit_retention();
