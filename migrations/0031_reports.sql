-- Reports: what happened on a day, counted once and kept, so that a month of a large organisation adds
-- up a few thousand rows.
--
-- The unit is one technician's day, by the clock of the site. report_count() counts a list of units out
-- of the evidence itself; it is the only definition of what is counted. Its rows are kept in report_day
-- and report_finding for units that are not dirty. A unit is dirty while something happened in it within
-- the last minutes (that costs a check-in nothing), or while report_mark names it: whatever changes older
-- evidence (late arrivals, new verdicts, reviews, answers of customers) leaves a mark in its own
-- transaction. Readers count dirty units themselves, in the same snapshot, so that a report is exact at
-- any moment, however far report_refresh() has come.

CREATE INDEX app_user_team ON app_user (org_id, team) WHERE team IS NOT NULL;

CREATE OR REPLACE FUNCTION user_json(u app_user) RETURNS json
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN json_build_object(
        'id', u.id, 'log_in', u.log_in, 'name', u.name, 'role', u.role, 'language', u.language,
        'phone', u.phone, 'team', u.team, 'disabled_at', json_time(u.disabled_at),
        'version', u.version, 'created_at', json_time(u.created_at),
        'updated_at', json_time(u.updated_at));

CREATE TABLE report_day (
    org_id               uuid NOT NULL,
    day                  date NOT NULL,
    technician_id        uuid NOT NULL,
    site_id              uuid NOT NULL,
    visits               integer NOT NULL,
    visits_needs_review  integer NOT NULL,
    visits_rejected      integer NOT NULL,
    visits_reviewed      integer NOT NULL,
    checklist_incomplete integer NOT NULL,
    sent_late            integer NOT NULL,
    time_on_site_short   integer NOT NULL,
    minutes_on_site      integer[] NOT NULL, -- of each visit with arrival and departure, whole minutes
    photos               integer NOT NULL,   -- stored, by the moment they were taken
    photos_awaited       integer NOT NULL,
    photos_needs_review  integer NOT NULL,
    photos_rejected      integer NOT NULL,
    photos_approved      integer NOT NULL,   -- what managers decided, from here
    photos_refused       integer NOT NULL,
    photos_retake        integer NOT NULL,
    retakes_open         integer NOT NULL,
    retakes_answered     integer NOT NULL,
    trips                integer NOT NULL,
    trip_minutes         integer NOT NULL,
    trip_m               integer NOT NULL,
    orders_visited       integer NOT NULL,   -- work orders whose first visit this was, and that are decided
    orders_fixed_first   integer NOT NULL,
    windows              integer NOT NULL,   -- planned windows that were met or missed
    windows_early        integer NOT NULL,
    windows_late         integer NOT NULL,
    ratings              integer NOT NULL,
    stars                integer NOT NULL,
    PRIMARY KEY (org_id, day, technician_id, site_id)
);
CREATE INDEX report_day_technician ON report_day (org_id, technician_id, day);
CREATE INDEX report_day_site ON report_day (org_id, site_id, day);

CREATE TABLE report_finding (
    org_id        uuid NOT NULL,
    day           date NOT NULL,
    technician_id uuid NOT NULL,
    site_id       uuid NOT NULL,
    code          text NOT NULL,
    photos        integer NOT NULL, -- stored photos about which it was found
    visits        integer NOT NULL, -- visits in any part of which it was found
    PRIMARY KEY (org_id, day, technician_id, site_id, code)
);
CREATE INDEX report_finding_technician ON report_finding (org_id, technician_id, day);
CREATE INDEX report_finding_site ON report_finding (org_id, site_id, day);

-- What must be counted anew: a technician's day, named by a moment at a site; or the days of all visits
-- for a work order, looked up when the mark is read, so that two visits made at once see each other.
CREATE TABLE report_mark (
    org_id        uuid NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    technician_id uuid,
    site_id       uuid,
    moment        timestamptz,
    time_zone     text,             -- the site's before it changed; null: the site's
    work_order_id uuid,
    PRIMARY KEY (org_id, id),
    CHECK ((work_order_id IS NULL) = (moment IS NOT NULL AND technician_id IS NOT NULL
                                      AND site_id IS NOT NULL))
);

