"""Lists and reports as CSV: the same numbers, all pages, nothing that a spreadsheet runs, and on record who took them."""

import concurrent.futures
import csv
import io
import time

import pytest
import requests

from support.organisation import new_id
from support.report_days import PERIOD, days_with_hostile_names, report
from support.server import Server
from support.world import World

MANY = 230


@pytest.fixture(scope="module")
def days(organisation, run_folder, postgres):
    return days_with_hostile_names(organisation, run_folder, postgres)


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
