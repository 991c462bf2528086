-- How customers, contacts, sites and assets look as JSON, and what their lists need.

CREATE INDEX contact_name ON contact (org_id, name, id);
CREATE INDEX asset_name ON asset (org_id, name, id);

-- What a site's time zone may be: the names of the IANA database, without this machine's own.
CREATE VIEW known_time_zone AS
    SELECT name FROM pg_timezone_names
    WHERE name !~ '^(posix|right)/' AND name NOT IN ('Factory', 'localtime', 'posixrules');
GRANT SELECT ON known_time_zone TO fieldproof;

CREATE FUNCTION customer_json(c customer) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', c.id, 'name', c.name, 'code', c.code, 'tier', c.tier,
        'service_manager_id', c.service_manager_id,
        'service_manager_name', (SELECT u.name FROM app_user u
                                 WHERE u.org_id = c.org_id AND u.id = c.service_manager_id),
        'language', c.language, 'note', c.note, 'version', c.version,
        'created_at', json_time(c.created_at), 'updated_at', json_time(c.updated_at));

CREATE FUNCTION contact_json(c contact) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', c.id, 'customer_id', c.customer_id, 'name', c.name, 'title', c.title,
        'phone', c.phone, 'email', c.email, 'version', c.version,
        'created_at', json_time(c.created_at), 'updated_at', json_time(c.updated_at));

CREATE FUNCTION site_json(s site) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', s.id, 'customer_id', s.customer_id,
        'customer_name', (SELECT c.name FROM customer c
                          WHERE c.org_id = s.org_id AND c.id = s.customer_id),
        'name', s.name, 'code', s.code, 'address', s.address, 'time_zone', s.time_zone,
        'datum', s.datum, 'position', s.position_given, 'radius_m', s.radius_m,
        'polygon', s.polygon_given,
        'wgs84', json_build_object('position', json_position(s.latitude_deg, s.longitude_deg),
                                   'polygon', s.polygon),
        'entry_accuracy_m', s.entry_accuracy_m, 'minimum_minutes', s.minimum_minutes,
        'note', s.note, 'version', s.version,
        'created_at', json_time(s.created_at), 'updated_at', json_time(s.updated_at));

CREATE FUNCTION asset_json(a asset) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', a.id, 'site_id', a.site_id,
        'site_name', (SELECT s.name FROM site s WHERE s.org_id = a.org_id AND s.id = a.site_id),
        'name', a.name, 'model', a.model, 'serial', a.serial, 'barcode', a.barcode,
        'note', a.note, 'version', a.version,
        'created_at', json_time(a.created_at), 'updated_at', json_time(a.updated_at));
