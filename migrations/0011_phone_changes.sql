-- What a technician's phone keeps, and how it learns of changes without asking for everything.
--
-- Two logs, to which rows are only added, so that nobody waits for anybody; a row is known by the
-- transaction that wrote it. A phone's cursor is the snapshot of its last answer: what that snapshot
-- did not see is new, in whatever order the transactions end. (Numbers or times of rows would not do:
-- a transaction that began earlier may commit later, behind a cursor that has passed it.)

-- Something that a phone shows changed. Who shows it is asked when a phone asks: an assignment made
-- at the same moment is then known, too.
CREATE TABLE phone_change (
    org_id     uuid NOT NULL,
    subject_id uuid NOT NULL, -- a work order, a visit for it, a site, a customer, an asset or a user
    changed_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, subject_id, changed_in)
);

-- Something came to a phone, or left it.
CREATE TABLE phone_list_change (
    org_id     uuid NOT NULL,
    user_id    uuid NOT NULL,
    changed_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    kind       text NOT NULL CHECK (kind IN ('retake', 'work_order')),
    entity_id  uuid NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, user_id, changed_in, kind, entity_id)
);

-- The sweep removes old rows: they lie together.
CREATE INDEX phone_change_changed_at ON phone_change USING brin (changed_at);
CREATE INDEX phone_list_change_changed_at ON phone_list_change USING brin (changed_at);

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['phone_change', 'phone_list_change'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY own_organisation ON %I
                        USING (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)',
                       table_name);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, DELETE ON phone_change, phone_list_change TO fieldproof;

-- Until when a work order stays on the phones of its technicians: as long as it is open, and two days
-- more.
CREATE FUNCTION phone_keeps_until(state text, updated_at timestamptz) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN state IN ('assigned', 'accepted', 'on_site') THEN 'infinity'
                WHEN state IN ('done', 'partly_done', 'unresolved')
                    THEN updated_at + interval '48 hours'
                ELSE '-infinity' END;

-- What of a work order decides whether it is on a phone stands at its assignees, too: a technician's
-- open work is then found without reading the years before it.
ALTER TABLE work_order_assignee
    ADD COLUMN kept_until timestamptz NOT NULL DEFAULT '-infinity',
    ADD COLUMN planned_at timestamptz; -- the work order's window_starts_at
ALTER TABLE work_order NO FORCE ROW LEVEL SECURITY;
ALTER TABLE work_order_assignee NO FORCE ROW LEVEL SECURITY;
UPDATE work_order_assignee a
SET kept_until = phone_keeps_until(w.state, w.updated_at), planned_at = w.window_starts_at
FROM work_order w WHERE w.org_id = a.org_id AND w.id = a.work_order_id;
ALTER TABLE work_order FORCE ROW LEVEL SECURITY;
ALTER TABLE work_order_assignee FORCE ROW LEVEL SECURITY;
CREATE INDEX work_order_assignee_kept ON work_order_assignee (org_id, user_id, kept_until)
    WHERE kept_until > '-infinity';
CREATE INDEX work_order_assignee_planned ON work_order_assignee (org_id, user_id, planned_at)
    WHERE planned_at IS NOT NULL;

-- The lock keeps the work order from changing until the assignment can be seen.
CREATE FUNCTION copy_work_order_to_assignee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT phone_keeps_until(w.state, w.updated_at), w.window_starts_at
    INTO NEW.kept_until, NEW.planned_at
    FROM work_order w WHERE w.org_id = NEW.org_id AND w.id = NEW.work_order_id
    FOR SHARE;
    NEW.kept_until := coalesce(NEW.kept_until, '-infinity');
    RETURN NEW;
END
$$;
CREATE TRIGGER work_order_assignee_copy BEFORE INSERT ON work_order_assignee
    FOR EACH ROW EXECUTE FUNCTION copy_work_order_to_assignee();

