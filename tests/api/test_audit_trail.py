"""The audit trail: who looked at, changed and took away what, who logged in and who tried to."""

import concurrent.futures
import subprocess

import pytest

from support import world as make
from support.evidence import send
from support.organisation import PASSWORD, new_id
from support.sheets import sign, write
from support.world import check_in


@pytest.fixture(autouse=True)
def forget_attempts(postgres):
    """All tests share one address, whose refusals are counted."""
    yield
    postgres.query("DELETE FROM log_in_throttle")


def trail(user, **parameters):
    items, cursor = [], None
    while True:
        page = user.api.get("/v1/audit-trail", params={
            **parameters, "limit": 7, **({"cursor": cursor} if cursor else {})}, expect=200).json()
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


def told(event):
    return event["action"], event["entity"]["kind"], {
        change["field"]: (change["from"], change["to"]) for change in event["changes"]}


def log_in(api, organisation, user, password=PASSWORD, **more):
    return api.with_token(None).post("/v1/auth/log-in", json={
        "organisation": organisation.slug, "log_in": user.log_in, "password": password, **more})


def test_a_change_is_told_with_old_and_new_values(administrator, world):
    user = make.user()
    administrator.api.post("/v1/users", json=user, expect=201)
    administrator.api.patch(f"/v1/users/{user['id']}", json={"role": "manager", "phone": "<b>1</b>"}, expect=200)
    administrator.api.patch(f"/v1/users/{user['id']}", json={"password": "another horse battery"}, expect=200)
    administrator.api.patch(f"/v1/users/{user['id']}", json={"role": "manager"}, expect=200)
    administrator.api.delete(f"/v1/users/{user['id']}", expect=204)
    deleted, password, changed, created = trail(administrator, entity_id=user["id"])
    assert told(created)[:2] == ("created", "user")
    assert told(created)[2]["log_in"] == (None, user["log_in"]) and told(created)[2]["role"] == (None, user["role"])
    assert told(changed) == ("changed", "user", {"role": (user["role"], "manager"), "phone": (user.get("phone"), "<b>1</b>")})
    assert told(password) == ("changed", "user", {"password": (None, None)})
    assert told(deleted)[:2] == ("deleted", "user") and told(deleted)[2]["role"] == ("manager", None)
    assert {event["actor"]["id"] for event in (deleted, password, changed, created)} == {administrator.id}
    assert {event["actor"]["name"] for event in (deleted, changed)} == {"Anna Admin"}
    assert {event["address"] for event in (deleted, changed)} == {"127.0.0.1"}
    assert {event["entity"]["name"] for event in (deleted, changed)} == {user["name"]}
    assert "another horse" not in str((deleted, password, changed, created)) and "argon" not in str(created)


def test_the_kinds_of_things(administrator, world):
    customer = make.customer()
    administrator.api.post("/v1/customers", json=customer, expect=201)
    administrator.api.patch(f"/v1/customers/{customer['id']}", json={"tier": "platinum"}, expect=200)
    site = make.site(customer["id"])
    administrator.api.post("/v1/sites", json=site, expect=201)
    administrator.api.patch(f"/v1/sites/{site['id']}", json={"radius_m": 77}, expect=200)
    order = make.work_order(site["id"])
    administrator.api.post("/v1/work-orders", json=order, expect=201)
    administrator.api.patch(f"/v1/work-orders/{order['id']}", json={"assignee_ids": [world.own.user.id]}, expect=200)
    administrator.api.post(f"/v1/work-orders/{order['id']}/transitions", json={"to": "cancelled", "reason": "No."}, expect=200)
    assert told(trail(administrator, entity_id=customer["id"])[0]) == ("changed", "customer", {"tier": (customer["tier"], "platinum")})
    assert told(trail(administrator, entity_id=site["id"])[0]) == ("changed", "site", {"radius_m": (str(site["radius_m"]), "77")})
    of_order = [told(event) for event in trail(administrator, entity_id=order["id"])]
    assert ("changed", "work_order", {"assignee": (None, "Technician Example")}) in of_order
    assert of_order[0] == ("changed", "work_order", {"state": ("assigned", "cancelled")})
    assert of_order[-1][0] == "created"
    assert {event["entity"]["name"] for event in trail(administrator, entity_id=order["id"])} == {
        administrator.api.get(f"/v1/work-orders/{order['id']}", expect=200).json()["number"]}


def test_templates_and_plans(manager, dispatcher):
    template, plan = make.template(), make.sampling_plan()
    dispatcher.api.post("/v1/checklist-templates", json=template, expect=201)
    dispatcher.api.patch(f"/v1/checklist-templates/{template['id']}", json={"minutes": 95}, expect=200)
    manager.api.post("/v1/sampling-plans", json=plan, expect=201)
    changed, created = trail(manager, entity_id=template["id"])
    assert told(changed)[:2] == ("changed", "template") and told(changed)[2]["minutes"][1] == "95"
    assert told(created)[:2] == ("created", "template") and created["entity"]["name"] == template["name"]
    (created,) = trail(manager, entity_id=plan["id"])
    assert told(created)[:2] == ("created", "sampling_plan")
    assert "\\x" not in str(created), "neither its secret nor any other bytes"


