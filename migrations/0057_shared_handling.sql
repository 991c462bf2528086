-- A customer sees that a dispute or a complaint was dealt with; what was done stays with the organisation.
CREATE OR REPLACE FUNCTION shared_response_json(r customer_response) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', r.id, 'kind', r.kind, 'visit_id', r.visit_id, 'stars', r.stars, 'decision', r.decision,
        'text', r.words, 'received_at', json_time(r.received_at), 'handled_at', json_time(r.handled_at));
