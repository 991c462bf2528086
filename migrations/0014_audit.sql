-- The manager's audit: the doubtful photos first, decisions that can be taken back, and reasons that
-- the organisation keeps.

-- How doubtful a photo is by what was found about it and about its check-in: thousands by the worse
-- verdict of the two, hundreds by findings that fail, tens by findings that warn. What another finding
-- explains does not count.
CREATE FUNCTION evidence_risk(photo_verdict text, photo_findings jsonb, check_in_verdict text,
                              check_in_findings jsonb) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN 'rejected' IN (photo_verdict, check_in_verdict) THEN 2000
                WHEN 'needs_review' IN (photo_verdict, check_in_verdict) THEN 1000
                ELSE 0 END
         + (SELECT least(999, 100 * count(*) FILTER (WHERE finding ->> 'severity' = 'fail')
                            + 10 * count(*) FILTER (WHERE finding ->> 'severity' = 'warn'))::integer
            FROM jsonb_array_elements(photo_findings || check_in_findings) AS finding
            WHERE NOT coalesce((finding ->> 'explained')::boolean, false));

ALTER TABLE photo ADD COLUMN risk integer; -- null: nothing to judge yet

-- Evidence stays as it was given; how doubtful it is may change with what else becomes known.
CREATE OR REPLACE FUNCTION refuse_photo_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    judged constant text[] := '{verdict, findings, finding_codes, risk, review_decision}';
    stored constant text[] := '{state, stored_at, sha256, bytes, width_px, height_px, orientation,
        small_sha256, small_width_px, small_height_px, medium_sha256, medium_width_px,
        medium_height_px, exif}';
    may_change text[] := judged;
BEGIN
    IF OLD.state = 'awaited' THEN
        may_change := judged || stored;
    END IF;
    IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'a photo never changes'
            USING ERRCODE = 'check_violation', TABLE = 'photo', CONSTRAINT = 'photo_stored_is_final';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION rank_photo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT evidence_risk(NEW.verdict, NEW.findings, c.verdict, c.findings) INTO NEW.risk
    FROM check_in c WHERE c.org_id = NEW.org_id AND c.id = NEW.check_in_id;
    RETURN NEW;
END
$$;
CREATE TRIGGER photo_rank BEFORE UPDATE OF verdict, findings ON photo
    FOR EACH ROW WHEN (NEW.verdict IS NOT NULL) EXECUTE FUNCTION rank_photo();

ALTER TABLE photo NO FORCE ROW LEVEL SECURITY;
ALTER TABLE check_in NO FORCE ROW LEVEL SECURITY;
UPDATE photo SET verdict = verdict WHERE verdict IS NOT NULL;
ALTER TABLE photo FORCE ROW LEVEL SECURITY;
ALTER TABLE check_in FORCE ROW LEVEL SECURITY;

CREATE INDEX photo_risk ON photo (org_id, risk, captured_at, id)
    WHERE state = 'stored' AND review_decision IS NULL;

-- A decision that was taken back leaves the subject undecided again; the history keeps both.
ALTER TABLE review
    DROP CONSTRAINT review_decision_check,
    ADD CONSTRAINT review_decision_check
        CHECK (decision IN ('approve', 'reject', 'retake', 'withdraw'));

CREATE OR REPLACE FUNCTION evidence_json(p photo, language text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT json_build_object(
            'photo', photo_json(p, language), 'risk', p.risk,
            'site', json_build_object('id', s.id, 'name', s.name),
            'customer', json_build_object('id', c.id, 'name', c.name),
            'technician', json_user(p.org_id, p.user_id), 'time_zone', s.time_zone,
            'visit_verdict', v.verdict, 'visit_review_decision', v.review_decision)
        FROM visit v
        JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
        JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
        WHERE v.org_id = p.org_id AND v.id = p.visit_id);
