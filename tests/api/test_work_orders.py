"""Work orders: the table of steps walked through, history, assignment, a technician's day."""

import datetime
import re

import pytest

from support.evidence import declared, photo_bytes, send
from support.organisation import new_id
from support.paths import ROOT
from support.world import check_in, now, work_order

STATES = ("new", "assigned", "accepted", "on_site", "done", "partly_done", "unresolved", "closed", "cancelled")
LETTERS = {"T": "technician", "D": "dispatcher", "M": "manager", "A": "administrator"}

# How to get a work order with an assignee into each state, by steps that the office may take.
WAYS = {
    "new": None, "assigned": [], "accepted": ["accepted"], "on_site": ["on_site"], "done": ["on_site", "done"],
    "partly_done": ["on_site", "partly_done"], "unresolved": ["on_site", "unresolved"],
    "closed": ["on_site", "done", "closed"], "cancelled": ["cancelled"],
}


def steps():
    """{(from, to): (roles, needs a reason)} by the document, which a contract test compares with the code."""
    rows = re.findall(r"^\| (\w+) \| (\w+) \| ([TDMA ]+) \| (yes|no) \| (yes|no) \|$",
                      (ROOT / "docs/work-orders.md").read_text(), re.MULTILINE)
    return {(start, end): ({LETTERS[letter] for letter in who.split()}, reason == "yes")
            for start, end, who, reason, _ in rows}


@pytest.fixture(scope="module")
def people(organisation, world):
    return {"technician": world.own.user, "dispatcher": organisation.user("dispatcher"),
            "manager": organisation.user("manager"), "administrator": organisation.administrator}


def step(user, key, state, expect=200, **fields):
    return user.api.post(f"/v1/work-orders/{key}/transitions", json={"to": state, **fields}, expect=expect)


def in_state(world, people, state):
    """A new work order of the technician in that state."""
    key = world.new_work_order([] if state == "new" else [people["technician"].id])
    for target in WAYS[state] or []:
        step(people["manager"], key, target, reason="on the way")
    return key


# Where a technician's other steps lead from a state: an offline queue may bring the last one first.
AFTER_ARRIVAL = ("on_site", "done", "partly_done", "unresolved")
AHEAD = {("assigned", "done"), ("assigned", "partly_done"), ("assigned", "unresolved"), ("accepted", "done"),
         ("accepted", "partly_done"), ("partly_done", "done"), ("partly_done", "unresolved"), ("unresolved", "done"),
         ("unresolved", "partly_done")}


@pytest.mark.parametrize("start", STATES)
def test_every_step_for_every_role(world, people, start):
    table = steps()
    key = in_state(world, people, start)
    for end in STATES:
        for role, user in people.items():
            if start == "new" and role == "technician":
                step(user, key, end, expect=404)  # nobody is assigned to it
                continue
            if start == end or role == "technician" and end == "accepted" and start in AFTER_ARRIVAL:
                assert step(user, key, end).json()["state"] == start
                continue
            roles, _ = table.get((start, end), (set(), False))
            if end == "assigned" and start == "new" and role in roles:
                assert step(user, key, end, reason="r", expect=409).json()["errors"][0]["rule"] == "assignees"
            elif role in roles:
                assert step(user, key, end, reason="r").json()["state"] == end
                key = in_state(world, people, start)
            else:
                problem = step(user, key, end, reason="r", expect=403 if roles else 409).json()
                is_ahead = role == "technician" and (start, end) in AHEAD
                assert problem["code"] == ("forbidden" if roles else "out_of_order" if is_ahead else "state_conflict")
                assert problem["retryable"] is (is_ahead and not roles)
    assert people["manager"].api.get(f"/v1/work-orders/{key}", expect=200).json()["state"] == start


@pytest.mark.parametrize("start, end", [pair for pair, (_, reason) in steps().items() if reason])
def test_steps_that_need_a_reason(world, people, start, end):
    key = in_state(world, people, start)
    for fields in ({}, {"reason": " \n"}):
        problem = step(people["manager"], key, end, expect=422, **fields).json()
        assert problem["errors"][0]["pointer"] == "/reason"


