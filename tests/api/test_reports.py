"""Reports: exact at any moment, whatever came late or was decided since, and however much is kept already.

support/report_oracle.py counts the same out of the tables, a row at a time.
"""

import concurrent.futures
import csv
import datetime
import io
import random
import time

import pytest
import requests

from support.evidence import declared, fix_at, photo_bytes, put_photo, send
from support.organisation import new_id
from support.report_oracle import Oracle
from support.server import Server
from support.world import World, check_in, now, token_of

BY = ("technician", "team", "site", "customer", "day", "week")
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
FIRST, LAST = TODAY - datetime.timedelta(days=60), TODAY + datetime.timedelta(days=2)
PERIOD = {"from": str(FIRST), "to": str(LAST)}
ROUNDS = 40
MANY = 230


def report(user, name, by, **more):
    return user.api.get(f"/v1/reports/{name}", params={**PERIOD, "by": by, "limit": 5000, **more}, expect=200).json()


def rows_of(answer, by):
    """{key: figures}, the total under "total"."""
    names = {"team": "name", "day": "starts_on", "week": "starts_on"}
    rows = {row[names.get(by, "id")]: row["figures"] for row in answer["rows"]}
    return {**rows, "total": answer["total"]}


def plain(figures):
    figures = dict(figures)
    if isinstance(figures.get("findings"), list):
        figures["findings"] = {one["code"]: (one["photos"], one["visits"]) for one in figures["findings"]}
    return {name: value for name, value in figures.items() if value not in (0, None, {})}


def differences(user, oracle):
    """Every figure in which a report and the direct count differ."""
    wrong = []
    for name, count in (("evidence", oracle.evidence), ("service", oracle.service)):
        for by in BY:
            expected, given = count(by, FIRST, LAST), rows_of(report(user, name, by), by)
            for key in expected.keys() | given.keys():
                one = plain({k: v for k, v in expected.get(key, {}).items() if k != "visits_accepted"})
                other = plain(given.get(key, {}))
                wrong += [f"{name} by {by}, {key}: {figure} is {other.get(figure)}, counted {one.get(figure)}"
                          for figure in sorted(one.keys() | other.keys()) if one.get(figure) != other.get(figure)]
    return wrong


