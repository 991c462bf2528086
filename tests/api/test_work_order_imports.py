"""Many work orders at once, as CSV: templates, clocks of sites, technicians, and the same file again."""

import pytest

from support.master_data import create, customer, site, walk
from support.organisation import new_id
from support.world import template
from test_imports import load, post, refused, write

HEADER = ["number", "site_code", "template", "title", "technician_log_in", "window_starts_at", "window_ends_at", "due_at"]


@pytest.fixture(scope="module")
def place(dispatcher):
    """Codes of a site in Berlin and of one in Shanghai."""
    customer_id, mark = create(dispatcher, "/v1/customers", customer()), new_id()[:8]
    create(dispatcher, "/v1/sites", site(customer_id, code=f"{mark}-B", time_zone="Europe/Berlin"))
    create(dispatcher, "/v1/sites", site(customer_id, code=f"{mark}-S", time_zone="Asia/Shanghai"))
    return {"berlin": f"{mark}-B", "shanghai": f"{mark}-S"}


@pytest.fixture(scope="module")
def service(dispatcher):
    return dispatcher.api.post("/v1/checklist-templates", expect=201, json=template(
        title="Quarterly service", description="Clean the condenser.", priority="high", minutes=90, checklist=[
            {"kind": "photo", "label": "Before", "photo_role": "before"}, {"kind": "scan", "label": "Compressor"}])).json()


@pytest.fixture
def mark():
    """Numbers of one test begin with it."""
    return new_id()[:8]


def by_number(user, mark):
    """{number: work order} of those whose numbers begin with the mark."""
    found = walk(user.api, "/v1/work-orders", {"q": mark})
    return {order["number"].removeprefix(f"{mark}-"): order for order in found}


def test_rows_become_work_orders(dispatcher, organisation, place, service, mark):
    technician = organisation.user("technician")
    report = load(dispatcher, "work-orders", [
        HEADER,
        [f"{mark}-1", place["shanghai"], service["name"], "", technician.log_in.upper(), "2026/12/1 9:00", "", "2026-12-02 18:00"],
        [f"{mark}-2", place["berlin"], "", "Too warm", "", "2026-12-01 09:00", "2026-12-01 11:30:30", ""],
        [f"{mark}-3", place["berlin"], service["name"], "=HYPERLINK(\"http://x\")", "", "2026-12-01T09:00:00-05:00", "", ""],
    ])
    assert (report["imported"], refused(report)) == (3, [])
    made = by_number(dispatcher, mark)
    first, second, third = (made[number] for number in "123")
    assert (first["title"], first["description"], first["priority"], first["state"]) == (
        "Quarterly service", "Clean the condenser.", "high", "assigned")
    assert [person["id"] for person in first["assignees"]] == [technician.id]
    assert [(item["kind"], item["label"], item["photo_role"], item["required"]) for item in first["checklist"]] == [
        ("photo", "Before", "before", True), ("scan", "Compressor", None, True)]
    assert (first["window_starts_at"], first["window_ends_at"], first["due_at"]) == (
        "2026-12-01T01:00:00.000Z", "2026-12-01T02:30:00.000Z", "2026-12-02T10:00:00.000Z")
    assert (second["title"], second["priority"], second["state"], second["checklist"]) == ("Too warm", "normal", "new", [])
    assert (second["window_starts_at"], second["window_ends_at"]) == ("2026-12-01T08:00:00.000Z", "2026-12-01T10:30:30.000Z")
    assert (third["title"], third["window_starts_at"]) == ("=HYPERLINK(\"http://x\")", "2026-12-01T14:00:00.000Z")
    events = dispatcher.api.get(f"/v1/work-orders/{first['id']}/history", expect=200).json()["items"]
    assert [(event["kind"], event["to_state"], event["actor"]["id"]) for event in events] == [
        ("created", "assigned", dispatcher.id)]
    day = technician.api.get("/v1/my/day", params={"date": "2026-12-01"}, expect=200).json()
    assert [order["number"] for order in day["work_orders"]] == [f"{mark}-1"]


def test_clocks_that_change(dispatcher, place, mark):
    """02:30 on 2027-03-28 does not exist in Berlin; on 2026-10-25 it comes twice."""
    load(dispatcher, "work-orders", [
        HEADER,
        [f"{mark}-1", place["berlin"], "", "Gap", "", "2027-03-28 02:30", "", ""],
        [f"{mark}-2", place["berlin"], "", "Twice", "", "2026-10-25 02:30", "", ""],
        [f"{mark}-3", place["berlin"], "", "Summer", "", "2027-03-28 03:30", "", ""],
    ])
    made = by_number(dispatcher, mark)
    assert [made[number]["window_starts_at"] for number in "123"] == [
        "2027-03-28T01:30:00.000Z", "2026-10-25T01:30:00.000Z", "2027-03-28T01:30:00.000Z"]


