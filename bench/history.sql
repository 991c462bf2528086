-- A history as an organisation of 200 technicians gathers it: 720 visits a working day, each with about
-- 2.2 check-ins and 3.3 photos. More check-ins are an older history, not a denser one. Every value
-- follows from its row's number, so that a history is the same each time but for its end, which is now.
-- psql variables: org_id, manager_id, check_ins. Runs as superuser, in a database that may be thrown away.
\set ON_ERROR_STOP on
SET session_replication_role = replica; -- no triggers, no foreign keys: rows are right as they are made
SET synchronous_commit = off;
SET maintenance_work_mem = '512MB';
SET work_mem = '128MB';
SET timezone = 'UTC';

CREATE FUNCTION pg_temp.made(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN md5(kind || '/' || number)::uuid;
-- Evenly from 0 to 1, another one for each `salt`.
CREATE FUNCTION pg_temp.part(number bigint, salt integer) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (hashint8extended(number, salt) & 1073741823) / 1073741824.0;
CREATE FUNCTION pg_temp.finding(code text, severity text) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN jsonb_build_object(
        'code', code, 'severity', severity, 'numbers', jsonb_build_object('distance_m', 312.4, 'limit_m', 150),
        'sentence', jsonb_build_object('en', 'What was found is told here in a sentence with its numbers, 312 m and 150 m.',
                                       'zh', '此处用一句话说明判定结果及其数值：312 米，允许 150 米。'));

-- Every index but the keys is made when the rows are there.
CREATE TABLE bench_index AS
    SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relnamespace = 'public'::regnamespace AND NOT i.indisprimary AND NOT i.indisunique
      AND t.relname IN ('visit', 'check_in', 'photo', 'scan', 'photo_finding', 'visit_finding', 'work_order',
                        'work_order_assignee', 'work_order_event', 'checklist_item', 'visit_work_order',
                        'visit_sheet', 'signature', 'review', 'retake', 'correction', 'evidence_view',
                        'customer_response', 'customer_link', 'audit_event')
      AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid);
SELECT format('DROP INDEX %s', name) FROM bench_index \gexec

INSERT INTO app_user (org_id, id, log_in, name, role, team, language, password_hash, content_sha256)
SELECT :'org_id', pg_temp.made('technician', i), 'technician-' || i,
       (ARRAY['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'])[i % 10 + 1]
           || (ARRAY['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋'])[i / 10 % 10 + 1] || ' ' || i,
       'technician', '第' || i / 17 + 1 || '组', 'zh', '', ''
FROM generate_series(0, 199) i;
INSERT INTO customer (org_id, id, name, code, tier, language, content_sha256)
SELECT :'org_id', pg_temp.made('customer', i), '客户 Customer ' || i, 'C' || i,
       (ARRAY['standard', 'standard', 'silver', 'gold', 'platinum'])[i % 5 + 1], 'zh', ''
FROM generate_series(0, 599) i;
INSERT INTO contact (org_id, id, customer_id, name, title, phone, content_sha256)
SELECT :'org_id', pg_temp.made('contact', i), pg_temp.made('customer', i / 4), '联系人 ' || i, '主管',
       '+86 138 ' || lpad((i / 10000)::text, 4, '0') || ' ' || lpad((i % 10000)::text, 4, '0'), ''
FROM generate_series(0, 2399) i;
INSERT INTO site (org_id, id, customer_id, name, code, address, time_zone, datum, position_given, radius_m,
                  latitude_deg, longitude_deg, content_sha256)
SELECT :'org_id', pg_temp.made('site', i), pg_temp.made('customer', i % 600), '站点 Site ' || i, 'S' || i,
       'Street ' || i, CASE WHEN i < 1500 THEN 'Asia/Shanghai' ELSE 'Europe/Berlin' END, 'wgs84',
       jsonb_build_object('latitude', 31 + i / 15 / 100.0, 'longitude', 121 + pg_temp.part(i, 1)), 150,
       CASE WHEN i < 1500 THEN 31 ELSE 52 END + i / 15 / 100.0,
       CASE WHEN i < 1500 THEN 121 ELSE 13 END + pg_temp.part(i, 1), ''
