"""The manager's lists cost the same however old the history is: each filter finds its rows by an index.

PostgreSQL counts the rows that a page reads, out of a history made for that, as the server's own role, so that
row-level security takes part: it keeps indexes from operators that are not leakproof.
"""

import hashlib
import json
import subprocess
import uuid

import pytest

from support.organisation import new_id
from support.sql import queries

LIMIT = 21
ROWS_READ_MOST = 600  # a page of visits reads about 15 rows a visit; the history holds thousands
VISITS = 8000  # an hour apart; the oldest and the newest thousand are not reviewed, the others are
PHOTOS_A_VISIT = 2
ORDERS_OPEN = 200
NEWEST_REVIEWED = "2026-10-19T16:00:00Z"

HISTORY = f"""
CREATE FUNCTION pg_temp.made(kind text, number integer) RETURNS uuid LANGUAGE sql
    AS $$ SELECT md5('ORG' || kind || number)::uuid $$;
INSERT INTO organisation (org_id, slug, name, language, time_zone, content_sha256)
    VALUES ('ORG', 'ORG', 'Old history', 'en', 'Europe/Berlin', '');
INSERT INTO app_user (org_id, id, log_in, name, role, language, password_hash, content_sha256)
    SELECT 'ORG', pg_temp.made('user', i), i, 'User ' || i, 'technician', 'en', '', '' FROM generate_series(0, 19) i;
UPDATE app_user SET team = CASE WHEN i = 0 THEN 'North' WHEN i % 2 = 1 THEN 'South' END
    FROM generate_series(0, 19) i WHERE org_id = 'ORG' AND id = pg_temp.made('user', i);
INSERT INTO customer (org_id, id, name, tier, language, content_sha256)
    SELECT 'ORG', pg_temp.made('customer', i), 'Customer ' || i, 'gold', 'en', '' FROM generate_series(0, 49) i;
INSERT INTO site (org_id, id, customer_id, name, time_zone, datum, position_given, radius_m, latitude_deg,
                  longitude_deg, content_sha256)
    SELECT 'ORG', pg_temp.made('site', i), pg_temp.made('customer', i % 50), 'Site ' || i, 'Europe/Berlin', 'wgs84',
           '{{}}', 100, 52, 13, '' FROM generate_series(0, 199) i;
INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, verdict, finding_codes, review_decision)
    SELECT 'ORG', pg_temp.made('visit', i), pg_temp.made('site', i % 200), pg_temp.made('user', i % 20),
           timestamptz '2026-01-01' + i * interval '1 hour',
           CASE WHEN i % 100 = 0 THEN 'rejected' WHEN i % 10 = 0 THEN 'needs_review' ELSE 'accepted' END,
           CASE WHEN i = 7 THEN '{{geofence_inside,null_island}}' ELSE '{{geofence_inside}}' END::text[],
           CASE WHEN i BETWEEN 1001 AND 7000 THEN 'approve' END
    FROM generate_series(1, {VISITS}) i;
INSERT INTO check_in (org_id, id, visit_id, site_id, user_id, kind, captured_at, sent_at, received_at, verdict,
                      content_sha256)
    SELECT org_id, id, id, site_id, technician_id, 'arrival', first_seen_at, first_seen_at, first_seen_at, 'accepted', ''
    FROM visit WHERE org_id = 'ORG';
INSERT INTO photo (org_id, id, check_in_id, visit_id, site_id, user_id, role, captured_at, state)
    SELECT org_id, md5(id || '/' || k)::uuid, id, id, site_id, technician_id,
           (ARRAY['before', 'after'])[k], first_seen_at + k * interval '1 minute', 'awaited'
    FROM visit, generate_series(1, {PHOTOS_A_VISIT}) k WHERE org_id = 'ORG';
UPDATE photo SET state = 'stored', stored_at = captured_at, sha256 = sha256(photo.id::text::bytea), bytes = 1,
        small_sha256 = '', medium_sha256 = '', verdict = visit.verdict, review_decision = visit.review_decision,
        finding_codes = CASE WHEN visit.verdict = 'accepted' THEN '{{}}' ELSE '{{photo_too_dark}}' END::text[]
    FROM visit WHERE visit.org_id = 'ORG' AND photo.org_id = 'ORG' AND photo.visit_id = visit.id;
INSERT INTO review (org_id, id, visit_id, photo_id, decision, reason, reviewer_id, decided_at, content_sha256)
    SELECT org_id, id, visit_id, id, 'retake', 'Dark.', user_id, captured_at, '' FROM photo WHERE org_id = 'ORG';
INSERT INTO retake (org_id, id, visit_id, photo_id, technician_id, reason, requested_by, requested_at, withdrawn_at)
    SELECT org_id, id, visit_id, id, user_id, 'Dark.', user_id, captured_at,
           CASE WHEN captured_at > '2026-02-01' THEN captured_at END
    FROM photo WHERE org_id = 'ORG';
INSERT INTO visit_sheet (org_id, visit_id, version, state, content, document, document_sha256, written_by)
    SELECT org_id, id, version, 'signed', '{{}}', '{{}}', '', technician_id
    FROM visit JOIN generate_series(1, 2) version ON version = 1 OR EXTRACT(day FROM first_seen_at) = 11
    WHERE org_id = 'ORG' AND EXTRACT(day FROM first_seen_at) <> 12;
INSERT INTO correction (org_id, id, visit_id, sheet_version, technician_id, blocks, reason, requested_by, requested_at,
                        withdrawn_by, withdrawn_at, content_sha256)
    SELECT org_id, id, id, 1, technician_id, '{{done}}', 'Wrong.', technician_id, first_seen_at,
           CASE WHEN NOT is_open THEN technician_id END, CASE WHEN NOT is_open THEN first_seen_at END, ''
    FROM (SELECT *, EXTRACT(day FROM first_seen_at) = 13 AND EXTRACT(hour FROM first_seen_at) = 5 AS is_open FROM visit
          WHERE org_id = 'ORG' AND EXTRACT(day FROM first_seen_at) <> 12) AS visit;
INSERT INTO evidence_view (org_id, user_id, visit_id, viewed_at)
    SELECT org_id, technician_id, id, first_seen_at FROM visit WHERE org_id = 'ORG';
INSERT INTO audit_event (org_id, happened_at, actor_id, actor_name, action, entity_kind, entity_id)
    SELECT org_id, first_seen_at, CASE WHEN i = 7 THEN pg_temp.made('user', 0) ELSE pg_temp.made('user', 1) END, 'N',
           CASE WHEN i % 3 = 0 THEN 'created' ELSE 'viewed' END, CASE WHEN i % 3 = 0 THEN 'site' ELSE 'visit' END, id
    FROM (SELECT visit.*, row_number() OVER (ORDER BY first_seen_at) AS i FROM visit WHERE org_id = 'ORG') AS visit;
INSERT INTO customer_link (org_id, id, visit_id, token_sha256, created_by, expires_at, content_sha256)
    SELECT org_id, id, id, sha256(id::text::bytea), technician_id, first_seen_at, '' FROM visit WHERE org_id = 'ORG';
INSERT INTO customer_response (org_id, id, link_id, visit_id, kind, stars, received_at, content_sha256)
    SELECT org_id, id, id, id, CASE WHEN EXTRACT(day FROM first_seen_at) = 7 THEN 'complaint' ELSE 'rating' END,
           CASE WHEN EXTRACT(day FROM first_seen_at) <> 7 THEN 4 END, first_seen_at, ''
    FROM visit WHERE org_id = 'ORG';
INSERT INTO work_order (org_id, id, number, customer_id, site_id, title, priority, state, window_starts_at,
                        window_ends_at, created_by, created_at, updated_at, content_sha256)
    SELECT 'ORG', pg_temp.made('work order', i), 'WO-' || i, pg_temp.made('customer', i % 50),
           pg_temp.made('site', i % 200), 'Service ' || i, 'normal',
           CASE WHEN i <= {VISITS - ORDERS_OPEN} THEN 'closed' WHEN i % 2 = 0 THEN 'new' ELSE 'assigned' END,
           timestamptz '2026-01-05' + i * interval '1 hour', timestamptz '2026-01-05 02:00' + i * interval '1 hour',
           pg_temp.made('user', 0), timestamptz '2026-01-01' + i * interval '1 hour',
           timestamptz '2026-01-05 02:00' + i * interval '1 hour', ''
    FROM generate_series(1, {VISITS}) i;
INSERT INTO work_order_assignee (org_id, work_order_id, user_id)
    SELECT 'ORG', pg_temp.made('work order', i), pg_temp.made('user', i % 20)
    FROM generate_series(1, {VISITS}) i WHERE i % 2 = 1 OR i <= {VISITS - ORDERS_OPEN};
INSERT INTO visit_work_order (org_id, visit_id, work_order_id)
    SELECT 'ORG', pg_temp.made('visit', i), pg_temp.made('work order', i) FROM generate_series(1, {VISITS}) i;
INSERT INTO customer_response (org_id, id, link_id, visit_id, kind, decision, received_at, content_sha256)
    SELECT org_id, md5(id || '!')::uuid, id, id, 'decision', 'disputed', first_seen_at, ''
    FROM visit WHERE org_id = 'ORG' AND EXTRACT(day FROM first_seen_at) = 9;
UPDATE customer_response SET handled_at = received_at,
        handled_by = (SELECT technician_id FROM visit WHERE visit.id = customer_response.visit_id)
    WHERE org_id = 'ORG' AND received_at < '{NEWEST_REVIEWED}';
ANALYZE;
"""


