-- Phones: who uses which, and how a manager lets one in without a password.

-- A phone, or another device, of one user. Its id follows from the user's and from what the device calls
-- itself; a phone that two people use is two of them.
CREATE TABLE device (
    org_id     uuid NOT NULL,
    id         uuid NOT NULL,
    user_id    uuid NOT NULL,
    own_id     text NOT NULL,   -- device.id of its check-ins
    name       text,
    model      text,
    platform   text,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,     -- until somebody logs in on it again
    revoked_by uuid,
    PRIMARY KEY (org_id, id),
    CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
);
CREATE INDEX device_created ON device (org_id, created_at DESC, id);
CREATE INDEX device_user ON device (org_id, user_id, created_at DESC, id);
CREATE INDEX device_revoked_by ON device (org_id, revoked_by) WHERE revoked_by IS NOT NULL;

-- The code follows from the server's secret and the enrolment's id; kept is its digest.
CREATE TABLE enrolment (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    user_id        uuid NOT NULL,
    code_sha256    bytea NOT NULL,
    created_by     uuid NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    expires_at     timestamptz NOT NULL,
    used_at        timestamptz,
    session_id     uuid,        -- what the code was exchanged for, by which device
    device_id      uuid,
    revoked_at     timestamptz,
    revoked_by     uuid,
    content_sha256 bytea NOT NULL,
    PRIMARY KEY (org_id, id),
    CHECK ((used_at IS NULL) = (session_id IS NULL) AND (used_at IS NULL) = (device_id IS NULL)),
    CHECK ((revoked_by IS NULL) = (revoked_at IS NULL)),
    CHECK (used_at IS NULL OR revoked_at IS NULL)
);
CREATE UNIQUE INDEX enrolment_code ON enrolment (org_id, code_sha256);
CREATE INDEX enrolment_user ON enrolment (org_id, user_id);
CREATE INDEX enrolment_created_by ON enrolment (org_id, created_by);
CREATE INDEX enrolment_session ON enrolment (org_id, session_id) WHERE session_id IS NOT NULL;
CREATE INDEX enrolment_device ON enrolment (org_id, device_id) WHERE device_id IS NOT NULL;
CREATE INDEX enrolment_revoked_by ON enrolment (org_id, revoked_by) WHERE revoked_by IS NOT NULL;

ALTER TABLE session
    ADD COLUMN device_id uuid,
    DROP CONSTRAINT session_ended_reason_check,
    ADD CONSTRAINT session_ended_reason_check CHECK (ended_reason IN (
        'log_out', 'refresh_token_reused', 'password_changed', 'user_disabled', 'device_revoked',
        'logged_in_again'));
CREATE INDEX session_of_device ON session (org_id, device_id) WHERE device_id IS NOT NULL;

ALTER TABLE device
    ADD FOREIGN KEY (org_id, user_id) REFERENCES app_user ON DELETE CASCADE,
    ADD FOREIGN KEY (org_id, revoked_by) REFERENCES app_user;
ALTER TABLE enrolment
    ADD FOREIGN KEY (org_id, user_id) REFERENCES app_user ON DELETE CASCADE,
    ADD FOREIGN KEY (org_id, created_by) REFERENCES app_user,
    ADD FOREIGN KEY (org_id, session_id) REFERENCES session,
    ADD FOREIGN KEY (org_id, device_id) REFERENCES device,
    ADD FOREIGN KEY (org_id, revoked_by) REFERENCES app_user;
ALTER TABLE session ADD FOREIGN KEY (org_id, device_id) REFERENCES device;

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['device', 'enrolment'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY own_organisation ON %I
                        USING (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)',
                       table_name);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE ON device, enrolment TO fieldproof;

CREATE FUNCTION device_json(d device) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', d.id, 'device_id', d.own_id, 'name', d.name, 'model', d.model, 'platform', d.platform,
        'user', json_user(d.org_id, d.user_id), 'created_at', json_time(d.created_at),
        'last_used_at', (SELECT json_time(max(s.last_used_at)) FROM session s
                         WHERE s.org_id = d.org_id AND s.device_id = d.id),
        'is_logged_in', EXISTS (SELECT FROM session s WHERE s.org_id = d.org_id AND s.device_id = d.id
                                  AND s.ended_at IS NULL AND s.expires_at > now()),
        'revoked_at', json_time(d.revoked_at));

CREATE FUNCTION enrolment_state(e enrolment) RETURNS text
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN CASE WHEN e.used_at IS NOT NULL THEN 'used' WHEN e.revoked_at IS NOT NULL THEN 'revoked'
                WHEN e.expires_at <= clock_timestamp() THEN 'expired' ELSE 'open' END;

CREATE FUNCTION enrolment_json(e enrolment) RETURNS json
    LANGUAGE sql VOLATILE PARALLEL SAFE
    RETURN json_build_object(
        'id', e.id, 'user', json_user(e.org_id, e.user_id), 'state', enrolment_state(e),
        'created_by', json_user(e.org_id, e.created_by), 'created_at', json_time(e.created_at),
        'expires_at', json_time(e.expires_at), 'used_at', json_time(e.used_at),
        'revoked_at', json_time(e.revoked_at),
        'device', (SELECT json_build_object('id', d.id, 'name', d.name) FROM device d
                   WHERE d.org_id = e.org_id AND d.id = e.device_id));