FROM generate_series(0, 2999) i;
INSERT INTO asset (org_id, id, site_id, name, model, serial, barcode, content_sha256)
SELECT :'org_id', pg_temp.made('asset', i), pg_temp.made('site', i / 2), 'Compressor ' || i, 'GA-37', 'SN' || i,
       'BC' || i, ''
FROM generate_series(0, 5999) i;

-- One row a visit, numbered from the oldest. Sundays are free.
CREATE TEMP TABLE made_visit AS
WITH amount AS (SELECT (:check_ins / 2.22)::bigint AS visits),
days AS (
    SELECT day::date, row_number() OVER (ORDER BY day DESC) - 1 AS age
    FROM generate_series(current_date - (SELECT visits / 600 + 30 FROM amount)::integer, current_date, '1 day') AS day
    WHERE extract(isodow FROM day) < 7)
SELECT i, pg_temp.made('visit', i) AS id, k % 200 AS technician, site.number AS site,
       starts_at AS arrived_at, starts_at + (10 + 100 * pg_temp.part(i, 2) * pg_temp.part(i, 3)) * interval '1 minute' AS departed_at,
       CASE WHEN pg_temp.part(i, 4) < 0.03 THEN 'rejected' WHEN pg_temp.part(i, 4) < 0.14 THEN 'needs_review'
            ELSE 'accepted' END AS verdict,
       CASE WHEN pg_temp.part(i, 4) < 0.03 THEN ARRAY['mock_location']
            WHEN pg_temp.part(i, 4) < 0.06 THEN ARRAY['geofence_outside']
            WHEN pg_temp.part(i, 4) < 0.09 THEN ARRAY['checklist_incomplete']
            WHEN pg_temp.part(i, 4) < 0.11 THEN ARRAY['time_on_site_short']
            WHEN pg_temp.part(i, 4) < 0.14 THEN ARRAY['photo_too_dark']
            ELSE '{}' END || CASE WHEN pg_temp.part(i, 5) < 0.04 THEN ARRAY['sent_late'] ELSE '{}' END
           || ARRAY['geofence_inside'] AS codes,
       age, pg_temp.part(i, 6) AS luck,
       -- With the signature, or through a link.
       CASE WHEN pg_temp.part(i, 6) < 0.12 OR pg_temp.part(i, 6) BETWEEN 0.93 AND 0.99
            THEN 1 + (pg_temp.part(i, 17) * 9)::integer % 5 END AS stars
FROM (SELECT i, i % 720 AS k, age, day FROM amount, generate_series(0, amount.visits - 1) i
      JOIN days ON days.age = (SELECT visits / 720 FROM amount) - i / 720) AS v
CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.part(i, 7) < 0.8 THEN v.k % 200 * 15 + (pg_temp.part(i, 8) * 15)::integer % 15
                           ELSE v.k % 200 / 100 * 1500 + (pg_temp.part(i, 8) * 1500)::integer % 1500 END AS number) AS site
CROSS JOIN LATERAL (SELECT v.day + CASE WHEN site.number < 1500 THEN interval '0 hours' ELSE interval '6 hours' END
                           + (k / 200 * 130 + 40 * pg_temp.part(i, 9)) * interval '1 minute' AS starts_at) AS start
WHERE starts_at < now() - interval '2 minutes';
ANALYZE made_visit;

INSERT INTO visit (org_id, id, site_id, technician_id, arrived_at, departed_at, first_seen_at, verdict, findings,
                   finding_codes, review_decision, sheet_version, signed_version, rating_score, complaints, created_at)
