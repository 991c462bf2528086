-- A visit in a list says that the correction of its sheet was asked for and is still unanswered.
CREATE OR REPLACE VIEW visit_summary WITH (security_invoker = true) AS
SELECT v.org_id, v.id, json_build_object(
           'id', v.id,
           'site', json_build_object(
               'id', s.id, 'name', s.name, 'code', s.code, 'address', s.address,
               'time_zone', s.time_zone, 'customer_id', c.id, 'customer_name', c.name,
               'position', json_position(s.latitude_deg, s.longitude_deg), 'radius_m', s.radius_m),
           'technician', json_build_object('id', u.id, 'name', u.name),
           'arrived_at', json_time(v.arrived_at), 'departed_at', json_time(v.departed_at),
           'first_seen_at', json_time(v.first_seen_at), 'verdict', v.verdict,
           'finding_codes', v.finding_codes, 'review_decision', v.review_decision,
           'work_orders', (
               SELECT coalesce(json_agg(json_build_object('id', w.id, 'number', w.number,
                                                          'title', w.title, 'state', w.state)
                                        ORDER BY w.number), '[]')
               FROM visit_work_order j
               JOIN work_order w ON w.org_id = j.org_id AND w.id = j.work_order_id
               WHERE j.org_id = v.org_id AND j.visit_id = v.id),
           'photos_stored', photos.stored, 'photos_awaited', photos.awaited,
           'photo_verdicts', json_build_object('accepted', photos.accepted,
                                               'needs_review', photos.needs_review,
                                               'rejected', photos.rejected),
           'sheet', (
               SELECT json_build_object(
                          'version', sheet.version, 'state', sheet.state,
                          'written_at', json_time(sheet.written_at),
                          'signed_at', json_time(signature.signed_at),
                          'signer_name', signature.signer_name)
               FROM visit_sheet sheet
               LEFT JOIN signature ON signature.org_id = sheet.org_id
                                  AND signature.visit_id = sheet.visit_id
                                  AND signature.sheet_version = sheet.version
               WHERE sheet.org_id = v.org_id AND sheet.visit_id = v.id
               ORDER BY sheet.version DESC LIMIT 1),
           'signed_version', v.signed_version,
           'correction_requested_at', (
               SELECT json_time(correction.requested_at) FROM correction
               WHERE correction.org_id = v.org_id AND correction.visit_id = v.id
                 AND correction.answered_at IS NULL AND correction.withdrawn_at IS NULL),
           'rating', v.rating_score, 'customer_decision', v.customer_decision,
           'complaints', coalesce(v.complaints, 0),
           'concerns_open', (SELECT count(*) FROM customer_response r
                             WHERE r.org_id = v.org_id AND r.visit_id = v.id AND r.urgency > 0
                               AND r.handled_at IS NULL),
           'callback', (
               SELECT json_build_object('outcome', call.outcome, 'score', call.score,
                                        'called_at', json_time(call.called_at))
               FROM callback call
               WHERE call.org_id = v.org_id AND call.visit_id = v.id
               ORDER BY call.called_at DESC, call.recorded_at DESC LIMIT 1)) AS json
FROM visit v
JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
JOIN app_user u ON u.org_id = v.org_id AND u.id = v.technician_id
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE p.state = 'stored') AS stored,
           count(*) FILTER (WHERE p.state = 'awaited') AS awaited,
           count(*) FILTER (WHERE p.verdict = 'accepted') AS accepted,
           count(*) FILTER (WHERE p.verdict = 'needs_review') AS needs_review,
           count(*) FILTER (WHERE p.verdict = 'rejected') AS rejected
    FROM photo p WHERE p.org_id = v.org_id AND p.visit_id = v.id) AS photos;

-- The desk's board shows those that are open, and is told of them apart from all that happens to visits.
CREATE TRIGGER correction_itself_noted_for_desk AFTER INSERT OR UPDATE ON correction
    FOR EACH ROW EXECUTE FUNCTION note_for_desk('correction');
