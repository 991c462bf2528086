-- Rows of lists as views: their parts become part of the query that names them and are planned once for a page, where
-- a function inside a function would be planned anew for each row. What a row is about is looked up by its key, whatever
-- the planner expects of the page.

CREATE VIEW site_summary WITH (security_invoker = true) AS
SELECT s.org_id, s.id, json_build_object(
           'id', s.id, 'name', s.name, 'code', s.code, 'address', s.address, 'time_zone', s.time_zone,
           'customer_id', s.customer_id,
           'customer_name', (SELECT c.name FROM customer c WHERE c.org_id = s.org_id AND c.id = s.customer_id),
           'position', json_position(s.latitude_deg, s.longitude_deg), 'radius_m', s.radius_m) AS json
FROM site s;

-- A user as others see one.
CREATE VIEW user_summary WITH (security_invoker = true) AS
SELECT u.org_id, u.id, u.name, json_build_object('id', u.id, 'name', u.name) AS json FROM app_user u;

CREATE VIEW work_order_summary WITH (security_invoker = true) AS
SELECT w.org_id, w.id, w.version, json_build_object(
           'id', w.id, 'number', w.number, 'title', w.title, 'description', w.description,
           'priority', w.priority, 'state', w.state,
           'window_starts_at', json_time(w.window_starts_at),
           'window_ends_at', json_time(w.window_ends_at), 'due_at', json_time(w.due_at),
           'planned_starts_at', json_time(w.planned_starts_at), 'planned_minutes', w.planned_minutes,
           'on_the_way', CASE WHEN w.on_the_way_at IS NOT NULL THEN json_build_object(
               'since', json_time(w.on_the_way_at),
               'by', (SELECT u.json FROM user_summary u WHERE u.org_id = w.org_id AND u.id = w.on_the_way_by)) END,
           'site', (SELECT s.json FROM site_summary s WHERE s.org_id = w.org_id AND s.id = w.site_id),
           'assignees', (
               SELECT coalesce(json_agg(u.json ORDER BY u.name, u.id), '[]')
               FROM work_order_assignee a
               CROSS JOIN LATERAL (SELECT * FROM user_summary theirs
                                   WHERE theirs.org_id = w.org_id AND theirs.id = a.user_id OFFSET 0) AS u
               WHERE a.org_id = w.org_id AND a.work_order_id = w.id),
           'checklist', (
               SELECT coalesce(json_agg(json_build_object(
                          'id', item.id, 'kind', item.kind, 'label', item.label,
                          'photo_role', item.photo_role, 'asset_id', item.asset_id,
                          'asset_name', (SELECT a.name FROM asset a
                                         WHERE a.org_id = item.org_id AND a.id = item.asset_id),
                          'required', item.required,
                          'done', EXISTS (SELECT FROM checklist_item_answer a
                                          WHERE a.org_id = item.org_id AND a.id = item.id))
                          ORDER BY item.position), '[]')
               FROM checklist_item item
               WHERE item.org_id = w.org_id AND item.work_order_id = w.id),
           'created_by', (SELECT u.json FROM user_summary u WHERE u.org_id = w.org_id AND u.id = w.created_by),
           'version', w.version, 'created_at', json_time(w.created_at), 'updated_at', json_time(w.updated_at)) AS json
FROM work_order w;

CREATE VIEW retake_summary WITH (security_invoker = true) AS
SELECT r.org_id, r.id, json_build_object(
           'id', r.id, 'visit_id', r.visit_id, 'photo_id', r.photo_id, 'photo_role', p.role,
           'site', (SELECT s.json FROM site_summary s WHERE s.org_id = r.org_id AND s.id = p.site_id),
           'work_order_id', p.work_order_id,
           'technician', (SELECT u.json FROM user_summary u WHERE u.org_id = r.org_id AND u.id = r.technician_id),
           'reason', r.reason,
           'requested_by', (SELECT u.json FROM user_summary u WHERE u.org_id = r.org_id AND u.id = r.requested_by),
           'requested_at', json_time(r.requested_at),
           'answered_by_photo_id', r.answered_by_photo_id, 'answered_at', json_time(r.answered_at),
           'withdrawn_at', json_time(r.withdrawn_at)) AS json