SELECT :'org_id', id, pg_temp.made('site', site), pg_temp.made('technician', technician), arrived_at, departed_at,
       arrived_at, verdict,
       CASE WHEN codes && '{checklist_incomplete,time_on_site_short}' THEN jsonb_build_array(pg_temp.finding(codes[1], 'warn')) ELSE '[]' END,
       codes,
       CASE WHEN (verdict <> 'accepted' OR luck < 0.05) AND (age > 10 OR luck < 0.5)
            THEN CASE WHEN luck < 0.03 THEN 'reject' ELSE 'approve' END END,
       CASE WHEN luck < 0.6 THEN 1 END, CASE WHEN luck < 0.6 THEN 1 END, stars, CASE WHEN luck > 0.99 THEN 1 END,
       arrived_at
FROM made_visit ORDER BY i;

INSERT INTO check_in (org_id, id, visit_id, site_id, user_id, kind, captured_at, sent_at, received_at, fix,
                      latitude_deg, longitude_deg, accuracy_m, fence_distance_m, geofence, device, note, verdict,
                      findings, finding_codes, content_sha256)
SELECT :'org_id', pg_temp.made('check_in', i * 3 + kind.number), id, pg_temp.made('site', site),
       pg_temp.made('technician', technician), kind.name, kind.at, kind.at + interval '3 s', kind.at + interval '4 s',
       '{"latitude": 31.123456, "longitude": 121.123456, "datum": "wgs84", "accuracy_m": 8.5, "provider": "fused", "fix_at": "2026-01-01T00:00:00Z"}',
       31 + pg_temp.part(i, 10), 121 + pg_temp.part(i, 11), 8.5, -120, 'inside',
       '{"id": "phone", "model": "Pixel 7", "platform": "android", "app_version": "1.4.2"}',
       CASE WHEN kind.number = 2 THEN 'Filter replaced, pressure 2.1 bar, no leak seen.' END,
       CASE WHEN kind.number = 0 AND codes && '{mock_location}' THEN 'rejected'
            WHEN kind.number = 0 AND codes && '{geofence_outside}' THEN 'needs_review' ELSE 'accepted' END,
       jsonb_build_array(pg_temp.finding('geofence_inside', 'info')), '{geofence_inside}', sha256(id::text::bytea)
FROM made_visit
CROSS JOIN LATERAL (VALUES (0, 'arrival', arrived_at), (1, 'progress', arrived_at + (departed_at - arrived_at) / 2),
                           (2, 'departure', departed_at)) AS kind(number, name, at)
WHERE kind.number <> 1 OR luck < 0.22
ORDER BY i, kind.number;

INSERT INTO photo (org_id, id, check_in_id, visit_id, site_id, user_id, role, captured_at, state, stored_at, sha256,
                   bytes, width_px, height_px, orientation, small_sha256, small_width_px, small_height_px,
                   medium_sha256, medium_width_px, medium_height_px, exif, verdict, findings, finding_codes, risk,
                   review_decision)
SELECT :'org_id', pg_temp.made('photo', i * 8 + p), pg_temp.made('check_in', i * 3 + 2), id, pg_temp.made('site', site),
       pg_temp.made('technician', technician),
       (ARRAY['before', 'after', 'overview', 'nameplate', 'part', 'meter', 'damage', 'other'])[p + 1],
       arrived_at + (p + 1) * interval '90 s', 'stored', arrived_at + interval '1 hour',
       sha256((i * 8 + p)::text::bytea), 2800000, 4000, 3000, 1, sha256('s'), 320, 240, sha256('m'), 1280, 960,
       '{"camera": "Google Pixel 7", "taken_at": "2026-01-01T00:00:00", "software": null}',
       judged.verdict,
       CASE WHEN judged.code IS NULL THEN '[]' ELSE jsonb_build_array(pg_temp.finding(judged.code, 'warn')) END,
       CASE WHEN judged.code IS NULL THEN '{}' ELSE ARRAY[judged.code] END,
       CASE judged.verdict WHEN 'rejected' THEN 2100 WHEN 'needs_review' THEN 1010 ELSE 0 END,
       CASE WHEN (judged.verdict <> 'accepted' OR judged.luck < 0.06) AND (age > 10 OR judged.luck < 0.5)
            THEN CASE WHEN judged.luck < 0.008 THEN 'retake' WHEN judged.luck < 0.016 THEN 'reject' ELSE 'approve' END END