-- Everything before this moment is counted, but for what the marks name.
CREATE TABLE report_progress (
    org_id        uuid PRIMARY KEY,
    counted_until timestamptz NOT NULL
);

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['report_day', 'report_finding', 'report_mark', 'report_progress']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY own_organisation ON %I
                        USING (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)',
                       table_name);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, DELETE ON report_day, report_finding, report_mark TO fieldproof;
GRANT SELECT, INSERT, UPDATE ON report_progress TO fieldproof;

-- Technicians' days, each with a span of time that holds the day in every time zone: it finds rows by an
-- index before the site's clock decides. (Computed here and not where it is compared: under row-level
-- security an index is searched only with what is leakproof.)
CREATE FUNCTION report_units(technicians uuid[], days date[])
    RETURNS TABLE (technician_id uuid, day date, begins timestamptz, ends timestamptz) LANGUAGE sql STABLE
AS $$
    SELECT DISTINCT u.technician_id, u.day, (u.day - interval '14 hours') AT TIME ZONE 'UTC',
           (u.day + interval '38 hours') AT TIME ZONE 'UTC'
    FROM unnest(technicians, days) AS u(technician_id, day)
$$;

-- Metres between two points on a sphere (haversine): what a report needs of a distance.
CREATE FUNCTION report_distance_m(latitude_deg double precision, longitude_deg double precision,
                                  other_latitude_deg double precision,
                                  other_longitude_deg double precision) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN 2 * 6371008.8 * asin(least(1, sqrt(
        sin(radians(other_latitude_deg - latitude_deg) / 2) ^ 2
        + cos(radians(latitude_deg)) * cos(radians(other_latitude_deg))
          * sin(radians(other_longitude_deg - longitude_deg) / 2) ^ 2)));

-- Visits and photos of the units, with their day: a look into the index a unit, however many there are.
CREATE FUNCTION report_visits(of_org_id uuid, technicians uuid[], days date[])
    RETURNS TABLE (day date, id uuid, technician_id uuid, site_id uuid, first_seen_at timestamptz,
                   arrived_at timestamptz, departed_at timestamptz, verdict text,
                   review_decision text, finding_codes text[], latitude_deg double precision,
                   longitude_deg double precision) LANGUAGE sql STABLE
AS $$
    SELECT unit.day, v.id, v.technician_id, v.site_id, v.first_seen_at, v.arrived_at, v.departed_at,
           v.verdict, v.review_decision, v.finding_codes, s.latitude_deg, s.longitude_deg
    FROM report_units(technicians, days) AS unit
    CROSS JOIN LATERAL (
        SELECT * FROM visit near
        WHERE near.org_id = of_org_id AND near.technician_id = unit.technician_id
          AND near.first_seen_at >= unit.begins AND near.first_seen_at < unit.ends OFFSET 0) AS v
    JOIN site s ON s.org_id = of_org_id AND s.id = v.site_id
    WHERE (v.first_seen_at AT TIME ZONE s.time_zone)::date = unit.day
$$;

CREATE FUNCTION report_photos(of_org_id uuid, technicians uuid[], days date[])
    RETURNS TABLE (day date, id uuid, technician_id uuid, site_id uuid, state text, verdict text,
                   review_decision text, finding_codes text[]) LANGUAGE sql STABLE
AS $$
    SELECT unit.day, p.id, p.user_id, p.site_id, p.state, p.verdict, p.review_decision, p.finding_codes
    FROM report_units(technicians, days) AS unit
    CROSS JOIN LATERAL (
        SELECT * FROM photo near
        WHERE near.org_id = of_org_id AND near.user_id = unit.technician_id
          AND near.captured_at >= unit.begins AND near.captured_at < unit.ends OFFSET 0) AS p
    JOIN site s ON s.org_id = of_org_id AND s.id = p.site_id
    WHERE (p.captured_at AT TIME ZONE s.time_zone)::date = unit.day
$$;

-- What the work orders of the units' visits count: the first visit of each, and the visit that came
-- nearest to its planned window.
CREATE FUNCTION report_orders(of_org_id uuid, technicians uuid[], days date[])
    RETURNS TABLE (day date, technician_id uuid, site_id uuid, orders_visited integer,
                   orders_fixed_first integer, windows integer, windows_early integer,
                   windows_late integer) LANGUAGE sql STABLE
