-- A rating given with a signature stands among the customers' answers, too, but is one rating: the report counts it
-- as the signature's.
CREATE OR REPLACE FUNCTION report_ratings(of_org_id uuid, technicians uuid[], days date[])
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
         WHERE r.org_id = of_org_id AND r.visit_id = v.id AND r.kind = 'rating' AND r.link_id IS NOT NULL
         ORDER BY r.link_id, r.received_at DESC, r.id DESC)) AS rating
$$;

-- What was counted before is counted again.
DO $$
DECLARE
    table_name text;
BEGIN
    FOREACH table_name IN ARRAY ARRAY['visit', 'signature', 'report_mark'] LOOP
        EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', table_name);
    END LOOP;
    INSERT INTO report_mark (org_id, technician_id, site_id, moment)
    SELECT DISTINCT v.org_id, v.technician_id, v.site_id, v.first_seen_at
    FROM signature g JOIN visit v ON v.org_id = g.org_id AND v.id = g.visit_id
    WHERE g.rating_score IS NOT NULL AND report_is_old(v.first_seen_at);
    FOREACH table_name IN ARRAY ARRAY['visit', 'signature', 'report_mark'] LOOP
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
    END LOOP;
END
$$;
