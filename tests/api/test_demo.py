"""The demo organisation: its load, a second load, and that its evidence shows every kind of verdict."""

import collections
import re
import subprocess

import pytest

from support.contract import load
from support.master_data import walk
from support.paths import MAKE_PHOTO, ROOT

PASSWORD = "demo-nordlicht"
SLUG = "nordlicht-test"
# A fix with impossible coordinates is refused by the contract before any rule sees it; and a sheet is sealed without
# its evidence only when the server has waited a day for it.
UNREACHABLE = {"fix_invalid", "signed_evidence_missing"}


def run_load(server, *options):
    return subprocess.run(
        [ROOT / "demo/load.py", "--url", server.base_url, "--operator-token-file", server.folder / "operator",
         "--organisation", SLUG, "--make-photo", MAKE_PHOTO, "--largest-px", "640", *options],
        capture_output=True, text=True, timeout=400, check=False)


@pytest.fixture(scope="module")
def loaded(server):
    """What the first load printed."""
    result = run_load(server)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def demo(loaded, api):
    """Clients of the people of the demo, by log-in."""
    def log_in(name):
        answer = api.post("/v1/auth/log-in", expect=200, json={"organisation": SLUG, "log_in": name, "password": PASSWORD}).json()
        return api.with_token(answer["access_token"])
    return {name: log_in(name) for name in ("admin", "petra", "chen-jing", "liu-yang", "li-wei", "jonas")}


@pytest.fixture(scope="module")
def visits(demo):
    return walk(demo["petra"], "/v1/visits")


def test_the_people_and_places_are_there(demo):
    roles = collections.Counter(user["role"] for user in walk(demo["admin"], "/v1/users"))
    assert roles == {"administrator": 1, "manager": 2, "dispatcher": 1, "technician": 4}
    sites = walk(demo["liu-yang"], "/v1/sites")
    assert {site["datum"] for site in sites} == {"wgs84", "gcj02", "bd09"}
    assert {site["radius_m"] is None for site in sites} == {True, False}
    assert any(site["polygon"] and len(site["polygon"]["coordinates"]) > 1 for site in sites)
    assert len(walk(demo["liu-yang"], "/v1/customers")) == 12


def test_templates_and_recurring_work(demo):
    assert {entry["name"] for entry in walk(demo["liu-yang"], "/v1/checklist-templates")} == {"季度保养", "年度检漏"}
    [rounds] = walk(demo["liu-yang"], "/v1/work-schedules")
    assert [date["work_orders"] for date in rounds["next_dates"][:2]] == [2, 2]


def test_last_weeks_sample_is_drawn_and_scored(demo):
    [plan] = walk(demo["petra"], "/v1/sampling-plans")
    [draw] = walk(demo["petra"], f"/v1/sampling-plans/{plan['id']}/draws")
    lots = walk(demo["petra"], f"/v1/sampling-draws/{draw['id']}/visits")
    scored = [lot["assessment"] for lot in lots if lot["assessment"]]
    assert len(lots) >= 4 and len(scored) == len(lots) - 1
    assert {len(assessment["scores"]) for assessment in scored} == {3}
    assert len({lot["visit"]["technician"]["id"] for lot in lots}) >= 3


def test_every_verdict_occurs(visits):
    assert {visit["verdict"] for visit in visits} == {"accepted", "needs_review", "rejected"}


def test_every_finding_occurs(visits):
    seen = {code for visit in visits for code in visit["finding_codes"]}
    assert set(load().schema("FindingCode")["enum"]) - seen == UNREACHABLE


def test_every_state_of_work_orders_occurs(demo):
    states = {order["state"] for order in walk(demo["liu-yang"], "/v1/work-orders")}
    assert states == set(load().schema("WorkOrderState")["enum"])


def test_everybody_has_work_today(demo):
    for technician in ("li-wei", "jonas"):
        day = demo[technician].get("/v1/my/day", expect=200).json()
        assert [order for order in day["work_orders"] if order["state"] == "assigned"], technician


def test_managers_decided_and_retakes_are_open_and_answered(demo, visits):
    assert {visit["review_decision"] for visit in visits} == {None, "approve", "reject", "retake"}
    retakes = walk(demo["petra"], "/v1/retakes")
    assert {retake["answered_at"] is None for retake in retakes} == {True, False}


