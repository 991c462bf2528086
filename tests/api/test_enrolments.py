"""Phones that are let in by a QR code, and devices that can be revoked."""

import concurrent.futures
import re
import time

import pytest

from support.api import Api
from support.organisation import PASSWORD, Organisation, new_id
from support.server import Server
from support.world import World, check_in, now


@pytest.fixture(autouse=True)
def forget_attempts(postgres):
    """All tests share one address, whose refusals are counted."""
    yield
    postgres.query("DELETE FROM log_in_throttle")


@pytest.fixture(scope="module")
def user(organisation):
    """The technician who gets a phone."""
    return organisation.user("technician")


def phone(name="Phone", key=None):
    return {"id": key or new_id(), "name": name, "model": "Xiaomi 14", "platform": "Android 15"}


def new_code(manager, user, **body):
    return manager.api.post(f"/v1/users/{user.id}/enrolments", json={"id": new_id(), **body}, expect=201).json()


def enrol(api, code, device=None, expect=200):
    return api.post("/v1/auth/enrol", json={"code": code, "device": device or phone()}, expect=expect)


def refused(api, code, device=None):
    problem = enrol(api, code, device, expect=401).json()
    assert problem["code"] == "enrolment_failed" and not problem["retryable"]
    return problem["detail"]


def look(manager, enrolment):
    return manager.api.get(f"/v1/enrolments/{enrolment['id']}", expect=200).json()


def test_a_phone_is_let_in(api, manager, user, postgres):
    enrolment = new_code(manager, user)
    assert enrolment["state"] == "open" and enrolment["user"]["id"] == user.id
    assert enrolment["created_by"]["id"] == manager.id and enrolment["url"] == "/app/#/enrol/" + enrolment["code"]
    assert re.fullmatch(r"[A-Za-z0-9_-]{48}", enrolment["code"])  # 160 bits behind the organisation's 128
    device = phone("李伟的手机")
    answer = enrol(api, enrolment["code"], device).json()
    assert answer["user"]["id"] == user.id
    mine = api.with_token(answer["access_token"])
    assert mine.get("/v1/me", expect=200).json()["user"]["id"] == user.id
    tokens = api.post("/v1/auth/refresh", json={"refresh_token": answer["refresh_token"]}, expect=200).json()
    assert api.with_token(tokens["access_token"]).get("/v1/my/day").status_code == 200
    after = look(manager, enrolment)
    assert after["state"] == "used" and after["used_at"] is not None and "code" not in after
    assert after["device"]["name"] == "李伟的手机"
    (listed,) = [entry for entry in mine.get("/v1/devices", expect=200).json()["items"] if entry["id"] == after["device"]["id"]]
    assert {name: listed[name] for name in ("device_id", "name", "model", "platform", "is_logged_in", "revoked_at")} == {
        "device_id": device["id"], "name": device["name"], "model": "Xiaomi 14", "platform": "Android 15",
        "is_logged_in": True, "revoked_at": None}
    kept = postgres.query(f"SELECT row_to_json(e) FROM enrolment e WHERE id = '{enrolment['id']}'")[0][0]
    assert enrolment["code"] not in kept and enrolment["code"][22:] not in kept


def test_a_code_is_good_once(api, manager, user):
    code = new_code(manager, user)["code"]
    enrol(api, code)
    assert "used already" in refused(api, code)


def test_of_two_phones_one_wins(api, manager, user):
    for _ in range(5):
        code = new_code(manager, user)["code"]
        clients = [api.with_token(None) for _ in range(6)]
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda client, code=code: client.post(
                "/v1/auth/enrol", json={"code": code, "device": phone()}), clients))
        assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401, 401]


def test_a_lost_answer_is_given_again_to_the_same_phone(api, manager, user):
    code, device = new_code(manager, user)["code"], phone()
    lost = enrol(api, code, device).json()
    again = enrol(api, code, device).json()
    assert again["refresh_token"] != lost["refresh_token"]
    api.with_token(lost["access_token"]).get("/v1/me", expect=401)
    api.post("/v1/auth/refresh", json={"refresh_token": lost["refresh_token"]}, expect=401)
    api.with_token(again["access_token"]).get("/v1/me", expect=200)
    assert "used already" in refused(api, code)
    api.post("/v1/auth/refresh", json={"refresh_token": again["refresh_token"]}, expect=200)
    assert "used already" in refused(api, code, device)


def test_not_after_a_log_out_or_a_revocation(api, manager, user):
    for way in ("log out", "revoke"):
        enrolment, device = new_code(manager, user), phone()
        mine = api.with_token(enrol(api, enrolment["code"], device).json()["access_token"])
        if way == "log out":
            mine.post("/v1/auth/log-out", expect=204)
        else:
            manager.api.delete(f"/v1/devices/{look(manager, enrolment)['device']['id']}", expect=204)
        assert "used already" in refused(api, enrolment["code"], device)


