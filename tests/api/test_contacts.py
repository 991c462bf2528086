"""Contacts of customers."""

import pytest

from support.master_data import create, customer, names, refusals, walk
from support.organisation import new_id


@pytest.fixture(scope="module")
def customer_id(dispatcher):
    return create(dispatcher, "/v1/customers", customer())


def contact(customer_id, **members):
    return {"id": new_id(), "customer_id": customer_id, "name": "王芳", **members}


def test_create_and_replay(dispatcher, customer_id):
    body = contact(customer_id, title="门店经理", phone="+86 21 5555 0101", email="wang.fang@example.cn")
    created = dispatcher.api.post("/v1/contacts", json=body, expect=201).json()
    assert {name: created[name] for name in body} == body
    again = dispatcher.api.post("/v1/contacts", json=body, expect=200)
    assert (again.headers["Idempotency-Replayed"], again.json()) == ("true", created)
    refused = dispatcher.api.post("/v1/contacts", json={**body, "phone": "1"}, expect=409)
    assert refused.json()["code"] == "content_conflict"
    assert dispatcher.api.get(f"/v1/contacts/{body['id']}", expect=200).json() == created


def test_create__customer_must_be_known(dispatcher, new_organisation):
    other = create(new_organisation().administrator, "/v1/customers", customer())
    for unknown in (new_id(), other):
        body = contact(unknown)
        refused = dispatcher.api.post("/v1/contacts", json=body)
        assert refusals(refused, 422) == [("/customer_id", "unknown_reference")]
        dispatcher.api.get(f"/v1/contacts/{body['id']}", expect=404)


@pytest.mark.parametrize("wrong, pointer, rule", [
    ({"email": "nobody"}, "/email", "format"),
    ({"phone": "1" * 41}, "/phone", "maxLength"),
    ({"name": ""}, "/name", "minLength"),
    ({"customer_id": None}, "/customer_id", "type"),
])
def test_create__refusals(dispatcher, customer_id, wrong, pointer, rule):
    body = {**contact(customer_id), **wrong}
    assert (pointer, rule) in refusals(dispatcher.api.post("/v1/contacts", json=body), 422)
    dispatcher.api.get(f"/v1/contacts/{body['id']}", expect=404)


def test_change(dispatcher, customer_id):
    path = "/v1/contacts/" + create(dispatcher, "/v1/contacts", contact(customer_id, phone="1", title="Chef"))
    changed = dispatcher.api.patch(path, json={"phone": None, "name": "李雷"}, headers={"If-Match": '"1"'}, expect=200)
    entity = changed.json()
    assert (entity["phone"], entity["name"], entity["title"], entity["version"]) == (None, "李雷", "Chef", 2)
    dispatcher.api.patch(path, json={"phone": "2"}, headers={"If-Match": '"1"'}, expect=412)
    refused = dispatcher.api.patch(path, json={"customer_id": customer_id})
    assert refusals(refused, 422) == [("/customer_id", "additionalProperties")]


def test_list__of_a_customer_by_name(dispatcher):
    mine, yours = (create(dispatcher, "/v1/customers", customer()) for _ in range(2))
    for name in ("李雷", "王芳", "Anna"):
        create(dispatcher, "/v1/contacts", contact(mine, name=name))
    create(dispatcher, "/v1/contacts", contact(yours, name="王刚"))
    assert names(walk(dispatcher.api, "/v1/contacts", {"customer_id": mine, "limit": 2})) == ["Anna", "李雷", "王芳"]
    assert names(walk(dispatcher.api, "/v1/contacts", {"customer_id": mine, "q": "王"})) == ["王芳"]
    assert "王刚" in names(walk(dispatcher.api, "/v1/contacts", {"q": "王", "limit": 1}))
    assert walk(dispatcher.api, "/v1/contacts", {"customer_id": new_id()}) == []


def test_delete_and_other_organisation(dispatcher, customer_id, new_organisation):
    path = "/v1/contacts/" + create(dispatcher, "/v1/contacts", contact(customer_id))
    stranger = new_organisation().administrator.api
    stranger.get(path, expect=404)
    stranger.patch(path, json={"name": "mine"}, expect=404)
    stranger.delete(path, expect=404)
    dispatcher.api.delete(path, expect=204)
    dispatcher.api.get(path, expect=404)


@pytest.mark.parametrize("asked, found", [
    ("138 5550 0199", True), ("5550-0199", True), ("+8613855500199", True), ("0086 138 5550 0199", True), ("0138 5550", True),
    ("0199", True), ("199", False), ("5550 0198", False), ("tel 5550 0199", False), ("0000", False),
])
def test_a_caller_is_found_by_the_number_however_it_is_written(dispatcher, customer_id, asked, found):
    name = "来电 " + new_id()
    create(dispatcher, "/v1/contacts", contact(customer_id, name=name, phone="138-5550-0199"))
    create(dispatcher, "/v1/contacts", contact(customer_id, name=name + " 2", phone=None))
    assert names(walk(dispatcher.api, "/v1/contacts", {"q": asked})).count(name) == found
    assert name + " 2" not in names(walk(dispatcher.api, "/v1/contacts", {"q": asked}))