@pytest.fixture(scope="module")
def postgres(own_postgres):
    return own_postgres


@pytest.fixture(scope="module")
def history(postgres):
    """The organisation that has the history."""
    organisation = new_id()
    postgres.query(HISTORY.replace("ORG", organisation))
    # As autovacuum leaves it, which comes when it likes: what it has been to decides between two plans.
    postgres.query("VACUUM (ANALYZE)")
    return organisation


def rows_read(postgres, organisation, name, parameters):
    """How many rows all scans of the query's plan looked at, as the server's role."""
    values = [organisation, *parameters]
    literals = ", ".join("NULL" if value is None else f"'{value}'" for value in values)
    script = f"""
        SET app.org_id = '{organisation}';
        SET plan_cache_mode = force_custom_plan;
        -- Reading this history's small tables whole may be cheapest, as the statistics of the moment say; what is
        -- asked here is whether there is a way whose cost does not grow with them.
        SET enable_seqscan = off;
        PREPARE list AS {queries()[name]};
        EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE list({literals});
    """
    output = subprocess.run(
        ["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", postgres.environment()["FIELDPROOF_DATABASE_URL"]],
        input=script, check=True, capture_output=True, text=True, timeout=60).stdout
    return count_rows(json.loads(output)[0]["Plan"])


