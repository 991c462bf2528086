-- A revoked device stays revoked until a manager restores it, or lets it in by a code made afterwards;
-- the list says which version of the app its last check-ins came from.

CREATE OR REPLACE FUNCTION device_json(d device) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', d.id, 'device_id', d.own_id, 'name', d.name, 'model', d.model, 'platform', d.platform,
        'user', json_user(d.org_id, d.user_id), 'created_at', json_time(d.created_at),
        'last_used_at', (SELECT json_time(max(s.last_used_at)) FROM session s
                         WHERE s.org_id = d.org_id AND s.device_id = d.id),
        'is_logged_in', EXISTS (SELECT FROM session s WHERE s.org_id = d.org_id AND s.device_id = d.id
                                  AND s.ended_at IS NULL AND s.expires_at > now()),
        'app_version', (SELECT recent.device ->> 'app_version'
                        FROM (SELECT c.device, c.captured_at FROM check_in c
                              WHERE c.org_id = d.org_id AND c.user_id = d.user_id
                                AND c.latitude_deg IS NOT NULL
                              ORDER BY c.captured_at DESC LIMIT 20) AS recent
                        WHERE recent.device ->> 'id' = d.own_id
                        ORDER BY recent.captured_at DESC LIMIT 1),
        'revoked_at', json_time(d.revoked_at), 'revoked_by', json_user(d.org_id, d.revoked_by));