CREATE FUNCTION copy_work_order_to_assignees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE work_order_assignee
    SET kept_until = phone_keeps_until(NEW.state, NEW.updated_at), planned_at = NEW.window_starts_at
    WHERE org_id = NEW.org_id AND work_order_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER work_order_copy AFTER UPDATE ON work_order FOR EACH ROW
    WHEN (phone_keeps_until(OLD.state, OLD.updated_at) <> phone_keeps_until(NEW.state, NEW.updated_at)
          OR OLD.window_starts_at IS DISTINCT FROM NEW.window_starts_at)
    EXECUTE FUNCTION copy_work_order_to_assignees();

-- Comings and goings.
CREATE FUNCTION note_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    assignment work_order_assignee := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    INSERT INTO phone_list_change (org_id, user_id, kind, entity_id)
    VALUES (assignment.org_id, assignment.user_id, 'work_order', assignment.work_order_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER work_order_assignee_noted AFTER INSERT OR DELETE ON work_order_assignee
    FOR EACH ROW EXECUTE FUNCTION note_assignment();
CREATE TRIGGER work_order_assignee_kept_noted AFTER UPDATE OF kept_until ON work_order_assignee
    FOR EACH ROW WHEN (OLD.kept_until <> NEW.kept_until) EXECUTE FUNCTION note_assignment();

CREATE FUNCTION note_retake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO phone_list_change (org_id, user_id, kind, entity_id)
    VALUES (NEW.org_id, NEW.technician_id, 'retake', NEW.id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER retake_noted AFTER INSERT OR UPDATE ON retake
    FOR EACH ROW EXECUTE FUNCTION note_retake();

-- Changes on the way of check-ins: one short statement a row, planned once a connection.
CREATE FUNCTION note_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO phone_change (org_id, subject_id) VALUES (NEW.org_id, NEW.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE FUNCTION note_visit_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO phone_change (org_id, subject_id) VALUES (NEW.org_id, NEW.visit_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE FUNCTION note_work_order_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO phone_change (org_id, subject_id) VALUES (NEW.org_id, NEW.work_order_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER work_order_noted AFTER UPDATE ON work_order
    FOR EACH ROW EXECUTE FUNCTION note_row();
CREATE TRIGGER user_noted AFTER UPDATE ON app_user
    FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION note_row();
CREATE TRIGGER visit_work_order_noted AFTER INSERT ON visit_work_order
    FOR EACH ROW EXECUTE FUNCTION note_work_order_of_row();
-- What ticks an item of a checklist, or takes its tick away.
CREATE TRIGGER scan_noted AFTER INSERT ON scan
    FOR EACH ROW EXECUTE FUNCTION note_visit_of_row();
CREATE TRIGGER photo_noted AFTER INSERT ON photo
    FOR EACH ROW WHEN (NEW.state = 'stored') EXECUTE FUNCTION note_visit_of_row();
CREATE TRIGGER photo_change_noted AFTER UPDATE ON photo
    FOR EACH ROW WHEN (OLD.state <> NEW.state
                       OR OLD.review_decision IS DISTINCT FROM NEW.review_decision)
    EXECUTE FUNCTION note_visit_of_row();

-- Master data come by the thousand: one statement for all. The columns that hold the subjects are the
-- trigger's arguments.
CREATE FUNCTION note_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject text;
BEGIN
    FOREACH subject IN ARRAY TG_ARGV LOOP
        EXECUTE format('INSERT INTO phone_change (org_id, subject_id)
                        SELECT DISTINCT org_id, %I FROM changed ON CONFLICT DO NOTHING', subject);
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER customer_noted AFTER UPDATE ON customer
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_rows('id');
CREATE TRIGGER site_noted AFTER UPDATE ON site
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_rows('id');
CREATE TRIGGER contact_insert_noted AFTER INSERT ON contact
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_rows('customer_id');
CREATE TRIGGER contact_noted AFTER UPDATE ON contact
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_rows('customer_id');
CREATE TRIGGER contact_before_noted AFTER UPDATE ON contact
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_rows('customer_id');
CREATE TRIGGER contact_delete_noted AFTER DELETE ON contact
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_rows('customer_id');
CREATE TRIGGER asset_insert_noted AFTER INSERT ON asset
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_rows('site_id');
CREATE TRIGGER asset_noted AFTER UPDATE ON asset
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_rows('id', 'site_id');
CREATE TRIGGER asset_before_noted AFTER UPDATE ON asset
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_rows('site_id');
CREATE TRIGGER asset_delete_noted AFTER DELETE ON asset
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_rows('site_id');

-- The customer's language is needed to write a visit sheet.
CREATE OR REPLACE FUNCTION day_site_json(s site) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', s.id, 'name', s.name, 'code', s.code, 'address', s.address, 'time_zone', s.time_zone,
        'customer_id', s.customer_id,
        'customer_name', (SELECT c.name FROM customer c
                          WHERE c.org_id = s.org_id AND c.id = s.customer_id),
        'customer_language', (SELECT c.language FROM customer c
                              WHERE c.org_id = s.org_id AND c.id = s.customer_id),
        'radius_m', s.radius_m,
        'wgs84', json_build_object('position', json_position(s.latitude_deg, s.longitude_deg),
                                   'polygon', s.polygon),
        'entry_accuracy_m', s.entry_accuracy_m, 'minimum_minutes', s.minimum_minutes, 'note', s.note,
        'contacts', coalesce((
            SELECT json_agg(json_build_object('name', c.name, 'title', c.title, 'phone', c.phone)
                            ORDER BY c.name, c.id)
            FROM (SELECT * FROM contact WHERE contact.org_id = s.org_id
                    AND contact.customer_id = s.customer_id ORDER BY name, id LIMIT 20) AS c), '[]'),
        'assets', coalesce((
            SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'serial', a.serial,
                                              'barcode', a.barcode) ORDER BY a.name, a.id)
            FROM (SELECT * FROM asset WHERE asset.org_id = s.org_id AND asset.site_id = s.id
                  ORDER BY name, id LIMIT 200) AS a), '[]'));

CREATE FUNCTION day_work_order_json(w work_order, s site) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', w.id, 'number', w.number, 'title', w.title, 'description', w.description,
        'priority', w.priority, 'state', w.state,
        'window_starts_at', json_time(w.window_starts_at),
        'window_ends_at', json_time(w.window_ends_at), 'due_at', json_time(w.due_at),
        'assignees', assignees_json(w.org_id, w.id), 'checklist', checklist_json(w.org_id, w.id),
        'version', w.version, 'updated_at', json_time(w.updated_at), 'site', day_site_json(s));

-- As before, but what was finished is found by its day, and what is open without the finished.
CREATE OR REPLACE FUNCTION my_day_work_orders(reference_org_id uuid, reference_user_id uuid, day date)
    RETURNS json LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce((
        SELECT json_agg(item ORDER BY starts_at NULLS LAST, urgency, number)
        FROM (
            SELECT day_work_order_json(w, s) AS item, w.window_starts_at AS starts_at, w.number,
                   array_position('{urgent,high,normal,low}', w.priority) AS urgency
            FROM (SELECT a.work_order_id FROM work_order_assignee a
                  WHERE a.org_id = reference_org_id AND a.user_id = reference_user_id
                    AND a.kept_until = 'infinity'
                  UNION
                  SELECT a.work_order_id FROM work_order_assignee a
                  WHERE a.org_id = reference_org_id AND a.user_id = reference_user_id
                    AND a.planned_at >= (day - 1)::timestamptz
                    AND a.planned_at < (day + 2)::timestamptz) AS near
            JOIN work_order w ON w.org_id = reference_org_id AND w.id = near.work_order_id
            JOIN site s ON s.org_id = w.org_id AND s.id = w.site_id
            WHERE CASE WHEN w.state IN ('assigned', 'accepted', 'on_site')
                  THEN w.window_starts_at IS NULL
                    OR (w.window_starts_at AT TIME ZONE s.time_zone)::date <= day
                  ELSE w.state IN ('done', 'partly_done', 'unresolved')
                   AND (w.window_starts_at AT TIME ZONE s.time_zone)::date = day END
            ORDER BY w.window_starts_at NULLS LAST, w.number
            LIMIT 200) AS mine), '[]');