# The tables that the history fills. Others are small here, and the planner may well read a small table whole.
LARGE = ("audit_event", "check_in", "customer_link", "customer_response", "evidence_view", "photo", "photo_finding", "retake", "review", "visit", "visit_finding",
         "visit_sheet", "visit_work_order", "work_order", "work_order_assignee", "correction")


def count_rows(node):
    own = 0
    if "Scan" in node["Node Type"] and node.get("Relation Name") in LARGE:
        own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    return own + sum(count_rows(child) for child in node.get("Plans", []))


def made(organisation, kind, number):
    """The id that the history's pg_temp.made() gives."""
    return str(uuid.UUID(hashlib.md5(f"{organisation}{kind}{number}".encode()).hexdigest()))


FILTERS = [
    {}, {"site": 5}, {"technician": 5}, {"from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"},
    {"verdict": "rejected"}, {"verdict": "accepted"}, {"cursor": "2026-02-01T00:00:00Z"},
    {"reviewed": "true"}, {"reviewed": "false", "cursor": NEWEST_REVIEWED},
    {"verdict": "needs_review", "reviewed": "false", "cursor": NEWEST_REVIEWED},
]
PHOTO_FILTERS = [
    {"role": "after"}, {"role": "meter"}, {"finding": "photo_too_dark"}, {"finding": "photo_edited"}, {"customer": 5},
    {"decision": "approve", "cursor": NEWEST_REVIEWED}, {"decision": "retake"}, {"decision": "retake", "team": "South"},
    {"first_day": "2026-03-01", "last_day": "2026-03-01"}, {"last_day": "2026-02-01", "customer": 5},
    {"first_day": "2026-03-01", "last_day": "2026-03-02", "finding": "photo_too_dark"},
    {"customer": 5, "finding": "photo_too_dark"}, {"technician": 5, "finding": "photo_too_dark"},
    {"site": 5, "finding": "photo_too_dark"},
]
# North is user 0 alone, South the other half; nobody is of West. Behind the cursor is so much that to sort it would be dear.
TEAM_FILTERS = [
    {"team": "North"}, {"team": "South"}, {"team": "West"}, {"team": "South", "cursor": "2026-06-01T00:00:00Z"},
    {"team": "South", "first_day": "2026-03-01", "last_day": "2026-03-03"},
]
MARKED = [
    {"signed": "true"}, {"signed": "false"}, {"signed": "false", "cursor": "2026-02-01T00:00:00Z"}, {"corrected": "true"},
    {"work_order": 5}, {"work_order": 5, "correction": "open"}, {"correction": "open"}, {"correction": "open", "customer": 5, "team": "South", "finding": "geofence_inside"},
    {"concern": "disputed"}, {"concern": "complaint"}, {"concern": "low_rating"}, {"concern": "any"},
    {"first_day": "2026-03-01", "last_day": "2026-03-01"}, {"last_day": "2026-02-01", "customer": 5},
    {"first_day": "2026-03-01", "last_day": "2026-03-02", "finding": "geofence_inside"},
]
VISIT_FILTERS = [{"customer": 5}, {"finding": "geofence_inside"}, {"finding": "null_island"}, {"finding": "stale_fix"},
                 {"customer": 5, "verdict": "rejected"}, {"customer": 5, "finding": "geofence_inside"},
                 {"technician": 5, "finding": "geofence_inside"}, {"site": 5, "finding": "geofence_inside"}]


