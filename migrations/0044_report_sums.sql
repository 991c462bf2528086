-- Reports of a year: sums of quarters, months and days, beside what was counted.
--
-- report_sum takes the place of report_day and report_finding. Its rows are of tiers, each in a partition of its own, so that
-- what a report reads lies together:
--
--   visit day                      a technician at a site on a day: what report_count() counts
--   technician day, customer day, organisation day
--   technician, site, customer and organisation month; the same by quarter
--
-- A report takes the tiers that its rows and filters need, and of each month what is less to read: the days that it covers, or
-- the month less the days that it does not cover
-- (server/store/report_cover.h). All tiers are kept in one transaction; so where something has
-- happened since, a report subtracts a technician's day as it was kept and adds it as it is, whatever sums hold it.
--
-- Medians of months say nothing about a year's. So a row keeps how many visits took how many minutes, and how often what was
-- found, as texts: string_agg() puts them together, and the server adds them up.

DROP FUNCTION report_lines, report_finding_lines, report_count_dirty, report_json, report_count, report_count_findings;

-- Stands for whom a tier does not ask.
CREATE FUNCTION report_anybody() RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '00000000-0000-0000-0000-000000000000'::uuid;

CREATE TABLE report_sum (
    org_id               uuid NOT NULL,
    tier                 text NOT NULL,
    starts_on            date NOT NULL,      -- the day, or the first of the month or quarter
    technician_id        uuid NOT NULL,
    site_id              uuid NOT NULL,
    customer_id          uuid NOT NULL,      -- the site's
    visits               integer NOT NULL,
    visits_needs_review  integer NOT NULL,
    visits_rejected      integer NOT NULL,
    visits_reviewed      integer NOT NULL,
    checklist_incomplete integer NOT NULL,
    sent_late            integer NOT NULL,
    time_on_site_short   integer NOT NULL,
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
    trip_m               bigint NOT NULL,
    orders_visited       integer NOT NULL,   -- work orders whose first visit this was, and that are decided
    orders_fixed_first   integer NOT NULL,
    windows              integer NOT NULL,   -- planned windows that were met or missed
    windows_early        integer NOT NULL,
    windows_late         integer NOT NULL,
    ratings              integer NOT NULL,
    stars                integer NOT NULL,
    minutes              text NOT NULL,      -- "31:2 45:1 ": two visits with arrival and departure took 31 minutes, one 45
    findings             text NOT NULL,      -- "sent_late:4:1 ": about four photos and in one visit (any part of it)
    PRIMARY KEY (org_id, tier, starts_on, technician_id, site_id, customer_id)
) PARTITION BY LIST (tier);
CREATE TABLE report_visit_day PARTITION OF report_sum FOR VALUES IN ('visit day');
CREATE TABLE report_technician_day PARTITION OF report_sum FOR VALUES IN ('technician day');
CREATE TABLE report_customer_day PARTITION OF report_sum FOR VALUES IN ('customer day');
CREATE TABLE report_organisation_day PARTITION OF report_sum FOR VALUES IN ('organisation day');
CREATE TABLE report_technician_month PARTITION OF report_sum FOR VALUES IN ('technician month');
CREATE TABLE report_site_month PARTITION OF report_sum FOR VALUES IN ('site month');
CREATE TABLE report_customer_month PARTITION OF report_sum FOR VALUES IN ('customer month');
CREATE TABLE report_organisation_month PARTITION OF report_sum FOR VALUES IN ('organisation month');
CREATE TABLE report_technician_quarter PARTITION OF report_sum FOR VALUES IN ('technician quarter');
CREATE TABLE report_site_quarter PARTITION OF report_sum FOR VALUES IN ('site quarter');
CREATE TABLE report_customer_quarter PARTITION OF report_sum FOR VALUES IN ('customer quarter');
CREATE TABLE report_organisation_quarter PARTITION OF report_sum FOR VALUES IN ('organisation quarter');
CREATE INDEX report_visit_day_technician ON report_visit_day (org_id, technician_id, starts_on);
CREATE INDEX report_visit_day_site ON report_visit_day (org_id, site_id, starts_on);
CREATE INDEX report_visit_day_customer ON report_visit_day (org_id, customer_id, starts_on);
CREATE INDEX report_technician_day_technician ON report_technician_day (org_id, technician_id, starts_on);
CREATE INDEX report_customer_day_customer ON report_customer_day (org_id, customer_id, starts_on);
CREATE INDEX report_site_month_site ON report_site_month (org_id, site_id, starts_on);
CREATE INDEX report_site_month_customer ON report_site_month (org_id, customer_id, starts_on);
CREATE INDEX report_site_quarter_site ON report_site_quarter (org_id, site_id, starts_on);
CREATE INDEX report_site_quarter_customer ON report_site_quarter (org_id, customer_id, starts_on);
CREATE INDEX report_technician_month_technician ON report_technician_month (org_id, technician_id, starts_on);
CREATE INDEX report_customer_month_customer ON report_customer_month (org_id, customer_id, starts_on);

