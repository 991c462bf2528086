-- Who looked at, changed and took away what, who logged in, and who tried to. Only ever added to, by the
-- very transaction that does what it says.
--
-- Names stand as they were at the time, and nothing refers to this table or is referred to by it: what
-- was deleted stays explained. What technicians bring (check-ins, photos, sheets) is evidence itself
-- and is not repeated here.
CREATE TABLE audit_event (
    org_id      uuid NOT NULL,
    id          uuid NOT NULL DEFAULT gen_random_uuid(),
    happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_id    uuid,            -- null: nobody who is logged in
    actor_name  text,
    session_id  uuid,
    device_name text,
    address     text,
    action      text NOT NULL CHECK (action IN (
        'created', 'changed', 'deleted', 'viewed', 'downloaded', 'exported', 'opened', 'reviewed', 'revoked',
        'restored', 'removed', 'logged_in', 'log_in_failed', 'logged_out')),
    entity_kind text NOT NULL,
    entity_id   uuid,
    entity_name text,
    changes     jsonb NOT NULL DEFAULT '[]', -- [{field, from, to}], texts or null
    PRIMARY KEY (org_id, id)
);
CREATE INDEX audit_event_happened ON audit_event (org_id, happened_at DESC, id DESC);
CREATE INDEX audit_event_actor ON audit_event (org_id, actor_id, happened_at DESC, id DESC);
CREATE INDEX audit_event_entity ON audit_event (org_id, entity_id, happened_at DESC, id DESC);
CREATE INDEX audit_event_kind ON audit_event (org_id, entity_kind, happened_at DESC, id DESC);
CREATE INDEX audit_event_action ON audit_event (org_id, action, happened_at DESC, id DESC);

ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON audit_event
    USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
GRANT SELECT, INSERT ON audit_event TO fieldproof;

-- Whether somebody is named who does this: the server says `SET LOCAL app.actor = 'USER SESSION ADDRESS'`
-- in the transactions of people's requests, but for what technicians alone may ask.
CREATE FUNCTION audit_has_actor() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('app.actor', true), '') <> '';

CREATE FUNCTION audit_record(of_org_id uuid, did text, kind text, of_id uuid, of_name text, what jsonb)
    RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    actor constant text[] := string_to_array(nullif(current_setting('app.actor', true), ''), ' ');
BEGIN
    INSERT INTO audit_event (org_id, actor_id, actor_name, session_id, device_name, address, action,
                             entity_kind, entity_id, entity_name, changes)
    VALUES (of_org_id, actor[1]::uuid,
            (SELECT u.name FROM app_user u WHERE u.org_id = of_org_id AND u.id = actor[1]::uuid),
            actor[2]::uuid,
            (SELECT s.device_name FROM session s WHERE s.org_id = of_org_id AND s.id = actor[2]::uuid),
            actor[3], did, kind, of_id, of_name, what);
END
$$;

-- What differs between two versions of a row, a line each, objects field by field. Long texts are cut.
CREATE FUNCTION audit_changes(old_row jsonb, new_row jsonb, prefix text DEFAULT '') RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    field text;
    old_value jsonb;
    new_value jsonb;
    changes jsonb := '[]';
