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

-- Check-ins as JSON. The answer to every check-in is made by this, so it is written for the planner: a
-- set-returning function becomes part of the query that names it and is planned once a connection,
-- while a scalar function with a query inside would be planned at each call.
CREATE FUNCTION check_in_answers(language text)
    RETURNS TABLE (org_id uuid, id uuid, user_id uuid, json json)
    LANGUAGE sql STABLE
AS $$
    SELECT c.org_id, c.id, c.user_id, json_build_object(
        'id', c.id, 'visit_id', c.visit_id,
        'site', (SELECT json_build_object('id', s.id, 'name', s.name) FROM site s
                 WHERE s.org_id = c.org_id AND s.id = c.site_id),
        'technician', (SELECT json_build_object('id', u.id, 'name', u.name) FROM app_user u
                       WHERE u.org_id = c.org_id AND u.id = c.user_id),
        'work_order_ids', c.work_order_ids, 'kind', c.kind,
        'captured_at', json_time(c.captured_at), 'sent_at', json_time(c.sent_at),
        'received_at', json_time(c.received_at),
        'fix', json_fix(c.fix), 'wgs84', json_position(c.latitude_deg, c.longitude_deg),
        'geofence', c.geofence, 'fence_distance_m', c.fence_distance_m,
        'device', json_device(c.device), 'note', c.note, 'verdict', c.verdict,
        'findings', coalesce((
            SELECT json_agg(jsonb_set(f.finding, '{sentence}', f.finding -> 'sentence' -> language)
                            ORDER BY f.position)
            FROM jsonb_array_elements(c.findings) WITH ORDINALITY AS f(finding, position)), '[]'),
        'scans', coalesce((SELECT json_agg(scan_json(s, language) ORDER BY s.captured_at, s.id)
                           FROM scan s WHERE s.org_id = c.org_id AND s.check_in_id = c.id), '[]'),
        'photos', coalesce((SELECT json_agg(photo_json(p, language) ORDER BY p.captured_at, p.id)
                            FROM photo p WHERE p.org_id = c.org_id AND p.check_in_id = c.id), '[]'))
    FROM check_in c
$$;

CREATE FUNCTION check_in_json(c check_in, language text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT a.json FROM check_in_answers(language) a
            WHERE a.org_id = c.org_id AND a.id = c.id);

-- The site as a visit sheet shows it: its fence is part of what is signed.
CREATE FUNCTION sheet_site_json(s site) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', s.id, 'name', s.name, 'address', s.address, 'time_zone', s.time_zone,
        'position', json_position(s.latitude_deg, s.longitude_deg),
        'radius_m', s.radius_m, 'polygon', s.polygon);

