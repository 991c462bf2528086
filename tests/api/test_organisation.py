"""Organisations, made by the operator, and their evidence policy."""

import pytest

from support.organisation import PASSWORD, new_id


@pytest.fixture
def operator(api, server):
    return api.with_token(server.operator_token)


def body(**changes):
    organisation_id = new_id()
    return {
        "id": organisation_id, "slug": f"o-{organisation_id[:8]}", "name": "清风设备服务有限公司", "language": "zh",
        "time_zone": "Asia/Shanghai",
        "administrator": {
            "id": new_id(), "log_in": "admin", "name": "陈静", "password": PASSWORD, "language": "zh"},
        **changes,
    }


def test_an_organisation_is_created_and_its_administrator_logs_in(operator, api):
    sent = body()
    created = operator.post("/v1/organisations", expect=201, json=sent).json()
    assert {name: created[name] for name in ("id", "slug", "name", "language", "time_zone")} == {
        name: sent[name] for name in ("id", "slug", "name", "language", "time_zone")}
    tokens = api.post("/v1/auth/log-in", expect=200, json={
        "organisation": sent["slug"], "log_in": "admin", "password": PASSWORD}).json()
    assert tokens["user"]["role"] == "administrator" and tokens["user"]["language"] == "zh"
    read = api.with_token(tokens["access_token"]).get("/v1/organisation", expect=200)
    assert read.json() == created and read.headers["ETag"] == '"1"'


def test_the_same_create_again_is_a_replay(operator):
    sent = body()
    first = operator.post("/v1/organisations", expect=201, json=sent)
    again = operator.post("/v1/organisations", expect=200, json=sent)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json() == first.json()


@pytest.mark.parametrize("path, value", [
    ("name", "Other"), ("administrator.password", "another password"), ("administrator.name", "Other")])
def test_other_content_under_the_same_id_is_refused(operator, path, value):
    sent = body()
    operator.post("/v1/organisations", expect=201, json=sent)
    target = sent
    *parents, last = path.split(".")
    for parent in parents:
        target = target[parent]
    target[last] = value
    assert operator.post("/v1/organisations", expect=409, json=sent).json()["code"] == "content_conflict"


def test_a_slug_is_taken_once(operator, postgres):
    sent = body()
    operator.post("/v1/organisations", expect=201, json=sent)
    second = body(slug=sent["slug"])
    problem = operator.post("/v1/organisations", expect=409, json=second).json()
    assert problem["code"] == "duplicate" and problem["errors"][0]["pointer"] == "/slug"
    assert postgres.query(f"SELECT count(*) FROM organisation WHERE org_id = '{second['id']}'") == [["0"]]
    assert postgres.query(f"SELECT count(*) FROM app_user WHERE org_id = '{second['id']}'") == [["0"]]


def test_only_the_operator_creates_organisations(api, administrator):
    api.post("/v1/organisations", expect=401, json=body())
    administrator.api.post("/v1/organisations", expect=403, json=body())
    api.with_token("x" * 64).post("/v1/organisations", expect=401, json=body())


def test_the_operator_sees_nothing_of_an_organisation(operator):
    for path in ("/v1/organisation", "/v1/me", "/v1/users", "/v1/organisation/policy"):
        operator.get(path, expect=403)


@pytest.mark.parametrize("changes, pointer", [
    ({"slug": "Not A Slug"}, "/slug"), ({"time_zone": "Mars/Olympus"}, "/time_zone"),
    ({"time_zone": "../../etc/passwd"}, "/time_zone"), ({"time_zone": "Nowhere/Nothing5"}, "/time_zone"),
    ({"time_zone": "PDT"}, "/time_zone"), ({"language": "fr"}, "/language"),
    ({"administrator": {}}, "/administrator/id"), ({"administrator": None}, "/administrator"),
])
def test_an_ill_formed_organisation_is_refused_with_the_field(operator, changes, pointer):
    problem = operator.post("/v1/organisations", expect=422, json=body(**changes)).json()
    assert pointer in [error["pointer"] for error in problem["errors"]]


