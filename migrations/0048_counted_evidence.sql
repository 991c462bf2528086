-- How many photos (or assets, of scans) an item of a checklist asks for of one visit. Null is one: what was asked
-- for before this is asked for as it was.
ALTER TABLE checklist_item ADD COLUMN minimum_count integer CHECK (minimum_count BETWEEN 1 AND 50);

-- Which visits answer which items: with so many photos, or scans of so many assets; a photo that was sent back does
-- not count, nor does a video. Of one asset there is only one.
CREATE OR REPLACE VIEW checklist_item_answer WITH (security_invoker = true) AS
SELECT item.org_id, item.id, v.visit_id
FROM checklist_item item
JOIN visit_work_order v ON v.org_id = item.org_id AND v.work_order_id = item.work_order_id
WHERE CASE item.kind
      WHEN 'photo' THEN coalesce(item.minimum_count, 1) <= (
          SELECT count(*) FROM photo p
          WHERE p.org_id = v.org_id AND p.visit_id = v.visit_id AND p.state = 'stored'
            AND p.media = 'photo'
            AND (p.review_decision IS NULL OR p.review_decision = 'approve')
            AND (item.photo_role IS NULL OR p.role = item.photo_role)
            AND (p.work_order_id IS NULL OR p.work_order_id = item.work_order_id))
      WHEN 'scan' THEN CASE WHEN item.asset_id IS NULL
          THEN coalesce(item.minimum_count, 1) <= (
              SELECT count(DISTINCT s.asset_id) FROM scan s
              WHERE s.org_id = v.org_id AND s.visit_id = v.visit_id)
          ELSE EXISTS (SELECT FROM scan s
                       WHERE s.org_id = v.org_id AND s.visit_id = v.visit_id AND s.asset_id = item.asset_id) END
      END;

CREATE OR REPLACE FUNCTION checklist_json(reference_org_id uuid, reference_work_order_id uuid) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce((
        SELECT json_agg(json_build_object(
                   'id', item.id, 'kind', item.kind, 'label', item.label,
                   'photo_role', item.photo_role, 'asset_id', item.asset_id,
                   'asset_name', (SELECT a.name FROM asset a
                                  WHERE a.org_id = item.org_id AND a.id = item.asset_id),
                   'minimum_count', coalesce(item.minimum_count, 1), 'required', item.required,
                   'done', checklist_item_is_done(item, NULL))
                   ORDER BY item.position)
        FROM checklist_item item
        WHERE item.org_id = reference_org_id AND item.work_order_id = reference_work_order_id), '[]');

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
                                          'minimum_count', coalesce(item.minimum_count, 1),
                                          'required', item.required) ORDER BY item.position)
                               FROM checklist_item item
                               WHERE item.org_id = w.org_id AND item.work_order_id = w.id), '[]'));

CREATE OR REPLACE FUNCTION checklist_template_json(t checklist_template) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', t.id, 'name', t.name, 'title', t.title, 'description', t.description,
        'priority', t.priority, 'minutes', t.minutes,
        'checklist', coalesce((
            SELECT json_agg(json_build_object(
                       'kind', item ->> 'kind', 'label', item ->> 'label',
                       'photo_role', item ->> 'photo_role',
                       'minimum_count', coalesce((item ->> 'minimum_count')::integer, 1),
                       'required', coalesce((item ->> 'required')::boolean, true)) ORDER BY position)
            FROM jsonb_array_elements(t.checklist) WITH ORDINALITY AS list(item, position)), '[]'),
        'is_retired', t.is_retired, 'version', t.version,
        'created_at', json_time(t.created_at), 'updated_at', json_time(t.updated_at));

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
                          'minimum_count', coalesce(item.minimum_count, 1), 'required', item.required,
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

CREATE OR REPLACE VIEW work_order_summary WITH (security_invoker = true) AS
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
                          'minimum_count', coalesce(item.minimum_count, 1), 'required', item.required,
                          'done', EXISTS (SELECT FROM checklist_item_answer a
                                          WHERE a.org_id = item.org_id AND a.id = item.id))
                          ORDER BY item.position), '[]')
               FROM checklist_item item
               WHERE item.org_id = w.org_id AND item.work_order_id = w.id),
           'created_by', (SELECT u.json FROM user_summary u WHERE u.org_id = w.org_id AND u.id = w.created_by),
           'version', w.version, 'created_at', json_time(w.created_at), 'updated_at', json_time(w.updated_at)) AS json
FROM work_order w;