class Days:
    """An organisation in which things happen, today and weeks ago, in any order."""

    def __init__(self, organisation, run_folder, postgres, seed):
        self.random = random.Random(seed)
        self.organisation, self.postgres = organisation, postgres
        self.world = World(organisation, run_folder)
        self.manager = organisation.user("manager")
        self.administrator = organisation.administrator
        self.technicians = [organisation.user("technician") for _ in range(3)]
        self.administrator.api.patch(f"/v1/users/{self.technicians[0].id}", json={"team": "North"}, expect=200)
        self.sites = [self.world.site, self.world.new_site(), self.world.new_site()]
        self.administrator.api.patch(f"/v1/sites/{self.sites[1]}", json={"time_zone": "Asia/Shanghai"}, expect=200)
        self.jpeg = [photo_bytes(run_folder, seed=seed * 100 + n) for n in range(6)]
        self.dark = photo_bytes(run_folder, "--dark", seed=seed)
        self.visits, self.photos, self.awaited, self.orders = [], [], [], []

    def minutes_ago(self):
        return -self.random.choice([0, 5, 60, 60 * 7, 60 * 24 * 3, 60 * 24 * 3 + 400, 60 * 24 * 20, 60 * 24 * 59])

    def arrive(self):
        technician, site = self.random.choice(self.technicians), self.random.choice(self.sites)
        at = self.minutes_ago() + self.random.randint(-90, 0)
        photos = [declared(self.random.choice(["before", "after"]), captured_at=now(at + n)) for n in range(self.random.randint(0, 2))]
        orders = self.random.sample(self.orders, min(len(self.orders), self.random.randint(0, 2)))
        body = check_in(site, captured_at=now(at), photos=photos, work_order_ids=orders,
                        fix=fix_at(self.random.choice([0, 0, 0, 9000]), minutes=at))
        send(technician, body)
        self.visits.append((technician, site, body["visit_id"], at))
        self.awaited += [(technician, photo["id"], site, body["visit_id"]) for photo in photos]

    def later_check_in(self):
        """A departure, or an arrival that was earlier than what was known: it may move the visit to another day."""
        technician, site, visit, at = self.random.choice(self.visits)
        kind, minutes = self.random.choice([("departure", 3), ("departure", 45), ("arrival", -700), ("progress", -1500)])
        technician.api.post("/v1/check-ins", json=check_in(site, visit, kind=kind, captured_at=now(at + minutes)))

    def photo(self):
        if self.awaited:
            declared_photo = self.awaited.pop(self.random.randrange(len(self.awaited)))
            put_photo(declared_photo[0], declared_photo[1], self.random.choice([*self.jpeg, self.dark]))
            self.photos.append(declared_photo)

    def review_photo(self):
        if self.photos:
            photo, decision = self.random.choice(self.photos), self.random.choice(["approve", "reject", "retake", "withdraw"])
            self.manager.api.post(f"/v1/photos/{photo[1]}/reviews",
                                  json={"id": new_id(), "decision": decision, "reason": "Dark."})

    def answer_retake(self):
        """Only this moves the retake, without its photo."""
        if self.photos:
            technician, photo, site, visit = self.random.choice(self.photos)
            self.manager.api.post(f"/v1/photos/{photo}/reviews", json={
                "id": new_id(), "decision": "retake", "reason": "Dark."})
            refresh(self.postgres, self.organisation.id)
            again = declared("before", retake_of=photo)
            send(technician, check_in(site, visit, kind="progress", photos=[again]))
            put_photo(technician, again["id"], self.random.choice(self.jpeg))

    def review_visit(self):
        _, _, visit, _ = self.random.choice(self.visits)
        self.manager.api.post(f"/v1/visits/{visit}/reviews", json={
            "id": new_id(), "decision": self.random.choice(["approve", "reject", "withdraw"]), "reason": "Not there."})

    def order(self):
        site, starts = self.random.choice(self.sites), self.minutes_ago()
        body = {"id": new_id(), "number": f"R-{new_id()}", "site_id": site, "title": "Check", "priority": "low",
                "assignee_ids": [self.technicians[0].id],
                "window_starts_at": now(starts), "window_ends_at": now(starts + 90),
                "checklist": [{"id": new_id(), "kind": "photo", "label": "After", "photo_role": "after", "required": True}]}
        self.administrator.api.post("/v1/work-orders", json=body, expect=201)
        self.orders.append(body["id"])

    def move_order(self):
        if self.orders:
            order = self.random.choice(self.orders)
            to = self.random.choice(["done", "partly_done", "closed", "cancelled", "assigned", "on_site"])
            self.administrator.api.post(f"/v1/work-orders/{order}/transitions", json={"to": to, "reason": "So it is."})

    def replan(self):
        if self.orders:
            order, starts = self.random.choice(self.orders), self.minutes_ago()
            self.administrator.api.patch(f"/v1/work-orders/{order}", json={
                "window_starts_at": now(starts), "window_ends_at": now(starts + 60)}, expect=200)

    def rate(self):
        technician, _, visit, _ = self.random.choice(self.visits)
        link = technician.api.post(f"/v1/visits/{visit}/links", json={"id": new_id()}, expect=201).json()
        for _ in range(self.random.randint(1, 2)):
            technician.api.with_token(None).post(f"/v1/shared/{token_of(link)}/rating", expect=201, json={
                "id": new_id(), "stars": self.random.randint(1, 5)})

    def move_site(self):
        change = self.random.choice([{"time_zone": "Asia/Shanghai"}, {"time_zone": "Europe/Berlin"},
                                     {"time_zone": "Pacific/Kiritimati"},
                                     {"position": {"latitude": 52.6, "longitude": 13.5}, "datum": "wgs84", "radius_m": 150}])
        self.administrator.api.patch(f"/v1/sites/{self.random.choice(self.sites)}", json=change, expect=200)

    def change_team(self):
        self.administrator.api.patch(f"/v1/users/{self.random.choice(self.technicians).id}", expect=200,
                                     json={"team": self.random.choice(["North", "South", None])})

    def something(self):
        self.random.choice([self.arrive, self.arrive, self.arrive, self.later_check_in, self.later_check_in, self.photo,
                            self.photo, self.review_photo, self.review_photo, self.answer_retake, self.review_visit, self.order,
                            self.move_order, self.move_order, self.replan, self.rate, self.move_site, self.change_team])()