AS $$
    SELECT v.day, v.technician_id, v.site_id,
           (w.state <> 'cancelled' AND every.first_id = j.visit_id
            AND (every.number > 1 OR w.state IN ('done', 'partly_done', 'unresolved', 'closed')))::integer,
           (every.first_id = j.visit_id AND every.number = 1
            AND (w.state = 'done' OR w.state = 'closed' AND EXISTS (
                SELECT FROM work_order_event e WHERE e.org_id = of_org_id AND e.work_order_id = w.id
                  AND e.to_state = 'done')))::integer,
           (every.nearest_id = j.visit_id)::integer,
           (every.nearest_id = j.visit_id AND v.arrived_at < w.window_starts_at)::integer,
           (every.nearest_id = j.visit_id AND v.arrived_at > w.window_ends_at)::integer
    FROM report_visits(of_org_id, technicians, days) AS v
    JOIN visit_work_order j ON j.org_id = of_org_id AND j.visit_id = v.id
    JOIN work_order w ON w.org_id = of_org_id AND w.id = j.work_order_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS number, (array_agg(o.id ORDER BY o.first_seen_at, o.id))[1] AS first_id,
               (array_agg(o.id ORDER BY greatest(w.window_starts_at - o.arrived_at,
                                                 o.arrived_at - w.window_ends_at, '0'),
                                        o.arrived_at, o.id)
                FILTER (WHERE o.arrived_at IS NOT NULL AND w.window_starts_at IS NOT NULL
                          AND w.window_ends_at IS NOT NULL))[1] AS nearest_id
        FROM visit_work_order k
        JOIN visit o ON o.org_id = of_org_id AND o.id = k.visit_id
        WHERE k.org_id = of_org_id AND k.work_order_id = w.id) AS every
$$;

-- Every rating of the units' visits: what was given with the signature of the latest sheet, and the
-- latest through each link.
CREATE FUNCTION report_ratings(of_org_id uuid, technicians uuid[], days date[])
    RETURNS TABLE (day date, technician_id uuid, site_id uuid, stars integer) LANGUAGE sql STABLE
AS $$
    SELECT v.day, v.technician_id, v.site_id, rating.stars
    FROM report_visits(of_org_id, technicians, days) AS v
    CROSS JOIN LATERAL (
        (SELECT g.rating_score::integer AS stars FROM signature g
         WHERE g.org_id = of_org_id AND g.visit_id = v.id AND g.rating_score IS NOT NULL
         ORDER BY g.sheet_version DESC LIMIT 1)
        UNION ALL
        (SELECT DISTINCT ON (r.link_id) r.stars FROM customer_response r
         WHERE r.org_id = of_org_id AND r.visit_id = v.id AND r.kind = 'rating'
         ORDER BY r.link_id, r.received_at DESC, r.id DESC)) AS rating
$$;

-- From the departure of a visit to the arrival of the technician's next one of that day elsewhere.
CREATE FUNCTION report_trips(of_org_id uuid, technicians uuid[], days date[])
    RETURNS TABLE (day date, technician_id uuid, site_id uuid, minutes integer, straight_m integer)
    LANGUAGE sql STABLE
AS $$
    SELECT stop.day, stop.technician_id, stop.site_id,
           floor(extract(epoch FROM stop.arrived_at - stop.left_at) / 60)::integer,
           round(report_distance_m(stop.from_latitude_deg, stop.from_longitude_deg,
                                   stop.latitude_deg, stop.longitude_deg))::integer
    FROM (SELECT v.day, v.technician_id, v.site_id, v.arrived_at,
                 v.latitude_deg, v.longitude_deg,
                 lag(v.departed_at) OVER before AS left_at,
                 lag(v.site_id) OVER before AS from_site_id,
                 lag(v.latitude_deg) OVER before AS from_latitude_deg,
                 lag(v.longitude_deg) OVER before AS from_longitude_deg
          FROM report_visits(of_org_id, technicians, days) AS v
          WHERE v.arrived_at IS NOT NULL
          WINDOW before AS (PARTITION BY v.technician_id, v.day
                            ORDER BY v.arrived_at, v.id)) AS stop
    WHERE stop.left_at <= stop.arrived_at AND stop.from_site_id <> stop.site_id
$$;

