-- Reports of a year of one team or technician by site or customer: sums by technician and site of months and quarters, too.
--
-- Until now these alone had to go over all days, as nothing above `visit day` tells both apart. (Sums by team would be fewer,
-- but a team is looked up when a report is read, so that a technician who changes it takes the past along.)

CREATE TABLE report_visit_month PARTITION OF report_sum FOR VALUES IN ('visit month');
CREATE TABLE report_visit_quarter PARTITION OF report_sum FOR VALUES IN ('visit quarter');
CREATE INDEX report_visit_month_technician ON report_visit_month (org_id, technician_id, starts_on);
CREATE INDEX report_visit_month_site ON report_visit_month (org_id, site_id, starts_on);
CREATE INDEX report_visit_month_customer ON report_visit_month (org_id, customer_id, starts_on);
CREATE INDEX report_visit_quarter_technician ON report_visit_quarter (org_id, technician_id, starts_on);
CREATE INDEX report_visit_quarter_site ON report_visit_quarter (org_id, site_id, starts_on);
CREATE INDEX report_visit_quarter_customer ON report_visit_quarter (org_id, customer_id, starts_on);

DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['report_visit_month', 'report_visit_quarter'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
        EXECUTE format('CREATE POLICY own_organisation ON %I
                        USING (org_id = nullif(current_setting(''app.org_id'', true), '''')::uuid)', table_name);
    END LOOP;
END
$$;

DROP FUNCTION report_keep, report_keep_above, report_keep_sums;

-- Keeps anew the rows of a tier that begin on these days (the first of months or quarters) and are of these ids: of_whom is
-- their column, or org_id. With sites, only those at the id's site. They sum up another tier's rows; a tier's first word says
-- whom it tells apart.
CREATE FUNCTION report_keep_sums(of_org_id uuid, of_tier text, of_whom text, ids uuid[], begins date[], from_tier text,
                                 sites uuid[] DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    subject text := split_part(of_tier, ' ', 1);
    length interval := CASE split_part(of_tier, ' ', 2) WHEN 'quarter' THEN '3 months' WHEN 'month' THEN '1 month' ELSE '1 day' END;
BEGIN
    EXECUTE format($query$
        DELETE FROM report_sum r USING unnest($2, $3, $4) AS wanted(id, starts_on, site_id)
        WHERE r.org_id = $1 AND r.tier = %L AND r.starts_on = wanted.starts_on AND r.%I = wanted.id
          AND (wanted.site_id IS NULL OR r.site_id = wanted.site_id)
        $query$, of_tier, of_whom) USING of_org_id, ids, begins, sites;
    EXECUTE format($query$
        WITH part AS MATERIALIZED (
            SELECT wanted.starts_on AS begins_on,
                   CASE WHEN $6 IN ('visit', 'technician') THEN p.technician_id ELSE report_anybody() END AS of_technician,
                   CASE WHEN $6 IN ('visit', 'site') THEN p.site_id ELSE report_anybody() END AS of_site,
                   CASE WHEN $6 IN ('visit', 'site', 'customer') THEN p.customer_id ELSE report_anybody() END AS of_customer,
                   p.*
            FROM (SELECT DISTINCT w.id, w.starts_on, (w.starts_on + $5)::date AS ends_on, w.site_id
                  FROM unnest($2, $3, $4) AS w(id, starts_on, site_id)) AS wanted
            JOIN report_sum p ON p.org_id = $1 AND p.tier = %1$L AND p.%2$I = wanted.id
                             AND p.starts_on >= wanted.starts_on AND p.starts_on < wanted.ends_on
                             AND (wanted.site_id IS NULL OR p.site_id = wanted.site_id)),
        minutes AS (
            SELECT begins_on, of_technician, of_site, of_customer,
                   string_agg(minutes || ':' || visits || ' ', '' ORDER BY minutes) AS minutes
            FROM (SELECT p.begins_on, p.of_technician, p.of_site, p.of_customer, split_part(entry, ':', 1)::bigint AS minutes,
                         sum(split_part(entry, ':', 2)::bigint) AS visits
                  FROM part p CROSS JOIN string_to_table(rtrim(p.minutes), ' ') AS entry
                  GROUP BY 1, 2, 3, 4, 5) AS m
            GROUP BY 1, 2, 3, 4),
        findings AS (
            SELECT begins_on, of_technician, of_site, of_customer,
                   string_agg(code || ':' || photos || ':' || visits || ' ', '' ORDER BY code) AS findings
            FROM (SELECT p.begins_on, p.of_technician, p.of_site, p.of_customer, split_part(entry, ':', 1) AS code,
                         sum(split_part(entry, ':', 2)::bigint) AS photos, sum(split_part(entry, ':', 3)::bigint) AS visits
                  FROM part p CROSS JOIN string_to_table(rtrim(p.findings), ' ') AS entry
                  GROUP BY 1, 2, 3, 4, 5) AS f
            GROUP BY 1, 2, 3, 4)
        INSERT INTO report_sum
        SELECT $1, %3$L, begins_on, of_technician, of_site, of_customer,
               sum(p.visits), sum(p.visits_needs_review), sum(p.visits_rejected), sum(p.visits_reviewed),
               sum(p.checklist_incomplete), sum(p.sent_late), sum(p.time_on_site_short), sum(p.photos),
               sum(p.photos_awaited), sum(p.photos_needs_review), sum(p.photos_rejected), sum(p.photos_approved),
               sum(p.photos_refused), sum(p.photos_retake), sum(p.retakes_open), sum(p.retakes_answered), sum(p.trips),
               sum(p.trip_minutes), sum(p.trip_m), sum(p.orders_visited), sum(p.orders_fixed_first), sum(p.windows),
               sum(p.windows_early), sum(p.windows_late), sum(p.ratings), sum(p.stars),
               coalesce(m.minutes, ''), coalesce(f.findings, '')
        FROM part p
        LEFT JOIN minutes m USING (begins_on, of_technician, of_site, of_customer)
        LEFT JOIN findings f USING (begins_on, of_technician, of_site, of_customer)
        GROUP BY begins_on, of_technician, of_site, of_customer, m.minutes, f.findings
        $query$, from_tier, of_whom, of_tier)
    USING of_org_id, ids, begins, sites, length, subject;
END
$$;

-- Keeps what these technicians' days count, and all that sums it up.
CREATE FUNCTION report_keep(of_org_id uuid, technicians uuid[], technician_days date[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    visitors uuid[];  -- what was there or is there now: who was where on what day
    sites uuid[];
    customers uuid[];
    days date[];
    organisation_days date[];
    organisation uuid[];
BEGIN
    WITH gone AS (
        DELETE FROM report_sum r USING unnest(technicians, technician_days) AS u(technician_id, day)
        WHERE r.org_id = of_org_id AND r.tier = 'visit day' AND r.technician_id = u.technician_id AND r.starts_on = u.day
        RETURNING r.technician_id, r.site_id, r.customer_id, r.starts_on)
    SELECT array_agg(g.technician_id), array_agg(g.site_id), array_agg(g.customer_id), array_agg(g.starts_on)
    INTO visitors, sites, customers, days FROM gone g;
    WITH kept AS (
        INSERT INTO report_sum SELECT * FROM report_count(of_org_id, technicians, technician_days)
        RETURNING technician_id, site_id, customer_id, starts_on)
    SELECT visitors || array_agg(k.technician_id), sites || array_agg(k.site_id), customers || array_agg(k.customer_id),
           days || array_agg(k.starts_on)
    INTO visitors, sites, customers, days FROM kept k;
    organisation_days := ARRAY(SELECT DISTINCT unnest(technician_days || days));
    organisation := array_fill(of_org_id, ARRAY[cardinality(organisation_days)]);

    PERFORM report_keep_sums(of_org_id, 'technician day', 'technician_id', technicians, technician_days, 'visit day');
    PERFORM report_keep_sums(of_org_id, 'customer day', 'customer_id', customers, days, 'visit day');
    PERFORM report_keep_sums(of_org_id, 'organisation day', 'org_id', organisation, organisation_days, 'technician day');
    PERFORM report_keep_sums(of_org_id, 'visit month', 'technician_id', visitors, report_firsts('month', days),
                             'visit day', sites);
    PERFORM report_keep_sums(of_org_id, 'technician month', 'technician_id', technicians,
                             report_firsts('month', technician_days), 'technician day');
    PERFORM report_keep_sums(of_org_id, 'site month', 'site_id', sites, report_firsts('month', days), 'visit month');
    PERFORM report_keep_sums(of_org_id, 'customer month', 'customer_id', customers, report_firsts('month', days), 'customer day');
    PERFORM report_keep_sums(of_org_id, 'organisation month', 'org_id', organisation,
                             report_firsts('month', organisation_days), 'organisation day');
    PERFORM report_keep_sums(of_org_id, 'visit quarter', 'technician_id', visitors, report_firsts('quarter', days),
                             'visit month', sites);
    PERFORM report_keep_sums(of_org_id, 'technician quarter', 'technician_id', technicians,
                             report_firsts('quarter', technician_days), 'technician month');
    PERFORM report_keep_sums(of_org_id, 'site quarter', 'site_id', sites, report_firsts('quarter', days), 'site month');
    PERFORM report_keep_sums(of_org_id, 'customer quarter', 'customer_id', customers, report_firsts('quarter', days),
                             'customer month');
    PERFORM report_keep_sums(of_org_id, 'organisation quarter', 'org_id', organisation,
                             report_firsts('quarter', organisation_days), 'organisation month');
END
$$;

-- What was kept before has these sums now, too.
DO $$
DECLARE
    kept record;
BEGIN
    ALTER TABLE report_sum NO FORCE ROW LEVEL SECURITY;
    FOR kept IN
        SELECT r.org_id, array_agg(DISTINCT r.technician_id) AS technicians, r.starts_on
        FROM report_sum r WHERE r.tier = 'technician month' GROUP BY r.org_id, r.starts_on
    LOOP
        PERFORM report_keep_sums(kept.org_id, 'visit month', 'technician_id', kept.technicians,
                                 array_fill(kept.starts_on, ARRAY[cardinality(kept.technicians)]), 'visit day');
    END LOOP;
    ANALYZE report_visit_month;
    FOR kept IN
        SELECT r.org_id, array_agg(DISTINCT r.technician_id) AS technicians, r.starts_on
        FROM report_sum r WHERE r.tier = 'technician quarter' GROUP BY r.org_id, r.starts_on
    LOOP
        PERFORM report_keep_sums(kept.org_id, 'visit quarter', 'technician_id', kept.technicians,
                                 array_fill(kept.starts_on, ARRAY[cardinality(kept.technicians)]), 'visit month');
    END LOOP;
    ALTER TABLE report_sum FORCE ROW LEVEL SECURITY;
    ANALYZE report_visit_quarter;
END
$$;
