-- When a work order is to be begun and how long it takes, as the dispatcher plans it (the window is what the
-- customer was promised); and that a technician is on the way to it.

ALTER TABLE work_order
    ADD COLUMN planned_starts_at timestamptz,
    ADD COLUMN planned_minutes   integer CHECK (planned_minutes BETWEEN 5 AND 1440),
    ADD COLUMN on_the_way_at     timestamptz, -- as the phone said; null: nobody is
    ADD COLUMN on_the_way_by     uuid,
    ADD CONSTRAINT work_order_on_the_way CHECK ((on_the_way_at IS NULL) = (on_the_way_by IS NULL));
ALTER TABLE work_order
    ADD FOREIGN KEY (org_id, on_the_way_by) REFERENCES app_user;

-- The plan of some days; the open work that is to be planned still, or was to be done before.
CREATE INDEX work_order_planned ON work_order (org_id, (coalesce(planned_starts_at, window_starts_at)));
CREATE INDEX work_order_to_plan ON work_order (org_id, (coalesce(planned_starts_at, window_starts_at)))
    WHERE state IN ('new', 'assigned', 'accepted');
CREATE INDEX work_order_on_the_way_by ON work_order (org_id, on_the_way_by) WHERE on_the_way_by IS NOT NULL;

ALTER TABLE work_order_event
    DROP CONSTRAINT work_order_event_kind_check,
    ADD CONSTRAINT work_order_event_kind_check
        CHECK (kind IN ('created', 'changed', 'assigned', 'state_changed', 'on_the_way'));

-- Whoever has arrived is not on the way, nor to work that was called off or sent back: whatever moved it.
CREATE FUNCTION end_the_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.on_the_way_at := NULL;
    NEW.on_the_way_by := NULL;
    RETURN NEW;
END
$$;
CREATE TRIGGER work_order_end_the_way BEFORE UPDATE ON work_order FOR EACH ROW
    WHEN (NEW.on_the_way_at IS NOT NULL AND NEW.state NOT IN ('assigned', 'accepted'))
    EXECUTE FUNCTION end_the_way();

-- What is planned for a technician's day is found by the plan now, and without one by the window.
CREATE OR REPLACE FUNCTION copy_work_order_to_assignee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT phone_keeps_until(w.state, w.updated_at), coalesce(w.planned_starts_at, w.window_starts_at)
    INTO NEW.kept_until, NEW.planned_at
    FROM work_order w WHERE w.org_id = NEW.org_id AND w.id = NEW.work_order_id
    FOR SHARE;
    NEW.kept_until := coalesce(NEW.kept_until, '-infinity');
    RETURN NEW;
END
$$;
CREATE OR REPLACE FUNCTION copy_work_order_to_assignees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE work_order_assignee
    SET kept_until = phone_keeps_until(NEW.state, NEW.updated_at),
        planned_at = coalesce(NEW.planned_starts_at, NEW.window_starts_at)
    WHERE org_id = NEW.org_id AND work_order_id = NEW.id;
    RETURN NULL;
END
$$;
DROP TRIGGER work_order_copy ON work_order;
CREATE TRIGGER work_order_copy AFTER UPDATE ON work_order FOR EACH ROW
    WHEN (phone_keeps_until(OLD.state, OLD.updated_at) <> phone_keeps_until(NEW.state, NEW.updated_at)
          OR coalesce(OLD.planned_starts_at, OLD.window_starts_at)
             IS DISTINCT FROM coalesce(NEW.planned_starts_at, NEW.window_starts_at))
    EXECUTE FUNCTION copy_work_order_to_assignees();

-- As the phone said it; null: nobody is on the way.
CREATE FUNCTION on_the_way_json(w work_order) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object('since', json_time(w.on_the_way_at), 'by', json_user(w.org_id, w.on_the_way_by));

-- Since when somebody is on the way, as far as it still can be true: not after they have arrived anywhere
-- else, and not longer than half a day.
CREATE FUNCTION on_the_way_still(w work_order) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN w.on_the_way_at > now() - interval '12 hours'
                 AND NOT EXISTS (SELECT FROM visit v
                                 WHERE v.org_id = w.org_id AND v.technician_id = w.on_the_way_by
                                   AND v.first_seen_at > w.on_the_way_at AND v.arrived_at > w.on_the_way_at)
                THEN w.on_the_way_at END;

CREATE OR REPLACE FUNCTION work_order_json(w work_order) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', w.id, 'number', w.number, 'title', w.title, 'description', w.description,
        'priority', w.priority, 'state', w.state,
        'window_starts_at', json_time(w.window_starts_at),
        'window_ends_at', json_time(w.window_ends_at), 'due_at', json_time(w.due_at),
        'planned_starts_at', json_time(w.planned_starts_at), 'planned_minutes', w.planned_minutes,
        'on_the_way', CASE WHEN w.on_the_way_at IS NOT NULL THEN on_the_way_json(w) END,
        'site', (SELECT site_summary_json(s) FROM site s WHERE s.org_id = w.org_id AND s.id = w.site_id),
        'assignees', assignees_json(w.org_id, w.id), 'checklist', checklist_json(w.org_id, w.id),
        'created_by', json_user(w.org_id, w.created_by), 'version', w.version,
        'created_at', json_time(w.created_at), 'updated_at', json_time(w.updated_at));