-- The rows of report_day for these units, counted out of the evidence.
CREATE FUNCTION report_count(of_org_id uuid, technicians uuid[], days date[]) RETURNS SETOF report_day
    LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    WITH visits AS (
        SELECT v.day, v.technician_id, v.site_id, count(*) AS visits,
               count(*) FILTER (WHERE v.verdict = 'needs_review') AS needs_review,
               count(*) FILTER (WHERE v.verdict = 'rejected') AS rejected,
               count(v.review_decision) AS reviewed,
               count(*) FILTER (WHERE 'checklist_incomplete' = ANY (v.finding_codes)) AS incomplete,
               count(*) FILTER (WHERE 'sent_late' = ANY (v.finding_codes)) AS late,
               count(*) FILTER (WHERE 'time_on_site_short' = ANY (v.finding_codes)) AS short,
               array_agg(floor(extract(epoch FROM v.departed_at - v.arrived_at) / 60)::integer
                         ORDER BY v.departed_at - v.arrived_at)
                   FILTER (WHERE v.departed_at >= v.arrived_at) AS minutes
        FROM report_visits(of_org_id, technicians, days) AS v
        GROUP BY v.day, v.technician_id, v.site_id),
    photos AS (
        SELECT p.day, p.technician_id, p.site_id,
               count(*) FILTER (WHERE p.state = 'stored') AS stored,
               count(*) FILTER (WHERE p.state = 'awaited') AS awaited,
               count(*) FILTER (WHERE p.verdict = 'needs_review') AS needs_review,
               count(*) FILTER (WHERE p.verdict = 'rejected') AS rejected,
               count(*) FILTER (WHERE p.review_decision = 'approve') AS approved,
               count(*) FILTER (WHERE p.review_decision = 'reject') AS refused,
               count(*) FILTER (WHERE p.review_decision = 'retake') AS retake,
               coalesce(sum(r.open), 0) AS retakes_open, coalesce(sum(r.answered), 0) AS retakes_answered
        FROM report_photos(of_org_id, technicians, days) AS p
        LEFT JOIN LATERAL (
            SELECT count(*) FILTER (WHERE k.answered_at IS NULL AND k.withdrawn_at IS NULL) AS open,
                   count(k.answered_at) AS answered
            FROM retake k WHERE k.org_id = of_org_id AND k.photo_id = p.id) AS r ON true
        GROUP BY p.day, p.technician_id, p.site_id),
    orders AS (
        SELECT o.day, o.technician_id, o.site_id, sum(o.orders_visited) AS visited,
               sum(o.orders_fixed_first) AS fixed_first, sum(o.windows) AS windows,
               sum(o.windows_early) AS early, sum(o.windows_late) AS late
        FROM report_orders(of_org_id, technicians, days) AS o
        GROUP BY o.day, o.technician_id, o.site_id),
    trips AS (
        SELECT t.day, t.technician_id, t.site_id, count(*) AS trips, sum(t.minutes) AS minutes,
               sum(t.straight_m) AS m
        FROM report_trips(of_org_id, technicians, days) AS t
        GROUP BY t.day, t.technician_id, t.site_id),
    ratings AS (
        SELECT g.day, g.technician_id, g.site_id, count(*) AS ratings, sum(g.stars) AS stars
        FROM report_ratings(of_org_id, technicians, days) AS g
        GROUP BY g.day, g.technician_id, g.site_id)
    SELECT of_org_id, day, technician_id, site_id,
           coalesce(v.visits, 0)::integer, coalesce(v.needs_review, 0)::integer,
           coalesce(v.rejected, 0)::integer, coalesce(v.reviewed, 0)::integer,
           coalesce(v.incomplete, 0)::integer, coalesce(v.late, 0)::integer,
           coalesce(v.short, 0)::integer, coalesce(v.minutes, '{}'),
           coalesce(p.stored, 0)::integer, coalesce(p.awaited, 0)::integer,
           coalesce(p.needs_review, 0)::integer, coalesce(p.rejected, 0)::integer,
           coalesce(p.approved, 0)::integer, coalesce(p.refused, 0)::integer,
           coalesce(p.retake, 0)::integer, coalesce(p.retakes_open, 0)::integer,
           coalesce(p.retakes_answered, 0)::integer,
           coalesce(t.trips, 0)::integer, coalesce(t.minutes, 0)::integer, coalesce(t.m, 0)::integer,
           coalesce(o.visited, 0)::integer, coalesce(o.fixed_first, 0)::integer,
           coalesce(o.windows, 0)::integer, coalesce(o.early, 0)::integer, coalesce(o.late, 0)::integer,
           coalesce(g.ratings, 0)::integer, coalesce(g.stars, 0)::integer
    FROM visits v
    FULL JOIN photos p USING (day, technician_id, site_id)
    LEFT JOIN orders o USING (day, technician_id, site_id)
    LEFT JOIN trips t USING (day, technician_id, site_id)
    LEFT JOIN ratings g USING (day, technician_id, site_id);
