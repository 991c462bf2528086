-- Visits as a manager works with them: lists narrowed by what became of the sheet and what the customer said,
-- who deals with customers' answers, phone calls after a visit, when a link was opened, and tickets by which a
-- browser fetches a pack.

-- A visit's standing, kept in its row so that lists find it by an index. Triggers below keep it.
ALTER TABLE visit
    ADD COLUMN sheet_version integer,      -- the latest; null: no sheet was written
    ADD COLUMN signed_version integer,     -- the latest signed
    ADD COLUMN rating_score smallint,      -- the customer's latest, at the signature or by a link
    ADD COLUMN customer_decision text CHECK (customer_decision IN ('confirmed', 'disputed')), -- the latest
    ADD COLUMN complaints integer;         -- how many; null: none

CREATE FUNCTION note_sheet_on_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE visit
    SET sheet_version = greatest(sheet_version, NEW.version),
        signed_version = CASE WHEN NEW.state = 'signed' THEN greatest(signed_version, NEW.version)
                              ELSE signed_version END
    WHERE org_id = NEW.org_id AND id = NEW.visit_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER visit_sheet_begun AFTER INSERT ON visit_sheet
    FOR EACH ROW EXECUTE FUNCTION note_sheet_on_visit();
CREATE TRIGGER visit_sheet_signed AFTER UPDATE ON visit_sheet
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION note_sheet_on_visit();

-- What a customer said when signing stands among what customers say through links: nobody must look in two
-- places for a bad rating.
DROP FUNCTION customer_response_json(customer_response), shared_response_json(customer_response);
ALTER TABLE customer_response
    ALTER COLUMN link_id DROP NOT NULL,
    ADD COLUMN signature_id uuid,
    ADD CHECK ((link_id IS NULL) <> (signature_id IS NULL)),
    -- What must not wait stands first: complaints, then disputes, then low ratings.
    ADD COLUMN urgency smallint NOT NULL GENERATED ALWAYS AS
        (CASE WHEN kind = 'complaint' THEN 3 WHEN decision = 'disputed' THEN 2 WHEN stars <= 2 THEN 1
              ELSE 0 END) STORED,
    ADD COLUMN handled_at timestamptz,
    ADD COLUMN handled_by uuid,
    ADD CHECK ((handled_at IS NULL) = (handled_by IS NULL));
CREATE INDEX customer_response_signature ON customer_response (org_id, signature_id)
    WHERE signature_id IS NOT NULL;
CREATE INDEX customer_response_urgency ON customer_response (org_id, urgency, received_at, id);
CREATE INDEX customer_response_open ON customer_response (org_id, urgency, received_at, id)
    WHERE handled_at IS NULL;
CREATE INDEX customer_response_open_received ON customer_response (org_id, received_at, id)
    WHERE handled_at IS NULL;
CREATE INDEX customer_response_handled ON customer_response (org_id, received_at, id)
    WHERE handled_at IS NOT NULL;
CREATE INDEX customer_response_concern ON customer_response (org_id, received_at, id) WHERE urgency > 0;
CREATE INDEX customer_response_handled_by ON customer_response (org_id, handled_by)
    WHERE handled_by IS NOT NULL;

CREATE FUNCTION note_response_on_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE visit
    SET rating_score = coalesce(NEW.stars, rating_score),
        customer_decision = coalesce(NEW.decision, customer_decision),
        complaints = CASE WHEN NEW.kind = 'complaint' THEN coalesce(complaints, 0) + 1 ELSE complaints END
    WHERE org_id = NEW.org_id AND id = NEW.visit_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER customer_response_noted AFTER INSERT ON customer_response
    FOR EACH ROW WHEN (NEW.visit_id IS NOT NULL) EXECUTE FUNCTION note_response_on_visit();

CREATE FUNCTION copy_rating_of_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO customer_response (org_id, id, signature_id, visit_id, kind, stars, words, received_at,
                                   content_sha256)
    VALUES (NEW.org_id, gen_random_uuid(), NEW.id, NEW.visit_id, 'rating', NEW.rating_score,
            NEW.rating_comment, NEW.received_at, NEW.content_sha256);
    RETURN NULL;