def refresh(postgres, organisation):
    """What the server's own thread does now and then."""
    return postgres.query(f"SET app.org_id = '{organisation}'; SELECT report_refresh('{organisation}', 40)")


@pytest.mark.parametrize("seed", [1, 2])
def test_reports_are_exact_after_anything(new_organisation, postgres, run_folder, seed):
    organisation = new_organisation()
    days = Days(organisation, run_folder, postgres, seed)
    for _ in range(4):
        days.arrive()
        days.order()
    for number in range(ROUNDS):
        days.something()
        if days.random.random() < 0.4:
            refresh(postgres, organisation.id)
        if number % 10 == 9:
            wrong = differences(days.manager, Oracle(postgres, organisation.id))
            assert wrong == [], "\n".join(wrong)
    kept = postgres.query(f"SELECT sum(visits), sum(photos) FROM report_sum WHERE org_id = '{organisation.id}' AND tier = 'visit day'")[0]
    assert int(kept[0]) > 10, "nothing was kept: the test said nothing"


FIGURES = """sum(visits), sum(visits_needs_review), sum(visits_rejected), sum(visits_reviewed), sum(checklist_incomplete),
    sum(sent_late), sum(time_on_site_short), sum(photos), sum(photos_awaited), sum(photos_needs_review), sum(photos_rejected),
    sum(photos_approved), sum(photos_refused), sum(photos_retake), sum(retakes_open), sum(retakes_answered), sum(trips),
    sum(trip_minutes), sum(trip_m), sum(orders_visited), sum(orders_fixed_first), sum(windows), sum(windows_early),
    sum(windows_late), sum(ratings), sum(stars), string_agg(minutes, ''), string_agg(findings, '')"""
TIERS = [(subject, length) for subject in ("technician", "customer", "organisation", "site", "visit") for length in ("day", "month", "quarter")
         if (subject, length) not in (("site", "day"), ("visit", "day"))]


def added_up(texts):
    """{name: numbers} of "31:2 45:1 31:1 "."""
    sums = {}
    for name, *numbers in (entry.split(":") for entry in texts.split()):
        before = sums.get(name, [0] * len(numbers))
        sums[name] = [one + int(other) for one, other in zip(before, numbers)]
    return sums


def sums(postgres, rows, key, length):
    """{(id, first day): figures} of rows, put together by their `key` and the day, month or quarter."""
    found = postgres.query(f"SELECT {key}, date_trunc('{length}', starts_on)::date, {FIGURES} FROM {rows} GROUP BY 1, 2")
    return {tuple(row[:2]): (row[2:-2], added_up(row[-2]), added_up(row[-1])) for row in found}