def test_a_refused_change_leaves_nothing(administrator, world):
    user = make.user()
    administrator.api.post("/v1/users", json=user, expect=201)
    administrator.api.patch(f"/v1/users/{user['id']}", json={"log_in": "administrator", "role": "manager"}, expect=409)
    administrator.api.patch(f"/v1/users/{user['id']}", json={"name": "X"}, headers={"If-Match": '"99"'}, expect=412)
    assert [event["action"] for event in trail(administrator, entity_id=user["id"])] == ["created"]


def test_the_policys_history(manager, organisation):
    before = manager.api.get("/v1/organisation/policy", expect=200).json()["version"]
    manager.api.patch("/v1/organisation/policy", json={"thresholds": {"stale_fix_s": 120}, "verdicts": {"low_accuracy": "rejected"}}, expect=200)
    manager.api.patch("/v1/organisation/policy", json={"thresholds": {"stale_fix_s": 120}}, expect=200)
    manager.api.patch("/v1/organisation/policy", json={"thresholds": {"stale_fix_s": None}}, expect=200)
    back, there = trail(manager, entity_kind="policy")[:2]
    assert told(there)[2] == {"thresholds.stale_fix_s": (None, "120"), "verdicts.low_accuracy": (None, "rejected"),
                              "version": (str(before), str(before + 1))}
    assert told(back)[2] == {"thresholds.stale_fix_s": ("120", None), "version": (str(before + 1), str(before + 2))}
    assert there["entity"]["id"] == organisation.id and there["actor"]["id"] == manager.id


def test_looks_downloads_and_reviews(manager, world):
    visit, photo = world.own.visit, world.own.photo_stored
    manager.api.get(f"/v1/visits/{visit}", expect=200)
    manager.api.get(f"/v1/visits/{visit}/pack", expect=200)
    manager.api.get(f"/v1/photos/{photo}/medium", expect=200)
    manager.api.get(f"/v1/photos/{photo}/original", expect=200)
    manager.api.get(f"/v1/photos/{photo}/small", expect=200)  # fills lists
    manager.api.post(f"/v1/photos/{photo}/reviews", json={"id": new_id(), "decision": "reject", "reason": "<script>"}, expect=201)
    world.own.user.api.get(f"/v1/visits/{visit}", expect=200)
    assert [told(event)[:2] for event in trail(manager, entity_id=visit)] == [("downloaded", "visit"), ("viewed", "visit")]
    seen = trail(manager, entity_id=photo)
    assert [told(event)[:2] for event in seen] == [("reviewed", "photo"), ("downloaded", "photo"), ("viewed", "photo")]
    assert told(seen[0])[2] == {"decision": (None, "reject"), "reason": (None, "<script>")}
    assert {event["actor"]["id"] for event in seen} == {manager.id}
    views = manager.api.get(f"/v1/visits/{visit}/views", expect=200).json()["items"]
    assert len([view for view in views if view["user"]["id"] == manager.id]) == 4


def test_who_takes_a_sheet_away_is_told_with_its_version(manager, user, world):
    visit = send(user, check_in(world.site))["visit_id"]
    sign(user, visit, write(user, visit))
    user.api.get(f"/v1/visits/{visit}/sheet.pdf", expect=200)
    assert [event for event in trail(manager, entity_id=visit) if event["action"] == "downloaded"] == []
    manager.api.get(f"/v1/visits/{visit}/sheet.pdf", expect=200)
    manager.api.get(f"/v1/visits/{visit}/sheet.pdf?version=2", expect=404)
    (event,) = [event for event in trail(manager, entity_id=visit) if event["action"] == "downloaded"]
    assert told(event) == ("downloaded", "visit", {"sheet_pdf": (None, "1")}) and event["actor"]["id"] == manager.id
    views = manager.api.get(f"/v1/visits/{visit}/views", expect=200).json()["items"]
    assert [view["user"]["id"] for view in views] == [manager.id]


def test_a_customers_look_at_a_link_is_told_once_in_a_while(api, manager, world, postgres):
    link = world.own.new_link()
    token = make.token_of(link)
    for _ in range(3):
        api.with_token(None).get(f"/v1/shared/{token}", expect=200)
    assert [told(event)[0] for event in trail(manager, entity_id=link["id"])] == ["opened", "created"]
    postgres.query(f"UPDATE customer_link SET last_viewed_at = now() - interval '11 minutes' WHERE id = '{link['id']}'")
    api.with_token(None).get(f"/v1/shared/{token}", expect=200)
    manager.api.delete(f"/v1/links/{link['id']}", expect=204)
    events = trail(manager, entity_id=link["id"])
    assert [event["action"] for event in events] == ["revoked", "opened", "opened", "created"]
    assert events[1]["actor"] is None and events[1]["address"] == "127.0.0.1" and events[1]["entity"]["name"]