END
$$;
CREATE TRIGGER signature_rated AFTER INSERT ON signature
    FOR EACH ROW WHEN (NEW.rating_score IS NOT NULL) EXECUTE FUNCTION copy_rating_of_signature();

-- Who dealt with an answer, and what came of it. Only ever added to; the latest counts.
CREATE TABLE response_handling (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    response_id    uuid NOT NULL,
    state          text NOT NULL CHECK (state IN ('handled', 'open')),
    note           text,
    actor_id       uuid NOT NULL,
    happened_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    content_sha256 bytea NOT NULL,
    PRIMARY KEY (org_id, id)
);
CREATE INDEX response_handling_response ON response_handling (org_id, response_id, happened_at);
CREATE INDEX response_handling_actor ON response_handling (org_id, actor_id);

-- A phone call after the visit: was the customer satisfied? Only ever added to.
CREATE TABLE callback (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    visit_id       uuid NOT NULL,
    called_at      timestamptz NOT NULL,
    outcome        text NOT NULL CHECK (outcome IN ('satisfied', 'dissatisfied', 'follow_up', 'not_reached')),
    score          smallint CHECK (score BETWEEN 1 AND 5),
    spoke_with     text,
    note           text,
    called_by      uuid NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT now(),
    content_sha256 bytea NOT NULL,
    PRIMARY KEY (org_id, id),
    CHECK (outcome <> 'not_reached' OR (score IS NULL AND spoke_with IS NULL))
);
CREATE INDEX callback_visit ON callback (org_id, visit_id, called_at);
CREATE INDEX callback_called_by ON callback (org_id, called_by);

-- When a link's page was opened: the first few hundred times, numbered as `views` counts.
CREATE TABLE customer_link_opening (
    org_id    uuid NOT NULL,
    link_id   uuid NOT NULL,
    number    integer NOT NULL,
    opened_at timestamptz NOT NULL,
    PRIMARY KEY (org_id, link_id, number)
);

-- A browser's own download sends no access token: a ticket, good once and for a minute, takes its place. Its
-- secret follows from the server's secret and its id, as that of a customer's link does.
CREATE TABLE pack_ticket (
    org_id         uuid NOT NULL,
    id             uuid NOT NULL,
    visit_id       uuid NOT NULL,
    token_sha256   bytea NOT NULL,
    user_id        uuid NOT NULL,
    session_id     uuid NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    expires_at     timestamptz NOT NULL,
    used_at        timestamptz,
    content_sha256 bytea NOT NULL,
    PRIMARY KEY (org_id, id)
);
CREATE UNIQUE INDEX pack_ticket_token ON pack_ticket (org_id, token_sha256);
CREATE INDEX pack_ticket_visit ON pack_ticket (org_id, visit_id);
CREATE INDEX pack_ticket_user ON pack_ticket (org_id, user_id);
CREATE INDEX pack_ticket_session ON pack_ticket (org_id, session_id);
CREATE INDEX pack_ticket_expires ON pack_ticket (org_id, expires_at);

ALTER TABLE customer_response
    ADD FOREIGN KEY (org_id, signature_id) REFERENCES signature (org_id, id),
    ADD FOREIGN KEY (org_id, handled_by) REFERENCES app_user;
ALTER TABLE response_handling
    ADD FOREIGN KEY (org_id, response_id) REFERENCES customer_response,
    ADD FOREIGN KEY (org_id, actor_id) REFERENCES app_user;
ALTER TABLE callback
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, called_by) REFERENCES app_user;
ALTER TABLE customer_link_opening
    ADD FOREIGN KEY (org_id, link_id) REFERENCES customer_link ON DELETE CASCADE;
ALTER TABLE pack_ticket
    ADD FOREIGN KEY (org_id, visit_id) REFERENCES visit,
    ADD FOREIGN KEY (org_id, user_id) REFERENCES app_user,
    ADD FOREIGN KEY (org_id, session_id) REFERENCES session ON DELETE CASCADE;

-- What was said and signed before this migration. It is no news for anybody's desk.
DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['visit', 'visit_sheet', 'signature', 'customer_response'] LOOP
        EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', table_name);
    END LOOP;