@pytest.mark.parametrize("seed", [4])
def test_every_sum_is_what_a_new_count_gives(new_organisation, postgres, run_folder, seed):
    """Kept a bit at a time while things happen; counted out of the evidence at once, all days there ever were."""
    organisation = new_organisation()
    days = Days(organisation, run_folder, postgres, seed)
    for _ in range(4):
        days.arrive()
        days.order()
    for _ in range(30):
        days.something()
        if days.random.random() < 0.5:
            refresh(postgres, organisation.id)
    while refresh(postgres, organisation.id) == [["t"]]:
        pass
    kept = f"report_sum WHERE org_id = '{organisation.id}' AND tier = "
    visit_days = f"{kept}'visit day'"
    clean = f"""(technician_id, starts_on) NOT IN (SELECT technician_id, day FROM report_dirty('{organisation.id}', '2020-01-01', '2100-01-01'))"""
    units = f"FROM app_user u, generate_series(0, 80) AS age WHERE u.org_id = '{organisation.id}' ORDER BY u.id, age"
    counted = f"""report_count('{organisation.id}', ARRAY(SELECT u.id {units}), ARRAY(SELECT current_date + 2 - age {units}))
                  WHERE {clean}"""
    by_unit = "technician_id::text || site_id || customer_id"
    expected = sums(postgres, counted, by_unit, "day")
    assert len(expected) > 5, "nothing was kept: the test said nothing"
    assert sums(postgres, f"{visit_days} AND {clean}", by_unit, "day") == expected
    for subject, length in TIERS:
        key = {"organisation": "org_id", "visit": by_unit}.get(subject, f"{subject}_id")
        expected = sums(postgres, visit_days, key, length)
        assert sums(postgres, f"{kept}'{subject} {length}'", key, length) == expected, f"{subject} {length}"


def test_what_retention_removes_counts_no_more(new_organisation, postgres, run_folder):
    organisation = new_organisation()
    days = Days(organisation, run_folder, postgres, 7)
    for _ in range(8):
        days.arrive()
    for _ in range(4):
        days.photo()
    while postgres.query(f"SET app.org_id = '{organisation.id}'; SELECT report_refresh('{organisation.id}', 40)") == [["t"]]:
        pass
    assert differences(days.manager, Oracle(postgres, organisation.id)) == []
    for _, photo, _, _ in days.photos:
        postgres.query(f"""DELETE FROM evidence_view WHERE photo_id = '{photo}'; DELETE FROM photo_finding WHERE photo_id = '{photo}';
                           DELETE FROM photo WHERE id = '{photo}'""")
        assert differences(days.manager, Oracle(postgres, organisation.id)) == []


def test_old_marks_are_gone_once_they_are_counted(new_organisation, postgres, run_folder):
    organisation = new_organisation()
    days = Days(organisation, run_folder, postgres, 11)
    for _ in range(6):
        days.arrive()
    for _ in range(20):
        refresh(postgres, organisation.id)
    assert postgres.query(f"SELECT count(*) FROM report_mark WHERE org_id = '{organisation.id}'") == [["0"]]


@pytest.fixture(scope="module")
def days(organisation, run_folder, postgres):
    """A few visits, with hostile names."""
    made = Days(organisation, run_folder, postgres, 3)
    made.administrator.api.patch(f"/v1/sites/{made.sites[0]}", expect=200, json={"name": "=HYPERLINK(\"http://x\",\"y\")"})
    made.administrator.api.patch(f"/v1/sites/{made.sites[1]}", expect=200, json={"name": "＝1+1"})
    made.administrator.api.patch(f"/v1/users/{made.technicians[1].id}", expect=200, json={"team": "@SUM(A1)"})
    for _ in range(3):
        made.arrive()
        made.order()
    for _ in range(12):
        made.something()
    return made


@pytest.mark.parametrize("name", ["evidence", "service"])
def test_filters_add_up_to_their_rows(days, name):
    for by, parameter in (("technician", "technician_id"), ("site", "site_id"), ("customer", "customer_id")):
        for row in report(days.manager, name, by)["rows"]:
            assert report(days.manager, name, "day", **{parameter: row["id"]})["total"] == row["figures"]
    for row in report(days.manager, name, "team")["rows"]:
        if row["name"]:
            assert report(days.manager, name, "day", team=row["name"])["total"] == row["figures"]