def test_a_step_that_moves_nothing_is_recorded_and_leaves_the_version(world, people):
    key, event = in_state(world, people, "on_site"), new_id()
    before = people["manager"].api.get(f"/v1/work-orders/{key}", expect=200).json()
    assert step(people["technician"], key, "on_site", id=event).json()["version"] == before["version"]
    assert step(people["technician"], key, "accepted", id=new_id()).json()["version"] == before["version"]
    step(people["technician"], key, "done")
    again = step(people["technician"], key, "on_site", id=event)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json()["state"] == "done"


def test_repeating_a_step(world, people):
    key, event = in_state(world, people, "assigned"), new_id()
    step(people["technician"], key, "accepted", id=event)
    step(people["technician"], key, "on_site")
    again = step(people["technician"], key, "accepted", id=event)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json()["state"] == "on_site"
    assert step(people["technician"], key, "done", id=event, expect=409).json()["code"] == "content_conflict"


def test_history_says_who_changed_what(world, people):
    key = world.new_work_order()
    dispatcher = people["dispatcher"]
    dispatcher.api.patch(f"/v1/work-orders/{key}", json={"title": "压缩机检查", "priority": "urgent"}, expect=200)
    dispatcher.api.patch(f"/v1/work-orders/{key}", json={"title": "压缩机检查"}, expect=200)
    dispatcher.api.patch(f"/v1/work-orders/{key}", json={"assignee_ids": [people["technician"].id]}, expect=200)
    events = dispatcher.api.get(f"/v1/work-orders/{key}/history", expect=200).json()["items"]
    assert [event["kind"] for event in events] == ["created", "changed", "assigned", "state_changed"]
    assert events[1]["changes"]["title"] == {"from": "Check the compressor", "to": "压缩机检查"}
    assert events[1]["changes"]["priority"] == {"from": "normal", "to": "urgent"}
    assert events[2]["changes"]["assignee_ids"] == {"from": [], "to": [people["technician"].id]}
    assert {event["actor"]["id"] for event in events[1:]} == {dispatcher.id}


def test_assigning_sends_out_and_unassigning_brings_back(world, people):
    key = world.new_work_order()
    path = f"/v1/work-orders/{key}"
    api = people["dispatcher"].api
    assert api.patch(path, json={"assignee_ids": [people["technician"].id]}, expect=200).json()["state"] == "assigned"
    assert api.patch(path, json={"assignee_ids": []}, expect=200).json()["state"] == "new"


@pytest.mark.parametrize("fields, pointer", [
    ({"assignee_ids": ["dispatcher"]}, "/assignee_ids"),
    ({"assignee_ids": ["nobody"]}, "/assignee_ids"),
    ({"site_id": "nobody"}, "/site_id"),
    ({"checklist": ["asset of another site"]}, "/checklist"),
])
def test_references_must_be_there(world, people, fields, pointer):
    if fields.get("assignee_ids") == ["dispatcher"]:
        fields = {"assignee_ids": [people["dispatcher"].id]}
    elif "assignee_ids" in fields:
        fields = {"assignee_ids": [new_id()]}
    elif "site_id" in fields:
        fields = {"site_id": new_id()}
    else:
        other = new_id()
        world.api.post("/v1/assets", expect=201, json={"id": other, "site_id": world.new_site(), "name": "Elsewhere"})
        fields = {"checklist": [{"id": new_id(), "kind": "scan", "label": "Scan it", "asset_id": other}]}
    body = {**work_order(world.site), **fields}
    problem = people["dispatcher"].api.post("/v1/work-orders", json=body, expect=422).json()
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("unknown_reference", pointer)
    people["dispatcher"].api.get(f"/v1/work-orders/{body['id']}", expect=404)


def test_a_window_does_not_end_before_it_starts(world, people):
    body = {**work_order(world.site), "window_starts_at": now(60), "window_ends_at": now(0)}
    problem = people["dispatcher"].api.post("/v1/work-orders", json=body, expect=422).json()
    assert problem["errors"][0]["pointer"] == "/window_ends_at"


