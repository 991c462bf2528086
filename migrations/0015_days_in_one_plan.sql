-- A technician's work order with all that a phone needs, as a view: its parts become part of the query that
-- names it and are planned once a connection, where functions would be planned anew for each work order.

-- Which visits answer which items of a checklist; a photo that was sent back does not.
CREATE VIEW checklist_item_answer WITH (security_invoker = true) AS
SELECT item.org_id, item.id, v.visit_id
FROM checklist_item item
JOIN visit_work_order v ON v.org_id = item.org_id AND v.work_order_id = item.work_order_id
WHERE CASE item.kind
      WHEN 'photo' THEN EXISTS (
          SELECT FROM photo p
          WHERE p.org_id = v.org_id AND p.visit_id = v.visit_id AND p.state = 'stored'
            AND (p.review_decision IS NULL OR p.review_decision = 'approve')
            AND (item.photo_role IS NULL OR p.role = item.photo_role)
            AND (p.work_order_id IS NULL OR p.work_order_id = item.work_order_id))
      ELSE EXISTS (
          SELECT FROM scan s
          WHERE s.org_id = v.org_id AND s.visit_id = v.visit_id
            AND CASE WHEN item.asset_id IS NULL THEN s.asset_id IS NOT NULL
                     ELSE s.asset_id = item.asset_id END)
      END;

CREATE OR REPLACE FUNCTION checklist_item_is_done(item checklist_item, of_visit_id uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (SELECT FROM checklist_item_answer a
                   WHERE a.org_id = item.org_id AND a.id = item.id
                     AND (of_visit_id IS NULL OR a.visit_id = of_visit_id));

CREATE VIEW day_work_order WITH (security_invoker = true) AS
SELECT w.org_id, w.id, json_build_object(
           'id', w.id, 'number', w.number, 'title', w.title, 'description', w.description,
           'priority', w.priority, 'state', w.state,
           'window_starts_at', json_time(w.window_starts_at),
           'window_ends_at', json_time(w.window_ends_at), 'due_at', json_time(w.due_at),
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
GRANT SELECT ON checklist_item_answer, day_work_order TO fieldproof;

DROP FUNCTION my_day_work_orders(uuid, uuid, date);
DROP FUNCTION day_work_order_json(work_order, site);
DROP FUNCTION day_site_json(site);
