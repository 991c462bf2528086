"""Check-ins: what is stored, what a repetition does, what is refused and leaves nothing behind."""

import concurrent.futures
import hashlib

import pytest

from support.evidence import codes, declared, finding, fix_at, parts, photo_bytes, put_photo, send
from support.organisation import new_id
from support.waiting import wait_until
from support.world import check_in, now


@pytest.fixture(scope="module")
def photo(run_folder):
    return photo_bytes(run_folder, seed=7)


def blob_count(server):
    return sum(1 for path in (server.data_folder / "blobs").rglob("*") if path.is_file())


def rows_of(postgres, check_in_id):
    return [
        int(postgres.query(f"SELECT count(*) FROM {table} WHERE {column} = '{check_in_id}'")[0][0])
        for table, column in (("check_in", "id"), ("photo", "check_in_id"), ("scan", "check_in_id"))
    ]


def test_one_request_with_a_photo(world, user, photo):
    answer = send(user, check_in(world.site, photos=[declared()]), photo)
    assert (answer["verdict"], answer["geofence"]) == ("accepted", "inside")
    stored = answer["photos"][0]
    assert stored["receipt"]["sha256"] == hashlib.sha256(photo).hexdigest()
    assert stored["receipt"]["bytes"] == len(photo)
    assert user.api.get(f"/v1/photos/{stored['id']}/original", expect=200).content == photo


