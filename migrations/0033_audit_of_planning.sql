-- Templates, schedules and sampling plans stand in the audit trail, too. What a sampling plan keeps secret
-- stays secret.
CREATE OR REPLACE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hidden constant text[] := '{org_id, id, version, created_at, updated_at, created_by, content_sha256,
        password_hash, code_sha256, token_sha256, revoked_by, position_given, polygon_given, chain_root,
        commitment}';
    old_row constant jsonb := coalesce(to_jsonb(OLD), '{}');
    new_row constant jsonb := coalesce(to_jsonb(NEW), '{}');
    one_row constant jsonb := old_row || new_row;
    changes jsonb := audit_changes(old_row - hidden, new_row - hidden);
    did text := CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'DELETE' THEN 'deleted' ELSE 'changed' END;
BEGIN
    IF old_row ->> 'password_hash' <> new_row ->> 'password_hash' THEN
        changes := changes || '[{"field": "password", "from": null, "to": null}]';
    END IF;
    IF changes = '[]' THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND old_row ->> 'revoked_at' IS DISTINCT FROM new_row ->> 'revoked_at' THEN
        did := CASE WHEN new_row ->> 'revoked_at' IS NULL THEN 'restored' ELSE 'revoked' END;
    END IF;
    PERFORM audit_record((one_row ->> 'org_id')::uuid, did, TG_ARGV[0], (one_row ->> 'id')::uuid,
        CASE WHEN TG_ARGV[1] = 'user_id'
             THEN (SELECT u.name FROM app_user u WHERE u.org_id = (one_row ->> 'org_id')::uuid
                                                   AND u.id = (one_row ->> 'user_id')::uuid)
             ELSE one_row ->> TG_ARGV[1] END,
        changes);
    RETURN NULL;
END
$$;

SELECT audit_table('checklist_template', 'template', 'name');
SELECT audit_table('work_schedule', 'schedule', 'name');
SELECT audit_table('sampling_plan', 'sampling_plan', 'name');
