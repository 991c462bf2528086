"""The summary of evidence by technician and by site, checked against what was sent."""

import collections

import pytest

from support.evidence import declared, fix_at, photo_bytes, send
from support.organisation import new_id
from support.world import World, check_in, now

SPAN = {"from": now(-60 * 24 * 100), "to": now(60)}


@pytest.fixture(scope="module")
def world(organisation, run_folder):
    return World(organisation, run_folder)


@pytest.fixture(scope="module")
def site(world):
    return world.new_site()


@pytest.fixture(scope="module")
def technicians(organisation):
    return [organisation.user("technician") for _ in range(2)]


@pytest.fixture(scope="module")
def visits(world, site, technicians, manager, run_folder):
    """Three visits at the site as the manager sees them, with photos, a scan, retakes and reviews."""
    first, second = technicians
    with_photos = check_in(site, photos=[declared("before"), declared("after"), declared("meter")],
                           scans=[{"id": new_id(), "captured_at": now(), "symbology": "ean_13",
                                   "value": "4006381333932", "entered": "typed"}])
    sent = {photo["id"]: ("IMG.JPG", photo_bytes(run_folder, seed=90 + number), "image/jpeg")
            for number, photo in enumerate(with_photos["photos"][:2])}
    first.api.post("/v1/check-ins", json=with_photos, expect=201)
    for photo, (_, content, kind) in sent.items():
        first.api.put(f"/v1/photos/{photo}/content", data=content, headers={"Content-Type": kind}, expect=201)
    send(first, check_in(site, visit_id=with_photos["visit_id"], kind="departure"))
    for photo in sent:
        manager.api.post(f"/v1/photos/{photo}/reviews", expect=201,
                         json={"id": new_id(), "decision": "retake", "reason": "Dark."})
    again = declared("before", retake_of=list(sent)[0])
    send(first, check_in(site, visit_id=with_photos["visit_id"], kind="progress", photos=[again]),
         photo_bytes(run_folder, seed=95))
    outside = check_in(site, fix=fix_at(east_m=9000))
    send(first, outside)
    manager.api.post(f"/v1/visits/{outside['visit_id']}/reviews", json={"id": new_id(), "decision": "approve"}, expect=201)
    plain = check_in(site)
    send(second, plain)
    return [manager.api.get(f"/v1/visits/{body['visit_id']}", expect=200).json()
            for body in (with_photos, outside, plain)]


def counted(visits):
    """The row that these visits must add up to, counted from what their details show."""
    codes = collections.Counter()
    for visit in visits:
        parts = [visit, *visit["check_ins"]]
        parts += [part for check in visit["check_ins"] for part in check["scans"] + check["photos"]]
        codes.update(finding["code"] for part in parts for finding in part["findings"])
    return {
        "visits": len(visits),
        "check_ins": sum(len(visit["check_ins"]) for visit in visits),
        "photos_stored": sum(visit["photos_stored"] for visit in visits),
        "photos_awaited": sum(visit["photos_awaited"] for visit in visits),
        "verdicts": {verdict: sum(visit["verdict"] == verdict for visit in visits)
                     for verdict in ("accepted", "needs_review", "rejected")},
        "findings": [{"code": code, "count": count}
                     for code, count in sorted(codes.items(), key=lambda entry: (-entry[1], entry[0]))],
        "reviewed": sum(visit["review_decision"] is not None for visit in visits),
        "checklist_incomplete": sum("checklist_incomplete" in visit["finding_codes"] for visit in visits),
    }


def summary(user, by, **span):
    answer = user.api.get("/v1/reports/evidence-summary", params={**SPAN, **span, "by": by}, expect=200).json()
    assert answer["by"] == by
    return {(row["technician"] or row["site"])["id"]: row for row in answer["rows"]}


def test_by_site(manager, site, visits):
    row = summary(manager, "site")[site]
    expected = counted(visits)
    assert {name: row[name] for name in expected} == expected
    assert row["technician"] is None and row["site"] == {"id": site, "name": "Lager 1"}
    assert (row["retakes_open"], row["retakes_answered"]) == (1, 1)
    assert (row["photos_stored"], row["photos_awaited"], row["reviewed"]) == (3, 1, 1)


