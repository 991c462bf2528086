-- How the manager's desk learns of changes: a log to which rows are only added. As of phone_change (0011) a
-- row is known by the transaction that wrote it, and a reader's position is a snapshot: what that did not
-- see is new, in whatever order the transactions end.

CREATE TABLE desk_change (
    org_id     uuid NOT NULL,
    changed_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
    kind       text NOT NULL,
    entity_id  uuid NOT NULL, -- the nil UUID: more of this kind at once than are worth a row each
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, changed_in, kind, entity_id)
);
-- The sweep removes old rows: they lie together.
CREATE INDEX desk_change_changed_at ON desk_change USING brin (changed_at);

ALTER TABLE desk_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE desk_change FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON desk_change
    USING (org_id = nullif(current_setting('app.org_id', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON desk_change TO fieldproof;

-- One short statement a row, planned once a connection. The kind is the trigger's argument.
CREATE FUNCTION note_for_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO desk_change (org_id, kind, entity_id) VALUES (NEW.org_id, TG_ARGV[0], NEW.id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE FUNCTION note_gone_for_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO desk_change (org_id, kind, entity_id) VALUES (OLD.org_id, TG_ARGV[0], OLD.id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE FUNCTION note_visit_for_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO desk_change (org_id, kind, entity_id) VALUES (NEW.org_id, 'visit', NEW.visit_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE FUNCTION note_work_order_for_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO desk_change (org_id, kind, entity_id) VALUES (NEW.org_id, 'work_order', NEW.work_order_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE FUNCTION note_former_work_order_for_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO desk_change (org_id, kind, entity_id) VALUES (OLD.org_id, 'work_order', OLD.work_order_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

-- A check-in makes or widens its visit, so that the visit's row stands for all its check-ins.
CREATE TRIGGER visit_noted_for_desk AFTER INSERT OR UPDATE ON visit
    FOR EACH ROW EXECUTE FUNCTION note_for_desk('visit');
CREATE TRIGGER visit_sheet_noted_for_desk AFTER INSERT OR UPDATE ON visit_sheet
    FOR EACH ROW EXECUTE FUNCTION note_visit_for_desk();
CREATE TRIGGER signature_noted_for_desk AFTER INSERT ON signature
    FOR EACH ROW EXECUTE FUNCTION note_visit_for_desk();
CREATE TRIGGER photo_noted_for_desk AFTER INSERT ON photo
    FOR EACH ROW WHEN (NEW.state = 'stored') EXECUTE FUNCTION note_for_desk('photo');
CREATE TRIGGER photo_change_noted_for_desk AFTER UPDATE ON photo
    FOR EACH ROW WHEN (OLD.state <> NEW.state OR OLD.verdict IS DISTINCT FROM NEW.verdict
                       OR OLD.risk IS DISTINCT FROM NEW.risk
                       OR OLD.review_decision IS DISTINCT FROM NEW.review_decision)
    EXECUTE FUNCTION note_for_desk('photo');
CREATE TRIGGER retake_noted_for_desk AFTER INSERT OR UPDATE ON retake
    FOR EACH ROW EXECUTE FUNCTION note_for_desk('retake');
CREATE TRIGGER customer_response_noted_for_desk AFTER INSERT ON customer_response
    FOR EACH ROW EXECUTE FUNCTION note_for_desk('customer_response');
CREATE TRIGGER work_order_noted_for_desk AFTER INSERT OR UPDATE ON work_order
    FOR EACH ROW EXECUTE FUNCTION note_for_desk('work_order');
CREATE TRIGGER work_order_delete_noted_for_desk AFTER DELETE ON work_order
    FOR EACH ROW EXECUTE FUNCTION note_gone_for_desk('work_order');
CREATE TRIGGER visit_work_order_noted_for_desk AFTER INSERT ON visit_work_order
    FOR EACH ROW EXECUTE FUNCTION note_work_order_for_desk();
CREATE TRIGGER work_order_assignee_noted_for_desk AFTER INSERT ON work_order_assignee
    FOR EACH ROW EXECUTE FUNCTION note_work_order_for_desk();
CREATE TRIGGER work_order_assignee_delete_noted_for_desk AFTER DELETE ON work_order_assignee
    FOR EACH ROW EXECUTE FUNCTION note_former_work_order_for_desk();

-- What ends a stream of these changes: its session is over, or its user may do something else now.
CREATE TRIGGER session_end_noted_for_desk AFTER UPDATE ON session
    FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
    EXECUTE FUNCTION note_for_desk('session');
CREATE TRIGGER user_access_noted_for_desk AFTER UPDATE ON app_user
    FOR EACH ROW WHEN (OLD.role <> NEW.role OR (OLD.disabled_at IS NULL) <> (NEW.disabled_at IS NULL))
    EXECUTE FUNCTION note_for_desk('user_access');
CREATE TRIGGER user_gone_noted_for_desk AFTER DELETE ON app_user
    FOR EACH ROW EXECUTE FUNCTION note_gone_for_desk('user_access');

-- Master data come by the thousand: one statement for all, and one row for many.
CREATE FUNCTION note_rows_for_desk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM changed) > 50 THEN
        INSERT INTO desk_change (org_id, kind, entity_id)
        SELECT DISTINCT org_id, TG_ARGV[0], '00000000-0000-0000-0000-000000000000'::uuid FROM changed
        ON CONFLICT DO NOTHING;
    ELSE
        INSERT INTO desk_change (org_id, kind, entity_id)
        SELECT org_id, TG_ARGV[0], id FROM changed ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
DO $$
DECLARE
    table_name text;
    kind text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['app_user', 'customer', 'contact', 'site', 'asset'] LOOP
        kind := CASE table_name WHEN 'app_user' THEN 'user' ELSE table_name END;
        EXECUTE format('CREATE TRIGGER %1$s_insert_noted_for_desk AFTER INSERT ON %2$I
                        REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
                        EXECUTE FUNCTION note_rows_for_desk(%1$L)', kind, table_name);
        EXECUTE format('CREATE TRIGGER %1$s_noted_for_desk AFTER UPDATE ON %2$I
                        REFERENCING NEW TABLE AS changed FOR EACH STATEMENT
                        EXECUTE FUNCTION note_rows_for_desk(%1$L)', kind, table_name);
        EXECUTE format('CREATE TRIGGER %1$s_delete_noted_for_desk AFTER DELETE ON %2$I
                        REFERENCING OLD TABLE AS changed FOR EACH STATEMENT
                        EXECUTE FUNCTION note_rows_for_desk(%1$L)', kind, table_name);
    END LOOP;
END
$$;