def test_a_limit_keeps_the_rows_with_most_visits(days):
    answer = report(days.manager, "service", "site", limit=1)
    every = report(days.manager, "service", "site")
    assert len(answer["rows"]) == 1 and answer["rows_left_off"] == len(every["rows"]) - 1
    assert answer["rows"][0]["figures"]["visits"] == max(row["figures"]["visits"] for row in every["rows"])
    assert answer["total"] == every["total"]


def test_days_come_in_their_order(days):
    for by in ("day", "week"):
        starts = [row["starts_on"] for row in report(days.manager, "evidence", by)["rows"]]
        assert starts == sorted(starts) and len(starts) == len(set(starts))


def test_another_organisation_counts_for_itself(new_organisation, days):
    other = new_organisation()
    for name in ("evidence", "service"):
        answer = report(other.administrator, name, "technician")
        assert answer["rows"] == [] and answer["total"]["visits"] == 0
        assert report(other.administrator, name, "technician", technician_id=days.technicians[0].id)["rows"] == []


@pytest.mark.parametrize("name", ["evidence", "service"])
@pytest.mark.parametrize("parameters, pointer, rule", [
    ({"to": "2026-01-01"}, "query:from", "required"),
    ({"from": "2026-01-01"}, "query:to", "required"),
    ({"from": "2026-02-01", "to": "2026-01-31"}, "query:to", "minimum"),
    ({"from": "2026-01-01", "to": "2027-01-02"}, "query:to", "maximum"),
    ({"from": "2026-01-01", "to": "2026-02-30"}, "query:to", "format"),
    ({"from": "2026-01-01", "to": "2026-01-31", "limit": "5001"}, "query:limit", "maximum"),
])
def test_the_period_is_checked(manager, name, parameters, pointer, rule):
    refusal = manager.api.get(f"/v1/reports/{name}", params={**parameters, "by": "site"}, expect=400).json()
    assert [(error["pointer"], error["rule"]) for error in refusal["errors"]] == [(pointer, rule)]


def test_a_leap_year_is_the_longest_period(manager):
    period = {"from": "2028-01-01", "to": "2028-12-31"}
    assert manager.api.get("/v1/reports/service", params={**period, "by": "day"}, expect=200).json()["from"] == "2028-01-01"


def as_csv(user, path, language="en", **parameters):
    answer = user.api.get(path, params=parameters, expect=200, headers={"Accept": "text/csv", "Accept-Language": language})
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="')
    assert answer.content.startswith(b"\xef\xbb\xbf") and answer.content.endswith(b"\r\n")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_a_report_as_csv_has_the_same_numbers(days):
    answer = report(days.manager, "service", "technician")
    titles, *rows = as_csv(days.manager, "/v1/reports/service", **PERIOD, by="technician")
    assert titles[:3] == ["name", "from day", "visits"]
    assert [row[2] for row in rows] == [str(row["figures"]["visits"]) for row in answer["rows"]]
    column = titles.index("first-time fix (%)")
    assert [float(row[column]) if row[column] else None for row in rows] == [
        row["figures"]["first_time_fix_percent"] for row in answer["rows"]]


def test_findings_are_columns(days):
    answer = report(days.manager, "evidence", "site")
    titles, *rows = as_csv(days.manager, "/v1/reports/evidence", **PERIOD, by="site")
    for finding in answer["total"]["findings"]:
        for subject in ("photos", "visits"):
            if finding[subject]:
                column = titles.index(f"{finding['code']} ({subject})")
                assert sum(int(row[column]) for row in rows) == finding[subject]


def test_titles_are_in_the_readers_language(days):
    assert as_csv(days.manager, "/v1/reports/service", language="zh", **PERIOD, by="day")[0][2] == "上门次数"
    assert as_csv(days.manager, "/v1/visits", language="zh")[0][1] == "站点"