def test_by_technician(manager, technicians, visits):
    rows = summary(manager, "technician")
    for technician, own, retakes in zip(technicians, (visits[:2], visits[2:]), ((1, 1), (0, 0)), strict=True):
        expected = counted(own)
        row = rows[technician.id]
        assert {name: row[name] for name in expected} == expected
        assert row["site"] is None and row["technician"] == {"id": technician.id, "name": "Technician Example"}
        assert (row["retakes_open"], row["retakes_answered"]) == retakes


def test_a_checklist_left_open_counts(world, manager, technicians):
    site, order = world.new_site(), new_id()
    world.api.post("/v1/work-orders", expect=201, json={
        "id": order, "number": f"WO-{order}", "site_id": site, "title": "Check", "priority": "low",
        "assignee_ids": [technicians[0].id], "checklist": [
            {"id": new_id(), "kind": "photo", "label": "After", "photo_role": "after", "required": True}]})
    arrival = check_in(site, work_order_ids=[order])
    send(technicians[0], arrival)
    send(technicians[0], check_in(site, visit_id=arrival["visit_id"], kind="departure", work_order_ids=[order]))
    row = summary(manager, "site")[site]
    assert row["checklist_incomplete"] == 1
    assert {"code": "checklist_incomplete", "count": 1} in row["findings"]


def test_a_withdrawn_retake_is_neither_open_nor_answered(world, manager, technicians, run_folder):
    site = world.new_site()
    answer = send(technicians[0], check_in(site, photos=[declared()]), photo_bytes(run_folder, seed=99))
    for decision in ("retake", "approve"):
        manager.api.post(f"/v1/photos/{answer['photos'][0]['id']}/reviews", expect=201,
                         json={"id": new_id(), "decision": decision, "reason": "Dark."})
    row = summary(manager, "site")[site]
    assert (row["retakes_open"], row["retakes_answered"]) == (0, 0)


def test_a_visit_belongs_to_the_span_in_which_it_began(world, manager, technicians):
    site, moment = world.new_site(), "2026-01-02T03:04:05.678Z"
    send(technicians[0], check_in(site, captured_at=moment, sent_at=moment))
    assert summary(manager, "site", **{"from": moment, "to": "2026-01-02T03:04:05.679Z"})[site]["visits"] == 1
    assert site not in summary(manager, "site", **{"from": "2026-01-01T00:00:00Z", "to": moment})
    assert site not in summary(manager, "site", **{"from": "2026-01-02T03:04:05.679Z", "to": "2026-02-01T00:00:00Z"})


def test_another_organisation_counts_for_itself(new_organisation, visits):
    other = new_organisation()
    assert summary(other.administrator, "site") == {} and summary(other.user("manager"), "technician") == {}


@pytest.mark.parametrize("parameters, pointer, rule", [
    ({"to": "2026-01-01T00:00:00Z"}, "query:from", "required"),
    ({"from": "2026-01-01T00:00:00Z"}, "query:to", "required"),
    ({"from": "2026-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}, "query:to", "minimum"),
    ({"from": "2025-01-01T00:00:00Z", "to": "2026-01-03T00:00:00Z"}, "query:to", "maximum"),
    ({"from": "2025-01-01T00:00:00Z", "to": "2025-01-32T00:00:00Z"}, "query:to", "format"),
])
def test_the_span_is_checked(manager, parameters, pointer, rule):
    refusal = manager.api.get(
        "/v1/reports/evidence-summary", params={**parameters, "by": "site"}, expect=400).json()
    assert [(error["pointer"], error["rule"]) for error in refusal["errors"]] == [(pointer, rule)]


def test_a_row_is_a_technician_or_a_site(manager):
    for by in ({}, {"by": "customer"}):
        refusal = manager.api.get("/v1/reports/evidence-summary", params={**SPAN, **by}, expect=400).json()
        assert refusal["errors"][0]["pointer"] == "query:by"
