-- The customer's page: links that need no log-in, what customers answer, and which PDFs were given out.

-- The token of a link is kept nowhere: it follows from the server's secret and the link's id, and the
-- link is found by the token's digest.
CREATE TABLE customer_link (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    visit_id       uuid,            -- shows this visit,
    work_order_id  uuid,            -- or this work order with its visits
    token_sha256   bytea NOT NULL,
    created_by     uuid NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    expires_at     timestamptz NOT NULL,
    revoked_by     uuid,
    revoked_at     timestamptz,
    views          integer NOT NULL DEFAULT 0,
    last_viewed_at timestamptz,
    content_sha256 bytea NOT NULL,
    PRIMARY KEY (org_id, id),
    CHECK ((visit_id IS NULL) <> (work_order_id IS NULL)),
    CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
);
CREATE UNIQUE INDEX customer_link_token ON customer_link (org_id, token_sha256);
CREATE INDEX customer_link_visit ON customer_link (org_id, visit_id, created_at DESC, id)
    WHERE visit_id IS NOT NULL;
CREATE INDEX customer_link_work_order ON customer_link (org_id, work_order_id, created_at DESC, id)
    WHERE work_order_id IS NOT NULL;
CREATE INDEX customer_link_created_by ON customer_link (org_id, created_by);
CREATE INDEX customer_link_revoked_by ON customer_link (org_id, revoked_by) WHERE revoked_by IS NOT NULL;

-- What a customer said. Only ever added to: of several decisions the latest counts, the others stay.
CREATE TABLE customer_response (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    link_id        uuid NOT NULL,
    visit_id       uuid,            -- null: of a work order that has no visit yet
    work_order_id  uuid,            -- the link's
    kind           text NOT NULL CHECK (kind IN ('rating', 'complaint', 'decision')),
    stars          integer CHECK (stars BETWEEN 1 AND 5),
    decision       text CHECK (decision IN ('confirmed', 'disputed')),
    words          text,            -- the comment, the complaint or the reason
    received_at    timestamptz NOT NULL,
    content_sha256 bytea NOT NULL,
    PRIMARY KEY (org_id, id),
    CHECK ((kind = 'rating') = (stars IS NOT NULL)),
    CHECK ((kind = 'decision') = (decision IS NOT NULL))
);
CREATE INDEX customer_response_received ON customer_response (org_id, received_at DESC, id);
CREATE INDEX customer_response_kind ON customer_response (org_id, kind, received_at DESC, id);
CREATE INDEX customer_response_link ON customer_response (org_id, link_id, received_at);
CREATE INDEX customer_response_visit ON customer_response (org_id, visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX customer_response_work_order ON customer_response (org_id, work_order_id)
    WHERE work_order_id IS NOT NULL;

-- Every PDF that was ever given out, by its digest: while photos are still on their way a sheet's PDF
-- may be given out in more than one form, and each of them is genuine.
CREATE TABLE issued_document (
    org_id          uuid NOT NULL,
    visit_id        uuid NOT NULL,
    sheet_version   integer NOT NULL,
    sha256          bytea NOT NULL,
    first_issued_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, visit_id, sheet_version, sha256)
);

-- Requests of a window, by link and by address. Like log_in_throttle it is read before an organisation is
-- known and holds nothing but digests. Unlogged: what a crash forgets is a minute's count.
CREATE UNLOGGED TABLE shared_throttle (
    subject_sha256 bytea PRIMARY KEY,
    requests       integer NOT NULL,
    window_ends_at timestamptz NOT NULL
);
CREATE INDEX shared_throttle_window ON shared_throttle (window_ends_at);

ALTER TABLE customer_link
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, work_order_id) REFERENCES work_order ON DELETE CASCADE,
    ADD FOREIGN KEY (org_id, created_by) REFERENCES app_user,
    ADD FOREIGN KEY (org_id, revoked_by) REFERENCES app_user;
ALTER TABLE customer_response
    ADD FOREIGN KEY (org_id, link_id) REFERENCES customer_link,
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, work_order_id) REFERENCES work_order;
ALTER TABLE issued_document
    ADD FOREIGN KEY (org_id, visit_id, sheet_version) REFERENCES visit_sheet (org_id, visit_id, version);

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['customer_link', 'customer_response', 'issued_document'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY own_organisation ON %I
                        USING (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)',
                       table_name);
    END LOOP;