def test_no_cell_is_a_formula(days):
    names = {row[0] for row in as_csv(days.manager, "/v1/reports/evidence", **PERIOD, by="site")[1:]}
    names |= {row[0] for row in as_csv(days.manager, "/v1/reports/evidence", **PERIOD, by="team")[1:]}
    names |= {cell for path in ("/v1/visits", "/v1/evidence", "/v1/work-orders", "/v1/audit-queue")
              for row in as_csv(days.manager, path) for cell in row}
    assert "'=HYPERLINK(\"http://x\",\"y\")" in names and "'＝1+1" in names
    assert not [name for name in names if name.startswith(("=", "+", "@", "\t", "\r", "＝", "＋", "－", "＠"))]


def test_a_list_as_csv_holds_every_page_of_what_the_filters_find(days):
    for path, key in (("/v1/visits", "id"), ("/v1/evidence", None), ("/v1/work-orders", "number"), ("/v1/audit-queue", None)):
        for more in ({}, {"site_id": days.sites[0]}):
            items = days.manager.api.get(path, params={**more, "limit": 200}, expect=200).json()["items"]
            rows = as_csv(days.manager, path, **more, limit=1)[1:]
            assert [row[0] for row in rows] == [item[key] if key else item["photo"]["id"] for item in items]


@pytest.fixture(scope="module")
def many(new_organisation, run_folder):
    """An organisation with more work orders than a page holds."""
    organisation = new_organisation()
    world = World(organisation, run_folder)
    for number in range(MANY):
        world.api.post("/v1/work-orders", expect=201, json={
            "id": new_id(), "number": f"N-{number:03}", "site_id": world.site, "title": "Many", "priority": "low"})
    return organisation


def test_a_long_list_is_read_a_page_at_a_time(many):
    """All come, once and in the list's order."""
    rows = as_csv(many.administrator, "/v1/work-orders", q="Many")[1:]
    assert [row[0] for row in rows] == [f"N-{number:03}" for number in reversed(range(MANY))]


@pytest.mark.parametrize("most", [MANY - 1, 200, MANY])
def test_a_list_with_more_rows_than_a_file_has_says_so(many, server, postgres, run_folder, most):
    """Whether a page ends there or not."""
    few = Server(run_folder / f"csv-{most}", postgres, environment={
        "FIELDPROOF_CSV_ROWS": str(most), "FIELDPROOF_DATA_DIR": str(server.data_folder),
        "FIELDPROOF_TOKEN_SECRET_FILE": server.environment["FIELDPROOF_TOKEN_SECRET_FILE"]})
    few.start()
    try:
        text = requests.get(few.base_url + "/v1/work-orders?q=Many", timeout=30, headers={
            "Accept": "text/csv", "Authorization": "Bearer " + many.administrator.api.token}).content.decode("utf-8-sig")
    finally:
        few.stop()
    _, *rows = csv.reader(io.StringIO(text, newline=""))
    said = rows.pop()[0] if most < MANY else None
    assert len(rows) == most and all(row[0].startswith("N-") for row in rows)
    assert said in (None, f"Only the first {most} rows; narrow the filters for the others.")


@pytest.mark.parametrize("loss", ["UPDATE session SET ended_at = now(), ended_reason = 'log_out' WHERE user_id",
                                  "UPDATE app_user SET disabled_at = now() WHERE id",
                                  "UPDATE app_user SET role = 'technician' WHERE id"])
