-- How organisations and users look as JSON.

CREATE FUNCTION user_json(u app_user) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', u.id, 'log_in', u.log_in, 'name', u.name, 'role', u.role, 'language', u.language,
        'phone', u.phone, 'disabled_at', json_time(u.disabled_at), 'version', u.version,
        'created_at', json_time(u.created_at), 'updated_at', json_time(u.updated_at));

CREATE FUNCTION organisation_json(o organisation) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', o.org_id, 'slug', o.slug, 'name', o.name, 'language', o.language,
        'time_zone', o.time_zone, 'version', o.version, 'created_at', json_time(o.created_at));
