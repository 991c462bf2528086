"""Users: what an administrator does, and what the others see."""

import concurrent.futures
import hashlib
import json
import time

import pytest

from support.organisation import PASSWORD, new_id


def body(**changes):
    user_id = new_id()
    return {
        "id": user_id, "log_in": f"u-{user_id[:8]}", "name": "Ute Example", "role": "technician", "language": "en",
        "phone": "+49 40 123456", "password": PASSWORD, **changes,
    }


@pytest.fixture
def admin(administrator):
    return administrator.api


def test_a_user_is_created_and_read_back(admin):
    sent = body()
    created = admin.post("/v1/users", expect=201, json=sent)
    assert created.headers["ETag"] == '"1"'
    user = created.json()
    assert {name: user[name] for name in sent if name != "password"} == {
        name: value for name, value in sent.items() if name != "password"}
    assert "password" not in created.text.lower()
    read = admin.get(f"/v1/users/{sent['id']}", expect=200)
    assert read.json() == user and read.headers["ETag"] == '"1"'
    admin.get(f"/v1/users/{sent['id']}", expect=304, headers={"If-None-Match": '"1"'})


def test_the_same_create_again_is_a_replay(admin):
    sent = body()
    first = admin.post("/v1/users", expect=201, json=sent)
    again = admin.post("/v1/users", expect=200, json=sent)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert "Idempotency-Replayed" not in first.headers


@pytest.mark.parametrize("changes", [{"name": "Somebody else"}, {"password": "another password"}, {"phone": None}],
                         ids=lambda changes: "-".join(changes))
def test_other_content_under_the_same_id_is_refused(admin, api, organisation, changes):
    sent = body()
    admin.post("/v1/users", expect=201, json=sent)
    problem = admin.post("/v1/users", expect=409, json={**sent, **changes}).json()
    assert problem["code"] == "content_conflict" and problem["retryable"] is False
    api.post("/v1/auth/log-in", expect=200, json={
        "organisation": organisation.slug, "log_in": sent["log_in"], "password": PASSWORD})


