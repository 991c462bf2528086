-- The manager's side: what its lists and its report need, and how visits, evidence and reviews look
-- as JSON.

-- A retake ends when a photo answers it, or when a later review of its photo withdraws it.
ALTER TABLE retake
    ADD COLUMN withdrawn_at timestamptz,
    ADD CHECK (answered_at IS NULL OR withdrawn_at IS NULL),
    ADD CHECK ((answered_at IS NULL) = (answered_by_photo_id IS NULL));
CREATE UNIQUE INDEX retake_open_photo ON retake (org_id, photo_id)
    WHERE answered_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX retake_open ON retake (org_id, requested_at, id)
    WHERE answered_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX retake_open_technician ON retake (org_id, technician_id, requested_at, id)
    WHERE answered_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX retake_requested ON retake (org_id, requested_at, id);
CREATE INDEX retake_visit ON retake (org_id, visit_id);

-- Each filter of a list finds its rows in the list's order, however old the history is. What waits
-- for a manager (not accepted, not reviewed) stays few: it has an index of its own.
DROP INDEX photo_verdict;
CREATE INDEX photo_verdict ON photo (org_id, verdict, captured_at, id) WHERE verdict IS NOT NULL;
CREATE INDEX photo_role ON photo (org_id, role, captured_at, id);
CREATE INDEX photo_reviewed ON photo (org_id, captured_at, id) WHERE review_decision IS NOT NULL;
CREATE INDEX photo_unreviewed ON photo (org_id, captured_at, id)
    WHERE state = 'stored' AND review_decision IS NULL;
CREATE INDEX photo_waiting ON photo (org_id, verdict, captured_at, id)
    WHERE verdict <> 'accepted' AND review_decision IS NULL;
CREATE INDEX visit_verdict ON visit (org_id, verdict, first_seen_at, id);
CREATE INDEX visit_reviewed ON visit (org_id, first_seen_at, id) WHERE review_decision IS NOT NULL;
CREATE INDEX visit_unreviewed ON visit (org_id, first_seen_at, id) WHERE review_decision IS NULL;
CREATE INDEX visit_waiting ON visit (org_id, verdict, first_seen_at, id)
    WHERE verdict <> 'accepted' AND review_decision IS NULL;

-- The report counts out of these, without reading the rows.
DROP INDEX photo_visit, check_in_visit, scan_visit;
CREATE INDEX photo_visit ON photo (org_id, visit_id, captured_at) INCLUDE (state, finding_codes);
CREATE INDEX check_in_visit ON check_in (org_id, visit_id, captured_at) INCLUDE (finding_codes);
CREATE INDEX scan_visit ON scan (org_id, visit_id, captured_at) INCLUDE (finding_codes);

-- Finding codes, a row each, in the order of the lists. (An index over the arrays themselves could
-- not be used: under row-level security PostgreSQL searches only with leakproof operators, and @>
-- is not one.)
CREATE TABLE photo_finding (
    org_id      uuid NOT NULL,
    code        text NOT NULL,
    captured_at timestamptz NOT NULL,
    photo_id    uuid NOT NULL,
    PRIMARY KEY (org_id, code, captured_at, photo_id)
);
CREATE TABLE visit_finding (
    org_id        uuid NOT NULL,
    code          text NOT NULL,
    first_seen_at timestamptz NOT NULL,
    visit_id      uuid NOT NULL,
    PRIMARY KEY (org_id, code, first_seen_at, visit_id)
);

CREATE FUNCTION index_photo_findings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM photo_finding
    WHERE org_id = OLD.org_id AND code = ANY (OLD.finding_codes) AND code <> ALL (NEW.finding_codes)
      AND captured_at = OLD.captured_at AND photo_id = OLD.id;
    INSERT INTO photo_finding
    SELECT NEW.org_id, code, NEW.captured_at, NEW.id FROM unnest(NEW.finding_codes) AS code
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER photo_findings AFTER UPDATE OF finding_codes ON photo
    FOR EACH ROW WHEN (OLD.finding_codes IS DISTINCT FROM NEW.finding_codes)
    EXECUTE FUNCTION index_photo_findings();