FROM made_visit
CROSS JOIN generate_series(0, 6) AS p
CROSS JOIN LATERAL (
    SELECT CASE WHEN pg_temp.part(i * 8 + p, 12) < 0.01 THEN 'photo_reused'
                WHEN pg_temp.part(i * 8 + p, 12) < 0.04 THEN 'photo_too_dark'
                WHEN pg_temp.part(i * 8 + p, 12) < 0.06 THEN 'photo_taken_before'
                WHEN pg_temp.part(i * 8 + p, 12) < 0.10 THEN 'photo_blurred' END AS code,
           CASE WHEN pg_temp.part(i * 8 + p, 12) < 0.01 THEN 'rejected'
                WHEN pg_temp.part(i * 8 + p, 12) < 0.06 THEN 'needs_review' ELSE 'accepted' END AS verdict,
           pg_temp.part(i * 8 + p, 13) AS luck) AS judged
WHERE p < 2 + (pg_temp.part(i, 14) * 4)::integer % 4 -- two to five: 3.5 a visit
  AND (p < 4 OR made_visit.luck < 0.4)
ORDER BY i, p;

INSERT INTO photo_finding (org_id, code, captured_at, photo_id, site_id, user_id, waiting_risk)
SELECT org_id, unnest(finding_codes), captured_at, id, site_id, user_id, CASE WHEN review_decision IS NULL THEN risk END
FROM photo WHERE org_id = :'org_id' AND finding_codes <> '{}';
INSERT INTO visit_finding (org_id, code, first_seen_at, visit_id, site_id, technician_id)
SELECT org_id, unnest(finding_codes), first_seen_at, id, site_id, technician_id FROM visit WHERE org_id = :'org_id';

INSERT INTO scan (org_id, id, check_in_id, visit_id, captured_at, symbology, value, entered, asset_id, verdict,
                  findings, finding_codes)
SELECT :'org_id', pg_temp.made('scan', i), pg_temp.made('check_in', i * 3), id, arrived_at, 'code_128',
       'BC' || site * 2, 'camera', pg_temp.made('asset', site * 2), 'accepted', '[]', '{scan_asset_matched}'
FROM made_visit WHERE luck > 0.7;

-- Nine of ten orders are done at their first visit; the tenth takes the next order's visit, too.
INSERT INTO work_order (org_id, id, number, customer_id, site_id, title, description, priority, state,
                        window_starts_at, window_ends_at, due_at, created_by, content_sha256, created_at, updated_at)
SELECT :'org_id', pg_temp.made('work_order', i), 'WO-' || to_char(i, 'FM00000000'),
       pg_temp.made('customer', site % 600), pg_temp.made('site', site),
       (ARRAY['空压机保养', 'Filter change', 'Leak search', '年度检查', 'Compressor stopped'])[i % 5 + 1],
       'The customer reports a noise at start-up; check belts and coupling.',
       (ARRAY['low', 'normal', 'normal', 'high', 'urgent'])[i % 5 + 1],
       CASE WHEN age > 20 THEN CASE WHEN luck > 0.98 THEN 'cancelled' ELSE 'closed' END
            WHEN age > 0 THEN (ARRAY['done', 'done', 'done', 'partly_done', 'unresolved'])[i % 5 + 1]
            ELSE (ARRAY['assigned', 'accepted', 'on_site', 'done'])[i % 4 + 1] END,
       arrived_at - (pg_temp.part(i, 15) - 0.05) * interval '2 hours', arrived_at - (pg_temp.part(i, 15) - 0.9) * interval '2 hours',
       arrived_at + interval '1 day', :'manager_id', sha256(id::text::bytea), arrived_at - interval '3 days', departed_at