END
$$;

-- The rows of report_finding for these units. What only confirms is not counted.
CREATE FUNCTION report_count_findings(of_org_id uuid, technicians uuid[], days date[])
    RETURNS SETOF report_finding LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
    RETURN QUERY
    SELECT of_org_id, f.day, f.technician_id, f.site_id, f.code, sum(f.photos)::integer, sum(f.visits)::integer
    FROM (SELECT p.day, p.technician_id, p.site_id, unnest(p.finding_codes) AS code, 1 AS photos, 0 AS visits
          FROM report_photos(of_org_id, technicians, days) AS p
          WHERE p.state = 'stored' AND p.finding_codes <> '{}'
          UNION ALL
          SELECT v.day, v.technician_id, v.site_id, unnest(v.finding_codes), 0, 1
          FROM report_visits(of_org_id, technicians, days) AS v
          WHERE v.finding_codes <> '{}') AS f
    WHERE f.code <> ALL ('{geofence_inside,scan_asset_matched}')
    GROUP BY f.day, f.technician_id, f.site_id, f.code;
END
$$;

-- The units whose rows must not be believed, of these days. In plpgsql, so that each run is planned for
-- the moment that was counted until: few rows are younger, and an index finds them.
CREATE FUNCTION report_dirty(of_org_id uuid, first_day date, last_day date)
    RETURNS TABLE (technician_id uuid, day date) LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
DECLARE
    since timestamptz := coalesce((SELECT counted_until FROM report_progress WHERE org_id = of_org_id),
                                  '-infinity');
BEGIN
    since := greatest(since, (first_day - interval '14 hours') AT TIME ZONE 'UTC');
    RETURN QUERY
    SELECT dirty.technician_id, dirty.day
    FROM (SELECT m.technician_id,
                 (m.moment AT TIME ZONE coalesce(m.time_zone, s.time_zone))::date AS day
          FROM report_mark m
          JOIN site s ON s.org_id = of_org_id AND s.id = m.site_id
          WHERE m.org_id = of_org_id
          UNION
          SELECT v.technician_id, (v.first_seen_at AT TIME ZONE s.time_zone)::date
          FROM report_mark m
          JOIN visit_work_order j ON j.org_id = of_org_id AND j.work_order_id = m.work_order_id
          JOIN visit v ON v.org_id = of_org_id AND v.id = j.visit_id
          JOIN site s ON s.org_id = of_org_id AND s.id = v.site_id
          WHERE m.org_id = of_org_id
          UNION
          SELECT v.technician_id, (v.first_seen_at AT TIME ZONE s.time_zone)::date
          FROM visit v JOIN site s ON s.org_id = of_org_id AND s.id = v.site_id
          WHERE v.org_id = of_org_id AND v.first_seen_at >= since
          UNION
          SELECT p.user_id, (p.captured_at AT TIME ZONE s.time_zone)::date
          FROM photo p JOIN site s ON s.org_id = of_org_id AND s.id = p.site_id
          WHERE p.org_id = of_org_id AND p.captured_at >= since) AS dirty
    WHERE dirty.day BETWEEN first_day AND last_day;
END
$$;

-- What reports add up: kept rows, and dirty units counted now. Written for the planner, which puts these
-- into the query that names them and leaves out the columns that it does not name.
CREATE FUNCTION report_count_dirty(of_org_id uuid, first_day date, last_day date)
    RETURNS SETOF report_day LANGUAGE sql STABLE ROWS 100
AS $$
    SELECT c.* FROM (SELECT array_agg(d.technician_id) AS technicians, array_agg(d.day) AS days
                     FROM report_dirty(of_org_id, first_day, last_day) AS d) AS units
    CROSS JOIN LATERAL report_count(of_org_id, units.technicians, units.days) AS c
    WHERE units.days IS NOT NULL
$$;
CREATE FUNCTION report_lines(of_org_id uuid, first_day date, last_day date) RETURNS SETOF report_day
    LANGUAGE sql STABLE
