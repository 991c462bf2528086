-- Where check-ins were made, for the desk's maps: a site's newest, and a technician's day.

-- In place of the index on the site alone: the foreign key is served by its beginning.
CREATE INDEX check_in_site_captured ON check_in (org_id, site_id, captured_at, id);
DROP INDEX check_in_site;

CREATE VIEW check_in_place WITH (security_invoker = true) AS
SELECT c.org_id, c.id, c.latitude_deg, c.longitude_deg, c.accuracy_m, c.captured_at,
       json_build_object(
           'id', c.id, 'visit_id', c.visit_id,
           'site', json_build_object('id', s.id, 'name', s.name),
           'technician', json_build_object('id', u.id, 'name', u.name),
           'kind', c.kind, 'captured_at', json_time(c.captured_at),
           'wgs84', json_position(c.latitude_deg, c.longitude_deg), 'accuracy_m', c.accuracy_m,
           'geofence', c.geofence, 'fence_distance_m', c.fence_distance_m) AS json
FROM check_in c
JOIN site s ON s.org_id = c.org_id AND s.id = c.site_id
JOIN app_user u ON u.org_id = c.org_id AND u.id = c.user_id;
GRANT SELECT ON check_in_place TO fieldproof;