def test_only_new_ones_can_be_deleted(world, people):
    api = people["dispatcher"].api
    key = world.new_work_order()
    api.delete(f"/v1/work-orders/{key}", expect=204)
    api.get(f"/v1/work-orders/{key}", expect=404)
    assert api.delete(f"/v1/work-orders/{in_state(world, people, 'assigned')}", expect=409).json()["code"] == "referenced"


def test_the_checklist_knows_what_is_done(world, people, run_folder):
    items = [{"id": new_id(), "kind": "photo", "label": "Before", "photo_role": "before"},
             {"id": new_id(), "kind": "photo", "label": "After", "photo_role": "after", "required": False}]
    key = new_id()
    people["dispatcher"].api.post("/v1/work-orders", expect=201, json={
        **work_order(world.site, [people["technician"].id]), "id": key, "checklist": items})
    send(people["technician"], check_in(world.site, work_order_ids=[key], photos=[declared("before")]),
         photo_bytes(run_folder, seed=91))
    shown = people["technician"].api.get(f"/v1/work-orders/{key}", expect=200).json()["checklist"]
    assert [(item["label"], item["required"], item["done"]) for item in shown] == [
        ("Before", True, True), ("After", False, False)]


def test_an_item_may_ask_for_several_photos_of_one_visit(world, people, run_folder):
    technician, template, key = people["technician"], new_id(), new_id()
    people["dispatcher"].api.post("/v1/checklist-templates", expect=201, json={
        "id": template, "name": f"T {template}", "title": "Doors", "priority": "normal",
        "checklist": [{"kind": "photo", "label": "Door", "photo_role": "after", "minimum_count": 2}]})
    fields = {name: value for name, value in work_order(world.site, [technician.id]).items() if name != "checklist"}
    people["dispatcher"].api.post("/v1/work-orders", expect=201, json={**fields, "id": key, "template_id": template})

    def item():
        return technician.api.get(f"/v1/work-orders/{key}", expect=200).json()["checklist"][0]

    def found(visit):
        shown = people["manager"].api.get(f"/v1/visits/{visit}", expect=200).json()
        assert shown["checklist"][0]["minimum_count"] == 2
        return [finding["numbers"]["missing_labels"] for finding in shown["findings"] if finding["code"] == "checklist_incomplete"]

    arrival = check_in(world.site, work_order_ids=[key], photos=[declared("after")])
    visit = arrival["visit_id"]
    send(technician, arrival, photo_bytes(run_folder, seed=93))
    send(technician, check_in(world.site, visit_id=visit, kind="departure"))
    assert not item()["done"] and found(visit) == ["Door ×2"]
    # One photo each of two visits is not two of one.
    send(technician, check_in(world.site, work_order_ids=[key], photos=[declared("after")]), photo_bytes(run_folder, seed=94))
    assert not item()["done"]
    second = declared("after")
    send(technician, check_in(world.site, visit_id=visit, kind="progress", photos=[second]), photo_bytes(run_folder, seed=95))
    assert item()["done"] and found(visit) == []
    people["manager"].api.post(f"/v1/photos/{second['id']}/reviews", expect=201, json={
        "id": new_id(), "decision": "reject", "reason": "模糊"})
    assert not item()["done"]


def test_several_assets_are_scanned(world, people):
    items = [{"id": new_id(), "kind": "scan", "label": "Any three", "minimum_count": 3},
             {"id": new_id(), "kind": "photo", "label": "One", "minimum_count": 1}]
    key = new_id()
    people["dispatcher"].api.post("/v1/work-orders", expect=201, json={
        **work_order(world.site, [people["technician"].id]), "id": key, "checklist": items})
    shown = people["technician"].api.get(f"/v1/work-orders/{key}", expect=200).json()["checklist"]
    assert [(line["minimum_count"], line["done"]) for line in shown] == [(3, False), (1, False)]
    day = people["technician"].api.get("/v1/my/day", expect=200).json()
    assert [line["minimum_count"] for order in day["work_orders"] if order["id"] == key for line in order["checklist"]] == [3, 1]