AS $$
    SELECT r.* FROM report_day r
    WHERE r.org_id = of_org_id AND r.day BETWEEN first_day AND last_day
      AND NOT EXISTS (SELECT FROM report_dirty(of_org_id, first_day, last_day) AS d
                      WHERE d.technician_id = r.technician_id AND d.day = r.day)
    UNION ALL
    SELECT c.* FROM report_count_dirty(of_org_id, first_day, last_day) AS c
$$;
CREATE FUNCTION report_finding_lines(of_org_id uuid, first_day date, last_day date)
    RETURNS SETOF report_finding LANGUAGE sql STABLE
AS $$
    SELECT r.* FROM report_finding r
    WHERE r.org_id = of_org_id AND r.day BETWEEN first_day AND last_day
      AND NOT EXISTS (SELECT FROM report_dirty(of_org_id, first_day, last_day) AS d
                      WHERE d.technician_id = r.technician_id AND d.day = r.day)
    UNION ALL
    SELECT c.* FROM (SELECT array_agg(d.technician_id) AS technicians, array_agg(d.day) AS days
                     FROM report_dirty(of_org_id, first_day, last_day) AS d) AS units
    CROSS JOIN LATERAL report_count_findings(of_org_id, units.technicians, units.days) AS c
    WHERE units.days IS NOT NULL
$$;

-- What a row of a report is about, in two keys that are cheap to compare: whom (a technician, site or
-- customer), or since when.
CREATE FUNCTION report_whom(kind text, technician_id uuid, site_id uuid, customer_id uuid) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE kind WHEN 'technician' THEN technician_id WHEN 'site' THEN site_id
                     WHEN 'customer' THEN customer_id END;
CREATE FUNCTION report_since(kind text, day date) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE kind WHEN 'day' THEN day WHEN 'week' THEN day - extract(isodow FROM day)::integer + 1 END;

-- A report, whatever its figures are; `every` rows there were, these are shown.
CREATE FUNCTION report_json(of_org_id uuid, first_day date, last_day date, kind text, total json,
                            every bigint, whom uuid[], teams text[], since date[], figures json[])
    RETURNS json LANGUAGE sql STABLE
AS $$
    SELECT json_build_object(
        'by', kind, 'from', first_day, 'to', last_day, 'total', total,
        'rows', coalesce(json_agg(json_build_object(
                    'id', p.whom, 'name', coalesce(u.name, s.name, c.name, p.team),
                    'starts_on', p.since, 'figures', p.figures) ORDER BY p.place), '[]'),
        'rows_left_off', every - count(*))
    FROM unnest(whom, teams, since, figures) WITH ORDINALITY AS p(whom, team, since, figures, place)
    LEFT JOIN app_user u ON kind = 'technician' AND u.org_id = of_org_id AND u.id = p.whom
    LEFT JOIN site s ON kind = 'site' AND s.org_id = of_org_id AND s.id = p.whom
    LEFT JOIN customer c ON kind = 'customer' AND c.org_id = of_org_id AND c.id = p.whom
$$;

-- Younger than this, evidence is counted when a report is read, and leaves no mark. A transaction that
-- writes lives for seconds; what report_refresh() keeps is twice as old.
CREATE FUNCTION report_is_old(moment timestamptz) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN moment < now() - interval '10 minutes';

