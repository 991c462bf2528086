"""Where check-ins were made: a site's newest, what another fence would say of them, a technician's day."""

import pytest

from support.datums import FROM_WGS84
from support.evidence import fix_at, send
from support.master_data import refusals, walk
from support.organisation import new_id
from support.world import SITE, check_in, now, site

ABSENT = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def site_id(dispatcher):
    customer = {"id": new_id(), "name": "Nordkühl GmbH", "tier": "gold", "language": "en"}
    dispatcher.api.post("/v1/customers", json=customer, expect=201)
    return dispatcher.api.post("/v1/sites", json=site(customer["id"]), expect=201).json()["id"]


def arrive(user, site_id, minutes=-10, **fix):
    """A check-in of its own visit; fix None: without one."""
    made = None if fix.get("without") else fix_at(minutes=minutes, **fix)
    return send(user, check_in(site_id, captured_at=now(minutes), sent_at=now(minutes), fix=made))


def fence(**changes):
    return {"datum": "wgs84", "position": SITE, "radius_m": 100, **changes}


def square(half_m, datum="wgs84"):
    """A polygon around the site, half a side in metres, its corners in that datum."""
    north, east = half_m / 111_267.0, half_m / 67_900.0
    corners = [(SITE["latitude"] + y * north, SITE["longitude"] + x * east)
               for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))]
    return {"type": "Polygon", "coordinates": [[list(reversed(FROM_WGS84[datum](*corner))) for corner in corners]]}


def preview(user, site_id, expect=200, **changes):
    return user.api.post(f"/v1/sites/{site_id}/fence-preview", json=fence(**changes), expect=expect).json()


def test_a_sites_check_ins__newest_first_over_pages(dispatcher, technician, site_id):
    made = [arrive(technician, site_id, minutes, east_m=metres)["id"]
            for minutes, metres in ((-50, 0), (-40, 400), (-60, 0), (-40, 148))]
    items = walk(dispatcher.api, f"/v1/sites/{site_id}/check-ins", {"limit": 1})
    assert sorted(item["id"] for item in items) == sorted(made)
    times = [item["captured_at"] for item in items]
    assert times == sorted(times, reverse=True)
    by_id = {item["id"]: item for item in items}
    assert [by_id[key]["geofence"] for key in made] == ["inside", "outside", "inside", "uncertain"]
    outside = by_id[made[1]]
    assert outside["technician"]["id"] == technician.id and outside["site"]["id"] == site_id
    assert outside["fence_distance_m"] == pytest.approx(250, abs=3)
    assert outside["wgs84"]["latitude"] == pytest.approx(SITE["latitude"]) and outside["accuracy_m"] == 8


def test_a_check_in_without_a_fix_has_no_place(dispatcher, technician, site_id):
    arrive(technician, site_id, without=True)
    [item] = walk(dispatcher.api, f"/v1/sites/{site_id}/check-ins")
    assert (item["wgs84"], item["accuracy_m"], item["geofence"], item["fence_distance_m"]) == (None,) * 4


def test_preview__counts_what_the_fence_would_find(dispatcher, technician, site_id):
    for minutes, metres in ((-50, 0), (-40, 400), (-30, 148), (-20, 420)):
        arrive(technician, site_id, minutes, east_m=metres)
    arrive(technician, site_id, -10, without=True)
    answer = preview(dispatcher, site_id, radius_m=405)
    assert answer["recorded"] == {"inside": 1, "outside": 2, "uncertain": 1}
    assert answer["proposed"] == {"inside": 2, "outside": 1, "uncertain": 1} and answer["without_fix"] == 1
    found = [(item["check_in"]["geofence"], item["geofence"]) for item in answer["check_ins"]]
    assert found == [(None, None), ("outside", "outside"), ("uncertain", "inside"), ("outside", "uncertain"),
                     ("inside", "inside")]
    assert answer["check_ins"][1]["fence_distance_m"] == pytest.approx(15, abs=3)
    assert preview(dispatcher, site_id, radius_m=405, last=2)["proposed"] == {"inside": 0, "outside": 1, "uncertain": 0}