END
$$;
UPDATE visit
SET sheet_version = sheet.latest, signed_version = sheet.latest_signed
FROM (SELECT org_id, visit_id, max(version) AS latest,
             max(version) FILTER (WHERE state = 'signed') AS latest_signed
      FROM visit_sheet GROUP BY org_id, visit_id) AS sheet
WHERE visit.org_id = sheet.org_id AND visit.id = sheet.visit_id;
INSERT INTO customer_response (org_id, id, signature_id, visit_id, kind, stars, words, received_at,
                               content_sha256)
SELECT org_id, gen_random_uuid(), id, visit_id, 'rating', rating_score, rating_comment, received_at,
       content_sha256
FROM signature WHERE rating_score IS NOT NULL;
UPDATE visit
SET rating_score = said.score, customer_decision = said.decision, complaints = nullif(said.complaints, 0)
FROM (SELECT org_id, visit_id, count(*) FILTER (WHERE kind = 'complaint') AS complaints,
             (array_agg(stars ORDER BY received_at DESC) FILTER (WHERE kind = 'rating'))[1] AS score,
             (array_agg(decision ORDER BY received_at DESC) FILTER (WHERE kind = 'decision'))[1] AS decision
      FROM customer_response WHERE visit_id IS NOT NULL GROUP BY org_id, visit_id) AS said
WHERE visit.org_id = said.org_id AND visit.id = said.visit_id;
DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['visit', 'visit_sheet', 'signature', 'customer_response'] LOOP
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', table_name);
    END LOOP;
    FOREACH table_name IN ARRAY ARRAY['response_handling', 'callback', 'customer_link_opening', 'pack_ticket'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY own_organisation ON %I
                        USING (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)',
                       table_name);
    END LOOP;
END
$$;
GRANT UPDATE (handled_at, handled_by) ON customer_response TO fieldproof;
GRANT SELECT, INSERT ON response_handling, callback, customer_link_opening TO fieldproof;
GRANT SELECT, INSERT, DELETE ON pack_ticket TO fieldproof;
GRANT UPDATE (used_at) ON pack_ticket TO fieldproof;

CREATE INDEX visit_signed ON visit (org_id, first_seen_at, id) WHERE signed_version IS NOT NULL;
CREATE INDEX visit_unsigned ON visit (org_id, first_seen_at, id) WHERE signed_version IS NULL;
CREATE INDEX visit_corrected ON visit (org_id, first_seen_at, id) WHERE sheet_version > 1;
CREATE INDEX visit_concern ON visit (org_id, first_seen_at, id)
    WHERE customer_decision = 'disputed' OR complaints > 0 OR rating_score <= 2;

