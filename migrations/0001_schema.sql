-- The whole schema of the main job.
--
-- Every row belongs to one organisation: org_id stands first in every primary and foreign key, so
-- that the tables can be distributed by it. Tables come first, foreign keys after them (at the end):
-- a distributed PostgreSQL wants its tables distributed before they refer to each other.
--
-- Columns that hold the phone's clock end in captured_at, sent_at or fix_at; received_at and the
-- other *_at columns hold ours.

CREATE TABLE organisation (
    org_id         uuid PRIMARY KEY,
    slug           text NOT NULL,
    name           text NOT NULL,
    language       text NOT NULL CHECK (language IN ('en', 'zh')),
    time_zone      text NOT NULL,
    policy         jsonb NOT NULL DEFAULT '{}',
    version        integer NOT NULL DEFAULT 1,
    content_sha256 bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now()
);

-- The only tables without row-level security: what must be read before an organisation is known.
-- They hold nothing but a public name, and digests.
CREATE TABLE organisation_directory (
    slug   text PRIMARY KEY,
    org_id uuid NOT NULL UNIQUE
);

CREATE TABLE log_in_throttle (
    subject_sha256 bytea PRIMARY KEY,
    failures       integer NOT NULL,
    window_ends_at timestamptz NOT NULL
);

CREATE TABLE app_user (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    log_in         text NOT NULL,
    name           text NOT NULL,
    role           text NOT NULL CHECK (role IN ('technician', 'dispatcher', 'manager', 'administrator')),
    language       text NOT NULL CHECK (language IN ('en', 'zh')),
    phone          text,
    password_hash  text NOT NULL,
    disabled_at    timestamptz,
    version        integer NOT NULL DEFAULT 1,
    content_sha256 bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX app_user_log_in ON app_user (org_id, lower(log_in));

-- One log-in on one device. Its refresh tokens rotate; a used one that comes back ends the session.
CREATE TABLE session (
    org_id       uuid NOT NULL,
    id           uuid NOT NULL,
    user_id      uuid NOT NULL,
    device_name  text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    ended_reason text CHECK (ended_reason IN ('log_out', 'refresh_token_reused', 'password_changed', 'user_disabled')),
    PRIMARY KEY (org_id, id)
);
CREATE INDEX session_of_user ON session (org_id, user_id);

CREATE TABLE refresh_token (
    org_id       uuid NOT NULL,
    token_sha256 bytea NOT NULL,
    session_id   uuid NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    used_at      timestamptz,
    PRIMARY KEY (org_id, token_sha256)
);
CREATE INDEX refresh_token_session ON refresh_token (org_id, session_id);

CREATE TABLE customer (
    org_id             uuid NOT NULL,
    id                 uuid NOT NULL,
    name               text NOT NULL,
    code               text,
    tier               text NOT NULL CHECK (tier IN ('standard', 'silver', 'gold', 'platinum')),
    service_manager_id uuid,
    language           text NOT NULL CHECK (language IN ('en', 'zh')),
    note               text,
    version            integer NOT NULL DEFAULT 1,
    content_sha256     bytea NOT NULL,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX customer_code ON customer (org_id, code) WHERE code IS NOT NULL;
CREATE INDEX customer_name ON customer (org_id, name, id);
CREATE INDEX customer_service_manager ON customer (org_id, service_manager_id);

CREATE TABLE contact (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    customer_id    uuid NOT NULL,
    name           text NOT NULL,
    title          text,
    phone          text,
    email          text,
    version        integer NOT NULL DEFAULT 1,
    content_sha256 bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE INDEX contact_customer ON contact (org_id, customer_id, name, id);

-- A site keeps its geometry as it was given, in its own datum, and as WGS-84, which every rule uses.
CREATE TABLE site (
    org_id            uuid NOT NULL,
    id                uuid NOT NULL,
    customer_id       uuid NOT NULL,
    name              text NOT NULL,
    code              text,
    address           text,
    time_zone         text NOT NULL,
    datum             text NOT NULL CHECK (datum IN ('wgs84', 'gcj02', 'bd09')),
    position_given    jsonb NOT NULL,            -- {latitude, longitude} in `datum`
    radius_m          double precision,          -- circle around the position; null with a polygon
    polygon_given     jsonb,                     -- GeoJSON Polygon in `datum`
    latitude_deg      double precision NOT NULL, -- WGS-84
    longitude_deg     double precision NOT NULL,
    polygon           jsonb,                     -- GeoJSON Polygon, WGS-84
    entry_accuracy_m  double precision,          -- a fix less accurate than this is a finding; null: the policy's
    minimum_minutes   integer,                   -- shortest plausible time on site; null: the policy's
    note              text,
    version           integer NOT NULL DEFAULT 1,
    content_sha256    bytea NOT NULL,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CHECK ((radius_m IS NULL) <> (polygon IS NULL))
);
CREATE UNIQUE INDEX site_code ON site (org_id, code) WHERE code IS NOT NULL;
CREATE INDEX site_customer ON site (org_id, customer_id, name, id);
CREATE INDEX site_name ON site (org_id, name, id);

CREATE TABLE asset (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    site_id        uuid NOT NULL,
    name           text NOT NULL,
    model          text,
    serial         text,
    barcode        text,
    note           text,
    version        integer NOT NULL DEFAULT 1,
    content_sha256 bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX asset_barcode ON asset (org_id, barcode) WHERE barcode IS NOT NULL;
CREATE INDEX asset_serial ON asset (org_id, serial) WHERE serial IS NOT NULL;
CREATE INDEX asset_site ON asset (org_id, site_id, name, id);

CREATE TABLE work_order (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    number         text NOT NULL,
    customer_id    uuid NOT NULL,
    site_id        uuid NOT NULL,
    title          text NOT NULL,
    description    text,
    priority       text NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    state          text NOT NULL CHECK (state IN ('new', 'assigned', 'accepted', 'on_site', 'done',
                                                  'partly_done', 'unresolved', 'closed', 'cancelled')),
    window_starts_at timestamptz,
    window_ends_at   timestamptz,
    due_at         timestamptz,
    created_by     uuid NOT NULL,
    version        integer NOT NULL DEFAULT 1,
    content_sha256 bytea NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CHECK (window_ends_at >= window_starts_at)
);
CREATE UNIQUE INDEX work_order_number ON work_order (org_id, number);
CREATE INDEX work_order_created ON work_order (org_id, created_at DESC, id);
CREATE INDEX work_order_customer ON work_order (org_id, customer_id, created_at DESC, id);
CREATE INDEX work_order_created_by ON work_order (org_id, created_by);
CREATE INDEX work_order_site ON work_order (org_id, site_id, created_at DESC, id);
CREATE INDEX work_order_state ON work_order (org_id, state, created_at DESC, id);

CREATE TABLE work_order_assignee (
    org_id        uuid NOT NULL,
    work_order_id uuid NOT NULL,
    user_id       uuid NOT NULL,
    assigned_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, work_order_id, user_id)
);
CREATE INDEX work_order_assignee_user ON work_order_assignee (org_id, user_id, work_order_id);

-- What evidence a work order asks for.
CREATE TABLE checklist_item (
    org_id        uuid NOT NULL,
    id            uuid NOT NULL,
    work_order_id uuid NOT NULL,
    position      integer NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('photo', 'scan')),
    label         text NOT NULL,
    photo_role    text,     -- kind photo: the role a photo must have
    asset_id      uuid,     -- kind scan: the asset that must be scanned; null: any asset of the site
    required      boolean NOT NULL DEFAULT true,
    PRIMARY KEY (org_id, id)
);
CREATE INDEX checklist_item_work_order ON checklist_item (org_id, work_order_id, position);
CREATE INDEX checklist_item_asset ON checklist_item (org_id, asset_id) WHERE asset_id IS NOT NULL;

CREATE TABLE work_order_event (
    org_id        uuid NOT NULL,
    id            uuid NOT NULL DEFAULT gen_random_uuid(),
    work_order_id uuid NOT NULL,
    happened_at   timestamptz NOT NULL DEFAULT clock_timestamp(), -- two in one transaction keep their order
    actor_id      uuid,     -- null: the server itself, on account of a check-in
    kind          text NOT NULL CHECK (kind IN ('created', 'changed', 'assigned', 'state_changed')),
    from_state    text,
    to_state      text,
    changes       jsonb,    -- {field: {from, to}}
    reason        text,
    PRIMARY KEY (org_id, id)
);
CREATE INDEX work_order_event_work_order ON work_order_event (org_id, work_order_id, happened_at, id);
CREATE INDEX work_order_event_actor ON work_order_event (org_id, actor_id);

-- One attendance at a site. Made by the first check-in that names it, in whatever order they come.
CREATE TABLE visit (
    org_id        uuid NOT NULL,
    id            uuid NOT NULL,
    site_id       uuid NOT NULL,
    technician_id uuid NOT NULL,
    arrived_at    timestamptz,   -- captured_at of the arrival check-in
    departed_at   timestamptz,   -- captured_at of the departure check-in
    first_seen_at timestamptz NOT NULL, -- earliest captured_at of any check-in
    verdict       text NOT NULL CHECK (verdict IN ('accepted', 'needs_review', 'rejected')),
    findings      jsonb NOT NULL DEFAULT '[]',
    finding_codes text[] NOT NULL DEFAULT '{}',
    review_decision text CHECK (review_decision IN ('approve', 'reject', 'retake')),
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE INDEX visit_first_seen ON visit (org_id, first_seen_at DESC, id);
CREATE INDEX visit_site ON visit (org_id, site_id, first_seen_at DESC, id);
CREATE INDEX visit_technician ON visit (org_id, technician_id, first_seen_at DESC, id);

CREATE TABLE visit_work_order (
    org_id        uuid NOT NULL,
    visit_id      uuid NOT NULL,
    work_order_id uuid NOT NULL,
    PRIMARY KEY (org_id, visit_id, work_order_id)
);
CREATE INDEX visit_work_order_work_order ON visit_work_order (org_id, work_order_id);

CREATE TABLE check_in (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    visit_id       uuid NOT NULL,
    site_id        uuid NOT NULL,
    user_id        uuid NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('arrival', 'progress', 'departure')),
    captured_at    timestamptz NOT NULL,
    sent_at        timestamptz NOT NULL,
    received_at    timestamptz NOT NULL,
    fix            jsonb,                 -- exactly as sent, in its own datum; null: no fix could be had
    latitude_deg   double precision,      -- WGS-84
    longitude_deg  double precision,
    accuracy_m     double precision,
    fence_distance_m double precision,    -- negative inside
    geofence       text CHECK (geofence IN ('inside', 'outside', 'uncertain')),
    device         jsonb NOT NULL DEFAULT '{}',
    note           text,
    work_order_ids jsonb NOT NULL DEFAULT '[]', -- as sent; visit_work_order is what joins
    verdict        text NOT NULL CHECK (verdict IN ('accepted', 'needs_review', 'rejected')),
    findings       jsonb NOT NULL DEFAULT '[]', -- [{code, severity, numbers, sentence: {en, zh}}]
    finding_codes  text[] NOT NULL DEFAULT '{}',
    content_sha256 bytea NOT NULL,
    PRIMARY KEY (org_id, id)
);
CREATE INDEX check_in_visit ON check_in (org_id, visit_id, captured_at);
CREATE INDEX check_in_site ON check_in (org_id, site_id);
-- The fix before this one.
CREATE INDEX check_in_user ON check_in (org_id, user_id, captured_at DESC)
    WHERE latitude_deg IS NOT NULL;
-- "The very same coordinates again" must not cost more as the history grows.
CREATE INDEX check_in_coordinates ON check_in (org_id, user_id, latitude_deg, longitude_deg);
CREATE INDEX check_in_captured ON check_in (org_id, captured_at DESC, id);

CREATE TABLE scan (
    org_id        uuid NOT NULL,
    id            uuid NOT NULL,
    check_in_id   uuid NOT NULL,
    visit_id      uuid NOT NULL,
    captured_at   timestamptz NOT NULL,
    symbology     text NOT NULL,
    value         text NOT NULL,
    entered       text NOT NULL CHECK (entered IN ('camera', 'typed')),
    asset_id      uuid,
    verdict       text NOT NULL CHECK (verdict IN ('accepted', 'needs_review', 'rejected')),
    findings      jsonb NOT NULL DEFAULT '[]',
    finding_codes text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (org_id, id)
);
CREATE INDEX scan_visit ON scan (org_id, visit_id, captured_at);
CREATE INDEX scan_check_in ON scan (org_id, check_in_id);
CREATE INDEX scan_asset ON scan (org_id, asset_id) WHERE asset_id IS NOT NULL;

-- A photo is declared by its check-in and stored when its bytes are durable; then it never changes.
-- Only its verdict may: a later review stands beside it in `review`.
CREATE TABLE photo (
    org_id        uuid NOT NULL,
    id            uuid NOT NULL,
    check_in_id   uuid NOT NULL,
    visit_id      uuid NOT NULL,
    site_id       uuid NOT NULL,
    user_id       uuid NOT NULL,
    role          text NOT NULL CHECK (role IN ('before', 'after', 'nameplate', 'part', 'damage', 'meter', 'overview', 'other')),
    work_order_id uuid,
    retake_of     uuid,
    caption       text,
    captured_at   timestamptz NOT NULL,
    declared_sha256 bytea,                 -- what the phone said it would send, if it did
    state         text NOT NULL CHECK (state IN ('awaited', 'stored')),
    stored_at     timestamptz,
    sha256        bytea,
    bytes         bigint,
    width_px      integer,                 -- as stored in the file; upright sizes follow orientation
    height_px     integer,
    orientation   integer,
    small_sha256  bytea,
    small_width_px integer,
    small_height_px integer,
    medium_sha256 bytea,
    medium_width_px integer,
    medium_height_px integer,
    exif          jsonb,
    verdict       text CHECK (verdict IN ('accepted', 'needs_review', 'rejected')),
    findings      jsonb NOT NULL DEFAULT '[]',
    finding_codes text[] NOT NULL DEFAULT '{}',
    review_decision text CHECK (review_decision IN ('approve', 'reject', 'retake')),
    PRIMARY KEY (org_id, id),
    CHECK ((state = 'stored') = (sha256 IS NOT NULL AND bytes IS NOT NULL AND stored_at IS NOT NULL
                                 AND small_sha256 IS NOT NULL AND medium_sha256 IS NOT NULL
                                 AND verdict IS NOT NULL))
);
CREATE INDEX photo_sha256 ON photo (org_id, sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX photo_check_in ON photo (org_id, check_in_id);
CREATE INDEX photo_visit ON photo (org_id, visit_id, captured_at);
CREATE INDEX photo_captured ON photo (org_id, captured_at DESC, id);
CREATE INDEX photo_site ON photo (org_id, site_id, captured_at DESC, id);
CREATE INDEX photo_user ON photo (org_id, user_id, captured_at DESC, id);
CREATE INDEX photo_verdict ON photo (org_id, verdict, captured_at DESC, id) WHERE verdict <> 'accepted';
CREATE INDEX photo_work_order ON photo (org_id, work_order_id) WHERE work_order_id IS NOT NULL;
CREATE INDEX photo_retake_of ON photo (org_id, retake_of) WHERE retake_of IS NOT NULL;

-- A visit sheet: drafts are replaced, signed versions never change.
CREATE TABLE visit_sheet (
    org_id            uuid NOT NULL,
    visit_id          uuid NOT NULL,
    version           integer NOT NULL,
    state             text NOT NULL CHECK (state IN ('draft', 'signed')),
    content           jsonb NOT NULL,        -- what the technician wrote: three blocks and parts
    evidence_until    timestamptz,           -- evidence captured later is not part of the sheet; null: all is
    corrects_version  integer,
    correction_reason text,
    document          text,                  -- signed: the canonical JSON that was displayed
    document_sha256   bytea,
    pdf_sha256        bytea,
    written_by        uuid NOT NULL,
    written_at        timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, visit_id, version),
    CHECK ((state = 'signed') = (document IS NOT NULL AND document_sha256 IS NOT NULL))
);
CREATE INDEX visit_sheet_written_by ON visit_sheet (org_id, written_by);

CREATE TABLE signature (
    org_id          uuid NOT NULL,
    id              uuid NOT NULL,
    visit_id        uuid NOT NULL,
    sheet_version   integer NOT NULL,
    signer_name     text NOT NULL,
    signer_role     text NOT NULL,
    signed_at       timestamptz NOT NULL,
    received_at     timestamptz NOT NULL,
    fix             jsonb,
    strokes         jsonb NOT NULL,
    document_sha256 bytea NOT NULL,
    collected_by    uuid NOT NULL,
    content_sha256  bytea NOT NULL,
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX signature_sheet ON signature (org_id, visit_id, sheet_version);
CREATE INDEX signature_collected_by ON signature (org_id, collected_by);

CREATE TABLE review (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    visit_id       uuid NOT NULL,
    photo_id       uuid,      -- null: the review is of the whole visit
    decision       text NOT NULL CHECK (decision IN ('approve', 'reject', 'retake')),
    reason         text,
    reviewer_id    uuid NOT NULL,
    decided_at     timestamptz NOT NULL,
    content_sha256 bytea NOT NULL,
    PRIMARY KEY (org_id, id)
);
CREATE INDEX review_visit ON review (org_id, visit_id, decided_at);
CREATE INDEX review_reviewer ON review (org_id, reviewer_id);
CREATE INDEX review_photo ON review (org_id, photo_id, decided_at) WHERE photo_id IS NOT NULL;

-- Work that a retake review puts on the technician's list. Its id is the review's.
CREATE TABLE retake (
    org_id            uuid NOT NULL,
    id                uuid NOT NULL,
    visit_id          uuid NOT NULL,
    photo_id          uuid NOT NULL,
    technician_id     uuid NOT NULL,
    reason            text NOT NULL,
    requested_by      uuid NOT NULL,
    requested_at      timestamptz NOT NULL,
    answered_by_photo_id uuid,
    answered_at       timestamptz,
    PRIMARY KEY (org_id, id)
);
CREATE INDEX retake_technician ON retake (org_id, technician_id, requested_at, id);
CREATE INDEX retake_requested_by ON retake (org_id, requested_by);
CREATE INDEX retake_photo ON retake (org_id, photo_id);

-- Who looked at which evidence.
CREATE TABLE evidence_view (
    org_id    uuid NOT NULL,
    id        uuid NOT NULL DEFAULT gen_random_uuid(),
    user_id   uuid NOT NULL,
    visit_id  uuid NOT NULL,
    photo_id  uuid,          -- null: the visit as a whole
    viewed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);
CREATE INDEX evidence_view_visit ON evidence_view (org_id, visit_id, viewed_at);
CREATE INDEX evidence_view_user ON evidence_view (org_id, user_id);

-- What is a part of something goes with it; everything else that refers to a row keeps it there.
ALTER TABLE organisation_directory ADD FOREIGN KEY (org_id) REFERENCES organisation;
ALTER TABLE app_user ADD FOREIGN KEY (org_id) REFERENCES organisation;
ALTER TABLE session ADD FOREIGN KEY (org_id, user_id) REFERENCES app_user ON DELETE CASCADE;
ALTER TABLE refresh_token ADD FOREIGN KEY (org_id, session_id) REFERENCES session ON DELETE CASCADE;
ALTER TABLE customer
    ADD FOREIGN KEY (org_id) REFERENCES organisation,
    ADD FOREIGN KEY (org_id, service_manager_id) REFERENCES app_user;
ALTER TABLE contact ADD FOREIGN KEY (org_id, customer_id) REFERENCES customer;
ALTER TABLE site ADD FOREIGN KEY (org_id, customer_id) REFERENCES customer;
ALTER TABLE asset ADD FOREIGN KEY (org_id, site_id) REFERENCES site;
ALTER TABLE work_order
    ADD FOREIGN KEY (org_id, customer_id) REFERENCES customer,
    ADD FOREIGN KEY (org_id, site_id) REFERENCES site,
    ADD FOREIGN KEY (org_id, created_by) REFERENCES app_user;
ALTER TABLE work_order_assignee
    ADD FOREIGN KEY (org_id, work_order_id) REFERENCES work_order ON DELETE CASCADE,
    ADD FOREIGN KEY (org_id, user_id) REFERENCES app_user;
ALTER TABLE checklist_item
    ADD FOREIGN KEY (org_id, work_order_id) REFERENCES work_order ON DELETE CASCADE,
    ADD FOREIGN KEY (org_id, asset_id) REFERENCES asset;
ALTER TABLE work_order_event
    ADD FOREIGN KEY (org_id, work_order_id) REFERENCES work_order ON DELETE CASCADE,
    ADD FOREIGN KEY (org_id, actor_id) REFERENCES app_user;
ALTER TABLE visit
    ADD FOREIGN KEY (org_id, site_id) REFERENCES site,
    ADD FOREIGN KEY (org_id, technician_id) REFERENCES app_user;
ALTER TABLE visit_work_order
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, work_order_id) REFERENCES work_order;
ALTER TABLE check_in
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, site_id) REFERENCES site,
    ADD FOREIGN KEY (org_id, user_id) REFERENCES app_user;
ALTER TABLE scan
    ADD FOREIGN KEY (org_id, check_in_id) REFERENCES check_in,
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, asset_id) REFERENCES asset;
ALTER TABLE photo
    ADD FOREIGN KEY (org_id, check_in_id) REFERENCES check_in,
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, site_id) REFERENCES site,
    ADD FOREIGN KEY (org_id, user_id) REFERENCES app_user,
    ADD FOREIGN KEY (org_id, work_order_id) REFERENCES work_order,
    ADD FOREIGN KEY (org_id, retake_of) REFERENCES photo;