DO $$
DECLARE
    table_name regclass;
BEGIN
    FOR table_name IN SELECT relid FROM pg_partition_tree('report_sum') LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY own_organisation ON %s
                        USING (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)', table_name);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, DELETE ON report_sum TO fieldproof;

-- The visit days of these units, counted out of the evidence.
CREATE FUNCTION report_count(of_org_id uuid, technicians uuid[], days date[]) RETURNS SETOF report_sum
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
               string_agg(floor(extract(epoch FROM v.departed_at - v.arrived_at) / 60)::bigint || ':1 ', '')
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
        GROUP BY g.day, g.technician_id, g.site_id),
    findings AS (
        SELECT f.day, f.technician_id, f.site_id,
               string_agg(f.code || ':' || f.photos || ':' || f.visits || ' ', '') AS codes
        FROM (SELECT e.day, e.technician_id, e.site_id, e.code, sum(e.photos) AS photos, sum(e.visits) AS visits
              FROM (SELECT p.day, p.technician_id, p.site_id, unnest(p.finding_codes) AS code, 1 AS photos, 0 AS visits
                    FROM report_photos(of_org_id, technicians, days) AS p
                    WHERE p.state = 'stored' AND p.finding_codes <> '{}'
                    UNION ALL
                    SELECT v.day, v.technician_id, v.site_id, unnest(v.finding_codes), 0, 1
                    FROM report_visits(of_org_id, technicians, days) AS v
                    WHERE v.finding_codes <> '{}') AS e
              WHERE e.code <> ALL ('{geofence_inside,scan_asset_matched}') -- they only confirm
              GROUP BY e.day, e.technician_id, e.site_id, e.code) AS f
        GROUP BY f.day, f.technician_id, f.site_id)
    SELECT of_org_id, 'visit day', day, technician_id, site_id, s.customer_id,
           coalesce(v.visits, 0)::integer, coalesce(v.needs_review, 0)::integer,
           coalesce(v.rejected, 0)::integer, coalesce(v.reviewed, 0)::integer,
           coalesce(v.incomplete, 0)::integer, coalesce(v.late, 0)::integer,
           coalesce(v.short, 0)::integer,
           coalesce(p.stored, 0)::integer, coalesce(p.awaited, 0)::integer,
           coalesce(p.needs_review, 0)::integer, coalesce(p.rejected, 0)::integer,
           coalesce(p.approved, 0)::integer, coalesce(p.refused, 0)::integer,
           coalesce(p.retake, 0)::integer, coalesce(p.retakes_open, 0)::integer,
           coalesce(p.retakes_answered, 0)::integer,
           coalesce(t.trips, 0)::integer, coalesce(t.minutes, 0)::integer, coalesce(t.m, 0)::bigint,
           coalesce(o.visited, 0)::integer, coalesce(o.fixed_first, 0)::integer,
           coalesce(o.windows, 0)::integer, coalesce(o.early, 0)::integer, coalesce(o.late, 0)::integer,
           coalesce(g.ratings, 0)::integer, coalesce(g.stars, 0)::integer,
           coalesce(v.minutes, ''), coalesce(f.codes, '')
    -- A FULL JOIN is never made by nested loops, whatever the planner believes of these rows' number.
    FROM visits v
    FULL JOIN photos p USING (day, technician_id, site_id)
    FULL JOIN orders o USING (day, technician_id, site_id)
    FULL JOIN trips t USING (day, technician_id, site_id)
    FULL JOIN ratings g USING (day, technician_id, site_id)
    FULL JOIN findings f USING (day, technician_id, site_id)
    JOIN site s ON s.org_id = of_org_id AND s.id = site_id;
END
$$;