def test_the_same_request_gives_the_same_code(manager, user, organisation):
    body = {"id": new_id()}
    path = f"/v1/users/{user.id}/enrolments"
    first = manager.api.post(path, json=body, expect=201).json()
    again = manager.api.post(path, json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json() == first
    other = organisation.user("technician")
    problem = manager.api.post(f"/v1/users/{other.id}/enrolments", json=body, expect=409).json()
    assert problem["code"] == "content_conflict"


def test_a_code_can_be_withdrawn(api, manager, user):
    enrolment = new_code(manager, user)
    for _ in range(2):
        manager.api.delete(f"/v1/enrolments/{enrolment['id']}", expect=204)
    assert look(manager, enrolment)["state"] == "revoked"
    assert "withdrawn" in refused(api, enrolment["code"])
    used = new_code(manager, user)
    enrol(api, used["code"])
    assert manager.api.delete(f"/v1/enrolments/{used['id']}", expect=409).json()["code"] == "state_conflict"


def test_a_code_expires(api, manager, user, postgres):
    enrolment, device = new_code(manager, user), phone()
    ((seconds,),) = postgres.query(
        f"SELECT extract(epoch FROM expires_at - created_at)::integer FROM enrolment WHERE id = '{enrolment['id']}'")
    assert seconds == "900"
    postgres.query(f"UPDATE enrolment SET expires_at = now() - interval '1 second' WHERE id = '{enrolment['id']}'")
    assert look(manager, enrolment)["state"] == "expired"
    assert "time is over" in refused(api, enrolment["code"], device)
    used = new_code(manager, user)
    enrol(api, used["code"], device)
    postgres.query(f"UPDATE enrolment SET expires_at = now() - interval '1 second' WHERE id = '{used['id']}'")
    assert "used already" in refused(api, used["code"], device), "a lost answer is given again while the code lives, not longer"


@pytest.mark.parametrize("code", ["x", "A" * 48, "é" * 48, "A" * 47 + "!"])
def test_what_is_no_code(api, code):
    refused(api, code)


def test_a_customers_link_is_no_code(api, manager, user, organisation, run_folder):
    """Both are made of the same secret and an id that the client chooses, each for its own purpose."""
    key = new_id()
    order = World(organisation, run_folder).own.work_order
    link = manager.api.post(f"/v1/work-orders/{order}/links", json={"id": key}, expect=201).json()["url"].rsplit("/", 1)[1]
    code = new_code(manager, user, id=key)["code"]
    assert code != link and len(code) == len(link)
    refused(api, link)
    flipped = code[:-1] + ("A" if code[-1] != "A" else "B")
    assert "no such code" in refused(api, flipped)


def test_only_technicians_are_let_in(api, manager, administrator, organisation, user):
    """Else a manager could become an administrator."""
    for other in (administrator, manager, organisation.user("dispatcher")):
        problem = manager.api.post(f"/v1/users/{other.id}/enrolments", json={"id": new_id()}, expect=409).json()
        assert problem["code"] == "state_conflict"
    manager.api.post(f"/v1/users/{new_id()}/enrolments", json={"id": new_id()}, expect=404)
    risen, gone = organisation.user("technician"), organisation.user("technician")
    codes = [new_code(manager, who)["code"] for who in (risen, gone)]
    administrator.api.patch(f"/v1/users/{risen.id}", json={"role": "administrator"}, expect=200)
    administrator.api.patch(f"/v1/users/{gone.id}", json={"disabled": True}, expect=200)
    for code in codes:
        assert "may not use" in refused(api, code)


def test_a_revoked_device_is_refused_at_once(api, manager, user, organisation):
    enrolment, device = new_code(manager, user), phone()
    answer = enrol(api, enrolment["code"], device).json()
    mine = api.with_token(answer["access_token"])
    mine.get("/v1/my/day", expect=200)
    key = look(manager, enrolment)["device"]["id"]
    for _ in range(2):
        manager.api.delete(f"/v1/devices/{key}", expect=204)
    mine.get("/v1/my/day", expect=401)
    mine.get("/v1/me", expect=401)
    api.post("/v1/auth/refresh", json={"refresh_token": answer["refresh_token"]}, expect=401)
    user.api.get("/v1/me", expect=200)  # elsewhere the user stays logged in
    (listed,) = [entry for entry in all_devices(manager, user_id=user.id) if entry["id"] == key]
    assert listed["revoked_at"] is not None and not listed["is_logged_in"]
    enrol(api, new_code(manager, user)["code"], device)
    (listed,) = [entry for entry in all_devices(manager, user_id=user.id) if entry["id"] == key]
    assert listed["revoked_at"] is None and listed["is_logged_in"]
    manager.api.delete(f"/v1/devices/{new_id()}", expect=404)


def all_devices(user, **query):
    items, cursor = [], None
    while True:
        page = user.api.get("/v1/devices", params={**query, "limit": 3, **({"cursor": cursor} if cursor else {})}, expect=200).json()
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


def test_devices_are_listed_in_pages_and_technicians_see_their_own(api, manager, organisation):
    two = [organisation.user("technician") for _ in range(2)]
    for user in two:
        for number in range(4):
            enrol(api, new_code(manager, user)["code"], phone(f"Phone {number}"))
    seen = all_devices(two[0])
    assert [entry["name"] for entry in seen] == ["Phone 3", "Phone 2", "Phone 1", "Phone 0"]
    assert {entry["user"]["id"] for entry in seen} == {two[0].id}
    assert two[0].api.get(f"/v1/devices?user_id={two[1].id}", expect=200).json()["items"] == []
    assert seen == all_devices(manager, user_id=two[0].id)
    everybody = [entry["id"] for entry in all_devices(manager)]
    assert len(everybody) == len(set(everybody)) and {entry["id"] for entry in seen} < set(everybody)


def log_in(api, organisation, user, **more):
    return api.post("/v1/auth/log-in", json={
        "organisation": organisation.slug, "log_in": user.log_in, "password": PASSWORD, **more}, expect=200).json()


def test_a_log_in_by_password_may_name_a_device(api, manager, organisation):
    user, device = organisation.user("technician"), phone("Tablet")
    first = log_in(api, organisation, user, device=device)
    (listed,) = all_devices(user)
    assert listed["name"] == "Tablet" and listed["device_id"] == device["id"] and listed["is_logged_in"]
    second = log_in(api, organisation, user, device={**device, "name": "Tablet of the workshop"})
    assert [entry["name"] for entry in all_devices(user)] == ["Tablet of the workshop"]
    api.with_token(first["access_token"]).get("/v1/me", expect=401)
    api.with_token(second["access_token"]).get("/v1/me", expect=200)
    colleague = organisation.user("technician")
    log_in(api, organisation, colleague, device=device)
    assert len(all_devices(colleague)) == 1 and all_devices(colleague)[0]["id"] != listed["id"]
    api.with_token(second["access_token"]).get("/v1/me", expect=200)


def test_a_revoked_device_stays_revoked_until_it_is_restored(api, manager, user, organisation):
    device = phone()
    log_in(api, organisation, user, device=device)
    code = new_code(manager, user)["code"]
    (listed,) = [entry for entry in all_devices(manager, user_id=user.id) if entry["device_id"] == device["id"]]
    manager.api.delete(f"/v1/devices/{listed['id']}", expect=204)
    body = {"organisation": organisation.slug, "log_in": user.log_in, "password": PASSWORD, "device": device}
    problem = api.post("/v1/auth/log-in", json=body, expect=403).json()
    assert problem["code"] == "device_revoked" and not problem["retryable"]
    api.post("/v1/auth/log-in", json={**body, "password": "wrong"}, expect=401)  # tells nothing to whoever has not the password
    assert "was revoked" in refused(api, code, device)  # made before the revocation
    (now,) = [entry for entry in all_devices(manager, user_id=user.id) if entry["id"] == listed["id"]]
    assert now["revoked_at"] is not None and now["revoked_by"]["id"] == manager.id and not now["is_logged_in"]
    log_in(api, organisation, user, device=phone())
    for _ in range(2):
        manager.api.post(f"/v1/devices/{listed['id']}/restore", expect=204)
    enrol(api, code, device)  # the refusal has not used it up
    log_in(api, organisation, user, device=device)
    manager.api.post(f"/v1/devices/{new_id()}/restore", expect=404)


def test_a_device_tells_its_version_of_the_app(api, manager, organisation, run_folder):
    world = World(organisation, run_folder)
    device, user = phone(), world.own.user
    mine = api.with_token(log_in(api, organisation, user, device=device)["access_token"])
    for version in ("1.3.9", "1.4.0"):
        body = check_in(world.site, device={"id": device["id"], "app_version": version}, captured_at=now())
        mine.post("/v1/check-ins", json=body, expect=201)
    listed = {entry["device_id"]: entry["app_version"] for entry in all_devices(user)}
    assert listed[device["id"]] == "1.4.0" and set(listed.values()) == {"1.4.0", None}


def test_a_user_who_is_deleted_takes_devices_along(api, manager, administrator, organisation):
    user = organisation.user("technician")
    enrol(api, new_code(manager, user)["code"])
    new_code(manager, user)
    administrator.api.delete(f"/v1/users/{user.id}", expect=204)
    assert all_devices(manager, user_id=user.id) == []


def test_attempts_are_limited(api, manager, user):
    """Per code; the address has its own limit, which other tests' log-ins share."""
    code = new_code(manager, user)["code"]
    enrol(api, code)
    statuses = [api.post("/v1/auth/enrol", json={"code": code, "device": phone()}).status_code for _ in range(12)]
    assert statuses.count(401) == 10 and statuses[-2:] == [429, 429]


def test_links_begin_with_the_public_address(run_folder, postgres, server, recorder):
    assert server.is_ready()  # it has migrated the database

    environment = {"FIELDPROOF_PUBLIC_URL": "https://service.example", "FIELDPROOF_ENROLMENT_S": "1"}
    second = Server(run_folder / "enrolments", postgres, environment=environment)
    second.start()
    try:
        client = Api(second.base_url, recorder)
        organisation = Organisation(client, second.operator_token)
        enrolment = new_code(organisation.administrator, organisation.user("technician"))
        assert enrolment["url"] == "https://service.example/app/#/enrol/" + enrolment["code"]
        time.sleep(1.1)
        assert "time is over" in refused(client, enrolment["code"])
    finally:
        assert second.stop() == 0