def test_preview__is_what_is_found_once_the_fence_is_stored(dispatcher, technician, site_id):
    arrive(technician, site_id, -40, east_m=60)
    [foreseen] = preview(dispatcher, site_id, polygon=square(52), radius_m=None)["check_ins"]
    assert (foreseen["check_in"]["geofence"], foreseen["geofence"]) == ("inside", "uncertain")
    dispatcher.api.patch(f"/v1/sites/{site_id}", json={"polygon": square(52), "radius_m": None}, expect=200)
    arrive(technician, site_id, -30, east_m=60)
    stored = walk(dispatcher.api, f"/v1/sites/{site_id}/check-ins")[0]
    assert stored["geofence"] == foreseen["geofence"]
    assert stored["fence_distance_m"] == pytest.approx(foreseen["fence_distance_m"], abs=1e-6)


def test_preview__takes_the_policys_accuracy_for_a_fix_that_states_none(manager, technician, site_id):
    arrive(technician, site_id, -40, accuracy_m=None)
    assumed = manager.api.get("/v1/organisation/policy", expect=200).json()["thresholds"]["assumed_accuracy_m"]
    assert preview(manager, site_id, radius_m=assumed + 5)["proposed"]["inside"] == 1
    assert preview(manager, site_id, radius_m=assumed - 5)["proposed"]["uncertain"] == 1


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_preview__converts_the_fence(dispatcher, technician, datum):
    """In Shanghai, where the datums differ by hundreds of metres."""
    customer = {"id": new_id(), "name": "海底捞", "tier": "gold", "language": "zh"}
    dispatcher.api.post("/v1/customers", json=customer, expect=201)
    wgs84 = {"latitude": 31.2323, "longitude": 121.469182}
    body = {**site(customer["id"]), "time_zone": "Asia/Shanghai", "position": wgs84}
    dispatcher.api.post("/v1/sites", json=body, expect=201)
    send(technician, check_in(body["id"], fix={**fix_at(), **wgs84}))
    latitude, longitude = FROM_WGS84[datum](wgs84["latitude"], wgs84["longitude"])
    there = {"latitude": latitude, "longitude": longitude}
    [item] = preview(dispatcher, body["id"], datum=datum, position=there)["check_ins"]
    assert item["geofence"] == "inside" and item["fence_distance_m"] == pytest.approx(-100, abs=1e-3)
    assert preview(dispatcher, body["id"], position=there)["proposed"]["outside"] == 1


@pytest.mark.parametrize("changes, pointer, rule", [
    ({"radius_m": None}, "/radius_m", "one_of"),
    ({"polygon": square(50)}, "/radius_m", "one_of"),
    ({"radius_m": 0}, "/radius_m", "minimum"),
    ({"last": 0}, "/last", "minimum"),
    ({"last": 501}, "/last", "maximum"),
    ({"datum": "mars"}, "/datum", "enum"),
    ({"radius_m": None, "polygon": {"type": "Polygon", "coordinates": [[[13, 52], [13.1, 52.1], [13.1, 52], [13, 52.1], [13, 52]]]}},
     "/polygon", "polygon"),
])
def test_preview__refuses_what_a_site_would(dispatcher, site_id, changes, pointer, rule):
    answer = dispatcher.api.post(f"/v1/sites/{site_id}/fence-preview", json=fence(**changes))
    assert refusals(answer, 422) == [(pointer, rule)]


def test_preview__changes_nothing(dispatcher, site_id):
    before = dispatcher.api.get(f"/v1/sites/{site_id}", expect=200)
    preview(dispatcher, site_id, radius_m=5)
    after = dispatcher.api.get(f"/v1/sites/{site_id}", expect=200)
    assert (before.json(), before.headers["ETag"]) == (after.json(), after.headers["ETag"])


def test_what_is_not_there(dispatcher):
    dispatcher.api.get(f"/v1/sites/{ABSENT}/check-ins", expect=404)
    dispatcher.api.post(f"/v1/sites/{ABSENT}/fence-preview", json=fence(), expect=404)
    dispatcher.api.get(f"/v1/visits/{ABSENT}/track", expect=404)


