"""A report reads as many rows, however old the history is: the same again when there is ten times as much before it.

PostgreSQL counts them as the server's own role, so that row-level security takes part: it keeps indexes from operators that
are not leakproof. Small tables it would rightly read as a whole; it is kept from that, so that what an index does not find
shows as rows that a filter removes.
"""

import itertools
import json
import subprocess

import pytest

from support.organisation import new_id
from support.sql import queries

TECHNICIANS, SITES, CUSTOMERS = 4, 8, 3
NEWEST = "2026-06-30"
AGES = {"a year": "2025-06-20", "ten years": "2015-06-20"}  # since when there is a history

# As report_cover_make() has them: quarters, months, days with their sign.
PERIODS = {
    "a day": ("2026-04-10", "2026-04-10", [], [], [(1, "2026-04-10", "2026-04-10")]),
    "a month": ("2026-03-30", "2026-05-02", [], ["2026-04-01"], [(1, "2026-03-30", "2026-03-31"), (1, "2026-05-01", "2026-05-02")]),
    "a year": ("2025-07-03", "2026-05-02", ["2025-07-01", "2025-10-01", "2026-01-01"], ["2026-04-01"],
               [(-1, "2025-07-01", "2025-07-02"), (1, "2026-05-01", "2026-05-02")]),
}
BY = ("technician", "team", "site", "customer", "day", "week")
FILTERS = [("technician",), ("team",), ("site",), ("customer",), ("technician", "site"), ("team", "customer")]
REPORTS = ("report_evidence", "report_service")
ASKED = [(name, by, filters, period) for name in REPORTS for by in BY
         for filters, period in [*(((), period) for period in PERIODS), *((filters, "a year") for filters in FILTERS)]]

PEOPLE_AND_PLACES = f"""
INSERT INTO organisation (org_id, slug, name, language, time_zone, content_sha256)
    VALUES ('ORG', 'ORG', 'Old history', 'en', 'Europe/Berlin', '');
INSERT INTO app_user (org_id, id, log_in, name, role, team, language, password_hash, content_sha256)
    SELECT 'ORG', md5('ORG' || 'technician' || i)::uuid, i, 'User ' || i, 'technician', 'Team ' || i % 2, 'en', '', ''
    FROM generate_series(0, {TECHNICIANS - 1}) i;
INSERT INTO customer (org_id, id, name, tier, language, content_sha256)
    SELECT 'ORG', md5('ORG' || 'customer' || i)::uuid, 'Customer ' || i, 'gold', 'en', '' FROM generate_series(0, {CUSTOMERS - 1}) i;
INSERT INTO site (org_id, id, customer_id, name, time_zone, datum, position_given, radius_m, latitude_deg, longitude_deg, content_sha256)
    SELECT 'ORG', md5('ORG' || 'site' || i)::uuid, md5('ORG' || 'customer' || i % {CUSTOMERS})::uuid, 'Site ' || i, 'Europe/Berlin',
           'wgs84', '{{}}', 100, 52, 13, '' FROM generate_series(0, {SITES - 1}) i;
"""
# Each technician visits one site a day; the server's own functions count that and sum it up.
VISITS = f"""
INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, arrived_at, departed_at, verdict, finding_codes)
    SELECT 'ORG', gen_random_uuid(), md5('ORG' || 'site' || (extract(day FROM day) + i)::integer % {SITES})::uuid,
           md5('ORG' || 'technician' || i)::uuid, day + interval '9 hours', day + interval '9 hours',
           day + interval '9 hours' + extract(day FROM day) * interval '2 minutes', 'accepted', '{{sent_late}}'
    FROM generate_series(timestamptz 'FIRST', 'LAST', '1 day') AS day, generate_series(0, {TECHNICIANS - 1}) i;
DELETE FROM report_mark WHERE org_id = 'ORG';
DO $$
DECLARE
    unit record;
BEGIN
    FOR unit IN SELECT array_agg(u.id) AS technicians, array_agg(day::date) AS days
                FROM generate_series(timestamptz 'FIRST', 'LAST', '1 day') AS day, app_user u WHERE u.org_id = 'ORG'
                GROUP BY date_trunc('month', day) LOOP
        PERFORM report_keep('ORG', unit.technicians, unit.days);
    END LOOP;
END
$$;
INSERT INTO report_progress VALUES ('ORG', now()) ON CONFLICT (org_id) DO NOTHING;
ANALYZE;
"""


