"""Customers: create, replay, read, change, list, delete."""

import pytest

from support.organisation import new_id


def customer(**members):
    return {"id": new_id(), "name": "海底捞（上海）餐饮有限公司", "tier": "gold", "language": "zh", **members}


@pytest.fixture(scope="module")
def dispatcher(organisation):
    return organisation.user("dispatcher").api


def test_create__answers_the_customer_with_every_field(organisation, dispatcher):
    manager = organisation.user("manager")
    body = customer(code="C-1001", service_manager_id=manager.id, note="后门进。")
    answer = dispatcher.post("/v1/customers", json=body, expect=201)
    created = answer.json()
    assert {name: created[name] for name in body} == body
    assert created["service_manager_name"] == "Manager Example"
    assert created["version"] == 1
    assert answer.headers["ETag"] == '"1"'
    assert dispatcher.get(f"/v1/customers/{body['id']}", expect=200).json() == created


def test_create__again_is_a_replay(dispatcher):
    body = customer()
    first = dispatcher.post("/v1/customers", json=body, expect=201)
    again = dispatcher.post("/v1/customers", json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert again.json() == first.json()
    assert dispatcher.post("/v1/customers", json={**body, "note": None, "code": None}, expect=200).json() == first.json()