FROM retake r
CROSS JOIN LATERAL (SELECT photo.role, photo.site_id, photo.work_order_id FROM photo
                    WHERE photo.org_id = r.org_id AND photo.id = r.photo_id OFFSET 0) AS p;
GRANT SELECT ON site_summary, user_summary, work_order_summary, retake_summary TO fieldproof;

-- As it was, and whether nobody is assigned. Nobody's is only what is still open.
DROP FUNCTION work_order_is_wanted(work_order, text, uuid, uuid, boolean, boolean);
CREATE FUNCTION work_order_is_wanted(w work_order, state text, site_id uuid, customer_id uuid,
                                     is_open boolean, is_overdue boolean, is_unassigned boolean) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (work_order_is_wanted.state IS NULL OR w.state = work_order_is_wanted.state)
       AND (work_order_is_wanted.site_id IS NULL OR w.site_id = work_order_is_wanted.site_id)
       AND (work_order_is_wanted.customer_id IS NULL
            OR w.customer_id = work_order_is_wanted.customer_id)
       AND (is_open IS DISTINCT FROM true OR w.state IN ('new', 'assigned', 'accepted', 'on_site'))
       AND (is_open IS DISTINCT FROM false OR w.state NOT IN ('new', 'assigned', 'accepted', 'on_site'))
       AND (is_overdue IS DISTINCT FROM true
            OR w.state IN ('new', 'assigned', 'accepted', 'on_site')
               AND coalesce(w.due_at, w.window_ends_at) < now())
       AND (is_overdue IS DISTINCT FROM false
            OR (w.state IN ('new', 'assigned', 'accepted', 'on_site')
                AND coalesce(w.due_at, w.window_ends_at) < now()) IS NOT TRUE)
       AND (is_unassigned IS DISTINCT FROM true
            OR w.state IN ('new', 'assigned', 'accepted', 'on_site') AND work_order_has_nobody(w))
       AND (is_unassigned IS DISTINCT FROM false
            OR w.state NOT IN ('new', 'assigned', 'accepted', 'on_site') OR NOT work_order_has_nobody(w));

DROP FUNCTION work_order_json(work_order), retake_json(retake), assignees_json(uuid, uuid), site_summary_json(site);

-- A photo as the manager's lists show it, its findings in the reader's language.
CREATE FUNCTION evidence_rows(language text) RETURNS TABLE (org_id uuid, id uuid, json json) LANGUAGE sql STABLE
AS $$
    SELECT p.org_id, p.id, json_build_object(
               'photo', photo_json(p, language), 'risk', p.risk,
               'site', json_build_object('id', s.id, 'name', s.name),
               'customer', (SELECT json_build_object('id', c.id, 'name', c.name) FROM customer c
                            WHERE c.org_id = p.org_id AND c.id = s.customer_id),
               'technician', (SELECT u.json FROM user_summary u WHERE u.org_id = p.org_id AND u.id = p.user_id),
               'time_zone', s.time_zone, 'visit_verdict', v.verdict, 'visit_review_decision', v.review_decision)
    FROM photo p
    CROSS JOIN LATERAL (SELECT visit.site_id, visit.verdict, visit.review_decision FROM visit
                        WHERE visit.org_id = p.org_id AND visit.id = p.visit_id OFFSET 0) AS v
    CROSS JOIN LATERAL (SELECT site.id, site.name, site.customer_id, site.time_zone FROM site
                        WHERE site.org_id = p.org_id AND site.id = v.site_id OFFSET 0) AS s
$$;
DROP FUNCTION evidence_json(photo, text);

-- What waits for a manager, the doubtful first, also of a technician, at a site (and so of a customer, whose sites these
-- are), and where something was found: what is accepted waits, too, and is most of the history.
CREATE INDEX photo_risk_user ON photo (org_id, user_id, risk, captured_at, id)
    WHERE state = 'stored' AND review_decision IS NULL;
CREATE INDEX photo_risk_site ON photo (org_id, site_id, risk, captured_at, id)
    WHERE state = 'stored' AND review_decision IS NULL;

-- A finding's rows carry by what else lists are narrowed: of a customer, whose sites these are, of a site and of a
-- technician, few things were found among all that ever was.
ALTER TABLE photo_finding
    ADD COLUMN site_id uuid,
    ADD COLUMN user_id uuid,
    ADD COLUMN waiting_risk integer; -- the photo's, while it waits; else null