def test_log_ins_and_failed_ones(api, manager, organisation, administrator):
    user = organisation.user("dispatcher")
    assert log_in(api, organisation, user, "wrong").status_code == 401
    answer = log_in(api, organisation, user, device={"id": new_id(), "name": "Laptop"})
    mine = api.with_token(answer.json()["access_token"])
    mine.post("/v1/auth/log-out", expect=204)
    administrator.api.patch(f"/v1/users/{user.id}", json={"disabled": True}, expect=200)
    assert log_in(api, organisation, user).status_code == 401
    events = [event for event in trail(manager, entity_id=user.id) if event["action"].startswith("log")]
    assert [(event["action"], told(event)[2].get("reason")) for event in events] == [
        ("log_in_failed", (None, "disabled")), ("logged_out", None), ("logged_in", None),
        ("log_in_failed", (None, "wrong_password")), ("logged_in", None)]
    assert [event["actor"] and event["actor"]["id"] for event in events] == [None, user.id, user.id, None, user.id]
    assert events[2]["device_name"] == "Laptop" and events[1]["device_name"] == "Laptop"
    user.log_in = "nobody-at-all"
    assert log_in(api, organisation, user).status_code == 401
    nobody = trail(manager, action="log_in_failed")[0]
    assert nobody["entity"] == {"kind": "user", "id": None, "name": None}
    assert told(nobody)[2] == {"reason": (None, "unknown_log_in")} and "nobody-at-all" not in str(nobody)


def test_filters_and_pages(manager, administrator, dispatcher, world):
    dispatcher.api.post("/v1/customers", json=make.customer(), expect=201)
    everything = trail(manager)
    assert [event["happened_at"] for event in everything] == sorted(
        (event["happened_at"] for event in everything), reverse=True)
    assert len({event["id"] for event in everything}) == len(everything)
    of_dispatcher = trail(manager, user_id=dispatcher.id)
    assert of_dispatcher == [event for event in everything if event["actor"] and event["actor"]["id"] == dispatcher.id]
    assert len(of_dispatcher) >= 2
    assert trail(manager, action="created", entity_kind="customer") == [
        event for event in everything if (event["action"], event["entity"]["kind"]) == ("created", "customer")]
    middle = everything[len(everything) // 2]["happened_at"]
    assert trail(manager, **{"from": middle}) + trail(manager, to=middle) == everything
    assert administrator.api.get("/v1/audit-trail?action=everything").status_code == 400


def test_nothing_of_other_organisations(new_organisation, manager, world):
    other = new_organisation()
    (event,) = trail(other.administrator)
    assert event["action"] == "logged_in"
    assert trail(other.administrator, entity_id=world.own.visit) == []


@pytest.mark.parametrize("statement", ["UPDATE audit_event SET action = 'viewed'", "DELETE FROM audit_event",
                                       "TRUNCATE audit_event"])
def test_the_servers_own_role_can_only_add(postgres, organisation, statement):
    with pytest.raises(subprocess.CalledProcessError) as failure:
        postgres.query(f"SET ROLE fieldproof; SET app.org_id = '{organisation.id}'; {statement}")
    assert "permission denied for table audit_event" in failure.value.stderr


def test_changes_at_the_same_moment_are_all_told(administrator, world):
    def change(number):
        return administrator.api.with_token(administrator.api.token).patch(
            f"/v1/users/{world.spare_user}", json={"name": f"Name {number}"}).status_code

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        assert set(pool.map(change, range(12))) == {200}
    names = [told(event)[2]["name"] for event in trail(administrator, entity_id=world.spare_user) if event["action"] == "changed"]
    assert sorted(new for _, new in names) == sorted(f"Name {number}" for number in range(12))
    assert [old for old, _ in names[:-1]] == [new for _, new in names[1:]]


def test_a_check_in_leaves_the_trail_alone(world, postgres, manager):
    """What technicians bring is evidence in itself, and its hot path pays nothing."""
    count = "SELECT count(*) FROM audit_event"
    order = world.new_work_order([world.own.user.id])
    before = postgres.query(count)
    world.own.user.api.post("/v1/check-ins", json={**make.check_in(world.site), "work_order_ids": [order]}, expect=201)
    assert manager.api.get(f"/v1/work-orders/{order}", expect=200).json()["state"] == "on_site"
    assert postgres.query(count) == before


def test_draws_and_scores_are_told(manager, world):
    plan = make.sampling_plan()
    manager.api.post("/v1/sampling-plans", json=plan, expect=201)
    draw = make.sampling_draw()
    manager.api.post(f"/v1/sampling-plans/{plan['id']}/draws", json=draw, expect=201)
    told_of_plan = [told(event) for event in trail(manager, entity_id=plan["id"])]
    assert told_of_plan[0] == ("changed", "sampling_plan", {"drawn_period": (None, draw["period_starts_on"])})
    visit = world.own.past_visit
    manager.api.post(f"/v1/sampling-draws/{draw['id']}/visits/{visit}/assessments", expect=201, json={
        "id": new_id(), "scores": [{"criterion_id": world.criterion, "score": 4}]})
    newest = trail(manager, entity_id=visit)[0]
    assert told(newest) == ("reviewed", "visit", {"assessment": (None, "Photos: 4")}) and newest["actor"]["id"] == manager.id
