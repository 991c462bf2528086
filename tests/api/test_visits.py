"""Visits: what a list finds, what one visit shows, and who is recorded to have looked."""

import pytest

from support.evidence import declared, fix_at, photo_bytes, put_photo, send
from support.organisation import new_id
from support.world import check_in, now, sheet


@pytest.fixture(scope="module")
def photo(run_folder):
    return photo_bytes(run_folder, seed=31)


@pytest.fixture(scope="module")
def customer(world):
    """A customer with two sites, and the sites."""
    customer = world.new_customer()
    sites = [new_id(), new_id()]
    for site in sites:
        world.api.post("/v1/sites", expect=201, json={
            "id": site, "customer_id": customer, "name": f"Site {site[:4]}", "time_zone": "Europe/Berlin",
            "datum": "wgs84", "position": {"latitude": 52.52, "longitude": 13.405}, "radius_m": 150})
    return customer, sites


@pytest.fixture(scope="module")
def history(customer, technician, organisation):
    """Visits at the customer's sites, oldest first: (id, site, technician, days ago, verdict)."""
    _, (first, second) = customer
    colleague = organisation.user("technician")
    rows = []
    for user, site, days, outside in ((technician, first, 5, False), (technician, first, 4, True),
                                      (colleague, second, 3, False), (colleague, second, 2, True),
                                      (technician, second, 1, False)):
        minutes = -days * 24 * 60
        body = check_in(site, captured_at=now(minutes), sent_at=now(minutes),
                        fix=fix_at(east_m=5000 if outside else 0, minutes=minutes))
        answer = send(user, body)
        rows.append((body["visit_id"], site, user, days, answer["verdict"]))
    return rows


def visits(user, **filters):
    """The visits of all pages, in order; two a page, so that every list turns pages."""
    items, cursor = [], None
    while cursor or not items:
        page = user.api.get("/v1/visits", expect=200, params={
            "limit": 2, **filters, **({"cursor": cursor} if cursor else {})}).json()
        assert len(page["items"]) <= 2
        items += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            return items


def ids(items):
    return [item["id"] for item in items]


def test_a_list_is_newest_first(manager, customer, history):
    assert ids(visits(manager, customer_id=customer[0])) == [row[0] for row in reversed(history)]


def test_a_list_is_narrowed(manager, customer, history, technician):
    def expected(wanted):
        return [row[0] for row in reversed(history) if wanted(row)]

    everything = {"customer_id": customer[0]}
    first = customer[1][0]
    assert ids(visits(manager, site_id=first)) == expected(lambda row: row[1] == first)
    assert ids(visits(manager, **everything, technician_id=technician.id)) == expected(
        lambda row: row[2] is technician)
    for verdict in ("accepted", "needs_review", "rejected"):
        assert ids(visits(manager, **everything, verdict=verdict)) == expected(lambda row: row[4] == verdict)
    assert expected(lambda row: row[4] != "accepted")
    assert ids(visits(manager, **everything, finding="geofence_outside")) == expected(lambda row: row[3] in (4, 2))
    assert ids(visits(manager, site_id=first, finding="geofence_outside")) == expected(lambda row: row[3] == 4)
    assert visits(manager, **everything, finding="null_island") == []
    some_hours = 12 * 60
    assert ids(visits(manager, **everything, **{"from": now(-4 * 1440 - some_hours), "to": now(-2 * 1440 - some_hours)})
               ) == expected(lambda row: row[3] in (4, 3))
    assert visits(manager, customer_id=new_id()) == []


def test_a_list_knows_what_was_reviewed(manager, customer, history):
    reviewed = history[1][0]
    before = ids(visits(manager, customer_id=customer[0], reviewed="false"))
    manager.api.post(f"/v1/visits/{reviewed}/reviews", expect=201,
                     json={"id": new_id(), "decision": "reject", "reason": "Not there."})
    assert ids(visits(manager, customer_id=customer[0], reviewed="true")) == [reviewed]
    assert ids(visits(manager, customer_id=customer[0], reviewed="false")) == [one for one in before if one != reviewed]