def test_sheets_are_drafts_signed_and_corrected(demo, visits):
    assert {visit["sheet"]["state"] for visit in visits if visit["sheet"]} == {"draft", "signed"}
    corrected = [visit for visit in visits if visit["sheet"] and visit["sheet"]["version"] == 2]
    pdf = demo["petra"].get(f"/v1/visits/{corrected[0]['id']}/sheet.pdf", expect=200)
    assert pdf.content.startswith(b"%PDF-")


def test_a_customer_can_look(loaded, api, demo, server):
    address, token = re.search(r"without a log-in: (\S+/c/)(\S+)", loaded).groups()
    assert address == f"{server.base_url}/c/"
    page = api.get(f"/v1/shared/{token}", expect=200).json()
    visit, = page["visits"]
    assert visit["sheet"] and visit["photos"] and page["organisation"]["name"]


def test_a_second_load_brings_nothing_new(server, loaded, demo, postgres):
    def counts():
        tables = ("app_user", "customer", "contact", "site", "asset", "work_order", "work_order_event", "visit",
                  "check_in", "photo", "scan", "visit_sheet", "signature", "review", "retake", "customer_link")
        return {table: postgres.query(f"SELECT count(*) FROM {table}")[0][0] for table in tables}
    before = counts()
    again = run_load(server)
    assert again.returncode == 0, again.stderr
    assert counts() == before
    assert "Loading" in loaded and "Loading" not in again.stdout
    assert PASSWORD in again.stdout


def test_a_load_that_was_interrupted_goes_on(server, loaded, demo, postgres):
    """As if the last review were missing: everything is sent once more and found to be there."""
    def rows():
        return int(postgres.query("SELECT count(*) FROM photo")[0][0])
    before = rows()
    org = "org_id = (SELECT org_id FROM organisation WHERE slug = '%s')" % SLUG
    postgres.query(f"DELETE FROM review WHERE {org} AND reason = 'The photos show the work.'")
    again = run_load(server)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "Loading" in again.stdout and rows() == before


def test_an_operators_key_that_is_not_there(server):
    result = run_load(server, "--operator-token-file", "/nowhere/key")
    assert result.returncode == 1 and re.search(r"key cannot be read", result.stderr) and "Traceback" not in result.stderr


def test_nobody_answers(server):
    result = run_load(server, "--url", "http://127.0.0.1:1")
    assert result.returncode == 1 and "script/server" in result.stderr and "Traceback" not in result.stderr


def play(server, *options):
    return subprocess.run(
        [ROOT / "script/demo-visit", "--url", server.base_url, "--organisation", SLUG, "--make-photo",
         MAKE_PHOTO, "--pdf", server.folder / "played/sheet.pdf", *options],
        capture_output=True, text=True, timeout=400, check=False)


def test_a_visit_with_the_projects_own_photos(server, loaded):
    result = play(server)
    assert result.returncode == 0, result.stdout + result.stderr
    assert (server.folder / "played/sheet.pdf").read_bytes().startswith(b"%PDF-")
    assert result.stdout.count("nothing against it") == 3
    assert "approve: the whole visit" in result.stdout


def test_a_visit_goes_on_when_a_photo_is_refused(server, loaded, run_folder):
    png, old = run_folder / "图 1.png", run_folder / "old.jpg"
    png.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    subprocess.run([MAKE_PHOTO, "--width", "640", "--height", "480", "--seed", "77", "--time", "2019:05:01 10:00:00", old], check=True, timeout=60)
    result = play(server, "--language", "zh", png, old)
    assert result.returncode == 0, result.stdout + result.stderr
    for words in ("422 POST", "PNG", "图 1.png is not part", "2019-05-01", "拍摄于", "retake: old.jpg"):
        assert words in result.stdout, words


@pytest.mark.parametrize("options, words", [
    (("/nowhere/a.jpg",), "no file /nowhere/a.jpg"),
    (("/tmp",), "not a file"),
    (("--organisation", "nobody-knows"), "script/server loads the demo"),
    (("--url", "http://127.0.0.1:1"), "does not answer"),
])
def test_one_sentence_says_what_is_wrong(server, loaded, options, words):
    result = play(server, *options)
    assert result.returncode == 1 and words in result.stderr
    assert len(result.stderr.splitlines()) == 1