-- Keeps the rows of units that are dirty, oldest first, at most about `days_most` days of the
-- organisation at a time. Returns whether there is more to do. One at a time does this for an
-- organisation; a second one has nothing to do.
CREATE FUNCTION report_refresh(of_org_id uuid, days_most integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    since timestamptz;
    until timestamptz := now() - interval '20 minutes';
    technicians uuid[];
    days date[];
    is_more boolean;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtextextended('report_refresh' || of_org_id, 0)) THEN
        RETURN false;
    END IF;
    SELECT counted_until INTO since FROM report_progress WHERE org_id = of_org_id;
    IF since IS NULL THEN
        SELECT least((SELECT min(first_seen_at) FROM visit WHERE org_id = of_org_id),
                     (SELECT min(captured_at) FROM photo WHERE org_id = of_org_id)) INTO since;
    END IF;
    since := least(coalesce(since, until), until);
    is_more := until > since + days_most * interval '1 day';
    until := least(until, since + days_most * interval '1 day');

    -- First what is to be counted anew, then the counting: what is committed in between is counted twice.
    WITH marks AS MATERIALIZED (
        DELETE FROM report_mark WHERE org_id = of_org_id AND id IN (
            SELECT id FROM report_mark WHERE org_id = of_org_id ORDER BY id LIMIT 20000)
        RETURNING technician_id, site_id, moment, time_zone, work_order_id),
    units AS (
        SELECT m.technician_id, (m.moment AT TIME ZONE coalesce(m.time_zone, s.time_zone))::date AS day
        FROM marks m JOIN site s ON s.org_id = of_org_id AND s.id = m.site_id
        UNION
        SELECT v.technician_id, (v.first_seen_at AT TIME ZONE s.time_zone)::date
        FROM marks m
        JOIN visit_work_order j ON j.org_id = of_org_id AND j.work_order_id = m.work_order_id
        JOIN visit v ON v.org_id = of_org_id AND v.id = j.visit_id
        JOIN site s ON s.org_id = of_org_id AND s.id = v.site_id
        UNION
        SELECT v.technician_id, (v.first_seen_at AT TIME ZONE s.time_zone)::date
        FROM visit v JOIN site s ON s.org_id = of_org_id AND s.id = v.site_id
        WHERE v.org_id = of_org_id AND v.first_seen_at >= since AND v.first_seen_at < until
        UNION
        SELECT p.user_id, (p.captured_at AT TIME ZONE s.time_zone)::date
        FROM photo p JOIN site s ON s.org_id = of_org_id AND s.id = p.site_id
        WHERE p.org_id = of_org_id AND p.captured_at >= since AND p.captured_at < until)
    SELECT array_agg(u.technician_id), array_agg(u.day) INTO technicians, days FROM units u;

    DELETE FROM report_day r USING unnest(technicians, days) AS u(technician_id, day)
    WHERE r.org_id = of_org_id AND r.technician_id = u.technician_id AND r.day = u.day;
    DELETE FROM report_finding r USING unnest(technicians, days) AS u(technician_id, day)
    WHERE r.org_id = of_org_id AND r.technician_id = u.technician_id AND r.day = u.day;
    INSERT INTO report_day SELECT * FROM report_count(of_org_id, technicians, days);
    INSERT INTO report_finding SELECT * FROM report_count_findings(of_org_id, technicians, days);
    INSERT INTO report_progress VALUES (of_org_id, until)
    ON CONFLICT (org_id) DO UPDATE SET counted_until = excluded.counted_until;
    RETURN is_more OR EXISTS (SELECT FROM report_mark WHERE org_id = of_org_id);
END
$$;

-- The marks. Conditions stand in the triggers themselves: what happens now calls no function.
CREATE FUNCTION report_mark_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO report_mark (org_id, technician_id, site_id, moment)
        VALUES (OLD.org_id, OLD.technician_id, OLD.site_id, OLD.first_seen_at);
    END IF;
    IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND NEW.first_seen_at <> OLD.first_seen_at THEN
        INSERT INTO report_mark (org_id, technician_id, site_id, moment)
        VALUES (NEW.org_id, NEW.technician_id, NEW.site_id, NEW.first_seen_at);
    END IF;
    -- Which visit was the first for a work order may be another now.
    IF TG_OP = 'UPDATE' AND (NEW.first_seen_at <> OLD.first_seen_at
                             OR NEW.arrived_at IS DISTINCT FROM OLD.arrived_at) THEN
        INSERT INTO report_mark (org_id, work_order_id)
        SELECT NEW.org_id, j.work_order_id FROM visit_work_order j
        WHERE j.org_id = NEW.org_id AND j.visit_id = NEW.id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER visit_report_insert AFTER INSERT ON visit FOR EACH ROW
    WHEN (report_is_old(NEW.first_seen_at)) EXECUTE FUNCTION report_mark_visit();
CREATE TRIGGER visit_report_update AFTER UPDATE ON visit FOR EACH ROW
    WHEN (report_is_old(OLD.first_seen_at) OR report_is_old(NEW.first_seen_at)
          OR OLD.first_seen_at <> NEW.first_seen_at
          OR OLD.arrived_at IS DISTINCT FROM NEW.arrived_at)
    EXECUTE FUNCTION report_mark_visit();
CREATE TRIGGER visit_report_delete AFTER DELETE ON visit FOR EACH ROW
    EXECUTE FUNCTION report_mark_visit();

