-- A report by site first looks which sites had the most visits, at all of them, and then reads the rows of those it shows. The
-- first reading takes nothing but these indexes (at 3,000 sites, a year: 16.7 ms instead of 20.9).
CREATE INDEX report_site_quarter_shown ON report_site_quarter (org_id, tier, starts_on)
    INCLUDE (site_id, visits, photos, photos_awaited);
CREATE INDEX report_site_month_shown ON report_site_month (org_id, tier, starts_on)
    INCLUDE (site_id, visits, photos, photos_awaited);