CREATE FUNCTION index_visit_findings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM visit_finding
        WHERE org_id = OLD.org_id AND code = ANY (OLD.finding_codes)
          AND first_seen_at = OLD.first_seen_at AND visit_id = OLD.id
          AND (code <> ALL (NEW.finding_codes) OR NEW.first_seen_at <> OLD.first_seen_at);
    END IF;
    INSERT INTO visit_finding
    SELECT NEW.org_id, code, NEW.first_seen_at, NEW.id FROM unnest(NEW.finding_codes) AS code
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER visit_new_findings AFTER INSERT ON visit
    FOR EACH ROW WHEN (NEW.finding_codes <> '{}') EXECUTE FUNCTION index_visit_findings();
CREATE TRIGGER visit_findings AFTER UPDATE OF finding_codes, first_seen_at ON visit
    FOR EACH ROW WHEN (OLD.finding_codes IS DISTINCT FROM NEW.finding_codes
                       OR OLD.first_seen_at <> NEW.first_seen_at)
    EXECUTE FUNCTION index_visit_findings();

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['photo_finding', 'visit_finding'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY own_organisation ON %I
                        USING (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)',
                       table_name);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, DELETE ON photo_finding, visit_finding TO fieldproof;

-- A moment as a page's cursor keeps it: to the microsecond, so that no row is met twice or skipped.
CREATE FUNCTION cursor_time(moment timestamptz) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- The lists' filters; null asks for nothing. They are inlined, and a null one vanishes from the plan.
CREATE FUNCTION photo_is_wanted(p photo, site_id uuid, technician_id uuid, verdict text,
                                reviewed boolean, role text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN p.state = 'stored'
       AND (photo_is_wanted.site_id IS NULL OR p.site_id = photo_is_wanted.site_id)
       AND (photo_is_wanted.technician_id IS NULL OR p.user_id = photo_is_wanted.technician_id)
       AND (photo_is_wanted.verdict IS NULL OR p.verdict = photo_is_wanted.verdict)
       AND (photo_is_wanted.reviewed IS NULL
            OR (p.review_decision IS NOT NULL) = photo_is_wanted.reviewed)
       AND (photo_is_wanted.role IS NULL OR p.role = photo_is_wanted.role);

CREATE FUNCTION visit_is_wanted(v visit, site_id uuid, technician_id uuid, verdict text,
                                reviewed boolean) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (visit_is_wanted.site_id IS NULL OR v.site_id = visit_is_wanted.site_id)
       AND (visit_is_wanted.technician_id IS NULL OR v.technician_id = visit_is_wanted.technician_id)
       AND (visit_is_wanted.verdict IS NULL OR v.verdict = visit_is_wanted.verdict)
       AND (visit_is_wanted.reviewed IS NULL
            OR (v.review_decision IS NOT NULL) = visit_is_wanted.reviewed);

-- Within the days asked for, and beyond the last row of the page before.
CREATE FUNCTION is_on_page(moment timestamptz, id uuid, starts_at timestamptz, ends_at timestamptz,
                           last_moment timestamptz, last_id uuid) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (starts_at IS NULL OR moment >= starts_at) AND (ends_at IS NULL OR moment < ends_at)
       AND (last_moment IS NULL OR (moment, is_on_page.id) < (last_moment, last_id));

-- A visit in a list. A view, because its parts are then one plan: a function would start one a row.
CREATE VIEW visit_summary WITH (security_invoker = true) AS
SELECT v.org_id, v.id, json_build_object(
           'id', v.id,
           'site', json_build_object(
               'id', s.id, 'name', s.name, 'code', s.code, 'address', s.address,
               'time_zone', s.time_zone, 'customer_id', c.id, 'customer_name', c.name,
               'position', json_position(s.latitude_deg, s.longitude_deg), 'radius_m', s.radius_m),
           'technician', json_build_object('id', u.id, 'name', u.name),
           'arrived_at', json_time(v.arrived_at), 'departed_at', json_time(v.departed_at),
           'first_seen_at', json_time(v.first_seen_at), 'verdict', v.verdict,
           'finding_codes', v.finding_codes, 'review_decision', v.review_decision,
           'work_orders', (
               SELECT coalesce(json_agg(json_build_object('id', w.id, 'number', w.number,
                                                          'title', w.title, 'state', w.state)
                                        ORDER BY w.number), '[]')
               FROM visit_work_order j
               JOIN work_order w ON w.org_id = j.org_id AND w.id = j.work_order_id
               WHERE j.org_id = v.org_id AND j.visit_id = v.id),
           'photos_stored', (SELECT count(*) FROM photo p WHERE p.org_id = v.org_id
                               AND p.visit_id = v.id AND p.state = 'stored'),
           'photos_awaited', (SELECT count(*) FROM photo p WHERE p.org_id = v.org_id
                                AND p.visit_id = v.id AND p.state = 'awaited'),
           'sheet', (
               SELECT json_build_object(
                          'version', sheet.version, 'state', sheet.state,
                          'written_at', json_time(sheet.written_at),
                          'signed_at', json_time(signature.signed_at),
                          'signer_name', signature.signer_name)
               FROM visit_sheet sheet
               LEFT JOIN signature ON signature.org_id = sheet.org_id
                                  AND signature.visit_id = sheet.visit_id
                                  AND signature.sheet_version = sheet.version
               WHERE sheet.org_id = v.org_id AND sheet.visit_id = v.id
               ORDER BY sheet.version DESC LIMIT 1)) AS json
FROM visit v
JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
JOIN app_user u ON u.org_id = v.org_id AND u.id = v.technician_id;
GRANT SELECT ON visit_summary TO fieldproof;

CREATE FUNCTION review_json(r review) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', r.id, 'visit_id', r.visit_id, 'photo_id', r.photo_id, 'decision', r.decision,
        'reason', r.reason, 'reviewer', json_user(r.org_id, r.reviewer_id),
        'decided_at', json_time(r.decided_at));

