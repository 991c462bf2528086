-- The customer's language hid the reader's: inside this query `language` was the customer's column.
CREATE OR REPLACE FUNCTION evidence_json(p photo, language text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT json_build_object(
            'photo', photo_json(p, evidence_json.language), 'risk', p.risk,
            'site', json_build_object('id', s.id, 'name', s.name),
            'customer', json_build_object('id', c.id, 'name', c.name),
            'technician', json_user(p.org_id, p.user_id), 'time_zone', s.time_zone,
            'visit_verdict', v.verdict, 'visit_review_decision', v.review_decision)
        FROM visit v
        JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
        JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
        WHERE v.org_id = p.org_id AND v.id = p.visit_id);