ALTER TABLE visit_sheet
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, written_by) REFERENCES app_user;
ALTER TABLE signature
    ADD FOREIGN KEY (org_id, visit_id, sheet_version) REFERENCES visit_sheet (org_id, visit_id, version),
    ADD FOREIGN KEY (org_id, collected_by) REFERENCES app_user;
ALTER TABLE review
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, photo_id) REFERENCES photo,
    ADD FOREIGN KEY (org_id, reviewer_id) REFERENCES app_user;
ALTER TABLE retake
    ADD FOREIGN KEY (org_id, id) REFERENCES review (org_id, id),
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, photo_id) REFERENCES photo,
    ADD FOREIGN KEY (org_id, answered_by_photo_id) REFERENCES photo (org_id, id),
    ADD FOREIGN KEY (org_id, technician_id) REFERENCES app_user,
    ADD FOREIGN KEY (org_id, requested_by) REFERENCES app_user;
ALTER TABLE evidence_view
    ADD FOREIGN KEY (org_id, user_id) REFERENCES app_user,
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, photo_id) REFERENCES photo;

-- Evidence stays as it was given, whoever asks. The constraint's name tells the server which refusal
-- this is.
CREATE FUNCTION refuse_photo_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    judged constant text[] := '{verdict, findings, finding_codes, review_decision}';
    stored constant text[] := '{state, stored_at, sha256, bytes, width_px, height_px, orientation,
        small_sha256, small_width_px, small_height_px, medium_sha256, medium_width_px,
        medium_height_px, exif}';
    may_change text[] := judged;