-- More filters of the list of visits, as visit_is_wanted. `concern`: disputed, complaint, low_rating or any.
CREATE FUNCTION visit_is_marked(v visit, signed boolean, corrected boolean, concern text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (signed IS NULL OR (v.signed_version IS NOT NULL) = signed)
       AND (corrected IS NULL OR (v.sheet_version IS NOT NULL AND v.sheet_version > 1) = corrected)
       AND (concern IS NULL
            OR CASE concern
               WHEN 'disputed' THEN v.customer_decision = 'disputed'
               WHEN 'complaint' THEN v.complaints > 0
               WHEN 'low_rating' THEN v.rating_score <= 2
               ELSE v.customer_decision = 'disputed' OR v.complaints > 0 OR v.rating_score <= 2
               END);

-- The filters of the list of answers. A concern is what must not wait.
CREATE FUNCTION response_is_wanted(r customer_response, kind text, visit_id uuid, handled boolean,
                                   concern boolean) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (response_is_wanted.kind IS NULL OR r.kind = response_is_wanted.kind)
       AND (response_is_wanted.visit_id IS NULL OR r.visit_id = response_is_wanted.visit_id)
       AND (handled IS NULL OR (r.handled_at IS NOT NULL) = handled)
       AND (concern IS NULL OR (r.urgency > 0) = concern);

-- Days are the site's, and no site's day begins more than 14 hours before, or ends more than 12 hours after,
-- the same day in UTC: this much of an index is enough.
CREATE FUNCTION is_near_days(moment timestamptz, first_day date, last_day date) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (first_day IS NULL OR moment >= (first_day - interval '14 hours') AT TIME ZONE 'UTC')
       AND (last_day IS NULL OR moment < (last_day + interval '36 hours') AT TIME ZONE 'UTC');

-- The counts of a visit's photos are read from the index.
DROP INDEX photo_visit;
CREATE INDEX photo_visit ON photo (org_id, visit_id, captured_at) INCLUDE (state, finding_codes, verdict);

CREATE OR REPLACE VIEW visit_summary WITH (security_invoker = true) AS
SELECT v.org_id, v.id, json_build_object(
           'id', v.id,
           'site', json_build_object(
               'id', s.id, 'name', s.name, 'code', s.code, 'address', s.address,
               'time_zone', s.time_zone, 'customer_id', c.id, 'customer_name', c.name,
               'position', json_position(s.latitude_deg, s.longitude_deg), 'radius_m', s.radius_m),
           'technician', json_build_object('id', u.id, 'name', u.name),
           'arrived_at', json_time(v.arrived_at), 'departed_at', json_time(v.departed_at),
           'first_seen_at', json_time(v.first_seen_at), 'verdict', v.verdict,
           'finding_codes', v.finding_codes, 'review_decision', v.review_decision,
           'work_orders', (
               SELECT coalesce(json_agg(json_build_object('id', w.id, 'number', w.number,
                                                          'title', w.title, 'state', w.state)
                                        ORDER BY w.number), '[]')
               FROM visit_work_order j
               JOIN work_order w ON w.org_id = j.org_id AND w.id = j.work_order_id
               WHERE j.org_id = v.org_id AND j.visit_id = v.id),
           'photos_stored', photos.stored, 'photos_awaited', photos.awaited,
           'photo_verdicts', json_build_object('accepted', photos.accepted,
                                               'needs_review', photos.needs_review,
                                               'rejected', photos.rejected),
           'sheet', (
               SELECT json_build_object(
                          'version', sheet.version, 'state', sheet.state,
                          'written_at', json_time(sheet.written_at),
                          'signed_at', json_time(signature.signed_at),
                          'signer_name', signature.signer_name)
               FROM visit_sheet sheet
               LEFT JOIN signature ON signature.org_id = sheet.org_id
                                  AND signature.visit_id = sheet.visit_id
                                  AND signature.sheet_version = sheet.version
               WHERE sheet.org_id = v.org_id AND sheet.visit_id = v.id
               ORDER BY sheet.version DESC LIMIT 1),
           'signed_version', v.signed_version,
           'rating', v.rating_score, 'customer_decision', v.customer_decision,
           'complaints', coalesce(v.complaints, 0),
           'concerns_open', (SELECT count(*) FROM customer_response r
                             WHERE r.org_id = v.org_id AND r.visit_id = v.id AND r.urgency > 0
                               AND r.handled_at IS NULL),
           'callback', (
               SELECT json_build_object('outcome', call.outcome, 'score', call.score,
                                        'called_at', json_time(call.called_at))
               FROM callback call
               WHERE call.org_id = v.org_id AND call.visit_id = v.id
               ORDER BY call.called_at DESC, call.recorded_at DESC LIMIT 1)) AS json
FROM visit v
JOIN site s ON s.org_id = v.org_id AND s.id = v.site_id
JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
JOIN app_user u ON u.org_id = v.org_id AND u.id = v.technician_id
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE p.state = 'stored') AS stored,
           count(*) FILTER (WHERE p.state = 'awaited') AS awaited,
           count(*) FILTER (WHERE p.verdict = 'accepted') AS accepted,
           count(*) FILTER (WHERE p.verdict = 'needs_review') AS needs_review,
           count(*) FILTER (WHERE p.verdict = 'rejected') AS rejected
    FROM photo p WHERE p.org_id = v.org_id AND p.visit_id = v.id) AS photos;

