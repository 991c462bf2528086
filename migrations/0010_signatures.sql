-- What a phone that was offline from arrival to signature needs: it signs the document that it made
-- itself, whose names may be older than the office's; a customer who cannot draw signs by typing; and
-- may rate the visit.

-- A table's row does not change while a function takes it.
DROP FUNCTION sheet_json(visit_sheet), signature_json(signature);

ALTER TABLE signature
    ADD COLUMN method text NOT NULL DEFAULT 'drawn' CHECK (method IN ('drawn', 'typed')),
    ADD COLUMN rating_score smallint CHECK (rating_score BETWEEN 1 AND 5),
    ADD COLUMN rating_comment text,
    ADD COLUMN differs jsonb NOT NULL DEFAULT '[]', -- [{pointer, signed, known}]: names, at the time of sealing
    ALTER COLUMN strokes DROP NOT NULL,
    ADD CHECK ((method = 'drawn') = (strokes IS NOT NULL)),
    ADD CHECK (rating_comment IS NULL OR rating_score IS NOT NULL);

CREATE FUNCTION signature_json(s signature) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', s.id, 'sheet_version', s.sheet_version,
        'document_sha256', encode(s.document_sha256, 'hex'),
        'signer_name', s.signer_name, 'signer_role', s.signer_role,
        'signed_at', json_time(s.signed_at), 'received_at', json_time(s.received_at),
        'fix', json_fix(s.fix), 'method', s.method, 'strokes', s.strokes,
        'rating', CASE WHEN s.rating_score IS NOT NULL THEN
            json_build_object('score', s.rating_score, 'comment', s.rating_comment) END,
        'differs', s.differs, 'collected_by', json_user(s.org_id, s.collected_by));

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

-- As before, but of the work orders only those that were named by then: a departure may name one more,
-- and must not change what was displayed before it.
CREATE OR REPLACE FUNCTION sheet_document(sheet visit_sheet) RETURNS json
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
                                ORDER BY w.number COLLATE "C", w.id) -- by code point, as a phone sorts
                FROM visit_work_order v
                JOIN work_order w ON w.org_id = v.org_id AND w.id = v.work_order_id
                WHERE v.org_id = visit.org_id AND v.visit_id = visit.id
                  AND (sheet.evidence_until IS NULL OR EXISTS (
                      SELECT FROM check_in c
                      CROSS JOIN LATERAL jsonb_array_elements_text(c.work_order_ids) AS named(id)
                      WHERE c.org_id = v.org_id AND c.visit_id = v.visit_id
                        AND c.captured_at <= sheet.evidence_until
                        AND named.id::uuid = v.work_order_id))), '[]'),
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

-- As before, and the customer's language, in which the phone shows what the customer signs.
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
            SELECT json_agg(json_build_object('name', c.name, 'title', c.title, 'phone', c.phone))
            FROM (SELECT * FROM contact WHERE contact.org_id = s.org_id
                    AND contact.customer_id = s.customer_id ORDER BY name, id LIMIT 20) AS c), '[]'),
        'assets', coalesce((
            SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'serial', a.serial,
                                              'barcode', a.barcode))
            FROM (SELECT * FROM asset WHERE asset.org_id = s.org_id AND asset.site_id = s.id
                  ORDER BY name, id LIMIT 200) AS a), '[]'));