ALTER TABLE visit_finding
    ADD COLUMN site_id uuid,
    ADD COLUMN technician_id uuid;
ALTER TABLE photo NO FORCE ROW LEVEL SECURITY;
ALTER TABLE photo_finding NO FORCE ROW LEVEL SECURITY;
ALTER TABLE visit NO FORCE ROW LEVEL SECURITY;
ALTER TABLE visit_finding NO FORCE ROW LEVEL SECURITY;
UPDATE photo_finding f
SET site_id = p.site_id, user_id = p.user_id,
    waiting_risk = CASE WHEN p.state = 'stored' AND p.review_decision IS NULL THEN p.risk END
FROM photo p WHERE p.org_id = f.org_id AND p.id = f.photo_id;
UPDATE visit_finding f SET site_id = v.site_id, technician_id = v.technician_id
FROM visit v WHERE v.org_id = f.org_id AND v.id = f.visit_id;
ALTER TABLE photo FORCE ROW LEVEL SECURITY;
ALTER TABLE photo_finding FORCE ROW LEVEL SECURITY;
ALTER TABLE visit FORCE ROW LEVEL SECURITY;
ALTER TABLE visit_finding FORCE ROW LEVEL SECURITY;
CREATE INDEX photo_finding_site ON photo_finding (org_id, code, site_id, captured_at, photo_id);
CREATE INDEX photo_finding_user ON photo_finding (org_id, code, user_id, captured_at, photo_id);
CREATE INDEX photo_finding_waiting ON photo_finding (org_id, code, waiting_risk, captured_at, photo_id)
    WHERE waiting_risk IS NOT NULL;
CREATE INDEX photo_finding_waiting_site ON photo_finding (org_id, code, site_id, waiting_risk, captured_at, photo_id)
    WHERE waiting_risk IS NOT NULL;
CREATE INDEX visit_finding_site ON visit_finding (org_id, code, site_id, first_seen_at, visit_id);
CREATE INDEX visit_finding_technician ON visit_finding (org_id, code, technician_id, first_seen_at, visit_id);
GRANT UPDATE ON photo_finding TO fieldproof;

CREATE OR REPLACE FUNCTION index_photo_findings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM photo_finding
    WHERE org_id = OLD.org_id AND code = ANY (OLD.finding_codes) AND code <> ALL (NEW.finding_codes)
      AND captured_at = OLD.captured_at AND photo_id = OLD.id;
    INSERT INTO photo_finding AS f (org_id, code, captured_at, photo_id, site_id, user_id, waiting_risk)
    SELECT NEW.org_id, code, NEW.captured_at, NEW.id, NEW.site_id, NEW.user_id,
           CASE WHEN NEW.state = 'stored' AND NEW.review_decision IS NULL THEN NEW.risk END
    FROM unnest(NEW.finding_codes) AS code
    ON CONFLICT (org_id, code, captured_at, photo_id) DO UPDATE SET waiting_risk = excluded.waiting_risk
    WHERE f.waiting_risk IS DISTINCT FROM excluded.waiting_risk;
    RETURN NULL;
END
$$;
-- Of all columns: a photo's risk is set by what runs before.
DROP TRIGGER photo_findings ON photo;
CREATE TRIGGER photo_findings AFTER UPDATE ON photo
    FOR EACH ROW WHEN ((OLD.finding_codes <> '{}' OR NEW.finding_codes <> '{}')
                       AND (OLD.finding_codes, OLD.state, OLD.review_decision, OLD.risk)
                           IS DISTINCT FROM (NEW.finding_codes, NEW.state, NEW.review_decision, NEW.risk))
    EXECUTE FUNCTION index_photo_findings();

CREATE OR REPLACE FUNCTION index_visit_findings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM visit_finding
        WHERE org_id = OLD.org_id AND code = ANY (OLD.finding_codes)
          AND first_seen_at = OLD.first_seen_at AND visit_id = OLD.id
          AND (code <> ALL (NEW.finding_codes) OR NEW.first_seen_at <> OLD.first_seen_at);
    END IF;
    INSERT INTO visit_finding (org_id, code, first_seen_at, visit_id, site_id, technician_id)
    SELECT NEW.org_id, code, NEW.first_seen_at, NEW.id, NEW.site_id, NEW.technician_id
    FROM unnest(NEW.finding_codes) AS code
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