CREATE OR REPLACE FUNCTION work_order_facts(w work_order) RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN jsonb_build_object(
        'number', w.number, 'site_id', w.site_id, 'title', w.title, 'description', w.description,
        'priority', w.priority, 'window_starts_at', json_time(w.window_starts_at),
        'window_ends_at', json_time(w.window_ends_at), 'due_at', json_time(w.due_at),
        'planned_starts_at', json_time(w.planned_starts_at), 'planned_minutes', w.planned_minutes,
        'assignee_ids', coalesce((SELECT jsonb_agg(a.user_id ORDER BY a.user_id)
                                  FROM work_order_assignee a
                                  WHERE a.org_id = w.org_id AND a.work_order_id = w.id), '[]'),
        'checklist', coalesce((SELECT jsonb_agg(jsonb_build_object(
                                          'id', item.id, 'kind', item.kind, 'label', item.label,
                                          'photo_role', item.photo_role, 'asset_id', item.asset_id,
                                          'required', item.required) ORDER BY item.position)
                               FROM checklist_item item
                               WHERE item.org_id = w.org_id AND item.work_order_id = w.id), '[]'));

CREATE OR REPLACE FUNCTION shared_work_order_json(w work_order) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'number', w.number, 'title', w.title, 'state', w.state,
        'window_starts_at', json_time(w.window_starts_at),
        'window_ends_at', json_time(w.window_ends_at),
        'on_the_way_since', CASE WHEN w.on_the_way_at IS NOT NULL THEN json_time(on_the_way_still(w)) END,
        'technicians', coalesce((
            SELECT json_agg(customer_name_of(u.name) ORDER BY u.name, u.id)
            FROM work_order_assignee a JOIN app_user u ON u.org_id = a.org_id AND u.id = a.user_id
            WHERE a.org_id = w.org_id AND a.work_order_id = w.id), '[]'));

CREATE OR REPLACE VIEW day_work_order WITH (security_invoker = true) AS
SELECT w.org_id, w.id, json_build_object(
           'id', w.id, 'number', w.number, 'title', w.title, 'description', w.description,
           'priority', w.priority, 'state', w.state,
           'window_starts_at', json_time(w.window_starts_at),
           'window_ends_at', json_time(w.window_ends_at), 'due_at', json_time(w.due_at),
           'planned_starts_at', json_time(w.planned_starts_at), 'planned_minutes', w.planned_minutes,
           'on_the_way', CASE WHEN w.on_the_way_at IS NOT NULL THEN on_the_way_json(w) END,
           'assignees', (
               SELECT coalesce(json_agg(json_build_object('id', u.id, 'name', u.name)
                                        ORDER BY u.name, u.id), '[]')
               FROM work_order_assignee a
               JOIN app_user u ON u.org_id = a.org_id AND u.id = a.user_id
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
           'version', w.version, 'updated_at', json_time(w.updated_at),
           'site', json_build_object(
               'id', s.id, 'name', s.name, 'code', s.code, 'address', s.address,
               'time_zone', s.time_zone, 'customer_id', s.customer_id, 'customer_name', c.name,
               'customer_language', c.language, 'radius_m', s.radius_m,
               'wgs84', json_build_object('position', json_position(s.latitude_deg, s.longitude_deg),
                                          'polygon', s.polygon),
               'entry_accuracy_m', s.entry_accuracy_m, 'minimum_minutes', s.minimum_minutes,
               'note', s.note,
               'contacts', (
                   SELECT coalesce(json_agg(json_build_object('name', first.name, 'title', first.title,
                                                              'phone', first.phone)
                                            ORDER BY first.name, first.id), '[]')
                   FROM (SELECT * FROM contact WHERE contact.org_id = s.org_id
                           AND contact.customer_id = s.customer_id
                         ORDER BY contact.name, contact.id LIMIT 20) AS first),
               'assets', (
                   SELECT coalesce(json_agg(json_build_object('id', first.id, 'name', first.name,
                                                              'serial', first.serial,
                                                              'barcode', first.barcode)
                                            ORDER BY first.name, first.id), '[]')
                   FROM (SELECT * FROM asset WHERE asset.org_id = s.org_id AND asset.site_id = s.id
                         ORDER BY asset.name, asset.id LIMIT 200) AS first))) AS json
FROM work_order w
JOIN site s ON s.org_id = w.org_id AND s.id = w.site_id
JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id;