def at(moment, **fields):
    return {"captured_at": moment, "sent_at": moment, **fields}


def arrive_at(user, site_id, moment, east_m=0, **fields):
    body = check_in(site_id, **at(moment, fix={**fix_at(east_m=east_m), "fix_at": moment}, **fields))
    send(user, body)
    return body


def test_track__the_day_at_the_site_in_order(dispatcher, organisation, site_id):
    """A day begins and ends at midnight in Berlin, 23:00 UTC in winter."""
    user, colleague = organisation.user("technician"), organisation.user("technician")
    moments = ["2026-11-09T22:59:59.000Z", "2026-11-09T23:00:00.000Z", "2026-11-10T08:00:00.000Z",
               "2026-11-10T08:00:10.000Z", "2026-11-10T22:59:59.000Z", "2026-11-10T23:00:00.000Z"]
    bodies = [arrive_at(user, site_id, moment, east_m=500 * index) for index, moment in reversed(list(enumerate(moments)))]
    bodies.reverse()
    arrive_at(colleague, site_id, "2026-11-10T09:00:00.000Z")
    send(user, check_in(site_id, **at("2026-11-10T10:00:00.000Z", fix=None)))
    track = dispatcher.api.get(f"/v1/visits/{bodies[2]['visit_id']}/track", expect=200).json()
    assert [point["check_in"]["id"] for point in track["points"]] == [body["id"] for body in bodies[1:5]]
    assert (track["from"], track["to"], track["time_zone"]) == (moments[1], moments[5], "Europe/Berlin")
    assert track["technician"]["id"] == user.id and track["complete"] is True
    first, second, third, _ = track["points"]
    assert (first["distance_m"], first["least_speed_mps"]) == (None, None)
    assert second["distance_m"] == pytest.approx(500, abs=5)
    # 500 m in ten seconds, less the 8 m that each fix may be off.
    assert third["least_speed_mps"] == pytest.approx((third["distance_m"] - 16) / 10)


def test_track__goes_on_past_midnight_with_the_visit(dispatcher, organisation, site_id):
    user = organisation.user("technician")
    arrival = arrive_at(user, site_id, "2026-11-10T21:00:00.000Z")
    leave = arrive_at(user, site_id, "2026-11-11T01:00:00.000Z", visit_id=arrival["visit_id"], kind="departure")
    track = dispatcher.api.get(f"/v1/visits/{arrival['visit_id']}/track", expect=200).json()
    assert [point["check_in"]["id"] for point in track["points"]] == [arrival["id"], leave["id"]]
    assert track["to"] == "2026-11-11T23:00:00.000Z"


def test_track__is_bounded_and_says_so(dispatcher, organisation, postgres, site_id):
    user = organisation.user("technician")
    first = arrive_at(user, site_id, "2026-11-10T06:00:00.000Z")
    postgres.query(f"""
        INSERT INTO check_in (org_id, id, visit_id, site_id, user_id, kind, captured_at, sent_at, received_at,
                              latitude_deg, longitude_deg, accuracy_m, verdict, content_sha256)
        SELECT org_id, gen_random_uuid(), visit_id, site_id, user_id, 'progress', captured_at + i * interval '1 minute',
               sent_at, received_at, latitude_deg, longitude_deg, accuracy_m, verdict, content_sha256
        FROM check_in, generate_series(1, 300) i WHERE id = '{first["id"]}'""")
    track = dispatcher.api.get(f"/v1/visits/{first['visit_id']}/track", expect=200).json()
    assert len(track["points"]) == 300 and track["complete"] is False
    answer = preview(dispatcher, site_id, last=250)
    assert len(answer["check_ins"]) == 250


def test_nobody_sees_another_organisations_places(new_organisation, technician, site_id):
    visit = arrive(technician, site_id)["visit_id"]
    stranger = new_organisation().administrator
    stranger.api.get(f"/v1/sites/{site_id}/check-ins", expect=404)
    stranger.api.post(f"/v1/sites/{site_id}/fence-preview", json=fence(), expect=404)
    stranger.api.get(f"/v1/visits/{visit}/track", expect=404)