END
$$;
GRANT SELECT, INSERT ON customer_link TO fieldproof;
GRANT UPDATE (revoked_by, revoked_at, views, last_viewed_at) ON customer_link TO fieldproof;
GRANT SELECT, INSERT ON customer_response, issued_document TO fieldproof;
GRANT SELECT, INSERT, UPDATE, DELETE ON shared_throttle TO fieldproof;

-- A link for the people of the organisation; its address is the server's to add.
CREATE FUNCTION customer_link_json(l customer_link) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', l.id, 'visit_id', l.visit_id, 'work_order_id', l.work_order_id,
        'state', CASE WHEN l.revoked_at IS NOT NULL THEN 'revoked'
                      WHEN l.expires_at <= now() THEN 'expired' ELSE 'active' END,
        'created_by', json_user(l.org_id, l.created_by), 'created_at', json_time(l.created_at),
        'expires_at', json_time(l.expires_at), 'revoked_by', json_user(l.org_id, l.revoked_by),
        'revoked_at', json_time(l.revoked_at), 'views', l.views,
        'last_viewed_at', json_time(l.last_viewed_at));

-- The visits that a link shows: its own, or those of its work order, as far as they were at the same
-- customer's.
CREATE FUNCTION shared_visits(of_org_id uuid, of_visit_id uuid, of_work_order_id uuid)
    RETURNS SETOF visit LANGUAGE sql STABLE
AS $$
    SELECT v.* FROM visit v WHERE v.org_id = of_org_id AND v.id = of_visit_id
    UNION ALL
    SELECT v.*
    FROM visit_work_order j
    JOIN work_order w ON w.org_id = j.org_id AND w.id = j.work_order_id
    JOIN visit v ON v.org_id = j.org_id AND v.id = j.visit_id
    JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id AND s.customer_id = w.customer_id
    WHERE j.org_id = of_org_id AND j.work_order_id = of_work_order_id
$$;

-- The work orders that a link shows: its own, or those its visit was for, of the site's customer.
CREATE FUNCTION shared_work_orders(of_org_id uuid, of_visit_id uuid, of_work_order_id uuid)
    RETURNS SETOF work_order LANGUAGE sql STABLE
AS $$
    SELECT w.* FROM work_order w WHERE w.org_id = of_org_id AND w.id = of_work_order_id
    UNION ALL
    SELECT w.*
    FROM visit_work_order j
    JOIN visit v ON v.org_id = j.org_id AND v.id = j.visit_id
    JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
    JOIN work_order w ON w.org_id = j.org_id AND w.id = j.work_order_id
                     AND w.customer_id = s.customer_id
    WHERE j.org_id = of_org_id AND j.visit_id = of_visit_id
$$;

-- The photos of a visit that its customer may see by the organisation's rule. Never one that was sent back,
-- and through a work order's link none that was taken for another work order.
CREATE FUNCTION shared_photos(of_org_id uuid, of_visit_id uuid, of_work_order_id uuid, rule text)
    RETURNS SETOF photo LANGUAGE sql STABLE
AS $$
    SELECT p.*
    FROM photo p
    JOIN visit v ON v.org_id = p.org_id AND v.id = p.visit_id
    WHERE p.org_id = of_org_id AND p.visit_id = of_visit_id AND p.state = 'stored'
      AND (of_work_order_id IS NULL OR p.work_order_id IS NULL OR p.work_order_id = of_work_order_id)
      AND (p.review_decision IS NULL OR p.review_decision = 'approve')
      AND CASE rule
          WHEN 'all' THEN true
          WHEN 'approved' THEN p.review_decision = 'approve' OR v.review_decision = 'approve'
          WHEN 'signed' THEN p.id::text IN (
              SELECT entry ->> 'id'
              FROM visit_sheet sheet
              CROSS JOIN LATERAL jsonb_array_elements(sheet.document::jsonb -> 'photos') AS entry
              WHERE sheet.org_id = of_org_id AND sheet.visit_id = of_visit_id
                AND sheet.state = 'signed')
          ELSE false END
$$;