-- Keeps anew the rows of a tier that begin on these days (the first of months or quarters): of_whom is the column of the ids whose rows they are,
-- or org_id. They sum up another tier's rows.
CREATE FUNCTION report_keep_sums(of_org_id uuid, of_tier text, of_whom text, ids uuid[], begins date[], from_tier text)
    RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format($query$
        DELETE FROM report_sum r USING unnest($2, $3) AS wanted(id, starts_on)
        WHERE r.org_id = $1 AND r.tier = %L AND r.starts_on = wanted.starts_on AND r.%I = wanted.id
        $query$, of_tier, of_whom) USING of_org_id, ids, begins;
    EXECUTE format($query$
        WITH part AS MATERIALIZED (
            SELECT wanted.id, wanted.starts_on AS begins_on, p.*
            FROM (SELECT DISTINCT w.id, w.starts_on, (w.starts_on + $4)::date AS ends_on
                  FROM unnest($2, $3) AS w(id, starts_on)) AS wanted
            JOIN report_sum p ON p.org_id = $1 AND p.tier = %1$L AND p.%2$I = wanted.id
                             AND p.starts_on >= wanted.starts_on AND p.starts_on < wanted.ends_on),
        minutes AS (
            SELECT id, begins_on, string_agg(minutes || ':' || visits || ' ', '' ORDER BY minutes) AS minutes
            FROM (SELECT p.id, p.begins_on, split_part(entry, ':', 1)::bigint AS minutes,
                         sum(split_part(entry, ':', 2)::bigint) AS visits
                  FROM part p CROSS JOIN string_to_table(rtrim(p.minutes), ' ') AS entry
                  GROUP BY 1, 2, 3) AS m
            GROUP BY id, begins_on),
        findings AS (
            SELECT id, begins_on, string_agg(code || ':' || photos || ':' || visits || ' ', '' ORDER BY code) AS findings
            FROM (SELECT p.id, p.begins_on, split_part(entry, ':', 1) AS code,
                         sum(split_part(entry, ':', 2)::bigint) AS photos, sum(split_part(entry, ':', 3)::bigint) AS visits
                  FROM part p CROSS JOIN string_to_table(rtrim(p.findings), ' ') AS entry
                  GROUP BY 1, 2, 3) AS f
            GROUP BY id, begins_on)
        INSERT INTO report_sum
        SELECT $1, %3$L, p.begins_on,
               CASE %2$L WHEN 'technician_id' THEN p.id ELSE report_anybody() END,
               CASE %2$L WHEN 'site_id' THEN p.id ELSE report_anybody() END,
               CASE %2$L WHEN 'site_id' THEN (array_agg(p.customer_id))[1]
                         WHEN 'customer_id' THEN p.id ELSE report_anybody() END,
               sum(p.visits), sum(p.visits_needs_review), sum(p.visits_rejected), sum(p.visits_reviewed),
               sum(p.checklist_incomplete), sum(p.sent_late), sum(p.time_on_site_short), sum(p.photos),
               sum(p.photos_awaited), sum(p.photos_needs_review), sum(p.photos_rejected), sum(p.photos_approved),
               sum(p.photos_refused), sum(p.photos_retake), sum(p.retakes_open), sum(p.retakes_answered), sum(p.trips),
               sum(p.trip_minutes), sum(p.trip_m), sum(p.orders_visited), sum(p.orders_fixed_first), sum(p.windows),
               sum(p.windows_early), sum(p.windows_late), sum(p.ratings), sum(p.stars),
               coalesce(m.minutes, ''), coalesce(f.findings, '')
        FROM part p
        LEFT JOIN minutes m USING (id, begins_on)
        LEFT JOIN findings f USING (id, begins_on)
        GROUP BY p.id, p.begins_on, m.minutes, f.findings
        $query$, from_tier, of_whom, of_tier)
    USING of_org_id, ids, begins, CASE WHEN of_tier LIKE '% quarter' THEN interval '3 months' WHEN of_tier LIKE '% month' THEN interval '1 month'
          ELSE interval '1 day' END;
END
$$;

-- The first days of the months or quarters of these days.
CREATE FUNCTION report_firsts(length text, days date[]) RETURNS date[] LANGUAGE sql IMMUTABLE
AS $$
    SELECT array_agg(date_trunc(length, d.day)::date ORDER BY d.place) FROM unnest(days) WITH ORDINALITY AS d(day, place)
$$;