-- The checklists of all work orders of a visit.
CREATE FUNCTION visit_checklist_json(reference_org_id uuid, reference_visit_id uuid) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce((
        SELECT json_agg(item ORDER BY w.number, position)
        FROM visit_work_order v
        JOIN work_order w ON w.org_id = v.org_id AND w.id = v.work_order_id
        CROSS JOIN LATERAL json_array_elements(checklist_json(w.org_id, w.id))
                           WITH ORDINALITY AS list(item, position)
        WHERE v.org_id = reference_org_id AND v.visit_id = reference_visit_id), '[]');

CREATE FUNCTION visit_json(v visit, language text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN ((SELECT summary.json::jsonb FROM visit_summary summary
             WHERE summary.org_id = v.org_id AND summary.id = v.id) || jsonb_build_object(
        'findings', json_findings(v.findings, language),
        'checklist', visit_checklist_json(v.org_id, v.id),
        'check_ins', coalesce((
            SELECT json_agg(check_in_json(c, language) ORDER BY c.captured_at, c.id)
            FROM check_in c WHERE c.org_id = v.org_id AND c.visit_id = v.id), '[]'),
        'reviews', coalesce((
            SELECT json_agg(review_json(r) ORDER BY r.decided_at, r.id)
            FROM review r WHERE r.org_id = v.org_id AND r.visit_id = v.id), '[]')))::json;

CREATE FUNCTION evidence_json(p photo, language text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT json_build_object(
            'photo', photo_json(p, language),
            'site', json_build_object('id', s.id, 'name', s.name),
            'customer', json_build_object('id', c.id, 'name', c.name),
            'technician', json_user(p.org_id, p.user_id), 'time_zone', s.time_zone,
            'visit_verdict', v.verdict, 'visit_review_decision', v.review_decision)
        FROM visit v
        JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
        JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
        WHERE v.org_id = p.org_id AND v.id = p.visit_id);

CREATE FUNCTION evidence_view_json(e evidence_view) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object('id', e.id, 'user', json_user(e.org_id, e.user_id),
                             'photo_id', e.photo_id, 'viewed_at', json_time(e.viewed_at));

CREATE OR REPLACE FUNCTION retake_json(r retake) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT json_build_object(
            'id', r.id, 'visit_id', r.visit_id, 'photo_id', r.photo_id, 'photo_role', p.role,
            'site', site_summary_json(s), 'work_order_id', p.work_order_id,
            'technician', json_user(r.org_id, r.technician_id), 'reason', r.reason,
            'requested_by', json_user(r.org_id, r.requested_by),
            'requested_at', json_time(r.requested_at),
            'answered_by_photo_id', r.answered_by_photo_id, 'answered_at', json_time(r.answered_at),
            'withdrawn_at', json_time(r.withdrawn_at))
        FROM photo p JOIN site s ON s.org_id = p.org_id AND s.id = p.site_id
        WHERE p.org_id = r.org_id AND p.id = r.photo_id);
