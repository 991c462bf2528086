"""The manager's list of photos."""

import pytest

from support.evidence import declared, photo_bytes, send
from support.organisation import new_id
from support.world import check_in, now


@pytest.fixture(scope="module")
def history(world, organisation, technician, run_folder):
    """Photos at two sites of their own, oldest first: (photo, site, technician, role, days ago, verdict, dark)."""
    colleague = organisation.user("technician")
    sites = [world.new_site(), world.new_site()]
    rows = []
    for number, (user, site, role, dark) in enumerate((
            (technician, 0, "before", False), (technician, 0, "after", True), (colleague, 1, "before", False),
            (colleague, 1, "meter", True), (technician, 1, "nameplate", False))):
        minutes = -(5 - number) * 24 * 60
        photo = declared(role, captured_at=now(minutes))
        content = photo_bytes(run_folder, *(["--dark"] if dark else []), seed=500 + number, width=1600, height=1200)
        answer = send(user, check_in(sites[site], captured_at=now(minutes), sent_at=now(minutes), photos=[photo]), content)
        found = [finding["code"] for finding in answer["photos"][0]["findings"]]
        assert ("photo_too_dark" in found) == dark, found
        rows.append((photo["id"], sites[site], user, role, 5 - number, answer["photos"][0]["verdict"], dark))
    return rows


def evidence(user, history, **filters):
    """The ids of the history's photos in all pages, in order."""
    items, cursor = [], None
    while True:
        page = user.api.get("/v1/evidence", expect=200, params={
            "limit": 2, **filters, **({"cursor": cursor} if cursor else {})}).json()
        items += [item["photo"]["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            assert len(items) == len(set(items))
            return [one for one in items if one in {row[0] for row in history}]


def expected(history, wanted=lambda row: True):
    return [row[0] for row in reversed(history) if wanted(row)]


def test_an_item_says_where_and_who(world, manager, history):
    item = manager.api.get("/v1/evidence", params={"site_id": history[0][1]}, expect=200).json()["items"][-1]
    photo, site, user = history[0][:3]
    assert item["photo"] == manager.api.get(f"/v1/photos/{photo}", expect=200).json()
    assert item["site"] == {"id": site, "name": "Lager 1"} and item["time_zone"] == "Europe/Berlin"
    assert item["customer"] == {"id": world.customer, "name": "Nordkühl GmbH"}
    assert item["technician"]["id"] == user.id
    assert item["visit_verdict"] in ("accepted", "needs_review", "rejected") and item["visit_review_decision"] is None


def test_a_list_is_newest_first_and_narrowed(manager, history, technician):
    assert evidence(manager, history) == expected(history)
    site = history[0][1]
    assert evidence(manager, history, site_id=site) == expected(history, lambda row: row[1] == site)
    assert evidence(manager, history, technician_id=technician.id) == expected(
        history, lambda row: row[2] is technician)
    for role in ("before", "after", "meter", "part"):
        assert evidence(manager, history, role=role) == expected(history, lambda row: row[3] == role)
    for verdict in ("accepted", "needs_review", "rejected"):
        assert evidence(manager, history, verdict=verdict) == expected(history, lambda row: row[5] == verdict)
    days = {"from": now(-4 * 1440 - 720), "to": now(-2 * 1440 - 720)}
    assert evidence(manager, history, **days) == expected(history, lambda row: row[4] in (4, 3))
    assert evidence(manager, history, finding="photo_too_dark") == expected(history, lambda row: row[6])
    assert evidence(manager, history, finding="photo_too_dark", site_id=site, role="after") == [history[1][0]]
    assert evidence(manager, history, finding="photo_too_dark", **days) == [history[1][0]]
    assert evidence(manager, history, finding="photo_edited") == []


def test_the_finding_is_the_photos_own(manager, history):
    assert evidence(manager, history, finding="geofence_inside") == []


def test_a_list_knows_what_was_reviewed(manager, history):
    photo = history[3][0]
    for decision in ("approve", "retake"):
        manager.api.post(f"/v1/photos/{photo}/reviews", expect=201,
                         json={"id": new_id(), "decision": decision, "reason": "Dark."})
        assert evidence(manager, history, reviewed="true") == [photo]
        assert evidence(manager, history, reviewed="false") == expected(history, lambda row: row[0] != photo)
        assert evidence(manager, history, reviewed="true", finding="photo_too_dark") == [photo]


def test_awaited_photos_are_not_evidence_yet(world, manager, technician):
    site = world.new_site()
    send(technician, check_in(site, photos=[declared()]))
    assert manager.api.get("/v1/evidence", params={"site_id": site}, expect=200).json()["items"] == []


def test_another_organisation_finds_nothing(new_organisation, history):
    other = new_organisation().user("manager")
    assert evidence(other, history) == []
    assert evidence(other, history, finding="photo_too_dark", site_id=history[0][1]) == []


def test_technicians_have_no_such_list(technician):
    technician.api.get("/v1/evidence", expect=403)


@pytest.mark.parametrize("parameters", [
    {"role": "selfie"}, {"verdict": "fine"}, {"finding": "bad_mood"}, {"reviewed": "1"}, {"to": "2026-02-30T00:00:00Z"},
    {"technician_id": "x"}, {"limit": 0}, {"customer_id": "x"}, {"team": ""}, {"decision": "withdraw"}, {"first_day": "yesterday"},
    {"sideways": new_id()}])
def test_parameters_are_checked(manager, parameters):
    refusal = manager.api.get("/v1/evidence", params=parameters, expect=400).json()
    assert refusal["errors"][0]["pointer"] == f"query:{next(iter(parameters))}"