def made(organisation, kind):
    return "'Team 1'" if kind == "team" else f"md5('{organisation}{kind}1')::uuid"


def subject(of_technicians, of_sites, of_customers):
    if of_technicians:
        return "visit" if of_sites or of_customers else "technician"
    return "site" if of_sites else "customer" if of_customers else "organisation"


def literal(value):
    return "NULL" if value is None else f"'{value}'"


def statement(organisation, name, by, filters, period):
    """The report as the server asks for it."""
    first, last, quarters, months, spans = PERIODS[period]
    of_technicians = "technician" in filters or "team" in filters
    own = subject(of_technicians or by in ("technician", "team"), "site" in filters or by == "site", "customer" in filters or by == "customer")
    if by in ("day", "week"):
        quarters, months, spans = [], [], [(1, first, last)]
    days = list(itertools.chain(*[*spans, (0, None, None)][:2]))
    wanted = [made(organisation, name) if name in filters else "NULL" for name in ("technician", "team", "site", "customer")]
    values = [organisation, first, last, by, own, "{%s}" % ",".join(quarters), "{%s}" % ",".join(months), *days]
    shown = ["200", subject(of_technicians, "site" in filters, "customer" in filters), own == by == "site"]
    return f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE {name}({', '.join([*map(literal, values), *wanted, *map(literal, shown)])});\n"


def rows_read(postgres, organisation):
    """{what is asked for: how many rows of report_sum the report looks at}."""
    script = f"SET app.org_id = '{organisation}'; SET plan_cache_mode = force_custom_plan; SET enable_seqscan = off;\n"
    script += "".join(f"PREPARE {name} AS {queries()[name]};\n" for name in REPORTS)
    script += "".join(statement(organisation, *asked) for asked in ASKED)
    output = subprocess.run(
        ["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", postgres.environment()["FIELDPROOF_DATABASE_URL"]],
        input=script, check=True, capture_output=True, text=True, timeout=300).stdout
    plans = json.loads("[" + output.replace("\n]\n[\n", "\n],[\n") + "]")
    assert len(plans) == len(ASKED)
    return {asked: count_rows(plan[0]["Plan"]) for asked, plan in zip(ASKED, plans)}


def count_rows(node):
    own = 0
    if "Scan" in node["Node Type"] and node.get("Relation Name", "").startswith("report_"):
        own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)) * node["Actual Loops"]
    return own + sum(count_rows(child) for child in node.get("Plans", []))


@pytest.fixture(scope="module")
def postgres(own_postgres):
    return own_postgres


@pytest.fixture(scope="module")
def counts(postgres):
    """{age of the history: {(report, by, filters, period): rows read}}."""
    organisation = new_id()
    postgres.query(PEOPLE_AND_PLACES.replace("ORG", organisation))
    found, last = {}, NEWEST
    for age, first in AGES.items():
        postgres.query(VISITS.replace("ORG", organisation).replace("FIRST", first).replace("LAST", last))
        found[age] = rows_read(postgres, organisation)
        last = "2025-06-19"
    return found


def test_a_report_of_an_old_history_reads_no_more(counts):
    """Twice as many are not ten times as many: which of two indexes is the better one may change."""
    more = {asked: (rows, counts["ten years"][asked]) for asked, rows in counts["a year"].items() if counts["ten years"][asked] > 2 * rows + 10}
    assert more == {}


def test_sums_spare_a_years_report_its_days(counts):
    """How often PostgreSQL goes over the sums may change; day by day it would read all of these."""
    days = 304
    for name in REPORTS:
        read = counts["a year"]
        assert read[name, "technician", (), "a year"] <= days * TECHNICIANS / 4
        assert read[name, "customer", (), "a year"] <= days * CUSTOMERS / 4
        assert read[name, "site", (), "a year"] <= days * TECHNICIANS / 4  # each is at one site a day
        assert read[name, "site", ("team",), "a year"] <= days * TECHNICIANS / 4
        assert read[name, "customer", ("team",), "a year"] <= days * TECHNICIANS / 4
        assert read[name, "site", ("technician",), "a year"] <= days / 4
        assert read[name, "week", (), "a year"] <= 2 * days
        assert read[name, "day", ("team", "customer"), "a year"] < 2 * days * TECHNICIANS