def test_from_begins_and_to_ends(manager, technician, customer):
    moment = "2026-03-04T05:06:07.089Z"
    body = check_in(customer[1][0], captured_at=moment, sent_at=moment)
    send(technician, body)
    wanted = {"site_id": customer[1][0]}
    assert ids(visits(manager, **wanted, **{"from": moment, "to": "2026-03-04T05:06:07.090Z"})) == [body["visit_id"]]
    assert visits(manager, **wanted, **{"from": "2026-03-04T00:00:00Z", "to": moment}) == []


def test_technicians_find_their_own_only(manager, technician, history, world):
    own = ids(visits(technician))
    assert set(own) >= {row[0] for row in history if row[2] is technician}
    assert {item["technician"]["id"] for item in visits(technician)} == {technician.id}
    colleague = next(row for row in history if row[2] is not technician)
    assert visits(technician, technician_id=colleague[2].id) == []
    assert ids(visits(technician, technician_id=technician.id)) == own
    assert ids(visits(technician, finding="geofence_outside")) == [
        one for one in ids(visits(manager, finding="geofence_outside")) if one in own]
    assert technician.api.get(f"/v1/visits/{colleague[0]}", expect=404).json() | {"request_id": ""} == (
        technician.api.get(f"/v1/visits/{new_id()}", expect=404).json() | {"request_id": ""})


def test_a_late_earlier_check_in_moves_a_visit_back(manager, technician, customer):
    site = customer[1][0]
    body = check_in(site, kind="progress", captured_at=now(-60 * 24 * 30), sent_at=now(), fix=fix_at(east_m=7000))
    send(technician, body)
    earlier = check_in(site, visit_id=body["visit_id"], captured_at=now(-60 * 24 * 31), sent_at=now())
    send(technician, earlier)
    days = {"from": now(-60 * 24 * 31 - 60), "to": now(-60 * 24 * 31 + 60)}
    assert ids(visits(manager, site_id=site, **days)) == [body["visit_id"]]
    assert ids(visits(manager, finding="geofence_outside", **days)) == [body["visit_id"]]
    days = {"from": now(-60 * 24 * 30 - 60), "to": now(-60 * 24 * 30 + 60)}
    assert visits(manager, finding="geofence_outside", **days) == []


def test_a_visit_shows_everything_that_belongs_to_it(world, manager, technician, photo):
    work_order = world.new_work_order([technician.id])
    body = check_in(world.site, work_order_ids=[work_order], photos=[declared("before"), declared("after")],
                    scans=[{"id": new_id(), "captured_at": now(), "symbology": "ean_13", "value": "4006381333932",
                            "entered": "typed"}])
    answer = send(technician, body)
    put_photo(technician, body["photos"][0]["id"], photo)
    technician.api.put(f"/v1/visits/{body['visit_id']}/sheet", json=sheet(), expect=200)
    shown = manager.api.get(f"/v1/visits/{body['visit_id']}", expect=200).json()
    assert (shown["photos_stored"], shown["photos_awaited"]) == (1, 1)
    assert shown["technician"] == {"id": technician.id, "name": "Technician Example"}
    assert shown["site"]["customer_id"] == world.customer and shown["site"]["customer_name"] == "Nordkühl GmbH"
    assert [entry["id"] for entry in shown["work_orders"]] == [work_order]
    assert shown["sheet"]["version"] == 1 and shown["sheet"]["state"] == "draft"
    assert [entry["id"] for entry in shown["check_ins"]] == [answer["id"]]
    assert {entry["id"] for entry in shown["check_ins"][0]["photos"]} == {one["id"] for one in body["photos"]}
    assert shown["arrived_at"] == shown["first_seen_at"] == body["captured_at"] and shown["departed_at"] is None
    assert {"geofence_inside", "scan_check_digit_wrong"} <= set(shown["finding_codes"])
    found = {finding["code"] for check in shown["check_ins"] for part in [check, *check["scans"], *check["photos"]]
             for finding in part["findings"]} | {finding["code"] for finding in shown["findings"]}
    assert set(shown["finding_codes"]) == found
    summary = next(item for item in visits(manager, site_id=world.site) if item["id"] == body["visit_id"])
    assert summary == {name: shown[name] for name in summary}


