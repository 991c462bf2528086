-- The customer's page says of a photo that its pictures are gone, in place of showing none.

CREATE OR REPLACE FUNCTION shared_visit_json(v visit, link_work_order_id uuid, rule text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', v.id, 'arrived_at', json_time(v.arrived_at), 'departed_at', json_time(v.departed_at),
        'technician', (SELECT customer_name_of(u.name) FROM app_user u
                       WHERE u.org_id = v.org_id AND u.id = v.technician_id),
        'sheet', shared_sheet_json(v.org_id, v.id),
        'photos', coalesce((
            SELECT json_agg(json_build_object(
                       'id', p.id, 'role', p.role, 'caption', p.caption,
                       'captured_at', json_time(p.captured_at), 'removed_at', json_time(p.thumbnails_removed_at),
                       'medium', json_size(p.medium_width_px, p.medium_height_px),
                       'small', json_size(p.small_width_px, p.small_height_px))
                       ORDER BY p.captured_at, p.id)
            FROM (SELECT * FROM shared_photos(v.org_id, v.id, link_work_order_id, rule) AS shared
                  ORDER BY shared.captured_at, shared.id LIMIT 200) AS p), '[]'));
