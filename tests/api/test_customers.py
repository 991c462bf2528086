"""Customers: create, replay, read, change, list, delete."""

import concurrent.futures
import itertools
import threading

import pytest
import requests

from support.master_data import create, customer, names, refusals, walk
from support.organisation import new_id


def test_create__answers_the_customer_with_every_field(dispatcher, manager):
    body = customer(code="C-1001", service_manager_id=manager.id, note="后门进。")
    answer = dispatcher.api.post("/v1/customers", json=body, expect=201)
    created = answer.json()
    assert {name: created[name] for name in body} == body
    assert created["service_manager_name"] == "Manager Example"
    assert created["version"] == 1
    assert answer.headers["ETag"] == '"1"'
    assert dispatcher.api.get(f"/v1/customers/{body['id']}", expect=200).json() == created


def test_create__again_is_a_replay(dispatcher):
    body = customer()
    first = dispatcher.api.post("/v1/customers", json=body, expect=201)
    assert "Idempotency-Replayed" not in first.headers
    again = dispatcher.api.post("/v1/customers", json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    with_nulls = dispatcher.api.post("/v1/customers", json={**body, "note": None, "code": None}, expect=200)
    assert with_nulls.json() == first.json()


def test_create__same_id_other_content_changes_nothing(dispatcher):
    body = customer()
    created = dispatcher.api.post("/v1/customers", json=body, expect=201).json()
    refused = dispatcher.api.post("/v1/customers", json={**body, "name": "other"}, expect=409)
    assert refused.json()["code"] == "content_conflict"
    assert dispatcher.api.get(f"/v1/customers/{body['id']}").json() == created


def test_create__code_taken(dispatcher):
    create(dispatcher, "/v1/customers", customer(code="taken"))
    body = customer(code="taken")
    refused = dispatcher.api.post("/v1/customers", json=body)
    assert refusals(refused, 409) == [("/code", "unique")]
    assert refused.json()["code"] == "duplicate"
    dispatcher.api.get(f"/v1/customers/{body['id']}", expect=404)


@pytest.mark.parametrize("wrong, pointer, rule", [
    ({"tier": "vip"}, "/tier", "enum"),
    ({"name": ""}, "/name", "minLength"),
    ({"name": "n" * 201}, "/name", "maxLength"),
    ({"name": None}, "/name", "type"),
    ({"code": 17}, "/code", "type"),
    ({"code": "a\u0007b"}, "/code", "no_control_characters"),
    ({"id": "not-a-uuid"}, "/id", "minLength"),
    ({"service_manager_id": "x" * 36}, "/service_manager_id", "format"),
    ({"org_id": new_id()}, "/org_id", "additionalProperties"),
    ({"version": 7}, "/version", "additionalProperties"),
])
def test_create__refusals_name_pointer_and_rule_and_leave_no_row(dispatcher, wrong, pointer, rule):
    body = {**customer(), **wrong}
    assert (pointer, rule) in refusals(dispatcher.api.post("/v1/customers", json=body), 422)
    assert dispatcher.api.get(f"/v1/customers/{body['id']}").status_code == 404


def test_create__service_manager_must_be_known(dispatcher, new_organisation):
    for service_manager_id in (new_id(), new_organisation().administrator.id):
        body = customer(service_manager_id=service_manager_id)
        refused = dispatcher.api.post("/v1/customers", json=body)
        assert refusals(refused, 422) == [("/service_manager_id", "unknown_reference")]
        dispatcher.api.get(f"/v1/customers/{body['id']}", expect=404)


def test_get__304_while_the_tag_holds(dispatcher):
    path = "/v1/customers/" + create(dispatcher, "/v1/customers", customer())
    assert dispatcher.api.get(path, headers={"If-None-Match": '"1"'}).status_code == 304
    dispatcher.api.patch(path, json={"tier": "silver"}, expect=200)
    assert dispatcher.api.get(path, headers={"If-None-Match": '"1"'}, expect=200).headers["ETag"] == '"2"'


@pytest.mark.parametrize("bad_id", ["1", "nonsense", "%27--", "00000000-0000-0000-0000-00000000000g"])
def test_get__ill_formed_id_is_unknown(dispatcher, bad_id):
    dispatcher.api.get(f"/v1/customers/{bad_id}", expect=404)


def test_other_organisation__answers_as_an_unknown_id(dispatcher, new_organisation):
    customer_id = create(dispatcher, "/v1/customers", customer())
    stranger = new_organisation().administrator.api
    for path in (f"/v1/customers/{customer_id}", f"/v1/customers/{new_id()}"):
        answers = [stranger.get(path), stranger.patch(path, json={"tier": "gold"}), stranger.delete(path)]
        for answer in answers:
            assert answer.status_code == 404
            assert answer.json()["detail"] == "There is no such customer."
    dispatcher.api.get(f"/v1/customers/{customer_id}", expect=200)
    assert customer_id not in [item["id"] for item in walk(stranger, "/v1/customers")]


def test_other_organisation__the_same_id_is_free(dispatcher, new_organisation):
    body = customer(code="both")
    dispatcher.api.post("/v1/customers", json=body, expect=201)
    new_organisation().administrator.api.post("/v1/customers", json=body, expect=201)


def test_change__only_what_is_present(dispatcher, manager):
    body = customer(code="C-3", note="old", service_manager_id=manager.id)
    path = "/v1/customers/" + create(dispatcher, "/v1/customers", body)
    changed = dispatcher.api.patch(path, json={"tier": "platinum", "note": None}, expect=200)
    assert changed.headers["ETag"] == '"2"'
    entity = changed.json()
    assert (entity["tier"], entity["note"], entity["version"]) == ("platinum", None, 2)
    assert entity["code"] == "C-3"
    assert entity["service_manager_id"] == manager.id
    assert entity["updated_at"] > entity["created_at"]


def at_once(user, count, call):
    """The status of each of `count` calls that start together, sorted; each has its own connection."""
    start = threading.Barrier(count)

    def run(number):
        with requests.Session() as session:
            session.headers["Authorization"] = "Bearer " + user.api.token
            session.get(user.api.base_url + "/v1/me", timeout=60)
            start.wait()
            return call(session, number).status_code

    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return sorted(pool.map(run, range(count)))


def test_create__the_same_at_once_is_one(dispatcher):
    for _ in range(5):
        body = customer(code=new_id())
        statuses = at_once(dispatcher, 8, lambda session, _: session.post(
            dispatcher.api.base_url + "/v1/customers", json=body, timeout=60))
        assert statuses == [200] * 7 + [201]


def test_change__of_one_version_at_once_only_one_wins(dispatcher):
    for _ in range(10):
        path = "/v1/customers/" + create(dispatcher, "/v1/customers", customer())
        statuses = at_once(dispatcher, 8, lambda session, number: session.patch(
            dispatcher.api.base_url + path, json={"name": f"writer {number}"}, timeout=60,
            headers={"If-Match": '"1"'}))
        assert statuses == [200] + [412] * 7
        assert dispatcher.api.get(path).json()["version"] == 2


def test_change__the_same_again_counts_as_no_change(dispatcher):
    path = "/v1/customers/" + create(dispatcher, "/v1/customers", customer())
    first = dispatcher.api.patch(path, json={"tier": "silver"}, expect=200).json()
    assert dispatcher.api.patch(path, json={"tier": "silver"}, expect=200).json() == first


def test_change__if_match(dispatcher):
    path = "/v1/customers/" + create(dispatcher, "/v1/customers", customer())
    dispatcher.api.patch(path, json={"name": "first"}, headers={"If-Match": '"1"'}, expect=200)
    stale = dispatcher.api.patch(path, json={"name": "second"}, headers={"If-Match": '"1"'}, expect=412)
    assert stale.json()["code"] == "precondition_failed"
    assert dispatcher.api.get(path).json()["name"] == "first"
    dispatcher.api.patch(path, json={"name": "second"}, headers={"If-Match": '"2"'}, expect=200)


@pytest.mark.parametrize("change, pointer, rule", [
    ({"name": None}, "/name", "type"),
    ({"tier": None}, "/tier", "type"),
    ({"id": new_id()}, "/id", "additionalProperties"),
    ({}, "", "minProperties"),
])
def test_change__refusals(dispatcher, change, pointer, rule):
    path = "/v1/customers/" + create(dispatcher, "/v1/customers", customer())
    assert (pointer, rule) in refusals(dispatcher.api.patch(path, json=change), 422)
    assert dispatcher.api.get(path).json()["version"] == 1


def test_change__to_a_code_that_is_taken(dispatcher):
    create(dispatcher, "/v1/customers", customer(code="mine"))
    path = "/v1/customers/" + create(dispatcher, "/v1/customers", customer(code="yours"))
    assert refusals(dispatcher.api.patch(path, json={"code": "mine"}), 409) == [("/code", "unique")]
    assert dispatcher.api.get(path).json()["code"] == "yours"


def test_replay_of_a_create__after_a_change_shows_the_present(dispatcher):
    body = customer()
    dispatcher.api.post("/v1/customers", json=body, expect=201)
    dispatcher.api.patch(f"/v1/customers/{body['id']}", json={"name": "renamed"}, expect=200)
    again = dispatcher.api.post("/v1/customers", json=body, expect=200)
    assert (again.json()["name"], again.json()["version"]) == ("renamed", 2)


def test_delete__then_it_is_gone(dispatcher):
    path = "/v1/customers/" + create(dispatcher, "/v1/customers", customer())
    assert dispatcher.api.delete(path, expect=204).content == b""
    dispatcher.api.get(path, expect=404)
    dispatcher.api.delete(path, expect=404)


@pytest.mark.parametrize("referring", ["contact", "site"])
def test_delete__refused_while_something_refers(dispatcher, referring):
    customer_id = create(dispatcher, "/v1/customers", customer())
    body = {"id": new_id(), "customer_id": customer_id, "name": "王芳"}
    if referring == "site":
        body |= {"time_zone": "Asia/Shanghai", "datum": "wgs84", "radius_m": 50,
                 "position": {"latitude": 31.2, "longitude": 121.4}}
    create(dispatcher, f"/v1/{referring}s", body)
    refused = dispatcher.api.delete(f"/v1/customers/{customer_id}", expect=409).json()
    assert (refused["code"], refused["detail"]) == ("referenced", f"A {referring} still refers to this.")
    dispatcher.api.delete(f"/v1/{referring}s/{body['id']}", expect=204)
    dispatcher.api.delete(f"/v1/customers/{customer_id}", expect=204)


def test_roles__technicians_read_and_do_not_write(dispatcher, technician):
    path = "/v1/customers/" + create(dispatcher, "/v1/customers", customer())
    technician.api.get(path, expect=200)
    technician.api.get("/v1/customers", expect=200)
    technician.api.post("/v1/customers", json=customer(), expect=403)
    technician.api.patch(path, json={"tier": "gold"}, expect=403)
    technician.api.delete(path, expect=403)


@pytest.fixture(scope="module")
def many(new_organisation):
    """An organisation with 250 customers, among them equal names, and names of one script each."""
    administrator = new_organisation().administrator
    numbers = [f"{number:03d}" for number in range(250)]
    for number in numbers:
        name = "海底捞" if number < "100" else f"Kühlhaus {number}" if number < "200" else f"😀{number}" * 20
        tier = "gold" if number < "130" else "standard"
        create(administrator, "/v1/customers", customer(name=name, code=f"K%_{number}", tier=tier))
    return administrator


@pytest.mark.parametrize("limit", [1, 7, 50, 200])
def test_list__walks_every_row_once_in_order(many, limit):
    items = walk(many.api, "/v1/customers", {"limit": limit})
    assert sorted(item["code"] for item in items) == [f"K%_{number:03d}" for number in range(250)]
    assert [(item["name"], item["id"]) for item in items] == sorted((item["name"], item["id"]) for item in items)


def test_list__rows_that_come_meanwhile_neither_hide_nor_double_others(many):
    before = {item["id"] for item in walk(many.api, "/v1/customers", {"limit": 200})}
    number = itertools.count()

    def add():
        for name in ("AAA first of all", "Kühlhaus 150", "😀zzz last of all"):
            create(many, "/v1/customers", customer(name=f"{name} {next(number)}"))

    seen = [item["id"] for item in walk(many.api, "/v1/customers", {"limit": 20}, after_page=add)]
    assert len(seen) == len(set(seen))
    assert before <= set(seen)
    for identity in set(item["id"] for item in walk(many.api, "/v1/customers", {"limit": 200})) - before:
        many.api.delete(f"/v1/customers/{identity}", expect=204)


@pytest.mark.parametrize("query, count", [
    ({"q": "底捞"}, 100),
    ({"q": "kühlhaus 1"}, 100),
    ({"q": "K%_00"}, 10),
    ({"q": "%"}, 250),
    ({"q": "_1_"}, 0),
    ({"q": "\\"}, 0),
    ({"q": "' OR 1=1 --"}, 0),
    ({"tier": "gold"}, 130),
    ({"tier": "gold", "q": "Kühlhaus"}, 30),
    ({"service_manager_id": new_id()}, 0),
])
def test_list__filters(many, query, count):
    assert len(walk(many.api, "/v1/customers", {"limit": 200, **query})) == count


def test_list__of_a_service_manager(dispatcher, manager):
    mine = create(dispatcher, "/v1/customers", customer(service_manager_id=manager.id, name="of the manager"))
    items = walk(dispatcher.api, "/v1/customers", {"service_manager_id": manager.id, "q": "of the manager"})
    assert [item["id"] for item in items] == [mine]
    assert names(items) == ["of the manager"]


@pytest.mark.parametrize("query, pointer", [
    ({"limit": 0}, "query:limit"),
    ({"limit": 201}, "query:limit"),
    ({"limit": "many"}, "query:limit"),
    ({"cursor": "nonsense"}, "query:cursor"),
    ({"cursor": "W10"}, "query:cursor"),
    ({"tier": "vip"}, "query:tier"),
    ({"service_manager_id": "me"}, "query:service_manager_id"),
    ({"colour": "red"}, "query:colour"),
    ({"q": ""}, "query:q"),
])
def test_list__bad_parameters(dispatcher, query, pointer):
    refused = dispatcher.api.get("/v1/customers", params=query)
    assert pointer in [place for place, _ in refusals(refused, 400)]