FROM made_visit WHERE i % 10 <> 1;
INSERT INTO visit_work_order
SELECT :'org_id', id, pg_temp.made('work_order', CASE WHEN i % 10 = 1 THEN i - 1 ELSE i END) FROM made_visit;
INSERT INTO work_order_assignee (org_id, work_order_id, user_id, kept_until, planned_at, created_at, listed_for)
SELECT :'org_id', w.id, pg_temp.made('technician', v.technician), phone_keeps_until(w.state, w.updated_at), w.window_starts_at,
       w.created_at, w.window_starts_at
FROM made_visit v JOIN work_order w ON w.org_id = :'org_id' AND w.id = pg_temp.made('work_order', v.i);
INSERT INTO work_order_event (org_id, work_order_id, happened_at, actor_id, kind, from_state, to_state)
SELECT :'org_id', pg_temp.made('work_order', i), event.at, :'manager_id', event.kind, event.was, event.becomes
FROM made_visit
CROSS JOIN LATERAL (VALUES (arrived_at - interval '3 days', 'created', NULL, 'assigned'),
                           (departed_at, 'state_changed', 'on_site', 'done')) AS event(at, kind, was, becomes)
WHERE i % 10 <> 1 AND (event.kind = 'created' OR age > 0);
INSERT INTO checklist_item (org_id, id, work_order_id, position, kind, label, photo_role)
SELECT :'org_id', pg_temp.made('item', i * 2 + n), pg_temp.made('work_order', i), n, 'photo',
       (ARRAY['Before', 'After'])[n], (ARRAY['before', 'after'])[n]
FROM made_visit CROSS JOIN generate_series(1, 2) n WHERE i % 10 <> 1;

INSERT INTO visit_sheet (org_id, visit_id, version, state, content, document, document_sha256, written_by, written_at)
SELECT :'org_id', id, 1, 'signed',
       '{"done": [{"what": "Filter replaced", "cause": null, "remedy": null, "work_order_id": null}], "parts": [], "left_open": [], "open_before": null}',
       '{"schema":"fieldproof.visit-sheet/1","done":[{"what":"Filter replaced"}]}', sha256(id::text::bytea),
       pg_temp.made('technician', technician), departed_at
FROM made_visit WHERE luck < 0.6;
INSERT INTO signature (org_id, id, visit_id, sheet_version, signer_name, signer_role, signed_at, received_at, strokes,
                       document_sha256, collected_by, content_sha256, rating_score)
SELECT :'org_id', pg_temp.made('signature', i), id, 1, 'Frau Beck', 'site manager', departed_at, departed_at, '[]',
       sha256(id::text::bytea), pg_temp.made('technician', technician), '', CASE WHEN luck < 0.12 THEN stars END
FROM made_visit WHERE luck < 0.6;

INSERT INTO review (org_id, id, visit_id, photo_id, decision, reason, reviewer_id, decided_at, content_sha256)
SELECT org_id, id, visit_id, id, review_decision, CASE review_decision WHEN 'approve' THEN NULL ELSE 'Too dark.' END,
       :'manager_id', captured_at + interval '1 day', ''
FROM photo WHERE org_id = :'org_id' AND review_decision IS NOT NULL;
INSERT INTO retake (org_id, id, visit_id, photo_id, technician_id, reason, requested_by, requested_at, withdrawn_at)
SELECT org_id, id, visit_id, id, user_id, 'Too dark.', :'manager_id', captured_at + interval '1 day',
       CASE WHEN captured_at < now() - interval '20 days' THEN captured_at + interval '3 days' END
FROM photo WHERE org_id = :'org_id' AND review_decision = 'retake';
INSERT INTO correction (org_id, id, visit_id, sheet_version, technician_id, blocks, reason, requested_by, requested_at,
                        withdrawn_by, withdrawn_at, content_sha256)