def common(organisation, given):
    site, technician = (made(organisation, kind, given[name]) if name in given else None
                        for name, kind in (("site", "site"), ("technician", "user")))
    page = [LIMIT, given.get("cursor"), new_id() if "cursor" in given else None]
    return [site, technician, given.get("from"), given.get("to"), given.get("verdict"), given.get("reviewed")], page


def narrowed(organisation, given, name):
    """The query that answers these filters, and its last parameters."""
    customer = made(organisation, "customer", given["customer"]) if "customer" in given else None
    if "correction" in given or "work_order" in given:
        order = made(organisation, "work order", given["work_order"]) if "work_order" in given else None
        return f"{name}_of_few", [customer, given.get("team"), given.get("finding"), order, given.get("correction")]
    if "finding" in given:
        of_customer = "_of_customer" if customer else ""
        return f"{name}_with_finding{of_customer}", [customer, given.get("team"), given["finding"]]
    if "team" in given:
        return f"{name}_of_team", [customer, given["team"]]
    return (f"{name}_of_customer", [customer]) if customer else (name, [])


@pytest.mark.parametrize("given", FILTERS + PHOTO_FILTERS + TEAM_FILTERS, ids=str)
def test_a_page_of_evidence_reads_no_more_than_a_page(postgres, history, given):
    filters, page = common(history, given)
    parameters = ["en", *filters, given.get("role"), *page, *(given.get(name) for name in ("decision", "first_day", "last_day"))]
    name, more = narrowed(history, given, "evidence_list")
    parameters += more
    assert rows_read(postgres, history, name, parameters) < ROWS_READ_MOST


