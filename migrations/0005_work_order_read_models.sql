-- Work orders, retakes and a technician's day as JSON.

CREATE FUNCTION site_summary_json(s site) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', s.id, 'name', s.name, 'code', s.code, 'address', s.address, 'time_zone', s.time_zone,
        'customer_id', s.customer_id,
        'customer_name', (SELECT c.name FROM customer c
                          WHERE c.org_id = s.org_id AND c.id = s.customer_id),
        'position', json_position(s.latitude_deg, s.longitude_deg), 'radius_m', s.radius_m);

-- Whether a photo or scan answers a checklist item; a photo that was sent back does not. $2: of which visit; null: of any visit that was
-- for the item's work order.
CREATE FUNCTION checklist_item_is_done(item checklist_item, of_visit_id uuid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN EXISTS (
        SELECT FROM visit_work_order v
        WHERE v.org_id = item.org_id AND v.work_order_id = item.work_order_id
          AND (of_visit_id IS NULL OR v.visit_id = of_visit_id)
          AND CASE item.kind
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
              END);

CREATE FUNCTION checklist_json(reference_org_id uuid, reference_work_order_id uuid) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce((
        SELECT json_agg(json_build_object(
                   'id', item.id, 'kind', item.kind, 'label', item.label,
                   'photo_role', item.photo_role, 'asset_id', item.asset_id,
                   'asset_name', (SELECT a.name FROM asset a
                                  WHERE a.org_id = item.org_id AND a.id = item.asset_id),
                   'required', item.required, 'done', checklist_item_is_done(item, NULL))
                   ORDER BY item.position)
        FROM checklist_item item
        WHERE item.org_id = reference_org_id AND item.work_order_id = reference_work_order_id), '[]');

CREATE FUNCTION assignees_json(reference_org_id uuid, reference_work_order_id uuid) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce((
        SELECT json_agg(json_build_object('id', u.id, 'name', u.name) ORDER BY u.name, u.id)
        FROM work_order_assignee a JOIN app_user u ON u.org_id = a.org_id AND u.id = a.user_id
        WHERE a.org_id = reference_org_id AND a.work_order_id = reference_work_order_id), '[]');

CREATE FUNCTION work_order_json(w work_order) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', w.id, 'number', w.number, 'title', w.title, 'description', w.description,
        'priority', w.priority, 'state', w.state,
        'window_starts_at', json_time(w.window_starts_at),
        'window_ends_at', json_time(w.window_ends_at), 'due_at', json_time(w.due_at),
        'site', (SELECT site_summary_json(s) FROM site s WHERE s.org_id = w.org_id AND s.id = w.site_id),
        'assignees', assignees_json(w.org_id, w.id), 'checklist', checklist_json(w.org_id, w.id),
        'created_by', json_user(w.org_id, w.created_by), 'version', w.version,
        'created_at', json_time(w.created_at), 'updated_at', json_time(w.updated_at));

-- What the history compares: every field that a person may change.
CREATE FUNCTION work_order_facts(w work_order) RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN jsonb_build_object(
        'number', w.number, 'site_id', w.site_id, 'title', w.title, 'description', w.description,
        'priority', w.priority, 'window_starts_at', json_time(w.window_starts_at),
        'window_ends_at', json_time(w.window_ends_at), 'due_at', json_time(w.due_at),
        'assignee_ids', coalesce((SELECT jsonb_agg(a.user_id ORDER BY a.user_id)
                                  FROM work_order_assignee a
                                  WHERE a.org_id = w.org_id AND a.work_order_id = w.id), '[]'),
        'checklist', coalesce((SELECT jsonb_agg(jsonb_build_object(
                                          'id', item.id, 'kind', item.kind, 'label', item.label,
                                          'photo_role', item.photo_role, 'asset_id', item.asset_id,
                                          'required', item.required) ORDER BY item.position)
                               FROM checklist_item item
                               WHERE item.org_id = w.org_id AND item.work_order_id = w.id), '[]'));