SELECT s.org_id, s.visit_id, s.visit_id, s.version, v.technician_id, '{parts}', 'Two, not one.', :'manager_id',
       v.departed_at + interval '1 day',
       CASE WHEN v.departed_at < now() - interval '20 days' THEN :'manager_id'::uuid END,
       CASE WHEN v.departed_at < now() - interval '20 days' THEN v.departed_at + interval '3 days' END, ''
FROM visit_sheet s JOIN visit v ON v.org_id = s.org_id AND v.id = s.visit_id
WHERE s.org_id = :'org_id' AND s.state = 'signed' AND get_byte(uuid_send(v.id), 15) < 8;
INSERT INTO evidence_view (org_id, user_id, visit_id, viewed_at)
SELECT :'org_id', :'manager_id', id, departed_at + interval '1 day' FROM made_visit WHERE luck < 0.3;
INSERT INTO customer_link (org_id, id, visit_id, token_sha256, created_by, created_at, expires_at, content_sha256)
SELECT :'org_id', id, id, sha256(id::text::bytea), :'manager_id', departed_at, departed_at + interval '30 days', ''
FROM made_visit WHERE luck > 0.85;
INSERT INTO customer_response (org_id, id, link_id, visit_id, kind, stars, words, received_at, content_sha256)
SELECT :'org_id', id, id, id, CASE WHEN luck > 0.99 THEN 'complaint' ELSE 'rating' END, stars, 'All was well.',
       departed_at + interval '2 hours', ''
FROM made_visit WHERE luck > 0.93;
INSERT INTO customer_response (org_id, id, signature_id, visit_id, kind, stars, received_at, content_sha256)
SELECT org_id, id, id, visit_id, 'rating', rating_score, received_at, ''
FROM signature WHERE org_id = :'org_id' AND rating_score IS NOT NULL;
UPDATE customer_response SET handled_at = received_at + interval '1 day', handled_by = :'manager_id'
WHERE org_id = :'org_id' AND urgency > 0 AND received_at < now() - interval '20 days';

-- The audit trail names who changed, looked at and decided what.
INSERT INTO audit_event (org_id, happened_at, actor_id, actor_name, action, entity_kind, entity_id, entity_name, changes)
SELECT org_id, happened_at, actor_id, 'Manager Example', CASE kind WHEN 'created' THEN 'created' ELSE 'changed' END, 'work_order',
       work_order_id, 'Filter change', '[{"field": "state", "from": "new", "to": "assigned"}]'
FROM work_order_event WHERE org_id = :'org_id' ORDER BY happened_at;
INSERT INTO audit_event (org_id, happened_at, actor_id, actor_name, action, entity_kind, entity_id)
SELECT org_id, viewed_at, user_id, 'Manager Example', 'viewed', 'visit', visit_id FROM evidence_view WHERE org_id = :'org_id';
INSERT INTO audit_event (org_id, happened_at, actor_id, actor_name, action, entity_kind, entity_id, changes)
SELECT org_id, decided_at, reviewer_id, 'Manager Example', 'reviewed', 'photo', photo_id,
       jsonb_build_array(jsonb_build_object('field', 'decision', 'from', NULL, 'to', decision))
FROM review WHERE org_id = :'org_id';

SELECT definition FROM bench_index \gexec
DROP TABLE bench_index;
VACUUM (ANALYZE);

-- Reports are counted by what the server counts them by.
SELECT set_config('bench.org_id', :'org_id', false) \g /dev/null
DO $$
BEGIN
    WHILE report_refresh(current_setting('bench.org_id')::uuid, 1) LOOP
        COMMIT;
    END LOOP;
END
$$;
VACUUM (ANALYZE) report_sum, report_mark, report_progress;
SELECT (SELECT count(*) FROM check_in WHERE org_id = :'org_id') AS check_ins,
       (SELECT count(*) FROM photo WHERE org_id = :'org_id') AS photos,
       (SELECT count(*) FROM visit WHERE org_id = :'org_id') AS visits;