-- Keeps what these technicians' days count, and all that sums it up.
CREATE FUNCTION report_keep(of_org_id uuid, technicians uuid[], days date[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    sites uuid[];     -- what was there or is there now, with its days
    customers uuid[];
    dates date[];
BEGIN
    WITH gone AS (
        DELETE FROM report_sum r USING unnest(technicians, days) AS u(technician_id, day)
        WHERE r.org_id = of_org_id AND r.tier = 'visit day' AND r.technician_id = u.technician_id AND r.starts_on = u.day
        RETURNING r.site_id, r.customer_id, r.starts_on)
    SELECT array_agg(g.site_id), array_agg(g.customer_id), array_agg(g.starts_on) INTO sites, customers, dates FROM gone g;
    WITH kept AS (
        INSERT INTO report_sum SELECT * FROM report_count(of_org_id, technicians, days)
        RETURNING site_id, customer_id, starts_on)
    SELECT sites || array_agg(k.site_id), customers || array_agg(k.customer_id), dates || array_agg(k.starts_on)
    INTO sites, customers, dates FROM kept k;
    PERFORM report_keep_above(of_org_id, technicians, days, sites, customers, dates);
END
$$;

-- Keeps the sums of what is kept of these technicians' days, and of these sites' and customers' days.
CREATE FUNCTION report_keep_above(of_org_id uuid, technicians uuid[], technician_days date[], sites uuid[], customers uuid[],
                                  days date[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    organisation_days date[] := ARRAY(SELECT DISTINCT unnest(technician_days || days));
    organisation uuid[] := array_fill(of_org_id, ARRAY[cardinality(organisation_days)]);
BEGIN
    PERFORM report_keep_sums(of_org_id, 'technician day', 'technician_id', technicians, technician_days, 'visit day');
    PERFORM report_keep_sums(of_org_id, 'customer day', 'customer_id', customers, days, 'visit day');
    PERFORM report_keep_sums(of_org_id, 'organisation day', 'org_id', organisation, organisation_days, 'technician day');
    PERFORM report_keep_sums(of_org_id, 'technician month', 'technician_id', technicians,
                             report_firsts('month', technician_days), 'technician day');
    PERFORM report_keep_sums(of_org_id, 'site month', 'site_id', sites, report_firsts('month', days), 'visit day');
    PERFORM report_keep_sums(of_org_id, 'customer month', 'customer_id', customers, report_firsts('month', days), 'customer day');
    PERFORM report_keep_sums(of_org_id, 'organisation month', 'org_id', organisation,
                             report_firsts('month', organisation_days), 'organisation day');
    PERFORM report_keep_sums(of_org_id, 'technician quarter', 'technician_id', technicians,
                             report_firsts('quarter', technician_days), 'technician month');
    PERFORM report_keep_sums(of_org_id, 'site quarter', 'site_id', sites, report_firsts('quarter', days), 'site month');
    PERFORM report_keep_sums(of_org_id, 'customer quarter', 'customer_id', customers, report_firsts('quarter', days),
                             'customer month');
    PERFORM report_keep_sums(of_org_id, 'organisation quarter', 'org_id', organisation,
                             report_firsts('quarter', organisation_days), 'organisation month');
END
$$;

-- Keeps the rows of units that are dirty, oldest first, at most about `days_most` days of the
-- organisation at a time. Returns whether there is more to do. One at a time does this for an
-- organisation; a second one has nothing to do.
CREATE OR REPLACE FUNCTION report_refresh(of_org_id uuid, days_most integer) RETURNS boolean LANGUAGE plpgsql AS $$
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

    PERFORM report_keep(of_org_id, technicians, days);
    INSERT INTO report_progress VALUES (of_org_id, until)
    ON CONFLICT (org_id) DO UPDATE SET counted_until = excluded.counted_until;
    RETURN is_more OR EXISTS (SELECT FROM report_mark WHERE org_id = of_org_id);
END
$$;

-- What a report adds up: rows with the sign that they count with.
CREATE VIEW report_line WITH (security_invoker) AS SELECT 1 AS sign, r.* FROM report_sum r;

-- What must be added to the sums that are kept, of these days (and this technician): each dirty technician's day less as it
-- was kept, and as it is.
CREATE FUNCTION report_changes(of_org_id uuid, first_day date, last_day date, of_technician uuid)
    RETURNS report_line[] LANGUAGE plpgsql STABLE
AS $$
DECLARE
    technicians uuid[];
    days date[];
BEGIN
    SELECT array_agg(d.technician_id), array_agg(d.day) INTO technicians, days
    FROM report_dirty(of_org_id, first_day, last_day) AS d
    WHERE of_technician IS NULL OR d.technician_id = of_technician;
    IF days IS NULL THEN
        RETURN '{}';
    END IF;
    RETURN ARRAY(
        SELECT l::report_line
        FROM (SELECT -1 AS sign, r.*
              FROM unnest(technicians, days) AS u(technician_id, day)
              JOIN report_sum r ON r.org_id = of_org_id AND r.tier = 'visit day' AND r.technician_id = u.technician_id
                               AND r.starts_on = u.day
              UNION ALL
              SELECT 1, c.* FROM report_count(of_org_id, technicians, days) AS c) AS l);
END
$$;

-- The lines of a subject (a tier without its length; the days of a site are visit days): quarters and months by their first
-- days, and two spans of days with their signs (or nulls); of these technicians, sites, customers or, where null, of all.
-- Written for the planner, which puts this into the query that names it and leaves out what the constants rule out.
CREATE FUNCTION report_lines(of_org_id uuid, subject text, quarters date[], months date[],
                             one_sign integer, one_first date, one_last date,
                             other_sign integer, other_first date, other_last date,
                             of_technician uuid, of_team text, of_site uuid, of_customer uuid, changes report_line[])
    RETURNS SETOF report_line LANGUAGE sql STABLE
AS $$
    SELECT l.*
    FROM (SELECT 1 AS sign, r.* FROM report_sum r
          WHERE r.org_id = of_org_id AND r.tier = subject || ' quarter' AND r.starts_on = ANY (quarters)
            AND cardinality(quarters) > 0
          UNION ALL
          SELECT 1, r.* FROM report_sum r
          WHERE r.org_id = of_org_id AND r.tier = subject || ' month' AND r.starts_on = ANY (months)
            AND cardinality(months) > 0
          UNION ALL
          SELECT one_sign, r.* FROM report_sum r
          WHERE r.org_id = of_org_id AND r.tier = CASE subject WHEN 'site' THEN 'visit' ELSE subject END || ' day'
            AND r.starts_on BETWEEN one_first AND one_last
          UNION ALL
          SELECT other_sign, r.* FROM report_sum r
          WHERE r.org_id = of_org_id AND r.tier = CASE subject WHEN 'site' THEN 'visit' ELSE subject END || ' day'
            AND r.starts_on BETWEEN other_first AND other_last
          UNION ALL
          SELECT c.* FROM unnest(changes) AS c) AS l
    WHERE (of_technician IS NULL OR l.technician_id = of_technician)
      AND (of_team IS NULL OR l.technician_id = ANY (ARRAY(
              SELECT u.id FROM app_user u WHERE u.org_id = of_org_id AND u.team = of_team)))
      AND (of_site IS NULL OR l.site_id = of_site) AND (of_customer IS NULL OR l.customer_id = of_customer)
$$;

-- What was kept before, in the new form.
DO $$
DECLARE
    table_name text;
    kept record;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['report_day', 'report_finding', 'site', 'report_progress', 'report_sum'] LOOP
        EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', table_name);
    END LOOP;
    INSERT INTO report_sum
    SELECT r.org_id, 'visit day', r.day, r.technician_id, r.site_id, s.customer_id,
           r.visits, r.visits_needs_review, r.visits_rejected, r.visits_reviewed, r.checklist_incomplete, r.sent_late,
           r.time_on_site_short, r.photos, r.photos_awaited, r.photos_needs_review, r.photos_rejected, r.photos_approved,
           r.photos_refused, r.photos_retake, r.retakes_open, r.retakes_answered, r.trips, r.trip_minutes, r.trip_m,
           r.orders_visited, r.orders_fixed_first, r.windows, r.windows_early, r.windows_late, r.ratings, r.stars,
           coalesce((SELECT string_agg(minutes || ':1 ', '') FROM unnest(r.minutes_on_site) AS minutes), ''),
           coalesce((SELECT string_agg(f.code || ':' || f.photos || ':' || f.visits || ' ', '') FROM report_finding f
                     WHERE f.org_id = r.org_id AND f.day = r.day AND f.technician_id = r.technician_id
                       AND f.site_id = r.site_id), '')
    FROM report_day r JOIN site s ON s.org_id = r.org_id AND s.id = r.site_id;
    ANALYZE report_sum;
    FOR kept IN
        SELECT r.org_id, array_agg(r.technician_id) AS technicians, array_agg(r.site_id) AS sites,
               array_agg(r.customer_id) AS customers, array_agg(r.starts_on) AS days
        FROM report_sum r WHERE r.tier = 'visit day' GROUP BY r.org_id, date_trunc('month', r.starts_on)
    LOOP
        PERFORM report_keep_above(kept.org_id, kept.technicians, kept.days, kept.sites, kept.customers, kept.days);
    END LOOP;
    FOREACH table_name IN ARRAY ARRAY['site', 'report_progress', 'report_sum'] LOOP
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    END LOOP;
END
$$;
DROP TABLE report_day, report_finding;
ANALYZE report_sum;