BEGIN
    IF OLD.state = 'awaited' THEN
        may_change := judged || stored;
    END IF;
    IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
        RAISE EXCEPTION 'a photo never changes'
            USING ERRCODE = 'check_violation', TABLE = 'photo', CONSTRAINT = 'photo_stored_is_final';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER photo_stored_is_final BEFORE UPDATE ON photo
    FOR EACH ROW EXECUTE FUNCTION refuse_photo_change();

CREATE FUNCTION refuse_signed_sheet_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.pdf_sha256 IS NULL
        AND to_jsonb(NEW) - 'pdf_sha256' = to_jsonb(OLD) - 'pdf_sha256' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a signed sheet never changes'
        USING ERRCODE = 'check_violation', TABLE = 'visit_sheet',
              CONSTRAINT = 'visit_sheet_signed_is_final';
END
$$;
CREATE TRIGGER visit_sheet_signed_is_final BEFORE UPDATE OR DELETE ON visit_sheet
    FOR EACH ROW WHEN (OLD.state = 'signed') EXECUTE FUNCTION refuse_signed_sheet_change();

-- Row-level security, also for the owner: a forgotten WHERE shows nothing.
DO $$
DECLARE
    table_name text;
BEGIN
    FOR table_name IN
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
          AND a.attname = 'org_id' AND c.relname <> 'organisation_directory'
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY own_organisation ON %I
                        USING (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)',
                       table_name);
    END LOOP;
END
$$;

-- The server may not alter or drop anything, and may not delete or rewrite evidence.
GRANT USAGE ON SCHEMA public TO fieldproof;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO fieldproof;
REVOKE DELETE ON organisation, organisation_directory, check_in, scan, photo, visit, signature,
    review, retake, evidence_view, work_order_event FROM fieldproof;
REVOKE UPDATE ON check_in, scan, signature, review, evidence_view, work_order_event,
    organisation_directory FROM fieldproof;
REVOKE INSERT, UPDATE, DELETE ON schema_migration FROM fieldproof;
