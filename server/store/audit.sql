-- name: audit_note
-- Something the person of this transaction did that no trigger sees. $2 what, $3 kind and $4 id of whom or
-- what, $5 its name
SELECT audit_record($1::uuid, $2, $3, $4::uuid, $5, '[]');

-- name: audit_export
-- A list that the person of this transaction takes away: $2 kind and $3 name of the list, $4 its filters as
-- [{field, from, to}], $5 how many rows went.
SELECT audit_record($1::uuid, 'exported', $2, NULL, $3,
                    $4::jsonb || jsonb_build_array(jsonb_build_object('field', 'rows', 'from', NULL, 'to', $5::bigint::text)));

-- name: audit_log_in
-- $2 user, or null for a log-in that nobody has; $3 session, or null when it failed; $4 device's name,
-- $5 address, $6 what, $7 why it failed, or null
INSERT INTO audit_event (org_id, actor_id, actor_name, session_id, device_name, address, action, entity_kind,
                         entity_id, entity_name, changes)
SELECT $1::uuid, CASE WHEN $3::uuid IS NOT NULL THEN u.id END, CASE WHEN $3::uuid IS NOT NULL THEN u.name END,
       $3::uuid, $4, $5, $6, 'user', u.id, u.name,
       CASE WHEN $7::text IS NULL THEN '[]'::jsonb
            ELSE jsonb_build_array(jsonb_build_object('field', 'reason', 'from', NULL, 'to', $7::text)) END
FROM (SELECT) AS nobody LEFT JOIN app_user u ON u.org_id = $1::uuid AND u.id = $2::uuid;

-- name: audit_list
-- $2 who, $3 of what (id), $4 kind, $5 action, $6 from, $7 to, then the page's limit and keys. Null asks for
-- nothing.
SELECT json_build_object(
           'id', e.id, 'happened_at', json_time(e.happened_at),
           'actor', CASE WHEN e.actor_id IS NOT NULL
                         THEN json_build_object('id', e.actor_id, 'name', coalesce(e.actor_name, '')) END,
           'device_name', e.device_name, 'address', e.address, 'action', e.action,
           'entity', json_build_object('kind', e.entity_kind, 'id', e.entity_id, 'name', e.entity_name),
           'changes', e.changes),
       cursor_time(e.happened_at), e.id
FROM audit_event e
WHERE e.org_id = $1::uuid
  AND ($2::uuid IS NULL OR e.actor_id = $2::uuid)
  AND ($3::uuid IS NULL OR e.entity_id = $3::uuid)
  AND ($4::text IS NULL OR e.entity_kind = $4)
  AND ($5::text IS NULL OR e.action = $5)
  AND is_on_page(e.happened_at, e.id, $6::timestamptz, $7::timestamptz, $9::timestamptz, $10::uuid)
ORDER BY e.happened_at DESC, e.id DESC
LIMIT $8::integer;