CREATE FUNCTION report_mark_photo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed photo := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END; -- its moment never changes
BEGIN
    INSERT INTO report_mark (org_id, technician_id, site_id, moment)
    VALUES (changed.org_id, changed.user_id, changed.site_id, changed.captured_at);
    RETURN NULL;
END
$$;
CREATE TRIGGER photo_report_insert AFTER INSERT ON photo FOR EACH ROW
    WHEN (report_is_old(NEW.captured_at)) EXECUTE FUNCTION report_mark_photo();
CREATE TRIGGER photo_report_update AFTER UPDATE OF state, verdict, finding_codes, review_decision ON photo
    FOR EACH ROW WHEN (report_is_old(NEW.captured_at)) EXECUTE FUNCTION report_mark_photo();
CREATE TRIGGER photo_report_delete AFTER DELETE ON photo FOR EACH ROW
    EXECUTE FUNCTION report_mark_photo();

CREATE FUNCTION report_mark_retake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO report_mark (org_id, technician_id, site_id, moment)
    SELECT p.org_id, p.user_id, p.site_id, p.captured_at FROM photo p
    WHERE p.org_id = NEW.org_id AND p.id = NEW.photo_id AND report_is_old(p.captured_at);
    RETURN NULL;
END
$$;
CREATE TRIGGER retake_report AFTER INSERT OR UPDATE ON retake FOR EACH ROW
    EXECUTE FUNCTION report_mark_retake();

-- What was said about a visit: the visit's day counts it.
CREATE FUNCTION report_mark_visit_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO report_mark (org_id, technician_id, site_id, moment)
    SELECT v.org_id, v.technician_id, v.site_id, v.first_seen_at FROM visit v
    WHERE v.org_id = NEW.org_id AND v.id = NEW.visit_id AND report_is_old(v.first_seen_at);
    RETURN NULL;
END
$$;
CREATE TRIGGER customer_response_report AFTER INSERT ON customer_response FOR EACH ROW
    WHEN (NEW.kind = 'rating' AND NEW.visit_id IS NOT NULL)
    EXECUTE FUNCTION report_mark_visit_of_row();
CREATE TRIGGER signature_report AFTER INSERT ON signature FOR EACH ROW
    WHEN (NEW.rating_score IS NOT NULL) EXECUTE FUNCTION report_mark_visit_of_row();

CREATE FUNCTION report_mark_work_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO report_mark (org_id, work_order_id) VALUES (NEW.org_id, NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER work_order_report AFTER UPDATE ON work_order FOR EACH ROW
    WHEN (OLD.state <> NEW.state OR OLD.window_starts_at IS DISTINCT FROM NEW.window_starts_at
          OR OLD.window_ends_at IS DISTINCT FROM NEW.window_ends_at)
    EXECUTE FUNCTION report_mark_work_order();
CREATE FUNCTION report_mark_visit_work_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed visit_work_order := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    INSERT INTO report_mark (org_id, work_order_id) VALUES (changed.org_id, changed.work_order_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER visit_work_order_report AFTER INSERT OR DELETE ON visit_work_order FOR EACH ROW
    EXECUTE FUNCTION report_mark_visit_work_order();

-- A site that moves changes the trips to it; its time zone, all its days, as they were and as they are.
CREATE FUNCTION report_mark_site() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO report_mark (org_id, technician_id, site_id, moment, time_zone)
    SELECT changed.org_id, changed.technician_id, changed.site_id, changed.moment, zone.name
    FROM (SELECT v.org_id, v.technician_id, v.site_id, v.first_seen_at AS moment FROM visit v
          WHERE v.org_id = NEW.org_id AND v.site_id = NEW.id
          UNION ALL
          SELECT p.org_id, p.user_id, p.site_id, p.captured_at FROM photo p
          WHERE p.org_id = NEW.org_id AND p.site_id = NEW.id AND NEW.time_zone <> OLD.time_zone) AS changed
    CROSS JOIN (SELECT DISTINCT unnest(ARRAY[OLD.time_zone, NEW.time_zone]) AS name) AS zone;
    RETURN NULL;
END
$$;
CREATE TRIGGER site_report AFTER UPDATE ON site FOR EACH ROW
    WHEN (OLD.time_zone <> NEW.time_zone OR OLD.latitude_deg <> NEW.latitude_deg
          OR OLD.longitude_deg <> NEW.longitude_deg)
    EXECUTE FUNCTION report_mark_site();
