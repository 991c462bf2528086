"""Templates of work orders: what a kind of job begins with."""

import pytest

from support.master_data import names, refusals, walk
from support.organisation import new_id
from support.world import template

PATH = "/v1/checklist-templates"


def make(user, **fields):
    return user.api.post(PATH, json=template(**fields), expect=201).json()


def test_create_and_replay(dispatcher):
    body = template(name="冷库季度保养", title="季度保养", description="清洗冷凝器", minutes=90, checklist=[
        {"kind": "photo", "label": "保养前", "photo_role": "before", "minimum_count": 4},
        {"kind": "scan", "label": "压缩机条码", "required": False},
    ])
    created = dispatcher.api.post(PATH, json=body, expect=201)
    entity = created.json()
    assert entity["checklist"] == [
        {"kind": "photo", "label": "保养前", "photo_role": "before", "minimum_count": 4, "required": True},
        {"kind": "scan", "label": "压缩机条码", "photo_role": None, "minimum_count": 1, "required": False},
    ]
    assert {name: entity[name] for name in ("name", "title", "description", "minutes", "is_retired")} == {
        "name": "冷库季度保养", "title": "季度保养", "description": "清洗冷凝器", "minutes": 90, "is_retired": False}
    again = dispatcher.api.post(PATH, json=body, expect=200)
    assert (again.headers["Idempotency-Replayed"], again.json()) == ("true", entity)
    assert dispatcher.api.post(PATH, json={**body, "minutes": 91}, expect=409).json()["code"] == "content_conflict"
    not_modified = dispatcher.api.get(f"{PATH}/{entity['id']}", headers={"If-None-Match": created.headers["ETag"]})
    assert not_modified.status_code == 304


@pytest.mark.parametrize("wrong, status, pointer, rule", [
    ({"name": ""}, 422, "/name", "minLength"),
    ({"title": "t" * 201}, 422, "/title", "maxLength"),
    ({"priority": "soon"}, 422, "/priority", "enum"),
    ({"minutes": 4}, 422, "/minutes", "minimum"),
    ({"checklist": [{"kind": "video", "label": "Clip"}]}, 422, "/checklist/0/kind", "enum"),
    ({"checklist": [{"kind": "photo", "label": "x", "asset_id": new_id()}]}, 422, "/checklist/0/asset_id",
     "additionalProperties"),
    ({"checklist": [{"kind": "photo", "label": "x", "minimum_count": 0}]}, 422, "/checklist/0/minimum_count", "minimum"),
    ({"checklist": [{"kind": "photo", "label": "x"}] * 51}, 422, "/checklist", "maxItems"),
    ({"name": "Taken"}, 409, "/name", "unique"),
])
def test_create__refusals_leave_no_row(dispatcher, wrong, status, pointer, rule):
    dispatcher.api.post(PATH, json={**template(), "id": "7f6b3a52-29f3-4a0e-9a0a-3f3c8d6c7a11", "name": "Taken"})
    body = {**template(), **wrong}
    answer = dispatcher.api.post(PATH, json=body)
    assert answer.status_code == status, answer.text
    assert (pointer, rule) in refusals(answer, status)
    dispatcher.api.get(f"{PATH}/{body['id']}", expect=404)


def test_change__and_a_second_who_was_slower(dispatcher, manager):
    path = f"{PATH}/{make(dispatcher)['id']}"
    changed = dispatcher.api.patch(path, json={"minutes": None, "checklist": []}, headers={"If-Match": '"1"'}, expect=200)
    assert (changed.json()["minutes"], changed.json()["checklist"], changed.json()["version"]) == (None, [], 2)
    manager.api.patch(path, json={"title": "x"}, headers={"If-Match": '"1"'}, expect=412)
    assert dispatcher.api.patch(path, json={"minutes": None}, expect=200).json()["version"] == 2
    assert dispatcher.api.get(path, expect=200).json() == changed.json()


def test_list__by_name_and_whether_retired(dispatcher):
    mark = new_id()[:8]
    kept, retired = make(dispatcher, name=f"{mark} b"), make(dispatcher, name=f"{mark} a")
    dispatcher.api.patch(f"{PATH}/{retired['id']}", json={"is_retired": True}, expect=200)
    assert names(walk(dispatcher.api, PATH, {"q": mark, "limit": 1})) == [f"{mark} a", f"{mark} b"]
    assert names(walk(dispatcher.api, PATH, {"q": mark, "is_retired": "false"})) == [kept["name"]]
    assert names(walk(dispatcher.api, PATH, {"q": mark, "is_retired": "true"})) == [f"{mark} a"]


def test_delete(dispatcher):
    path = f"{PATH}/{make(dispatcher)['id']}"
    dispatcher.api.delete(path, expect=204)
    dispatcher.api.delete(path, expect=404)