def test_a_visit_shows_its_checklist(world, manager, technician):
    work_order, lines = new_id(), [new_id(), new_id()]
    world.api.post("/v1/work-orders", expect=201, json={
        "id": work_order, "number": f"WO-{work_order}", "site_id": world.site, "title": "Check", "priority": "high",
        "assignee_ids": [technician.id], "checklist": [
            {"id": lines[0], "kind": "photo", "label": "Nameplate", "photo_role": "nameplate", "required": True},
            {"id": lines[1], "kind": "photo", "label": "After", "photo_role": "after", "required": True}]})
    body = check_in(world.site, work_order_ids=[work_order], photos=[declared("nameplate")])
    send(technician, body)
    shown = manager.api.get(f"/v1/visits/{body['visit_id']}", expect=200).json()
    assert [(line["id"], line["done"]) for line in shown["checklist"]] == [(line, False) for line in lines]


def test_sentences_are_in_the_readers_language(organisation, history):
    reader = organisation.user("manager", language="zh")

    def sentences(**headers):
        shown = reader.api.get(f"/v1/visits/{history[0][0]}", headers=headers, expect=200).json()
        return [finding["sentence"] for finding in shown["check_ins"][0]["findings"]]

    assert sentences() and all(any("\u4e00" <= letter <= "\u9fff" for letter in one) for one in sentences())
    assert all(one.isascii() or "±" in one for one in sentences(**{"Accept-Language": "en"}))


def test_a_tag_stands_for_what_is_shown(manager, technician, world):
    body = check_in(world.site)
    send(technician, body)
    path = f"/v1/visits/{body['visit_id']}"
    tag = manager.api.get(path, expect=200).headers["ETag"]
    assert manager.api.get(path, headers={"If-None-Match": tag}, expect=304).content == b""
    send(technician, check_in(world.site, visit_id=body["visit_id"], kind="departure"))
    changed = manager.api.get(path, headers={"If-None-Match": tag}, expect=200)
    assert changed.headers["ETag"] != tag and changed.json()["departed_at"] is not None


def views(manager, visit, **parameters):
    return manager.api.get(f"/v1/visits/{visit}/views", params=parameters, expect=200).json()


def test_who_looked_is_recorded(organisation, world, manager, technician, administrator, photo):
    dispatcher = organisation.user("dispatcher")
    body = check_in(world.site, photos=[declared()])
    send(technician, body, photo)
    visit, picture = body["visit_id"], body["photos"][0]["id"]
    technician.api.get(f"/v1/visits/{visit}", expect=200)
    technician.api.get(f"/v1/photos/{picture}/medium", expect=200)
    visits(manager, site_id=world.site)
    assert views(manager, visit) == {"items": [], "next_cursor": None}
    manager.api.get(f"/v1/visits/{visit}", expect=200)
    dispatcher.api.get(f"/v1/photos/{picture}/original", expect=200)
    administrator.api.get(f"/v1/photos/{picture}/medium", expect=200)
    dispatcher.api.get(f"/v1/photos/{picture}/small", expect=200)
    assert [(item["user"]["id"], item["photo_id"]) for item in views(manager, visit)["items"]] == [
        (administrator.id, picture), (dispatcher.id, picture), (manager.id, None)]
    first = views(administrator, visit, limit=2)
    second = views(administrator, visit, limit=2, cursor=first["next_cursor"])
    assert first["items"] + second["items"] == views(manager, visit)["items"] and second["next_cursor"] is None


def test_an_unchanged_visit_was_looked_at_too(manager, world, technician):
    body = check_in(world.site)
    send(technician, body)
    path = f"/v1/visits/{body['visit_id']}"
    tag = manager.api.get(path, expect=200).headers["ETag"]
    manager.api.get(path, headers={"If-None-Match": tag}, expect=304)
    assert len(views(manager, body["visit_id"])["items"]) == 2


def test_nobody_looked_at_an_unknown_visit(manager):
    manager.api.get(f"/v1/visits/{new_id()}/views", expect=404)
    manager.api.get(f"/v1/visits/{new_id()}", expect=404)


@pytest.mark.parametrize("parameters", [
    {"verdict": "fine"}, {"finding": "bad_mood"}, {"reviewed": "maybe"}, {"from": "yesterday"}, {"site_id": "1"},
    {"limit": 201}, {"cursor": "x"}, {"role": "before"}, {"cursor": "WyJhIiwiYiJd"}])
def test_parameters_are_checked(manager, parameters):
    refusal = manager.api.get("/v1/visits", params=parameters, expect=400).json()
    assert refusal["errors"][0]["pointer"] == f"query:{next(iter(parameters))}"