def test_the_rejected_photos_of_a_technician_are_found_among_neither_all_theirs_nor_all_rejected(postgres, history):
    filters, page = common(history, {"technician": 5, "verdict": "rejected"})
    parameters = ["en", *filters, None, *page, None, None, None]
    assert rows_read(postgres, history, "evidence_list", parameters) < 50


@pytest.mark.parametrize("given", [
    {}, {"risk": 0}, {"site": 5}, {"technician": 5}, {"verdict": "rejected"}, {"customer": 5}, {"role": "meter"},
    {"finding": "photo_too_dark"}, {"finding": "photo_edited"}, {"customer": 5, "finding": "photo_too_dark"},
    {"customer": 5, "risk": 0}, {"finding": "photo_too_dark", "risk": 0}, {"technician": 5, "risk": 0},
    {"from": "2026-11-01T00:00:00Z", "to": "2026-11-02T00:00:00Z"},
], ids=str)
def test_a_page_of_the_audit_queue_reads_no_more_than_a_page(postgres, history, given):
    """However much was reviewed, and however much waits."""
    filters, _ = common(history, given)
    page = [LIMIT, given.get("risk"), *((NEWEST_REVIEWED, new_id()) if "risk" in given else (None, None))]
    name, parameters = "evidence_list_by_risk", ["en", *filters[:5], None, given.get("role"), *page]
    if "customer" in given or "finding" in given:
        name = "evidence_list_by_risk_of_customer"
        parameters.append(made(history, "customer", given["customer"]) if "customer" in given else None)
    if "finding" in given:
        name = "evidence_list_by_risk_with_finding" + ("_of_customer" if "customer" in given else "")
        parameters.append(given["finding"])
    assert rows_read(postgres, history, name, parameters) < ROWS_READ_MOST


@pytest.mark.parametrize("given", FILTERS + VISIT_FILTERS + MARKED + TEAM_FILTERS, ids=str)
def test_a_page_of_visits_reads_no_more_than_a_page(postgres, history, given):
    filters, page = common(history, given)
    marks = [given.get(name) for name in ("signed", "corrected", "concern", "first_day", "last_day")]
    name, more = narrowed(history, given, "visit_list")
    assert rows_read(postgres, history, name, [*filters, *marks, *page, *more]) < ROWS_READ_MOST


@pytest.mark.parametrize("is_open", [None, "true", "false"])
@pytest.mark.parametrize("technician", [None, 5])
def test_a_page_of_retakes_reads_no_more_than_a_page(postgres, history, is_open, technician):
    wanted = made(history, "user", technician) if technician else None
    assert rows_read(postgres, history, "retake_list", [is_open, wanted, LIMIT, None, None]) < ROWS_READ_MOST


def test_a_page_of_looks_reads_no_more_than_a_page(postgres, history):
    parameters = [made(history, "visit", 5), LIMIT, None, None]
    assert rows_read(postgres, history, "evidence_views", parameters) < ROWS_READ_MOST