def test_a_photo_that_was_sent_back_does_not_count(world, people, run_folder):
    key, photo = new_id(), declared("before")
    people["dispatcher"].api.post("/v1/work-orders", expect=201, json={
        **work_order(world.site, [people["technician"].id]), "id": key,
        "checklist": [{"id": new_id(), "kind": "photo", "label": "Before", "photo_role": "before"}]})
    send(people["technician"], check_in(world.site, work_order_ids=[key], photos=[photo]), photo_bytes(run_folder, seed=92))
    path = f"/v1/work-orders/{key}"
    assert people["technician"].api.get(path, expect=200).json()["checklist"][0]["done"]
    people["manager"].api.post(f"/v1/photos/{photo['id']}/reviews", expect=201, json={
        "id": new_id(), "decision": "retake", "reason": "模糊"})
    assert not people["technician"].api.get(path, expect=200).json()["checklist"][0]["done"]


def planned(world, user, days, **fields):
    start = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    body = {**work_order(world.site, [user.id]), "window_starts_at": start.isoformat(),
            "window_ends_at": (start + datetime.timedelta(hours=1)).isoformat(), **fields}
    world.api.post("/v1/work-orders", json=body, expect=201)
    return body["id"]


def test_my_day(world, organisation):
    user = organisation.user("technician")
    overdue, today, without = planned(world, user, -3), planned(world, user, 0), world.new_work_order([user.id])
    later, gone = planned(world, user, 3), planned(world, user, 0)
    step(organisation.administrator, gone, "cancelled", reason="not needed")
    visit = send(user, check_in(world.site, work_order_ids=[today]))["visit_id"]
    answer = user.api.get("/v1/my/day", expect=200)
    day = answer.json()
    assert [entry["id"] for entry in day["work_orders"]] == [overdue, today, without]
    assert later not in answer.text and gone not in answer.text
    assert day["open_visit_ids"] == [visit]
    site = day["work_orders"][0]["site"]
    assert site["wgs84"]["position"] == {"latitude": 52.52, "longitude": 13.405} and site["assets"][0]["name"] == "Compressor 2"
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert user.api.get("/v1/my/day", headers=tag, expect=304).content == b""
    planned(world, user, 0)
    user.api.get("/v1/my/day", headers=tag, expect=200)


def test_my_day_is_the_sites_day(world, organisation):
    """At 23:30 UTC it is tomorrow in Berlin."""
    user = organisation.user("technician")
    body = {**work_order(world.site, [user.id]), "window_starts_at": "2031-07-01T23:30:00Z"}
    world.api.post("/v1/work-orders", json=body, expect=201)
    assert user.api.get("/v1/my/day?date=2031-07-01", expect=200).json()["work_orders"] == []
    assert len(user.api.get("/v1/my/day?date=2031-07-02", expect=200).json()["work_orders"]) == 1


def test_lists_filter_and_a_technician_sees_their_own(world, people, organisation):
    user, title = organisation.user("technician"), f"冷却塔 {new_id()}"
    mine = planned(world, user, 1, title=title)
    office = people["dispatcher"].api
    for query in (f"q={title[:10]}", f"q={title[4:]}", f"assignee_id={user.id}", f"assignee_id={user.id}&state=assigned",
                  f"assignee_id={user.id}&site_id={world.site}&customer_id={world.customer}",
                  f"assignee_id={user.id}&from={now(60).replace('+', '%2B')}"):
        found = office.get(f"/v1/work-orders?{query}", expect=200).json()["items"]
        assert mine in [entry["id"] for entry in found], query
    for query in (f"assignee_id={user.id}&state=done", f"assignee_id={user.id}&to={now()}", f"assignee_id={new_id()}"):
        assert office.get(f"/v1/work-orders?{query}", expect=200).json()["items"] == [], query
    assert [entry["id"] for entry in user.api.get("/v1/work-orders", expect=200).json()["items"]] == [mine]
    assert user.api.get(f"/v1/work-orders?assignee_id={people['technician'].id}", expect=200).json()["items"] == []