-- What a customer calls a technician: the first name, and of a Chinese name the family name with 师傅.
CREATE FUNCTION customer_name_of(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN name ~ '^[\u4e00-\u9fff]{3,4}$'
                 AND left(name, 2) IN ('欧阳', '上官', '司马', '诸葛', '司徒', '夏侯', '东方', '皇甫', '尉迟',
                                       '公孙', '慕容', '令狐', '端木', '南宫', '长孙', '宇文', '轩辕')
                THEN left(name, 2) || '师傅'
                WHEN name ~ '^[\u4e00-\u9fff]{2,4}$' THEN left(name, 1) || '师傅'
                ELSE split_part(btrim(name), ' ', 1) END;

CREATE FUNCTION shared_response_json(r customer_response) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', r.id, 'kind', r.kind, 'visit_id', r.visit_id, 'stars', r.stars, 'decision', r.decision,
        'text', r.words, 'received_at', json_time(r.received_at));

CREATE FUNCTION customer_response_json(r customer_response) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT json_build_object(
            'id', r.id, 'kind', r.kind, 'link_id', r.link_id, 'visit_id', r.visit_id,
            'work_order_id', r.work_order_id, 'stars', r.stars, 'decision', r.decision,
            'text', r.words, 'received_at', json_time(r.received_at),
            'site', json_build_object('id', s.id, 'name', s.name),
            'customer', json_build_object('id', c.id, 'name', c.name))
        FROM site s
        JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
        WHERE s.org_id = r.org_id
          AND s.id = coalesce((SELECT v.site_id FROM visit v
                               WHERE v.org_id = r.org_id AND v.id = r.visit_id),
                              (SELECT w.site_id FROM work_order w
                               WHERE w.org_id = r.org_id AND w.id = r.work_order_id)));

-- The newest signed sheet as its customer reads it: what was signed, by whom and when.
CREATE FUNCTION shared_sheet_json(of_org_id uuid, of_visit_id uuid) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (
        SELECT json_build_object(
            'version', sheet.version, 'document', sheet.document,
            'document_sha256', encode(sheet.document_sha256, 'hex'),
            'signer_name', signature.signer_name, 'signer_role', signature.signer_role,
            'method', signature.method, 'signed_at', json_time(signature.signed_at))
        FROM visit_sheet sheet
        JOIN signature ON signature.org_id = sheet.org_id AND signature.visit_id = sheet.visit_id
                      AND signature.sheet_version = sheet.version
        WHERE sheet.org_id = of_org_id AND sheet.visit_id = of_visit_id AND sheet.state = 'signed'
        ORDER BY sheet.version DESC LIMIT 1);

CREATE FUNCTION shared_visit_json(v visit, link_work_order_id uuid, rule text) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', v.id, 'arrived_at', json_time(v.arrived_at), 'departed_at', json_time(v.departed_at),
        'technician', (SELECT customer_name_of(u.name) FROM app_user u
                       WHERE u.org_id = v.org_id AND u.id = v.technician_id),
        'sheet', shared_sheet_json(v.org_id, v.id),
        'photos', coalesce((
            SELECT json_agg(json_build_object(
                       'id', p.id, 'role', p.role, 'caption', p.caption,
                       'captured_at', json_time(p.captured_at),
                       'medium', json_size(p.medium_width_px, p.medium_height_px),
                       'small', json_size(p.small_width_px, p.small_height_px))
                       ORDER BY p.captured_at, p.id)
            FROM (SELECT * FROM shared_photos(v.org_id, v.id, link_work_order_id, rule) AS shared
                  ORDER BY shared.captured_at, shared.id LIMIT 200) AS p), '[]'));

CREATE FUNCTION shared_work_order_json(w work_order) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'number', w.number, 'title', w.title, 'state', w.state,
        'window_starts_at', json_time(w.window_starts_at),
        'window_ends_at', json_time(w.window_ends_at),
        'technicians', coalesce((
            SELECT json_agg(customer_name_of(u.name) ORDER BY u.name, u.id)
            FROM work_order_assignee a JOIN app_user u ON u.org_id = a.org_id AND u.id = a.user_id
            WHERE a.org_id = w.org_id AND a.work_order_id = w.id), '[]'));