BEGIN
    FOR field IN
        SELECT jsonb_object_keys(old_row) UNION SELECT jsonb_object_keys(new_row) ORDER BY 1
    LOOP
        old_value := nullif(old_row -> field, 'null');
        new_value := nullif(new_row -> field, 'null');
        IF old_value IS NOT DISTINCT FROM new_value THEN
            CONTINUE;
        ELSIF coalesce(jsonb_typeof(old_value), 'object') = 'object'
            AND coalesce(jsonb_typeof(new_value), 'object') = 'object' THEN
            changes := changes || audit_changes(coalesce(old_value, '{}'), coalesce(new_value, '{}'),
                                                prefix || field || '.');
        ELSE
            changes := changes || jsonb_build_object('field', prefix || field,
                                                     'from', left(old_value #>> '{}', 1000),
                                                     'to', left(new_value #>> '{}', 1000));
        END IF;
    END LOOP;
    RETURN changes;
END
$$;

-- Records a row that was made, changed or deleted. Arguments: what kind of thing it is, and the column
-- of its name. A column that means a revocation is told as such.
CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    hidden constant text[] := '{org_id, id, version, created_at, updated_at, created_by, content_sha256,
        password_hash, code_sha256, token_sha256, revoked_by, position_given, polygon_given}';
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

CREATE FUNCTION audit_table(table_name text, kind text, name_column text) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW
                    WHEN (audit_has_actor()) EXECUTE FUNCTION audit_row(%L, %L)',
                   table_name, kind, name_column);
END
$$;
REVOKE EXECUTE ON FUNCTION audit_table FROM public;
SELECT audit_table('app_user', 'user', 'name');
SELECT audit_table('device', 'device', 'name');
SELECT audit_table('enrolment', 'enrolment', 'user_id');
SELECT audit_table('customer', 'customer', 'name');
SELECT audit_table('contact', 'contact', 'name');
SELECT audit_table('site', 'site', 'name');
SELECT audit_table('asset', 'asset', 'name');
SELECT audit_table('work_order', 'work_order', 'number');
SELECT audit_table('customer_link', 'link', 'none');

CREATE FUNCTION audit_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM audit_record(NEW.org_id, 'changed', 'policy', NEW.org_id, NULL,
        audit_changes(OLD.policy, NEW.policy)
        || jsonb_build_object('field', 'version', 'from', OLD.version::text, 'to', NEW.version::text));
    RETURN NULL;
END
$$;
CREATE TRIGGER audit AFTER UPDATE ON organisation FOR EACH ROW
    WHEN (audit_has_actor() AND OLD.policy <> NEW.policy) EXECUTE FUNCTION audit_policy();

CREATE FUNCTION audit_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    assignment constant work_order_assignee := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    assignee constant text := (SELECT u.name FROM app_user u
                               WHERE u.org_id = assignment.org_id AND u.id = assignment.user_id);
    order_number constant text := (SELECT w.number FROM work_order w
                                   WHERE w.org_id = assignment.org_id AND w.id = assignment.work_order_id);
BEGIN
    IF order_number IS NOT NULL THEN -- else it was deleted, which is told already
        PERFORM audit_record(assignment.org_id, 'changed', 'work_order', assignment.work_order_id, order_number,
            jsonb_build_array(jsonb_build_object(
                'field', 'assignee', 'from', CASE WHEN TG_OP = 'DELETE' THEN assignee END,
                'to', CASE WHEN TG_OP = 'INSERT' THEN assignee END)));
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER audit AFTER INSERT OR DELETE ON work_order_assignee FOR EACH ROW
    WHEN (audit_has_actor()) EXECUTE FUNCTION audit_assignment();

CREATE FUNCTION audit_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM audit_record(NEW.org_id, 'reviewed', CASE WHEN NEW.photo_id IS NULL THEN 'visit' ELSE 'photo' END,
        coalesce(NEW.photo_id, NEW.visit_id), visit_label(NEW.org_id, NEW.visit_id),
        audit_changes('{}', jsonb_build_object('decision', NEW.decision, 'reason', NEW.reason)));
    RETURN NULL;
END
$$;

-- How people call a visit: by its site.
CREATE FUNCTION visit_label(of_org_id uuid, of_visit_id uuid) RETURNS text LANGUAGE sql STABLE
    RETURN (SELECT s.name FROM visit v JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
            WHERE v.org_id = of_org_id AND v.id = of_visit_id);
CREATE TRIGGER audit AFTER INSERT ON review FOR EACH ROW
    WHEN (audit_has_actor()) EXECUTE FUNCTION audit_review();