-- An answer for the people of the organisation, with what they did about it.
CREATE VIEW customer_response_summary WITH (security_invoker = true) AS
SELECT r.org_id, r.id, json_build_object(
           'id', r.id, 'kind', r.kind, 'link_id', r.link_id, 'signature_id', r.signature_id,
           'visit_id', r.visit_id, 'work_order_id', r.work_order_id,
           'stars', r.stars, 'decision', r.decision, 'text', r.words,
           'received_at', json_time(r.received_at),
           'site', json_build_object('id', s.id, 'name', s.name),
           'customer', json_build_object('id', c.id, 'name', c.name),
           'technician', json_build_object('id', u.id, 'name', u.name),
           'urgency', r.urgency, 'handled_at', json_time(r.handled_at),
           'handled_by', CASE WHEN h.id IS NOT NULL
                              THEN json_build_object('id', h.id, 'name', h.name) END,
           'handlings', (
               SELECT coalesce(json_agg(json_build_object(
                          'id', handling.id, 'state', handling.state, 'note', handling.note,
                          'actor', json_build_object('id', actor.id, 'name', actor.name),
                          'happened_at', json_time(handling.happened_at))
                          ORDER BY handling.happened_at, handling.id), '[]')
               FROM (SELECT * FROM response_handling latest
                     WHERE latest.org_id = r.org_id AND latest.response_id = r.id
                     ORDER BY latest.happened_at DESC LIMIT 100) AS handling
               JOIN app_user actor ON actor.org_id = handling.org_id AND actor.id = handling.actor_id)
       ) AS json
FROM customer_response r
LEFT JOIN visit v ON v.org_id = r.org_id AND v.id = r.visit_id
LEFT JOIN app_user u ON u.org_id = v.org_id AND u.id = v.technician_id
LEFT JOIN work_order w ON w.org_id = r.org_id AND w.id = r.work_order_id
JOIN site s ON s.org_id = r.org_id AND s.id = coalesce(v.site_id, w.site_id)
JOIN customer c ON c.org_id = s.org_id AND c.id = s.customer_id
LEFT JOIN app_user h ON h.org_id = r.org_id AND h.id = r.handled_by;
GRANT SELECT ON customer_response_summary TO fieldproof;

CREATE FUNCTION shared_response_json(r customer_response) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', r.id, 'kind', r.kind, 'visit_id', r.visit_id, 'stars', r.stars, 'decision', r.decision,
        'text', r.words, 'received_at', json_time(r.received_at));

CREATE FUNCTION callback_json(call callback) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', call.id, 'visit_id', call.visit_id, 'called_at', json_time(call.called_at),
        'outcome', call.outcome, 'score', call.score, 'spoke_with', call.spoke_with, 'note', call.note,
        'called_by', json_user(call.org_id, call.called_by), 'recorded_at', json_time(call.recorded_at));

-- Calls and handled answers leave their lines in the audit trail, too.
CREATE FUNCTION audit_of_visit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told constant jsonb := to_jsonb(NEW) - '{org_id, id, visit_id, response_id, actor_id, called_by, recorded_at,
        happened_at, content_sha256}'::text[];
    of_visit_id constant uuid := coalesce(
        (to_jsonb(NEW) ->> 'visit_id')::uuid,
        (SELECT r.visit_id FROM customer_response r
         WHERE r.org_id = NEW.org_id AND r.id = (to_jsonb(NEW) ->> 'response_id')::uuid));
BEGIN
    PERFORM audit_record(NEW.org_id, TG_ARGV[1], TG_ARGV[0],
                         coalesce((to_jsonb(NEW) ->> 'response_id')::uuid, NEW.id),
                         visit_label(NEW.org_id, of_visit_id), audit_changes('{}', told));
    RETURN NULL;
END
$$;
CREATE TRIGGER audit AFTER INSERT ON callback FOR EACH ROW
    WHEN (audit_has_actor()) EXECUTE FUNCTION audit_of_visit('callback', 'created');
CREATE TRIGGER audit AFTER INSERT ON response_handling FOR EACH ROW
    WHEN (audit_has_actor()) EXECUTE FUNCTION audit_of_visit('customer_response', 'changed');

-- An answer that somebody dealt with, and a call, are news at the desk.
CREATE TRIGGER customer_response_change_noted_for_desk AFTER UPDATE ON customer_response
    FOR EACH ROW EXECUTE FUNCTION note_for_desk('customer_response');
CREATE TRIGGER callback_noted_for_desk AFTER INSERT ON callback
    FOR EACH ROW EXECUTE FUNCTION note_visit_for_desk();