def test_a_long_list_breaks_off_when_its_reader_may_not_read_on(many, postgres, loss):
    """They may when the file begins, and the first page waits until they may no longer."""
    reader = many.user("manager")
    sql = f"""SET LOCAL app.org_id = '{many.id}'; {loss} = '{reader.id}';
              LOCK TABLE work_order IN ACCESS EXCLUSIVE MODE"""
    with concurrent.futures.ThreadPoolExecutor() as threads:
        with postgres.transaction(sql):
            asked = threads.submit(reader.api.get, "/v1/work-orders", headers={"Accept": "text/csv"})
            deadline = time.monotonic() + 30
            while not postgres.query("SELECT pid FROM pg_locks WHERE relation = 'work_order'::regclass AND NOT granted"):
                assert time.monotonic() < deadline, "nobody reads the list"
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            asked.result(30)


def test_who_took_which_list_away_is_on_record(days):
    def exported():
        return days.administrator.api.get("/v1/audit-trail?action=exported&limit=200", expect=200).json()["items"]

    before = len(exported())
    rows = as_csv(days.manager, "/v1/visits", verdict="accepted", limit=1)[1:]
    as_csv(days.manager, "/v1/reports/service", **PERIOD, by="day")
    report, visits = exported()[: len(exported()) - before]
    assert visits["actor"]["id"] == days.manager.id and visits["entity"] == {"kind": "visit", "id": None, "name": "visits"}
    assert visits["changes"] == [{"field": "verdict", "from": None, "to": "accepted"},
                                 {"field": "rows", "from": None, "to": str(len(rows))}]
    assert report["entity"] == {"kind": "report", "id": None, "name": "service-report"}
    assert {"field": "by", "from": None, "to": "day"} in report["changes"]
    # Reading a page of it is no export.
    days.manager.api.get("/v1/visits", expect=200)
    assert len(exported()) == before + 2


def test_a_wrong_filter_is_refused_in_csv_too(manager):
    refusal = manager.api.get("/v1/visits", params={"verdict": "maybe"}, headers={"Accept": "text/csv"}, expect=400)
    assert refusal.json()["errors"][0]["pointer"] == "query:verdict"


# Where the desk leads from a figure, so that who reads a number can look at what it counts (web/desk/reports/links.ts).
LISTS = {
    "evidence": {
        "visits": ("visits", {}), "visits_needs_review": ("visits", {"verdict": "needs_review"}),
        "visits_rejected": ("visits", {"verdict": "rejected"}), "visits_reviewed": ("visits", {"reviewed": "true"}),
        "checklist_incomplete": ("visits", {"finding": "checklist_incomplete"}), "sent_late": ("visits", {"finding": "sent_late"}),
        "photos": ("evidence", {}), "photos_accepted": ("evidence", {"verdict": "accepted"}),
        "photos_needs_review": ("evidence", {"verdict": "needs_review"}), "photos_rejected": ("evidence", {"verdict": "rejected"}),
        "photos_approved": ("evidence", {"decision": "approve"}), "photos_refused": ("evidence", {"decision": "reject"}),
        "photos_retake": ("evidence", {"decision": "retake"}),
    },
    "service": {"visits": ("visits", {}), "time_on_site_short": ("visits", {"finding": "time_on_site_short"})},
}


def narrowed(by, row):
    """The filters of a list that mean the same as a report's row; None: no filter says that."""
    if by in ("technician", "site", "customer"):
        return {f"{by}_id": row["id"]}
    if by == "team":
        return {"team": row["name"]} if row["name"] else None
    first = datetime.date.fromisoformat(row["starts_on"])
    last = first + datetime.timedelta(days=6 if by == "week" else 0)
    return {"first_day": str(max(first, FIRST)), "last_day": str(min(last, LAST))}


def list_length(user, path, filters):
    page = user.api.get(f"/v1/{path}", expect=200, params={
        "first_day": str(FIRST), "last_day": str(LAST), "limit": 200, **filters}).json()
    assert page["next_cursor"] is None
    return len(page["items"])