-- What the customer reads and signs: only facts that the phone has, too, so that it can make the very
-- same document while it is offline. Verdicts and our clock are not in it.
CREATE FUNCTION sheet_document(sheet visit_sheet) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT json_build_object(
            'schema', 'fieldproof.visit-sheet/1',
            'visit_id', visit.id, 'version', sheet.version,
            'corrects_version', sheet.corrects_version,
            'correction_reason', sheet.correction_reason,
            'evidence_until', json_time(sheet.evidence_until),
            'organisation', json_build_object('id', organisation.org_id, 'name', organisation.name),
            'customer', json_build_object('id', customer.id, 'name', customer.name,
                                          'language', customer.language),
            'site', sheet_site_json(site),
            'technician', json_user(visit.org_id, visit.technician_id),
            'work_orders', coalesce((
                SELECT json_agg(json_build_object('id', w.id, 'number', w.number, 'title', w.title)
                                ORDER BY w.number COLLATE "C", w.id) -- as a phone sorts
                FROM visit_work_order v
                JOIN work_order w ON w.org_id = v.org_id AND w.id = v.work_order_id
                WHERE v.org_id = visit.org_id AND v.visit_id = visit.id), '[]'),
            'check_ins', coalesce((
                SELECT json_agg(json_build_object(
                           'id', c.id, 'kind', c.kind, 'captured_at', json_time(c.captured_at),
                           'position', json_position(c.latitude_deg, c.longitude_deg),
                           'accuracy_m', c.accuracy_m) ORDER BY c.captured_at, c.id)
                FROM check_in c WHERE c.org_id = visit.org_id AND c.visit_id = visit.id
                  AND (sheet.evidence_until IS NULL OR c.captured_at <= sheet.evidence_until)), '[]'),
            'scans', coalesce((
                SELECT json_agg(json_build_object(
                           'id', s.id, 'captured_at', json_time(s.captured_at),
                           'symbology', s.symbology, 'value', s.value) ORDER BY s.captured_at, s.id)
                FROM scan s WHERE s.org_id = visit.org_id AND s.visit_id = visit.id
                  AND (sheet.evidence_until IS NULL OR s.captured_at <= sheet.evidence_until)), '[]'),
            'photos', coalesce((
                SELECT json_agg(json_build_object(
                           'id', p.id, 'role', p.role, 'captured_at', json_time(p.captured_at),
                           'caption', p.caption,
                           'sha256', encode(coalesce(p.sha256, p.declared_sha256), 'hex'))
                           ORDER BY p.captured_at, p.id)
                FROM photo p WHERE p.org_id = visit.org_id AND p.visit_id = visit.id
                  AND (sheet.evidence_until IS NULL OR p.captured_at <= sheet.evidence_until)), '[]'),
            'open_before', sheet.content -> 'open_before', 'done', sheet.content -> 'done',
            'left_open', sheet.content -> 'left_open', 'parts', sheet.content -> 'parts')
        FROM visit
        JOIN organisation ON organisation.org_id = visit.org_id
        JOIN site ON site.org_id = visit.org_id AND site.id = visit.site_id
        JOIN customer ON customer.org_id = site.org_id AND customer.id = site.customer_id
        WHERE visit.org_id = sheet.org_id AND visit.id = sheet.visit_id);

CREATE FUNCTION signature_json(s signature) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', s.id, 'sheet_version', s.sheet_version,
        'document_sha256', encode(s.document_sha256, 'hex'),
        'signer_name', s.signer_name, 'signer_role', s.signer_role,
        'signed_at', json_time(s.signed_at), 'received_at', json_time(s.received_at),
        'fix', json_fix(s.fix), 'strokes', s.strokes, 'collected_by', json_user(s.org_id, s.collected_by));

-- A sheet without its document: the server adds that, canonical and with its digest.
CREATE FUNCTION sheet_json(sheet visit_sheet) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'visit_id', sheet.visit_id, 'version', sheet.version, 'state', sheet.state,
        'content', sheet.content, 'evidence_until', json_time(sheet.evidence_until),
        'signature', (SELECT signature_json(s) FROM signature s
                      WHERE s.org_id = sheet.org_id AND s.visit_id = sheet.visit_id
                        AND s.sheet_version = sheet.version),
        'corrects_version', sheet.corrects_version, 'correction_reason', sheet.correction_reason,
        'written_by', json_user(sheet.org_id, sheet.written_by),
        'written_at', json_time(sheet.written_at));

-- What the technician wrote, out of a body in which optional members may be missing.
CREATE FUNCTION visit_sheet_content(body jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN jsonb_build_object(
        'open_before', body -> 'open_before',
        'done', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                       'work_order_id', entry -> 'work_order_id', 'what', entry -> 'what',
                       'cause', entry -> 'cause', 'remedy', entry -> 'remedy') ORDER BY position)
            FROM jsonb_array_elements(body -> 'done') WITH ORDINALITY AS d(entry, position)), '[]'),
        'left_open', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                       'what', entry -> 'what', 'plan', entry -> 'plan',
                       'due_at', entry -> 'due_at') ORDER BY position)
            FROM jsonb_array_elements(body -> 'left_open') WITH ORDINALITY AS o(entry, position)), '[]'),
        'parts', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                       'name', entry -> 'name', 'number', entry -> 'number',
                       'quantity', entry -> 'quantity', 'unit', entry -> 'unit') ORDER BY position)
            FROM jsonb_array_elements(body -> 'parts') WITH ORDINALITY AS p(entry, position)), '[]'));