def test_facts_first_and_photos_one_by_one(world, user, run_folder):
    body = check_in(world.site, photos=[declared("before"), declared("after")])
    answer = send(user, body)
    assert [photo["state"] for photo in answer["photos"]] == ["awaited", "awaited"]
    for seed, photo in enumerate(body["photos"], 20):
        assert put_photo(user, photo["id"], photo_bytes(run_folder, seed=seed)).json()["state"] == "stored"
    answer = user.api.get(f"/v1/check-ins/{body['id']}", expect=200).json()
    assert [photo["state"] for photo in answer["photos"]] == ["stored", "stored"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("change", [
    {},
    {"fix": None},
    {"kind": "progress", "note": None, "device": {}},
    {"kind": "departure", "note": "\"阀门\" 已更换 🔧\n\\"},
    {"device": {"id": "phone-1", "platform": None, "app_version": "1.4"}},
    {"fix": fix_at(11.3, 7.7, altitude_m=41.123456789012345, speed_mps=0.1, provider="fused")},
    {"fix": fix_at(900, accuracy_m=None, provider=None, mocked=True)},
    {"fix": {**fix_at(3), "latitude": 52.520000000000003, "longitude": 1e-7}},
    {"fix": {**fix_at(), "datum": "gcj02", "latitude": 31.2304, "longitude": 121.4737, "fix_at": "2026-01-02T03:04:05+08:00"}},
    {"fix": {**fix_at(), "datum": "bd09", "latitude": 31, "longitude": 121}},
    {"captured_at": "2026-01-02T03:04:05.678901+08:00"},
], ids=str)
def test_the_answer_is_what_is_read_afterwards(world, user, change, language):
    """The answer to the commonest kind is made from the request, any later one is read from the database."""
    speaks = {"Accept-Language": language}
    work_order = world.new_work_order([user.id])
    body = {**check_in(world.site, work_order_ids=[work_order]), **change}
    answer = user.api.post("/v1/check-ins", json=body, headers=speaks, expect=201).json()
    assert answer == user.api.get(f"/v1/check-ins/{body['id']}", headers=speaks, expect=200).json()
    assert answer == user.api.post("/v1/check-ins", json=body, headers=speaks, expect=200).json()
    if body["fix"] and change:
        assert answer["fix"]["latitude"] == body["fix"]["latitude"]


def test_repeating_is_harmless_even_when_sent_later(world, user, photo):
    body = check_in(world.site, photos=[declared()], scans=[scan("4006381333931")])
    first = send(user, body, photo)
    again = user.api.post("/v1/check-ins", files=parts({**body, "sent_at": now(5)}, photo), expect=200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first


def test_repeating_without_photos_and_then_with_them(world, user, photo):
    body = check_in(world.site, photos=[declared()])
    send(user, body)
    answer = send(user, body, photo, expect=200)
    assert answer["photos"][0]["state"] == "stored"


def test_other_content_under_the_same_id(world, user):
    body = check_in(world.site, note="first")
    first = send(user, body)
    problem = send(user, {**body, "note": "second"}, expect=409)
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("content_conflict", "/id")
    assert user.api.get(f"/v1/check-ins/{body['id']}", expect=200).json() == first


def test_other_bytes_under_the_same_photo_id(world, user, photo, run_folder):
    body = check_in(world.site, photos=[declared()])
    send(user, body, photo)
    photo_id = body["photos"][0]["id"]
    assert put_photo(user, photo_id, photo, expect=200).headers["Idempotency-Replayed"] == "true"
    problem = put_photo(user, photo_id, photo_bytes(run_folder, seed=99), expect=409).json()
    assert problem["code"] == "content_conflict"
    assert user.api.get(f"/v1/photos/{photo_id}/original", expect=200).content == photo


def test_many_at_once_make_one(world, user, photo):
    body = check_in(world.site, photos=[declared()])

    def attempt(_):
        return user.api.with_token(user.api.token).post("/v1/check-ins", files=parts(body, photo)).status_code

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(attempt, range(8)))
    assert statuses.count(201) == 1 and set(statuses) <= {200, 201, 503}, statuses
    assert send(user, body, photo, expect=200)["photos"][0]["state"] == "stored"


def test_many_plain_ones_at_once_make_one(world, user):
    """Each bets on being the first; those that lose find what the winner has left."""
    for _ in range(10):
        body = check_in(world.site)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            statuses = list(pool.map(lambda _, body=body: user.api.with_token(user.api.token).post(
                "/v1/check-ins", json=body).status_code, range(8)))
        assert sorted(statuses) == [200] * 7 + [201]


def test_a_new_visits_check_ins_may_come_all_at_once(world, user):
    for _ in range(10):
        visit = new_id()
        bodies = [check_in(world.site, visit_id=visit, kind=kind)
                  for kind in ("arrival", "progress", "progress", "progress", "departure")]
        with concurrent.futures.ThreadPoolExecutor(5) as pool:
            statuses = list(pool.map(lambda body: user.api.with_token(user.api.token).post(
                "/v1/check-ins", json=body).status_code, bodies))
        assert statuses == [201] * 5
        answer = user.api.get(f"/v1/visits/{visit}", expect=200).json()
        assert {item["id"] for item in answer["check_ins"]} == {body["id"] for body in bodies}
        assert "departure_without_arrival" not in answer["finding_codes"]


def test_bytes_must_be_the_announced_ones(world, user, photo):
    body = check_in(world.site, photos=[declared(sha256="0" * 64)])
    problem = send(user, body, photo, expect=422)
    assert problem["errors"][0]["rule"] == "sha256"
    body["photos"][0]["sha256"] = hashlib.sha256(photo).hexdigest()
    send(user, body, photo)


def test_other_bytes_for_a_stored_photo_are_a_conflict_even_if_a_digest_was_announced(world, user, photo, run_folder):
    body = check_in(world.site, photos=[declared(sha256=hashlib.sha256(photo).hexdigest())])
    send(user, body, photo)
    problem = put_photo(user, body["photos"][0]["id"], photo_bytes(run_folder, seed=8), expect=409).json()
    assert problem["code"] == "content_conflict"


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-00:01"])
def test_times_of_years_that_have_no_four_digits(world, user, time):
    problem = send(user, check_in(world.site, captured_at=time), expect=422)
    assert (problem["errors"][0]["pointer"], problem["errors"][0]["rule"]) == ("/captured_at", "format")


def test_an_offset_that_no_place_has_is_named(world, user):
    """PostgreSQL reads offsets up to 15:59; past them nobody could say which of the times is meant."""
    photos = [declared(captured_at="2026-11-22T10:00:00+15:59"), declared(captured_at="2026-11-22T10:00:00+16:00")]
    problem = send(user, check_in(world.site, photos=photos), expect=422)
    assert [(error["pointer"], error["rule"]) for error in problem["errors"]] == [("/photos/1/captured_at", "format")]


@pytest.mark.parametrize("options, code", [
    (("--drop-last", "20000"), "photo_truncated"),
    (("--cmyk",), "photo_unsupported_colour"),
    (("--declare-width", "65500", "--declare-height", "65500"), "photo_too_many_pixels"),
    (("--exif-bytes", "400000"), "photo_exif_too_large"),
    (("--scans", "400"), "photo_too_many_scans"),
])
def test_an_unusable_photo_refuses_the_request_and_leaves_nothing(
        world, user, photo, run_folder, server, postgres, options, code):
    good, bad = declared(), declared()
    body = check_in(world.site, photos=[good, bad])
    blobs = blob_count(server)
    problem = send(user, body, photo_bytes(run_folder, seed=41), photo_bytes(run_folder, *options, seed=42), expect=422)
    assert (problem["code"], problem["reason_code"], problem["retryable"]) == ("photo_refused", code, False)
    assert problem["errors"][0]["pointer"] == f"part:{bad['id']}"
    assert rows_of(postgres, body["id"]) == [0, 0, 0]
    assert blob_count(server) == blobs
    assert not list((server.data_folder / "staging").iterdir())


def test_a_refusal_speaks_the_readers_language(world, user, run_folder):
    body = check_in(world.site, photos=[declared()])
    answer = user.api.post("/v1/check-ins", files=parts(body, photo_bytes(run_folder, "--cmyk")),
                           headers={"Accept-Language": "zh-CN,zh;q=0.9"}, expect=422).json()
    assert any("\u4e00" <= letter <= "\u9fff" for letter in answer["errors"][0]["detail"]), answer


def test_a_part_nobody_announced(world, user, photo):
    body = check_in(world.site, photos=[declared()])
    files = parts(body, photo) + [(new_id(), ("x.jpg", photo, "image/jpeg"))]
    problem = user.api.post("/v1/check-ins", files=files, expect=422).json()
    assert problem["errors"][0]["rule"] == "declared"


@pytest.mark.parametrize("change, pointer", [
    ({"site_id": "00000000-0000-4000-8000-000000000000"}, "/site_id"),
    ({"work_order_ids": ["00000000-0000-4000-8000-000000000000"]}, "/work_order_ids"),
])
def test_unknown_references(world, user, postgres, change, pointer):
    body = {**check_in(world.site), **change}
    problem = send(user, body, expect=422)
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("unknown_reference", pointer)
    assert rows_of(postgres, body["id"]) == [0, 0, 0]


def test_somebody_elses_visit(world, user):
    problem = send(user, check_in(world.site, visit_id=world.own.visit), expect=409)
    assert problem["errors"][0]["pointer"] == "/visit_id"


def test_an_arrival_puts_work_orders_on_site(world, user):
    work_order = world.new_work_order([user.id])
    send(user, check_in(world.site, work_order_ids=[work_order]))
    assert user.api.get(f"/v1/work-orders/{work_order}", expect=200).json()["state"] == "on_site"
    history = user.api.get(f"/v1/work-orders/{work_order}/history", expect=200).json()["items"]
    assert [event["to_state"] for event in history] == ["assigned", "on_site"]


def test_a_work_order_that_moved_meanwhile_blocks_nobody(world, user):
    work_order = world.new_work_order()
    world.api.patch(f"/v1/work-orders/{work_order}", json={"site_id": world.new_site()}, expect=200)
    send(user, check_in(world.site, work_order_ids=[work_order]))


def test_check_ins_come_in_any_order(world, user):
    visit = new_id()
    send(user, check_in(world.site, visit_id=visit, kind="departure", captured_at=now(-10)))
    assert "departure_without_arrival" in codes(user.api.get(f"/v1/visits/{visit}", expect=200).json())
    send(user, check_in(world.site, visit_id=visit, kind="progress", captured_at=now(-30)))
    send(user, check_in(world.site, visit_id=visit, kind="arrival", captured_at=now(-60)))
    visit = user.api.get(f"/v1/visits/{visit}", expect=200).json()
    assert "departure_without_arrival" not in codes(visit)
    assert visit["arrived_at"] < visit["departed_at"]


def test_a_late_photo_completes_the_checklist(world, user, run_folder):
    work_order = world.new_work_order([user.id])
    world.api.patch(f"/v1/work-orders/{work_order}", expect=200, json={"checklist": [
        {"id": new_id(), "kind": "photo", "label": "Typenschild", "photo_role": "nameplate"}]})
    visit, photo = new_id(), declared("nameplate")
    send(user, check_in(world.site, visit_id=visit, captured_at=now(-60), work_order_ids=[work_order], photos=[photo]))
    send(user, check_in(world.site, visit_id=visit, kind="departure"))
    answer = user.api.get(f"/v1/visits/{visit}", expect=200).json()
    assert finding(answer, "checklist_incomplete")["numbers"]["missing_labels"] == "Typenschild"
    put_photo(user, photo["id"], photo_bytes(run_folder, seed=77))
    assert "checklist_incomplete" not in codes(user.api.get(f"/v1/visits/{visit}", expect=200).json())


def scan(value, symbology="ean_13"):
    return {"id": new_id(), "captured_at": now(), "symbology": symbology, "value": value, "entered": "camera"}


def test_two_arrivals_for_one_work_order_do_not_wait_for_each_other(world, user, postgres):
    """What refers to a work order holds its key; whoever wants more than that lock to change its state deadlocks."""
    work_order = world.new_work_order([user.id])
    with postgres.transaction(f"SELECT FROM work_order WHERE id = '{work_order}' FOR KEY SHARE"):
        user.api.post("/v1/check-ins", json=check_in(world.site, work_order_ids=[work_order]), expect=201, timeout=30)


def test_a_photo_does_not_wait_for_whoever_looks_at_its_visit(world, user, photo, postgres):
    body = check_in(world.site, photos=[declared()])
    send(user, body)
    with postgres.transaction(f"SELECT FROM visit WHERE id = '{body['visit_id']}' FOR KEY SHARE"):
        user.api.put(f"/v1/photos/{body['photos'][0]['id']}/content", data=photo,
                     headers={"Content-Type": "image/jpeg"}, expect=201, timeout=30)


def test_an_arrival_beside_a_departure_is_judged_with_it(world, organisation, postgres):
    """Both begin before either has made the visit; the second one to commit sees the first."""
    user = organisation.user("technician")
    body = check_in(world.site)
    departure = f"""INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, departed_at, verdict, findings, finding_codes)
        VALUES ('{organisation.id}', '{body['visit_id']}', '{world.site}', '{user.id}', now(), now() + '1 hour', 'needs_review',
                '[]', '{{departure_without_arrival}}');
        INSERT INTO check_in (org_id, id, visit_id, site_id, user_id, kind, captured_at, sent_at, received_at, verdict,
                              content_sha256)
        VALUES ('{organisation.id}', gen_random_uuid(), '{body['visit_id']}', '{world.site}', '{user.id}', 'departure',
                now() + '1 hour', now(), now(), 'accepted', '')"""
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        with postgres.transaction(departure):
            arrival = threads.submit(send, user, body)
            wait_for_a_lock(postgres)
        arrival.result()
    visit = user.api.get(f"/v1/visits/{body['visit_id']}", expect=200).json()
    assert visit["arrived_at"] and visit["departed_at"]
    assert (visit["verdict"], visit["finding_codes"]) == ("accepted", ["geofence_inside"])


def test_a_visit_that_somebody_else_makes_at_this_moment_is_theirs(world, user, organisation, postgres):
    body = check_in(world.site)
    theirs = f"""INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, verdict)
        VALUES ('{organisation.id}', '{body['visit_id']}', '{world.site}', '{world.colleague.user.id}', now(), 'accepted')"""
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        with postgres.transaction(theirs):
            answer = threads.submit(send, user, body, expect=409)
            wait_for_a_lock(postgres)
        assert answer.result()["errors"][0]["pointer"] == "/visit_id"
    user.api.get(f"/v1/check-ins/{body['id']}", expect=404)
    assert postgres.query(f"SELECT arrived_at IS NULL FROM visit WHERE id = '{body['visit_id']}'") == [["t"]]


def wait_for_a_lock(postgres):
    """Until a request waits for a row that somebody else's transaction has."""
    wait_until(lambda: postgres.query("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'") != [["0"]],
               "somebody who waits")