@pytest.fixture
def policy_makers(new_organisation):
    organisation = new_organisation()
    return organisation.user("manager").api, organisation.user("technician").api


def test_everybody_reads_the_whole_policy(policy_makers):
    _, technician = policy_makers
    answer = technician.get("/v1/organisation/policy", expect=200)
    policy = answer.json()
    assert policy["thresholds"]["low_accuracy_m"] > 0
    assert policy["verdicts"]["photo_reused"] in ("needs_review", "rejected")
    assert policy["receiver_device_ids"] == []
    technician.get("/v1/organisation/policy", expect=304, headers={"If-None-Match": answer.headers["ETag"]})


def test_a_change_keeps_what_it_does_not_name_and_null_takes_it_back(policy_makers):
    manager, _ = policy_makers
    path = "/v1/organisation/policy"
    before = manager.get(path, expect=200).json()
    changed = manager.patch(path, expect=200, json={
        "thresholds": {"low_accuracy_m": 42, "stale_fix_s": 60},
        "verdicts": {"geofence_outside": "rejected"}, "receiver_device_ids": ["rover-1"]}).json()
    assert changed["thresholds"] == {**before["thresholds"], "low_accuracy_m": 42, "stale_fix_s": 60}
    assert changed["verdicts"] == {**before["verdicts"], "geofence_outside": "rejected"}
    assert changed["version"] == before["version"] + 1
    back = manager.patch(path, expect=200, json={"thresholds": {"low_accuracy_m": None}}).json()
    assert back["thresholds"] == {**before["thresholds"], "stale_fix_s": 60}
    assert back["receiver_device_ids"] == ["rover-1"]
    assert manager.get(path, expect=200).json() == back


def test_the_same_change_again_keeps_the_version(policy_makers):
    manager, _ = policy_makers
    change = {"thresholds": {"low_accuracy_m": 42}}
    first = manager.patch("/v1/organisation/policy", expect=200, json=change).json()
    assert manager.patch("/v1/organisation/policy", expect=200, json=change).json() == first


def test_a_stale_change_is_refused(policy_makers):
    manager, _ = policy_makers
    path = "/v1/organisation/policy"
    tag = manager.get(path, expect=200).headers["ETag"]
    manager.patch(path, expect=200, json={"thresholds": {"low_accuracy_m": 42}}, headers={"If-Match": tag})
    manager.patch(path, expect=412, json={"thresholds": {"low_accuracy_m": 43}}, headers={"If-Match": tag})
    assert manager.get(path).json()["thresholds"]["low_accuracy_m"] == 42


@pytest.mark.parametrize("change, pointer", [
    ({"thresholds": {"low_accuracy_m": -1}}, "/thresholds/low_accuracy_m"),
    ({"thresholds": {"low_accuracy_m": 1e300}}, "/thresholds/low_accuracy_m"),
    ({"thresholds": {"low_accuracy_m": "1"}}, "/thresholds/low_accuracy_m"),
    ({"thresholds": {"no_such_threshold": 1}}, "/thresholds/no_such_threshold"),
    ({"verdicts": {"geofence_outside": "fine"}}, "/verdicts/geofence_outside"),
    ({"verdicts": {"no_such_finding": "accepted"}}, "/verdicts/no_such_finding"),
])
def test_an_ill_formed_change_changes_nothing(policy_makers, change, pointer):
    manager, _ = policy_makers
    before = manager.get("/v1/organisation/policy", expect=200).json()
    problem = manager.patch("/v1/organisation/policy", expect=422, json=change).json()
    assert pointer in [error["pointer"] for error in problem["errors"]]
    assert manager.get("/v1/organisation/policy", expect=200).json() == before


def test_a_technician_does_not_change_the_policy(policy_makers):
    _, technician = policy_makers
    technician.patch("/v1/organisation/policy", expect=403, json={"thresholds": {"low_accuracy_m": 1}})
