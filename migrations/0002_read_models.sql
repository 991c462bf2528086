-- How rows look as JSON. Each resource has one such function, so that a photo looks the same alone,
-- in its check-in, in its visit and in the manager's list. Their shapes are the schemas of
-- api-spec/openapi.yaml; every response of the API tests is compared with those.

CREATE FUNCTION json_time(moment timestamptz) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

CREATE FUNCTION json_position(latitude_deg double precision, longitude_deg double precision) RETURNS json
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN latitude_deg IS NOT NULL
                THEN json_build_object('latitude', latitude_deg, 'longitude', longitude_deg) END;

-- Findings are stored with their sentence in every language; a reader gets one.
CREATE FUNCTION json_findings(findings jsonb, language text) RETURNS json
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce((SELECT json_agg(jsonb_set(finding, '{sentence}', finding -> 'sentence' -> language)
                                     ORDER BY position)
                     FROM jsonb_array_elements(findings) WITH ORDINALITY AS f(finding, position)),
                    '[]');

CREATE FUNCTION json_user(reference_org_id uuid, user_id uuid) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT json_build_object('id', id, 'name', name)
            FROM app_user WHERE org_id = reference_org_id AND id = user_id);

CREATE FUNCTION json_size(width_px integer, height_px integer) RETURNS json
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN width_px IS NOT NULL
                THEN json_build_object('width_px', width_px, 'height_px', height_px) END;

-- A fix as it was sent; what was not sent is null.
CREATE FUNCTION json_fix(fix jsonb) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN fix IS NOT NULL THEN
        json_build_object('latitude', fix -> 'latitude', 'longitude', fix -> 'longitude',
                          'datum', fix -> 'datum', 'accuracy_m', fix -> 'accuracy_m',
                          'altitude_m', fix -> 'altitude_m', 'speed_mps', fix -> 'speed_mps',
                          'provider', fix -> 'provider', 'mocked', fix -> 'mocked',
                          'fix_at', json_time((fix ->> 'fix_at')::timestamptz)) END;

CREATE FUNCTION json_device(device jsonb) RETURNS json
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN json_build_object('id', device -> 'id', 'model', device -> 'model',
                             'platform', device -> 'platform', 'app_version', device -> 'app_version');

CREATE FUNCTION scan_json(s scan, language text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', s.id, 'check_in_id', s.check_in_id, 'captured_at', json_time(s.captured_at),
        'symbology', s.symbology, 'value', s.value, 'entered', s.entered,
        'asset', (SELECT json_build_object('id', a.id, 'name', a.name)
                  FROM asset a WHERE a.org_id = s.org_id AND a.id = s.asset_id),
        'verdict', s.verdict, 'findings', json_findings(s.findings, language));

CREATE FUNCTION photo_json(p photo, language text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', p.id, 'check_in_id', p.check_in_id, 'visit_id', p.visit_id, 'site_id', p.site_id,
        'technician_id', p.user_id, 'role', p.role, 'work_order_id', p.work_order_id,
        'retake_of', p.retake_of, 'caption', p.caption, 'captured_at', json_time(p.captured_at),
        'state', p.state,
        'receipt', CASE WHEN p.state = 'stored' THEN
            json_build_object('sha256', encode(p.sha256, 'hex'), 'bytes', p.bytes,
                              'stored_at', json_time(p.stored_at)) END,
        'original', CASE WHEN p.orientation >= 5 -- lying on its side in the file
            THEN json_size(p.height_px, p.width_px) ELSE json_size(p.width_px, p.height_px) END,
        'medium', json_size(p.medium_width_px, p.medium_height_px),
        'small', json_size(p.small_width_px, p.small_height_px),
        'exif', p.exif - 'camera', 'verdict', p.verdict,
        'findings', json_findings(p.findings, language), 'review_decision', p.review_decision);

CREATE FUNCTION check_in_json(c check_in, language text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', c.id, 'visit_id', c.visit_id,
        'site', (SELECT json_build_object('id', s.id, 'name', s.name) FROM site s
                 WHERE s.org_id = c.org_id AND s.id = c.site_id),
        'technician', json_user(c.org_id, c.user_id),
        'work_order_ids', c.work_order_ids, 'kind', c.kind,
        'captured_at', json_time(c.captured_at), 'sent_at', json_time(c.sent_at),
        'received_at', json_time(c.received_at),
        'fix', json_fix(c.fix), 'wgs84', json_position(c.latitude_deg, c.longitude_deg),
        'geofence', c.geofence, 'fence_distance_m', c.fence_distance_m,
        'device', json_device(c.device), 'note', c.note,
        'verdict', c.verdict, 'findings', json_findings(c.findings, language),
        'scans', coalesce((SELECT json_agg(scan_json(s, language) ORDER BY s.captured_at, s.id)
                           FROM scan s WHERE s.org_id = c.org_id AND s.check_in_id = c.id), '[]'),
        'photos', coalesce((SELECT json_agg(photo_json(p, language) ORDER BY p.captured_at, p.id)
                            FROM photo p WHERE p.org_id = c.org_id AND p.check_in_id = c.id), '[]'));