def test_bad_rows_are_named_and_the_others_go_in(dispatcher, manager, place, service, mark):
    report = load(dispatcher, "work-orders", [
        HEADER,
        [f"{mark}-2", "nowhere", "", "x", "", "2026-12-01 9:00", "", ""],
        [f"{mark}-3", place["berlin"], "no such template", "", "", "", "", ""],
        [f"{mark}-4", place["berlin"], "", "", "", "", "", ""],
        [f"{mark}-5", place["berlin"], "", "x", manager.log_in, "", "", ""],
        [f"{mark}-6", place["berlin"], "", "x", "", "tomorrow", "", "2026-02-30 10:00"],
        [f"{mark}-7", place["berlin"], "", "x", "", "2026-12-01 9:00", "2026-12-01 8:00", ""],
        ["", place["berlin"], "", "x", "", "", "", ""],
        [f"{mark}-9", place["berlin"], "", "t" * 201, "", "", "", ""],
        [f"{mark}-10", place["berlin"], service["name"], "Good", "", "", "", ""],
        [f"{mark}-10", place["berlin"], service["name"], "Other", "", "", "", ""],
    ])
    assert report["imported"] == 1 and list(by_number(dispatcher, mark)) == ["10"]
    assert refused(report) == [
        (2, "site_code", "unknown_reference"), (3, "template", "unknown_reference"), (4, "title", "required"),
        (5, "technician_log_in", "unknown_reference"), (6, "window_starts_at", "format"), (6, "due_at", "format"),
        (7, "window_ends_at", "window"), (8, "number", "required"), (9, "title", "maxLength"), (11, "number", "duplicate"),
    ]


def test_what_is_offered_no_more_is_as_unknown_as_what_never_was(dispatcher, administrator, organisation, place, mark):
    technician = organisation.user("technician")
    retired = dispatcher.api.post("/v1/checklist-templates", json=template(), expect=201).json()
    rows = [HEADER, [f"{mark}-1", place["berlin"], "", "x", technician.log_in, "", "", ""],
            [f"{mark}-2", place["berlin"], retired["name"], "x", "", "", "", ""]]
    assert refused(post(dispatcher, "work-orders", write(rows), params={"dry_run": "true"}, expect=200).json()) == []
    administrator.api.patch(f"/v1/users/{technician.id}", json={"disabled": True}, expect=200)
    dispatcher.api.patch(f"/v1/checklist-templates/{retired['id']}", json={"is_retired": True}, expect=200)
    report = load(dispatcher, "work-orders", rows)
    assert refused(report) == [(2, "technician_log_in", "unknown_reference"), (3, "template", "unknown_reference")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_chinese_columns_and_encodings(dispatcher, place, mark, encoding):
    text = f"工单编号,门店编码,标题,开始时间,说明\r\n{mark}-1,{place['shanghai']},冷库温度过高,2026/12/1 9:00,“后门”进\r\n"
    report = post(dispatcher, "work-orders", text.encode(encoding), expect=200).json()
    assert (report["imported"], report["refused"]) == (1, [])
    made = by_number(dispatcher, mark)["1"]
    assert (made["title"], made["description"], made["window_starts_at"]) == (
        "冷库温度过高", "“后门”进", "2026-12-01T01:00:00.000Z")


def test_a_trial_writes_nothing_and_the_same_file_again_changes_nothing(dispatcher, place, service, mark):
    rows = [HEADER, *([f"{mark}-{n}", place["berlin"], service["name"], "", "", "", "", ""] for n in range(3)),
            [f"{mark}-bad", "nowhere", "", "x", "", "", "", ""]]
    trial = post(dispatcher, "work-orders", write(rows), params={"dry_run": "true"}, expect=200).json()
    assert (trial["imported"], refused(trial), by_number(dispatcher, mark)) == (
        3, [(5, "site_code", "unknown_reference")], {})
    assert load(dispatcher, "work-orders", rows) == trial
    before = by_number(dispatcher, mark)
    assert [len(order["checklist"]) for order in before.values()] == [2, 2, 2]
    dispatcher.api.patch(f"/v1/work-orders/{before['1']['id']}", json={"title": "Changed since"}, expect=200)
    again = load(dispatcher, "work-orders", rows)
    assert (again["imported"], again["unchanged"]) == (0, 3)
    after = by_number(dispatcher, mark)
    assert (after["0"], after["1"]["title"]) == (before["0"], "Changed since")
    rows[1][4] = "nobody"
    assert refused(load(dispatcher, "work-orders", rows))[0] == (2, "technician_log_in", "unknown_reference")


def test_one_work_order_with_a_template(dispatcher, place, service):
    where = next(item["id"] for item in walk(dispatcher.api, "/v1/sites") if item["code"] == place["berlin"])
    body = {"id": new_id(), "number": new_id(), "site_id": where, "template_id": service["id"],
            "window_starts_at": "2026-12-01T08:00:00.000Z"}
    made = dispatcher.api.post("/v1/work-orders", json=body, expect=201).json()
    assert (made["title"], made["priority"], made["window_ends_at"]) == (
        "Quarterly service", "high", "2026-12-01T09:30:00.000Z")
    assert [item["label"] for item in made["checklist"]] == ["Before", "Compressor"]
    own = {**body, "id": new_id(), "number": new_id(), "title": "Own", "checklist": [], "window_ends_at": None}
    made = dispatcher.api.post("/v1/work-orders", json=own, expect=201).json()
    assert (made["title"], made["window_ends_at"], made["checklist"]) == ("Own", None, [])
    for wrong, pointer in (({"template_id": new_id()}, "/template_id"), ({"template_id": None}, "/template_id")):
        answer = dispatcher.api.post("/v1/work-orders", json={**body, "id": new_id(), "number": new_id(), **wrong}, expect=422)
        assert answer.json()["errors"][0]["pointer"] == pointer
    del body["template_id"]
    answer = dispatcher.api.post("/v1/work-orders", json={**body, "id": new_id(), "number": new_id()}, expect=422)
    assert [(error["pointer"], error["rule"]) for error in answer.json()["errors"]] == [("/title", "required")]