CREATE FUNCTION work_order_event_json(e work_order_event) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', e.id, 'happened_at', json_time(e.happened_at), 'actor', json_user(e.org_id, e.actor_id),
        'kind', e.kind, 'from_state', e.from_state, 'to_state', e.to_state, 'changes', e.changes,
        'reason', e.reason);

CREATE FUNCTION retake_json(r retake) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT json_build_object(
            'id', r.id, 'visit_id', r.visit_id, 'photo_id', r.photo_id, 'photo_role', p.role,
            'site', site_summary_json(s), 'work_order_id', p.work_order_id,
            'technician', json_user(r.org_id, r.technician_id), 'reason', r.reason,
            'requested_by', json_user(r.org_id, r.requested_by),
            'requested_at', json_time(r.requested_at),
            'answered_by_photo_id', r.answered_by_photo_id, 'answered_at', json_time(r.answered_at))
        FROM photo p JOIN site s ON s.org_id = p.org_id AND s.id = p.site_id
        WHERE p.org_id = r.org_id AND p.id = r.photo_id);

-- A site with all that a phone needs there without a network.
CREATE FUNCTION day_site_json(s site) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', s.id, 'name', s.name, 'code', s.code, 'address', s.address, 'time_zone', s.time_zone,
        'customer_id', s.customer_id,
        'customer_name', (SELECT c.name FROM customer c
                          WHERE c.org_id = s.org_id AND c.id = s.customer_id),
        'radius_m', s.radius_m,
        'wgs84', json_build_object('position', json_position(s.latitude_deg, s.longitude_deg),
                                   'polygon', s.polygon),
        'entry_accuracy_m', s.entry_accuracy_m, 'minimum_minutes', s.minimum_minutes, 'note', s.note,
        'contacts', coalesce((
            SELECT json_agg(json_build_object('name', c.name, 'title', c.title, 'phone', c.phone))
            FROM (SELECT * FROM contact WHERE contact.org_id = s.org_id
                    AND contact.customer_id = s.customer_id ORDER BY name, id LIMIT 20) AS c), '[]'),
        'assets', coalesce((
            SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'serial', a.serial,
                                              'barcode', a.barcode))
            FROM (SELECT * FROM asset WHERE asset.org_id = s.org_id AND asset.site_id = s.id
                  ORDER BY name, id LIMIT 200) AS a), '[]'));

-- Open work whose window begins by the end of the day, overdue work included; of finished work what
-- was planned for the day. In visiting order. Days are the site's.
CREATE FUNCTION my_day_work_orders(reference_org_id uuid, reference_user_id uuid, day date) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce((
        SELECT json_agg(item ORDER BY starts_at NULLS LAST, urgency, number)
        FROM (
            SELECT json_build_object(
                       'id', w.id, 'number', w.number, 'title', w.title,
                       'description', w.description, 'priority', w.priority, 'state', w.state,
                       'window_starts_at', json_time(w.window_starts_at),
                       'window_ends_at', json_time(w.window_ends_at), 'due_at', json_time(w.due_at),
                       'assignees', assignees_json(w.org_id, w.id),
                       'checklist', checklist_json(w.org_id, w.id), 'version', w.version,
                       'updated_at', json_time(w.updated_at), 'site', day_site_json(s)) AS item,
                   w.window_starts_at AS starts_at, w.number,
                   array_position('{urgent,high,normal,low}', w.priority) AS urgency
            FROM work_order_assignee a
            JOIN work_order w ON w.org_id = a.org_id AND w.id = a.work_order_id
            JOIN site s ON s.org_id = w.org_id AND s.id = w.site_id
            WHERE a.org_id = reference_org_id AND a.user_id = reference_user_id
              AND CASE WHEN w.state IN ('assigned', 'accepted', 'on_site')
                  THEN w.window_starts_at IS NULL
                    OR (w.window_starts_at AT TIME ZONE s.time_zone)::date <= day
                  ELSE w.state IN ('done', 'partly_done', 'unresolved')
                   AND (w.window_starts_at AT TIME ZONE s.time_zone)::date = day END
            ORDER BY w.window_starts_at NULLS LAST, w.number
            LIMIT 200) AS mine), '[]');
