"""The rules as a phone meets them: facts go in over HTTP, findings with numbers and sentences come out."""

import pytest

from support.evidence import codes, declared, exif_time, finding, fix_at, photo_bytes, send
from support.organisation import new_id
from support.world import SITE, World, check_in, now


@pytest.fixture()
def user(organisation):
    """A new technician each time: nobody's history of fixes meets another test's."""
    return organisation.user("technician")


def judge(user, world, **fields):
    return send(user, check_in(world.site, **fields))


def test_outside_says_how_far(user, world):
    answer = judge(user, world, fix=fix_at(east_m=562))
    found = finding(answer, "geofence_outside")
    assert answer["geofence"] == "outside"
    assert found["numbers"]["distance_m"] == pytest.approx(412, abs=3)
    assert answer["fence_distance_m"] == found["numbers"]["distance_m"]
    assert "412 m" in found["sentence"] or "41" in found["sentence"], found["sentence"]


def test_sentences_in_chinese(user, world):
    body = check_in(world.site, fix=fix_at(east_m=562))
    answer = user.api.post("/v1/check-ins", json=body, headers={"Accept-Language": "zh"}, expect=201).json()
    assert "米" in finding(answer, "geofence_outside")["sentence"]


def test_a_coarse_fix_at_the_fence_is_uncertain_and_blocks_nobody(user, world):
    answer = judge(user, world, fix=fix_at(east_m=140, accuracy_m=40))
    assert answer["geofence"] == "uncertain"
    assert answer["verdict"] == "accepted"


def test_no_fix_is_a_finding_and_blocks_nobody(user, world):
    answer = judge(user, world, fix=None)
    assert codes(answer) == ["fix_missing"]
    assert (answer["fix"], answer["wgs84"], answer["geofence"]) == (None, None, None)


def test_a_mocked_fix(user, world):
    assert judge(user, world, fix=fix_at(mocked=True))["verdict"] == "rejected"


def test_null_island(user, world):
    assert "null_island" in codes(judge(user, world, fix={**fix_at(), "latitude": 0, "longitude": 0}))


def test_a_stale_fix(user, world):
    assert "stale_fix" in codes(judge(user, world, fix=fix_at(minutes=-120)))


def test_impossible_speed(user, world):
    judge(user, world, captured_at=now(-10))
    far = {**fix_at(), "latitude": 48.137, "longitude": 11.575}
    found = finding(judge(user, world, fix=far), "impossible_speed")
    assert found["numbers"]["distance_m"] == pytest.approx(504_000, rel=0.01)


@pytest.mark.parametrize("minutes", [[-10, 0], [0, -10], [-10, -10]], ids=["in order", "backwards", "at once"])
def test_no_order_hides_an_impossible_way(organisation, world, minutes):
    user = organisation.user("technician")
    times, far = {m: now(m) for m in minutes}, {**fix_at(), "latitude": 48.137, "longitude": 11.575}
    judge(user, world, captured_at=times[minutes[0]])
    assert "impossible_speed" in codes(judge(user, world, captured_at=times[minutes[1]], fix=far))


def test_the_phones_clock(user, world):
    assert "clock_skew" in codes(judge(user, world, sent_at=now(-90), captured_at=now(-91)))
    assert "captured_in_future" in codes(judge(user, world, captured_at=now(120)))


@pytest.fixture(scope="module")
def shanghai(world):
    """A site in Shanghai whose position was given in GCJ-02."""
    body = {"id": new_id(), "customer_id": world.customer, "name": "上海仓库", "time_zone": "Asia/Shanghai",
            "datum": "gcj02", "position": {"latitude": 31.228500, "longitude": 121.478000}, "radius_m": 100}
    world.api.post("/v1/sites", json=body, expect=201)
    return body["id"]


def test_a_fix_in_gcj02_is_undone(user, shanghai):
    fix = fix_at(latitude=31.2285, longitude=121.478, datum="gcj02")
    assert send(user, check_in(shanghai, fix=fix))["geofence"] == "inside"


def test_a_fix_in_the_wrong_datum_is_recognised(user, shanghai):
    fix = fix_at(latitude=31.2285, longitude=121.478, datum="wgs84")
    answer = send(user, check_in(shanghai, fix=fix))
    assert answer["geofence"] == "outside"
    assert "wrong_datum_suspected" in codes(answer)
    assert finding(answer, "geofence_outside")["explained"]


def test_photo_taken_days_before(user, world, run_folder):
    photo = photo_bytes(run_folder, seed=51, time=exif_time(-3 * 24 * 60), offset="+00:00")
    answer = send(user, check_in(world.site, photos=[declared()]), photo)
    assert "photo_taken_before" in codes(answer["photos"][0])