@pytest.fixture(scope="module")
def varied(new_organisation, run_folder, postgres):
    """Some weeks with photos, findings and decisions of every kind, partly kept and partly counted anew."""
    made = Days(new_organisation(), run_folder, postgres, 5)
    made.administrator.api.patch(f"/v1/users/{made.technicians[1].id}", expect=200, json={"team": "South"})
    for number in range(16):
        made.arrive()
        made.later_check_in()
        if number == 8:
            refresh(postgres, made.organisation.id)
    while made.awaited:
        made.photo()
    for number, photo in enumerate(made.photos):
        decision = ("approve", "reject", "retake", None)[number % 4]
        if decision:
            made.manager.api.post(f"/v1/photos/{photo[1]}/reviews", expect=201, json={
                "id": new_id(), "decision": decision, "reason": "Dark."})
    for _ in range(4):
        made.review_visit()
    return made


@pytest.mark.parametrize("by", BY)
def test_every_figure_counts_what_its_list_shows(varied, by):
    wrong, figures_met = [], set()
    for name, lists in LISTS.items():
        answer = report(varied.manager, name, by)
        rows = [(narrowed(by, row), row["figures"]) for row in answer["rows"]]
        for filters, figures in [({}, answer["total"]), *((one, other) for one, other in rows if one is not None)]:
            for figure, (path, wanted) in lists.items():
                counted = list_length(varied.manager, path, {**filters, **wanted})
                wrong += [(figure, filters, figures[figure], counted)] if counted != figures[figure] else []
                figures_met |= {figure} if counted else set()
            for one in figures.get("findings", []):
                for subject, path in (("photos", "evidence"), ("visits", "visits")):
                    counted = list_length(varied.manager, path, {**filters, "finding": one["code"]})
                    wrong += [(one, subject, filters, counted)] if counted != one[subject] else []
    assert wrong == []
    assert {"visits_reviewed", "photos_accepted", "photos_approved", "photos_refused", "photos_retake"} <= figures_met


def test_a_reports_filters_and_its_lists_agree_together(varied):
    """Two filters at once: a team's photos and visits at a customer's site."""
    for team in ("North", "South"):
        for site in varied.sites:
            both = {"team": team, "site_id": site}
            total = report(varied.manager, "evidence", "week", **both)["total"]
            assert total["photos"] == list_length(varied.manager, "evidence", both)
            assert total["visits"] == list_length(varied.manager, "visits", both)
        for technician in varied.technicians:
            both = {"team": team, "technician_id": technician.id, "customer_id": varied.world.customer}
            total = report(varied.manager, "evidence", "week", **both)["total"]
            assert total["photos"] == list_length(varied.manager, "evidence", both)
            assert total["visits"] == list_length(varied.manager, "visits", both)
    assert report(varied.manager, "evidence", "week", team="North")["total"]["photos"] > 0
    nobody = new_id()
    varied.administrator.api.post("/v1/customers", expect=201, json={"id": nobody, "name": "No visits", "tier": "silver", "language": "en"})
    for path in ("evidence", "visits"):
        for filters in ({"team": "North"}, {}):
            assert list_length(varied.manager, path, filters) > 0
            assert list_length(varied.manager, path, {**filters, "customer_id": nobody}) == 0


def test_pages_of_a_teams_photos_and_visits_hold_each_once(varied):
    for path, key in (("evidence", lambda item: item["photo"]["id"]), ("visits", lambda item: item["id"])):
        for filters in ({"team": "South"}, {"customer_id": varied.world.customer}, {"team": "North", "customer_id": varied.world.customer}):
            whole = varied.manager.api.get(f"/v1/{path}", params={**filters, "limit": 200}, expect=200).json()["items"]
            pages, cursor = [], None
            while cursor is not None or not pages:
                page = varied.manager.api.get(f"/v1/{path}", expect=200, params={
                    **filters, "limit": 2, **({"cursor": cursor} if cursor else {})}).json()
                pages += page["items"]
                cursor = page["next_cursor"]
                if cursor is None:
                    break
            assert len(whole) > 2 and [key(item) for item in pages] == [key(item) for item in whole]
