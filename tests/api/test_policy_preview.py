"""What another policy would have made of the last month: the same verdicts that it makes when it is set."""

import collections
import json

import pytest

from support.evidence import declared, exif_time, fix_at, photo_bytes, send
from support.organisation import new_id
from support.world import World, check_in, now

PATH = "/v1/organisation/policy/preview"
KINDS = ("visit", "check_in", "photo", "scan")
STRICTER = {
    "thresholds": {
        "low_accuracy_m": 5, "stale_fix_s": 30, "photo_least_luminance": 140, "photo_least_sharpness": 4000,
        "photo_least_side_px": 500, "photo_time_s": 60, "photo_distance_m": 10, "least_time_on_site_s": 3600,
        "repeated_coordinates_count": 2, "speed_limit_mps": 10, "speed_least_distance_m": 100, "clock_skew_s": 30},
    "verdicts": {"scan_asset_unknown": "rejected", "geofence_outside": "rejected", "photo_sent_twice": "needs_review"},
}
LAXER = {
    "thresholds": {
        "low_accuracy_m": 90, "stale_fix_s": 1000, "photo_least_luminance": 1, "photo_least_sharpness": 0,
        "photo_least_side_px": 10, "photo_time_s": 86000, "photo_distance_m": 10000, "least_time_on_site_s": 0},
    "verdicts": {"scan_asset_unknown": "accepted", "geofence_outside": "accepted", "mock_location": "accepted",
                 "photo_reused": "accepted", "photo_edited": "accepted", "photo_other_camera": "accepted"},
}


def history(organisation, folder):
    """Evidence of all kinds, the same in every organisation: what a photo shows follows from its seed."""
    world = World(organisation, folder)
    users = [organisation.user("technician") for _ in range(2)]
    order = world.new_work_order([users[0].id])
    send_visit(world, users[0], [order], folder)
    for number, fix in enumerate([
            fix_at(), fix_at(3), fix_at(900), fix_at(accuracy_m=60), fix_at(accuracy_m=12), fix_at(minutes=-2),
            fix_at(mocked=True), None, {**fix_at(), "datum": "gcj02"}, fix_at(40, provider="network")]):
        if fix:
            fix = {**fix, "fix_at": now(number - 60 - (3 if number == 5 else 0))}
        send(users[1], check_in(world.site, fix=fix, device={"id": f"phone-{number % 2}", "app_version": "1"},
                                captured_at=now(number - 60), sent_at=now(-1)))
    reused = photo_bytes(folder, seed=77)
    for seed, options, named in [
            (71, ("--dark",), {}), (72, (), {"width": 300, "height": 200}), (73, (), {"software": "Adobe Photoshop 24"}),
            (74, (), {"time": exif_time(-30), "offset": "+00:00"}), (75, (), {"latitude": 52.5221, "longitude": 13.405}), (76, (), {"orientation": 6})]:
        send(users[1], check_in(world.site, fix=fix_at(), photos=[declared()]), photo_bytes(folder, *options, seed=seed, **named))
    for _ in range(2):
        send(users[1], check_in(world.site, fix=fix_at(), photos=[declared(), declared()]), reused, reused)
    return world


def send_visit(world, user, orders, folder):
    """Arrival, scans, a photo, departure after ten minutes."""
    visit = new_id()
    scans = [{"id": new_id(), "captured_at": now(-9), "symbology": "code_128", "value": value, "entered": "camera"}
             for value in ("NOBODY-KNOWS", "")[:1]]
    send(user, check_in(world.site, visit, captured_at=now(-10), sent_at=now(-10), work_order_ids=orders, fix=fix_at(minutes=-10)))
    send(user, check_in(world.site, visit, kind="progress", captured_at=now(-9), scans=scans, fix=fix_at(minutes=-9),
                        photos=[declared(captured_at=now(-9))]), photo_bytes(folder, seed=70))
    send(user, check_in(world.site, visit, kind="departure", fix=fix_at(20)))


@pytest.fixture(scope="module")
def world(organisation, run_folder):
    return history(organisation, run_folder)


def preview(user, change, expect=200):
    return user.api.post(PATH, json=change, expect=expect).json()


def stored(postgres, organisation):
    """{kind: {verdict: count}} and {finding code: count} as they stand."""
    verdicts, findings = {}, collections.Counter()
    for kind in KINDS:
        codes = "ARRAY(SELECT DISTINCT f ->> 'code' FROM jsonb_array_elements(findings) f)"
        rows = postgres.query(f"SELECT verdict, array_to_json({codes}) FROM {kind}"
                              f" WHERE org_id = '{organisation.id}' AND verdict IS NOT NULL")
        verdicts[kind] = collections.Counter(verdict for verdict, _ in rows)
        for _, found in rows:
            findings.update(json.loads(found))
    return verdicts, findings


def counted(answer, side):
    return ({subject["kind"]: collections.Counter({name: number for name, number in subject[side].items() if number})
             for subject in answer["subjects"]},
            collections.Counter({finding["code"]: finding[side] for finding in answer["findings"] if finding[side]}))