def test_an_arrival_that_comes_late_takes_back_what_it_explains(user, world, run_folder):
    visit, arrival = new_id(), check_in(world.site, captured_at=now(-300), fix=fix_at(minutes=-300, east_m=3))
    arrival["visit_id"] = visit
    during = photo_bytes(run_folder, seed=53, time=exif_time(-240), offset="+00:00")
    before = photo_bytes(run_folder, seed=54, time=exif_time(-3 * 24 * 60), offset="+00:00")
    departure = check_in(world.site, visit_id=visit, photos=[declared(), declared()])
    departure["kind"] = "departure"
    departed = send(user, departure, during, before)
    assert departed["verdict"] == "accepted" and all("photo_taken_before" in codes(photo) for photo in departed["photos"])
    send(user, arrival)
    during, before = (user.api.get(f"/v1/photos/{photo['id']}", expect=200).json() for photo in departure["photos"])
    assert during["findings"] == [] and during["verdict"] == "accepted"
    assert codes(before) == ["photo_taken_before"] and before["verdict"] == "needs_review"
    assert "photo_taken_before" in user.api.get(f"/v1/visits/{visit}", expect=200).json()["finding_codes"]


def test_photo_taken_elsewhere(user, world, run_folder):
    photo = photo_bytes(run_folder, seed=52, time=exif_time(), offset="+00:00", latitude=48.137, longitude=11.575)
    found = finding(send(user, check_in(world.site, photos=[declared()]), photo)["photos"][0], "photo_taken_elsewhere")
    assert found["numbers"]["distance_m"] == pytest.approx(504_000, rel=0.01)


def test_a_photo_in_order_has_nothing_against_it(user, world, run_folder):
    photo = photo_bytes(run_folder, seed=53, time=exif_time(), offset="+00:00", width=1600, height=1200,
                        latitude=SITE["latitude"], longitude=SITE["longitude"])
    answer = send(user, check_in(world.site, photos=[declared()]), photo)["photos"][0]
    assert (answer["verdict"], answer["findings"]) == ("accepted", [])
    assert answer["exif"]["position"] == pytest.approx(SITE, abs=1e-5)


def test_recycled_bytes(user, world, organisation, run_folder):
    photo = photo_bytes(run_folder, seed=54)
    first = send(user, check_in(world.site, photos=[declared()]), photo)["photos"][0]
    answer = send(organisation.user("technician"), check_in(world.site, photos=[declared()]), photo)["photos"][0]
    assert answer["verdict"] == "rejected"
    assert finding(answer, "photo_reused")["numbers"]["earlier_photo_id"] == first["id"]


def test_the_same_bytes_twice_in_one_visit_are_harmless(user, world, run_folder):
    photo = photo_bytes(run_folder, seed=55)
    body = check_in(world.site, photos=[declared()])
    send(user, body, photo)
    again = check_in(world.site, visit_id=body["visit_id"], kind="progress", photos=[declared()])
    assert "photo_sent_twice" in codes(send(user, again, photo)["photos"][0])


@pytest.mark.parametrize("option, code", [("--dark", "photo_too_dark"), ("--blurred", "photo_blurred")])
def test_unusable_pictures_are_told_on_site(user, world, run_folder, option, code):
    answer = send(user, check_in(world.site, photos=[declared()]), photo_bytes(run_folder, option, seed=56))
    assert code in codes(answer["photos"][0])


def scan(value, symbology="ean_13"):
    return {"id": new_id(), "captured_at": now(), "symbology": symbology, "value": value, "entered": "camera"}


def test_scans(user, world):
    here, elsewhere = "4006381333931", "4012345678901"
    other_site = world.new_site()
    for site, barcode in ((world.site, here), (other_site, elsewhere)):
        world.api.post("/v1/assets", expect=201, json={
            "id": new_id(), "site_id": site, "name": "压缩机", "barcode": barcode})
    answer = judge(user, world, scans=[scan(here), scan(elsewhere), scan("4006381333930"), scan("96385074", "ean_8")])
    by_value = {entry["value"]: entry for entry in answer["scans"]}
    assert codes(by_value[here]) == ["scan_asset_matched"]
    assert by_value[here]["asset"]["name"] == "压缩机"
    assert "scan_asset_other_site" in codes(by_value[elsewhere])
    wrong = finding(by_value["4006381333930"], "scan_check_digit_wrong")
    assert wrong["numbers"]["expected_digit"] in ("1", 1)
    assert "scan_asset_unknown" in codes(by_value["96385074"])


def test_the_policy_decides(new_organisation, run_folder):
    organisation = new_organisation()
    world = World(organisation, run_folder)
    user = organisation.user("technician")
    organisation.administrator.api.patch("/v1/organisation/policy", expect=200, json={
        "verdicts": {"geofence_outside": "rejected"}})
    assert send(user, check_in(world.site, fix=fix_at(east_m=900)))["verdict"] == "rejected"


def test_a_listed_receiver_may_look_mocked(new_organisation, run_folder):
    organisation = new_organisation()
    world = World(organisation, run_folder)
    user = organisation.user("technician")
    fields = {"fix": fix_at(mocked=True), "device": {"id": "receiver-7"}}
    assert "mock_location" in codes(judge(user, world, **fields))
    organisation.administrator.api.patch(
        "/v1/organisation/policy", json={"receiver_device_ids": ["receiver-7"]}, expect=200)
    assert "external_receiver" in codes(judge(user, world, **fields))