@pytest.mark.parametrize("given", [
    {}, {"user": 1}, {"user": 0}, {"user": 5}, {"visit": 5}, {"kind": "site"}, {"kind": "policy"}, {"action": "created"},
    {"action": "exported"}, {"user": 1, "action": "exported"}, {"user": 1, "kind": "policy"}, {"kind": "site", "action": "viewed"},
    {"user": 1, "kind": "visit", "action": "created"}, {"user": 1, "kind": "site", "action": "created"},
    {"cursor": "2026-02-01T00:00:00Z"}, {"from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z", "action": "created"},
], ids=str)
def test_a_page_of_the_audit_trail_reads_no_more_than_a_page(postgres, history, given):
    who, visit = (made(history, kind, given[kind]) if kind in given else None for kind in ("user", "visit"))
    page = [LIMIT, given.get("cursor"), new_id() if "cursor" in given else None]
    parameters = [who, visit, given.get("kind"), given.get("action"), given.get("from"), given.get("to"), *page]
    assert rows_read(postgres, history, "audit_list", parameters) < 3 * LIMIT


@pytest.mark.parametrize("given", [
    {}, {"kind": "complaint"}, {"kind": "decision"}, {"visit": 5}, {"work_order": 5}, {"visit": 5, "kind": "rating"},
    {"cursor": "2026-02-01T00:00:00Z"}, {"from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"},
    {"handled": "false"}, {"handled": "true"}, {"concern": "true"}, {"concern": "true", "handled": "false"},
], ids=str)
def test_a_page_of_what_customers_said_reads_no_more_than_a_page(postgres, history, given):
    visit, order = (made(history, kind, given[kind]) if kind in given else None for kind in ("visit", "work_order"))
    page = [LIMIT, given.get("cursor"), new_id() if "cursor" in given else None]
    filters = [given.get(name) for name in ("from", "to", "handled", "concern")]
    name, parameters = "customer_response_list", [given.get("kind"), visit, *filters, *page]
    if order:
        name, parameters = "customer_response_list_of_work_order", [*parameters, order]
    assert rows_read(postgres, history, name, parameters) < ROWS_READ_MOST


@pytest.mark.parametrize("given", [
    {}, {"handled": "false"}, {"handled": "false", "concern": "true"}, {"concern": "true"}, {"urgency": 2}], ids=str)
def test_a_page_of_urgent_answers_reads_no_more_than_a_page(postgres, history, given):
    page = [LIMIT, given.get("urgency"), *(("2026-05-01T00:00:00Z", new_id()) if "urgency" in given else (None, None))]
    parameters = [None, None, None, None, given.get("handled"), given.get("concern"), *page]
    assert rows_read(postgres, history, "customer_response_list_by_urgency", parameters) < ROWS_READ_MOST


def test_the_file_of_a_visit_reads_nothing_of_other_visits(postgres, history):
    visit = made(history, "visit", 4000)
    for name, parameters in (("visit_file_parts", [visit]), ("visit_sheet_list", [visit]),
                             ("customer_link_list_around_visit", [visit]), ("visit_get", [visit, None, "en"])):
        assert rows_read(postgres, history, name, parameters) < ROWS_READ_MOST, name


def test_a_customers_page_reads_nothing_of_other_work(postgres, history):
    visit = made(history, "visit", 4000)
    assert rows_read(postgres, history, "shared_view", [visit, visit, None, "all"]) < ROWS_READ_MOST
    link = postgres.query(f"SELECT encode(token_sha256, 'hex') FROM customer_link WHERE id = '{visit}'")[0][0]
    assert rows_read(postgres, history, "shared_link_open", ["\\x" + link]) < ROWS_READ_MOST
    photo = postgres.query(f"SELECT id FROM photo WHERE visit_id = '{visit}' LIMIT 1")[0][0]
    assert rows_read(postgres, history, "shared_photo", [visit, None, photo, "signed"]) < ROWS_READ_MOST


@pytest.fixture(scope="module")
def busy_site(postgres, history):
    """A site, and a technician, of whom thousands of check-ins are."""
    site, user = made(history, "site", 3), made(history, "user", 3)
    postgres.query(f"""
        INSERT INTO check_in (org_id, id, visit_id, site_id, user_id, kind, captured_at, sent_at, received_at,
                              latitude_deg, longitude_deg, verdict, content_sha256)
        SELECT org_id, gen_random_uuid(), visit_id, '{site}', '{user}', 'progress', captured_at, sent_at, received_at, 52, 13,
               'accepted', '' FROM check_in WHERE org_id = '{history}';
        ANALYZE check_in""")
    return site, user