def test_the_policy_of_today_changes_nothing(manager, world, organisation, postgres):
    answer = preview(manager, {"thresholds": {"stale_fix_s": None}})
    assert answer["visits_judged"] == answer["visits_in_period"] > 20
    assert counted(answer, "before") == counted(answer, "after") == stored(postgres, organisation)
    assert [subject["changed"] for subject in answer["subjects"]] == [0, 0, 0, 0]
    assert [subject["judged_otherwise_then"] for subject in answer["subjects"]] == [0, 0, 0, 0]
    assert answer["examples"] == [] and answer["photos_without_looks"] == 0
    verdicts, findings = counted(answer, "before")
    assert all(len(verdicts[kind]) >= 2 for kind in ("visit", "check_in", "photo")) and len(findings) >= 13


@pytest.mark.parametrize("change", [STRICTER, LAXER], ids=["stricter", "laxer"])
def test_it_tells_what_the_policy_then_does(manager, world, organisation, new_organisation, postgres, run_folder, change):
    before = manager.api.get("/v1/organisation/policy", expect=200).json()
    told = preview(manager, change)
    assert counted(told, "before") == stored(postgres, organisation)
    assert counted(told, "after") != counted(told, "before")
    assert manager.api.get("/v1/organisation/policy", expect=200).json() == before
    other = new_organisation()
    other.administrator.api.patch("/v1/organisation/policy", json=change, expect=200)
    history(other, run_folder)
    assert counted(told, "after") == stored(postgres, other)
    if change is STRICTER:
        assert all(subject["changed"] for subject in told["subjects"])


def test_examples_say_why(manager, world):
    answer = preview(manager, STRICTER)
    assert 5 <= len(answer["examples"]) <= 20
    for example in answer["examples"]:
        assert example["before"] != example["after"] and example["reasons"]
        assert all(reason["sentence"] for reason in example["reasons"])
        assert manager.api.get(f"/v1/visits/{example['visit']['id']}", expect=200).json()["id"] == example["visit"]["id"]
    changes = {reason["change"] for example in answer["examples"] for reason in example["reasons"]}
    assert {"appears", "weighs_otherwise"} <= changes
    assert "disappears" in {reason["change"] for example in preview(manager, LAXER)["examples"] for reason in example["reasons"]}
    chinese = manager.api.post(PATH, json=STRICTER, headers={"Accept-Language": "zh"}, expect=200).json()
    assert chinese["examples"][0]["reasons"][0]["sentence"] != answer["examples"][0]["reasons"][0]["sentence"]


def test_nothing_is_written(manager, world, organisation, postgres):
    state = "SELECT md5(string_agg(t::text, '' ORDER BY id)) FROM {} t"
    tables = ("visit", "check_in", "photo", "scan", "audit_event")
    before = [postgres.query(state.format(table)) for table in tables]
    preview(manager, STRICTER)
    assert [postgres.query(state.format(table)) for table in tables] == before


def test_what_was_judged_by_another_policy_is_told(new_organisation, run_folder):
    organisation = new_organisation()
    history(organisation, run_folder)
    administrator = organisation.administrator
    administrator.api.patch("/v1/organisation/policy", json=STRICTER, expect=200)
    answer = preview(administrator, STRICTER)
    assert [subject["changed"] for subject in answer["subjects"]] == [0, 0, 0, 0]
    assert all(subject["judged_otherwise_then"] > 0 for subject in answer["subjects"])


def test_photos_whose_looks_were_not_kept(new_organisation, run_folder, postgres):
    organisation = new_organisation()
    history(organisation, run_folder)
    stored_before = stored(postgres, organisation)
    postgres.query("SET session_replication_role = replica; UPDATE photo SET mean_luminance = NULL, sharpness = NULL"
                   f" WHERE org_id = '{organisation.id}'")
    answer = preview(organisation.administrator, {"thresholds": {"photo_least_luminance": 250}})
    photos = next(subject for subject in answer["subjects"] if subject["kind"] == "photo")
    assert answer["photos_without_looks"] == photos["judged"] > 5 and photos["changed"] == 0
    assert counted(answer, "before") == stored_before


@pytest.mark.parametrize("change, pointer", [
    ({"thresholds": {"stale_fix_s": -1}}, "/thresholds/stale_fix_s"),
    ({"verdicts": {"stale_fix": "perhaps"}}, "/verdicts/stale_fix")])
def test_what_cannot_be_set_cannot_be_tried(manager, world, change, pointer):
    assert preview(manager, change, expect=422)["errors"][0]["pointer"].startswith(pointer)


def test_a_long_month_is_sampled_and_says_so(new_organisation, run_folder, postgres):
    organisation = new_organisation()
    world = World(organisation, run_folder)
    technician = organisation.user("technician")
    postgres.query(f"""
        INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, verdict)
        SELECT '{organisation.id}', gen_random_uuid(), '{world.site}', '{technician.id}', now() - i * interval '5 minutes',
               'accepted' FROM generate_series(1, 9000) i""")
    answer = preview(organisation.administrator, STRICTER)
    assert 8640 <= answer["visits_in_period"] <= 8650  # thirty days, and the world's own
    assert 500 <= answer["visits_judged"] <= 5000
