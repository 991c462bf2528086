"""Assets: what stands at a site and is scanned there."""

import pytest

from support.master_data import asset, create, customer, names, refusals, site, walk
from support.organisation import new_id


@pytest.fixture(scope="module")
def new_site(dispatcher):
    customer_id = create(dispatcher, "/v1/customers", customer())
    return lambda **members: create(dispatcher, "/v1/sites", site(customer_id, **members))


@pytest.fixture(scope="module")
def site_id(new_site):
    return new_site()


def test_create_and_replay(dispatcher, site_id):
    body = asset(site_id, model="Bitzer 4NES-14Y", serial="SN-88213", barcode="4006381333931", note="2023年大修")
    created = dispatcher.api.post("/v1/assets", json=body, expect=201).json()
    assert {name: created[name] for name in body} == body
    assert created["site_name"] == "人民广场店"
    again = dispatcher.api.post("/v1/assets", json=body, expect=200)
    assert (again.headers["Idempotency-Replayed"], again.json()) == ("true", created)
    refused = dispatcher.api.post("/v1/assets", json={**body, "serial": None}, expect=409).json()
    assert refused["code"] == "content_conflict"
    assert dispatcher.api.get(f"/v1/assets/{body['id']}", expect=200).json() == created


@pytest.mark.parametrize("wrong, status, pointer, rule", [
    ({"site_id": new_id()}, 422, "/site_id", "unknown_reference"),
    ({"site_id": None}, 422, "/site_id", "type"),
    ({"barcode": ""}, 422, "/barcode", "minLength"),
    ({"barcode": "taken"}, 409, "/barcode", "unique"),
    ({"serial": "s" * 101}, 422, "/serial", "maxLength"),
    ({"name": "\u0000"}, 400, "", ""),
])
def test_create__refusals_leave_no_row(dispatcher, site_id, wrong, status, pointer, rule):
    dispatcher.api.post("/v1/assets", json={**asset(site_id), "id": "7f6b3a52-29f3-4a0e-9a0a-3f3c8d6c7a10",
                                            "barcode": "taken", "name": "Taken"})
    body = {**asset(site_id), **wrong}
    answer = dispatcher.api.post("/v1/assets", json=body)
    assert answer.status_code == status, answer.text
    if rule:
        assert (pointer, rule) in refusals(answer, status)
    dispatcher.api.get(f"/v1/assets/{body['id']}", expect=404)


def test_serial_numbers_may_repeat(dispatcher, site_id):
    for _ in range(2):
        create(dispatcher, "/v1/assets", asset(site_id, serial="same serial"))
    assert len(walk(dispatcher.api, "/v1/assets", {"serial": "same serial", "limit": 1})) == 2


def test_change__moves_to_another_site(dispatcher, new_site, site_id):
    path = "/v1/assets/" + create(dispatcher, "/v1/assets", asset(site_id, model="M", serial="S"))
    elsewhere = new_site(name="南京路店")
    changed = dispatcher.api.patch(path, json={"site_id": elsewhere, "serial": None}, headers={"If-Match": '"1"'}, expect=200)
    entity = changed.json()
    assert (entity["site_id"], entity["site_name"], entity["serial"], entity["model"]) == (elsewhere, "南京路店", None, "M")
    assert refusals(dispatcher.api.patch(path, json={"site_id": new_id()}), 422) == [("/site_id", "unknown_reference")]
    dispatcher.api.patch(path, json={"name": "x"}, headers={"If-Match": '"1"'}, expect=412)
    assert dispatcher.api.get(path).json() == entity


def test_list__by_site_barcode_serial_and_name(dispatcher, new_site):
    here, there = new_site(), new_site()
    for name, serial, barcode in (("压缩机 1#", "A-1", "b-1"), ("压缩机 2#", "A-2", "b-2"), ("Pumpe", "A-1", None)):
        create(dispatcher, "/v1/assets", asset(here, name=name, serial=serial, barcode=barcode))
    create(dispatcher, "/v1/assets", asset(there, name="压缩机 3#", barcode="b-3"))
    assert names(walk(dispatcher.api, "/v1/assets", {"site_id": here, "limit": 2})) == ["Pumpe", "压缩机 1#", "压缩机 2#"]
    assert names(walk(dispatcher.api, "/v1/assets", {"site_id": here, "serial": "A-1"})) == ["Pumpe", "压缩机 1#"]
    assert names(walk(dispatcher.api, "/v1/assets", {"barcode": "b-3"})) == ["压缩机 3#"]
    assert names(walk(dispatcher.api, "/v1/assets", {"site_id": here, "q": "压缩"})) == ["压缩机 1#", "压缩机 2#"]
    assert walk(dispatcher.api, "/v1/assets", {"barcode": "b-"}) == []


def test_delete_and_other_organisation(dispatcher, site_id, new_organisation):
    path = "/v1/assets/" + create(dispatcher, "/v1/assets", asset(site_id, barcode="gone"))
    stranger = new_organisation().administrator.api
    stranger.get(path, expect=404)
    stranger.patch(path, json={"name": "mine"}, expect=404)
    stranger.delete(path, expect=404)
    assert refusals(stranger.post("/v1/assets", json=asset(site_id)), 422) == [("/site_id", "unknown_reference")]
    dispatcher.api.delete(path, expect=204)
    dispatcher.api.get(path, expect=404)
    create(dispatcher, "/v1/assets", asset(site_id, barcode="gone"))


def test_search__finds_by_model_serial_number_and_barcode(dispatcher, site_id):
    mark = new_id()[:8]
    made = create(dispatcher, "/v1/assets", asset(site_id, name="Pump", model=f"M{mark}", serial=f"S{mark}", barcode=f"B{mark}"))
    for text in (f"m{mark}", f"s{mark}", f"b{mark}", mark):
        assert [item["id"] for item in walk(dispatcher.api, "/v1/assets", {"q": text})] == [made]
    assert walk(dispatcher.api, "/v1/assets", {"q": f"x{mark}"}) == []