@pytest.mark.parametrize("cursor", [None, "2026-02-01T00:00:00Z"])
def test_a_page_of_a_sites_check_ins_reads_no_more_than_a_page(postgres, history, busy_site, cursor):
    page = [LIMIT, cursor, new_id() if cursor else None]
    assert rows_read(postgres, history, "site_places", [busy_site[0], *page]) < 5 * LIMIT
    assert rows_read(postgres, history, "site_fixes", [busy_site[0], LIMIT]) < 5 * LIMIT


def test_a_technicians_day_reads_no_more_than_the_day(postgres, history, busy_site):
    day = ["2026-05-10T00:00:00Z", "2026-05-11T00:00:00Z"]
    assert rows_read(postgres, history, "user_track", [busy_site[1], *day, 301]) < 200
    assert rows_read(postgres, history, "visit_day", [made(history, "visit", 4000)]) < 10


@pytest.mark.parametrize("as_planned", ["false", "true"])
@pytest.mark.parametrize("given", [
    {}, {"state": "closed"}, {"state": "on_site"}, {"site": 5}, {"customer": 5}, {"open": "true"}, {"open": "false"},
    {"overdue": "true"}, {"unassigned": "true"}, {"technician": 5}, {"cursor": "2026-03-01T00:00:00Z"},
    {"from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z"}, {"technician": 5, "cursor": "2026-03-01T00:00:00Z"},
    {"technician": 5, "from": "2026-03-01T00:00:00Z", "to": "2026-03-08T00:00:00Z"},
], ids=str)
def test_a_page_of_work_orders_reads_no_more_than_a_page_and_what_is_open(postgres, history, given, as_planned):
    site, customer = (made(history, kind, given[kind]) if kind in given else None for kind in ("site", "customer"))
    parameters = [given.get("state"), site, customer, given.get("open"), given.get("overdue"), given.get("unassigned"),
                  given.get("from"), given.get("to"), None,
                  LIMIT, given.get("cursor"), new_id() if "cursor" in given else None]
    whose = made(history, "user", given["technician"]) if "technician" in given else None
    assert rows_read(postgres, history, "work_order_list", [*parameters, whose, as_planned]) < ROWS_READ_MOST


@pytest.mark.parametrize("day", [None, "2026-03-05", "2026-11-28"])
def test_a_board_reads_no_more_than_it_shows(postgres, history, day):
    postgres.query("ANALYZE")  # the tests before this one have changed what the planner knows
    assert rows_read(postgres, history, "board_work_orders", [day, 50, 50]) < 2 * ROWS_READ_MOST
    assert rows_read(postgres, history, "board_head", [day]) < ROWS_READ_MOST
    order, visit = made(history, "work order", 7990), made(history, "visit", 7990)
    assert rows_read(postgres, history, "board_part_work_orders", [day, f"{{{order}}}"]) < 20
    assert rows_read(postgres, history, "board_part_head", [day, f"{{{visit}}}"]) < 20
    assert rows_read(postgres, history, "board_retakes", [20]) < 100


@pytest.mark.parametrize("days", [1, 7])
def test_a_plan_reads_no_more_than_its_days_and_what_waits(postgres, history, days):
    first, last = "2026-03-02", f"2026-03-{1 + days:02}"
    span = [f"{first}T00:00:00Z", f"2026-03-{2 + days:02}T00:00:00Z", f"{first}T00:00:00Z", 5000, 500]
    shown = days * 24 + ORDERS_OPEN
    assert rows_read(postgres, history, "plan_work_orders", span) < 4 * shown
    assert rows_read(postgres, history, "plan_sites", span) < 4 * shown
    assert rows_read(postgres, history, "plan_head", [first, last, 500]) < shown