def test_the_stored_digest_is_not_one_of_the_password(admin, postgres):
    sent = body()
    admin.post("/v1/users", expect=201, json=sent)
    plain = json.dumps(sent, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(plain.encode()).hexdigest()
    assert postgres.query(f"SELECT encode(content_sha256, 'hex') FROM app_user WHERE id = '{sent['id']}'") != [[digest]]


def test_passwords_are_stored_as_argon2id(admin, postgres):
    sent = body()
    admin.post("/v1/users", expect=201, json=sent)
    ((stored,),) = postgres.query(f"SELECT password_hash FROM app_user WHERE id = '{sent['id']}'")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_log_in_is_taken_once_whatever_its_case(admin):
    sent = body()
    admin.post("/v1/users", expect=201, json=sent)
    problem = admin.post("/v1/users", expect=409, json=body(log_in=sent["log_in"].upper())).json()
    assert problem["code"] == "duplicate"
    assert problem["errors"][0]["pointer"] == "/log_in"


def test_two_organisations_may_use_the_same_ids_and_log_ins(admin, new_organisation):
    sent = body()
    admin.post("/v1/users", expect=201, json=sent)
    new_organisation().administrator.api.post("/v1/users", expect=201, json=sent)


def test_a_user_of_another_organisation_is_as_unknown_as_any(admin, new_organisation):
    other = new_organisation().administrator
    unknown = admin.get(f"/v1/users/{new_id()}", expect=404).json()
    foreign = admin.get(f"/v1/users/{other.id}", expect=404).json()
    for problem in (unknown, foreign):
        problem.pop("request_id")
    assert foreign == unknown
    admin.patch(f"/v1/users/{other.id}", expect=404, json={"name": "Mine"})
    admin.delete(f"/v1/users/{other.id}", expect=404)
    other.api.get("/v1/me", expect=200)


def test_an_ill_formed_id_is_as_unknown_as_any(admin):
    admin.get("/v1/users/42", expect=404)


def test_a_technician_sees_only_itself(technician, dispatcher):
    technician.api.get(f"/v1/users/{technician.id}", expect=200)
    technician.api.get(f"/v1/users/{dispatcher.id}", expect=404)
    technician.api.get("/v1/users", expect=403)
    dispatcher.api.get(f"/v1/users/{technician.id}", expect=200)


@pytest.mark.parametrize("role", ["technician", "dispatcher", "manager"])
def test_only_administrators_write(organisation, role, request):
    user = request.getfixturevalue(role)
    user.api.post("/v1/users", expect=403, json=body())
    user.api.patch(f"/v1/users/{user.id}", expect=403, json={"role": "administrator"})
    user.api.delete(f"/v1/users/{user.id}", expect=403)


def test_a_change_changes_what_it_names_only(admin):
    sent = body()
    before = admin.post("/v1/users", expect=201, json=sent).json()
    changed = admin.patch(f"/v1/users/{sent['id']}", expect=200, json={"name": "New Name", "phone": None})
    after = changed.json()
    assert changed.headers["ETag"] == '"2"'
    assert after["name"] == "New Name" and after["phone"] is None and after["version"] == 2
    assert after["updated_at"] > before["updated_at"]
    for name in ("id", "log_in", "role", "language", "disabled_at", "created_at"):
        assert after[name] == before[name]


def test_the_same_change_again_is_harmless(admin):
    sent = body()
    admin.post("/v1/users", expect=201, json=sent)
    first = admin.patch(f"/v1/users/{sent['id']}", expect=200, json={"disabled": True}).json()
    again = admin.patch(f"/v1/users/{sent['id']}", expect=200, json={"disabled": True}).json()
    assert again == first and first["disabled_at"] is not None


def test_a_stale_change_is_refused(admin):
    sent = body()
    admin.post("/v1/users", expect=201, json=sent)
    path = f"/v1/users/{sent['id']}"
    admin.patch(path, expect=200, json={"name": "First"}, headers={"If-Match": '"1"'})
    problem = admin.patch(path, expect=412, json={"name": "Second"}, headers={"If-Match": '"1"'}).json()
    assert problem["code"] == "precondition_failed"
    assert admin.get(path).json()["name"] == "First"


def test_a_change_to_a_taken_log_in_is_refused(admin):
    first, second = body(), body()
    admin.post("/v1/users", expect=201, json=first)
    admin.post("/v1/users", expect=201, json=second)
    problem = admin.patch(f"/v1/users/{second['id']}", expect=409, json={"log_in": first["log_in"]}).json()
    assert problem["code"] == "duplicate" and problem["errors"][0]["pointer"] == "/log_in"


@pytest.mark.parametrize("change", [{"role": "technician"}, {"disabled": True}])
def test_nobody_takes_the_rights_from_themselves(administrator, change):
    problem = administrator.api.patch(f"/v1/users/{administrator.id}", expect=409, json=change).json()
    assert problem["code"] == "state_conflict"
    administrator.api.delete(f"/v1/users/{administrator.id}", expect=409)
    administrator.api.get("/v1/me", expect=200)


@pytest.mark.parametrize("way", ["disable", "delete"])
def test_two_administrators_do_not_remove_each_other(new_organisation, postgres, way):
    """Both were authorised before either was changed; an organisation always keeps an administrator."""
    organisation = new_organisation()
    other = organisation.user("administrator")
    path = f"/v1/users/{organisation.administrator.id}"
    taken_away = f"""UPDATE app_user SET disabled_at = now() WHERE id = '{other.id}';
        UPDATE session SET ended_at = now(), ended_reason = 'user_disabled' WHERE user_id = '{other.id}'"""
    with concurrent.futures.ThreadPoolExecutor(1) as threads:
        with postgres.transaction(taken_away):
            answer = threads.submit(other.api.delete, path) if way == "delete" else threads.submit(
                other.api.patch, path, json={"disabled": True})
            time.sleep(0.5)
        assert answer.result().status_code == 401
    organisation.administrator.api.get("/v1/me", expect=200)


def test_a_user_that_nothing_refers_to_is_deleted_with_its_sessions(organisation, admin):
    user = organisation.user("manager")
    admin.delete(f"/v1/users/{user.id}", expect=204)
    admin.delete(f"/v1/users/{user.id}", expect=404)
    user.api.get("/v1/me", expect=401)


def test_a_user_that_something_refers_to_stays(organisation, admin, postgres):
    user = organisation.user("manager")
    postgres.query(
        "INSERT INTO customer (org_id, id, name, tier, service_manager_id, language, content_sha256)"
        f" VALUES ('{organisation.id}', gen_random_uuid(), 'C', 'gold', '{user.id}', 'en', '')")
    problem = admin.delete(f"/v1/users/{user.id}", expect=409).json()
    assert problem["code"] == "referenced"
    assert problem["detail"] == "A customer still refers to this."
    user.api.get("/v1/me", expect=200)


def test_lists_come_in_pages_without_gaps_or_repeats(new_organisation):
    admin = new_organisation().administrator.api
    for number in range(7):
        admin.post("/v1/users", expect=201, json=body(name="Same Name" if number < 5 else f"Other {number}"))
    seen, cursor = [], None
    while True:
        page = admin.get("/v1/users", expect=200, params={"limit": 3, **({"cursor": cursor} if cursor else {})}).json()
        assert len(page["items"]) <= 3
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == 8 and len({user["id"] for user in seen}) == 8
    assert seen == sorted(seen, key=lambda user: (user["name"], user["id"]))


def test_lists_are_filtered(new_organisation):
    organisation = new_organisation()
    admin = organisation.administrator.api
    manager = organisation.user("manager")
    technician = organisation.user("technician")
    admin.patch(f"/v1/users/{technician.id}", expect=200, json={"disabled": True, "name": "Zoë 100%_Müller"})

    def ids(**params):
        return {user["id"] for user in admin.get("/v1/users", expect=200, params=params).json()["items"]}

    assert ids(role="manager") == {manager.id}
    assert ids(disabled="true") == {technician.id}
    assert ids(disabled="false") == {manager.id, organisation.administrator.id}
    assert ids(q="0%_m") == {technician.id}
    assert ids(q="MÜLL") == {technician.id}
    assert ids(q="%") == {technician.id}
    assert ids(q=manager.log_in[2:]) == {manager.id}


@pytest.mark.parametrize("params", [
    {"limit": 0}, {"limit": 201}, {"limit": "x"}, {"cursor": "x"}, {"cursor": "WyJhIl0"}, {"cursor": "é"},
    {"cursor": "WyJhIiwibm8gaWQiXQ"}, {"role": "boss"}, {"disabled": "maybe"}, {"unknown": "1"},
])
def test_ill_formed_parameters_are_refused(admin, params):
    problem = admin.get("/v1/users", expect=400, params=params).json()
    assert problem["code"] == "invalid_parameter"
    assert problem["errors"][0]["pointer"] == "query:" + next(iter(params))


@pytest.mark.parametrize("changes, pointer", [
    ({"role": "operator"}, "/role"), ({"password": "short"}, "/password"), ({"log_in": ""}, "/log_in"),
    ({"id": "42"}, "/id"), ({"name": None}, "/name"), ({"language": "de"}, "/language"), ({"admin": True}, "/admin"),
])
def test_an_ill_formed_user_is_refused_with_the_field(admin, changes, pointer):
    problem = admin.post("/v1/users", expect=422, json=body(**changes)).json()
    assert pointer in [error["pointer"] for error in problem["errors"]]
