"""Corrections that managers ask for: on the phone until a later version is signed; what was signed before stays."""

import concurrent.futures
import io
import json
import zipfile

import pytest

from support.organisation import new_id
from support.sheets import pdf_text, sign, write
from support.world import check_in, correction


@pytest.fixture
def user(organisation):
    return organisation.user("technician")


@pytest.fixture
def visit(user, world):
    return signed_visit(user, world)


def signed_visit(user, world):
    key = new_id()
    user.api.post("/v1/check-ins", json=check_in(world.site, visit_id=key), expect=201)
    sign(user, key, write(user, key))
    return key


def ask(user, visit, expect=201, **fields):
    return user.api.post(f"/v1/visits/{visit}/corrections", json=correction(**fields), expect=expect).json()


def correct(user, visit, version=2, **fields):
    """Signs the next version."""
    fields = {"corrects_version": version - 1, "correction_reason": "As the office asked.", **fields}
    return sign(user, visit, write(user, visit, version=version, **fields))


def changes(user, cursor=None):
    return user.api.get("/v1/my/changes", params={"since": cursor} if cursor else {}, expect=200).json()


def file_of(user, visit):
    return user.api.get(f"/v1/visits/{visit}/file", expect=200).json()


def test_what_is_asked_for_is_on_the_phone_until_it_is_signed(manager, user, visit):
    cursor = changes(user)["cursor"]
    asked = ask(manager, visit, blocks=["parts", "signature"], reason="实际更换两个接触器。")
    assert (asked["sheet_version"], asked["answered_version"], asked["withdrawn_at"]) == (1, None, None)
    told = changes(user, cursor)
    assert told["corrections"] == [asked] and told["work_orders"] == [] and told["retakes"] == []
    assert asked["blocks"] == ["parts", "signature"] and asked["technician"]["id"] == user.id
    assert user.api.get("/v1/my/day", expect=200).json()["corrections"] == [asked]
    write(user, visit, version=2, corrects_version=1, correction_reason="Two contactors.")
    assert changes(user, told["cursor"])["deleted"]["corrections"] == [], "a draft answers nothing"
    sign(user, visit, user.api.get(f"/v1/visits/{visit}/sheet", expect=200).json())
    assert changes(user, told["cursor"])["deleted"]["corrections"] == [asked["id"]]
    assert user.api.get("/v1/my/day", expect=200).json()["corrections"] == []
    (answered,) = file_of(manager, visit)["corrections"]
    assert answered["answered_version"] == 2 and answered["answered_at"] and answered["withdrawn_at"] is None


def test_a_fresh_phone_is_given_it(manager, user, visit):
    asked = ask(manager, visit)
    assert [entry["id"] for entry in changes(user)["corrections"]] == [asked["id"]]


def test_the_signed_document_stays(manager, user, visit):
    before = user.api.get(f"/v1/visits/{visit}/sheet?version=1", expect=200).json()
    pdf = manager.api.get(f"/v1/visits/{visit}/sheet.pdf?version=1", expect=200).content
    ask(manager, visit)
    correct(user, visit, parts=[{"name": "Contactor", "quantity": 2, "number": None, "unit": None}])
    assert user.api.get(f"/v1/visits/{visit}/sheet?version=1", expect=200).json() == before
    assert manager.api.get(f"/v1/visits/{visit}/sheet.pdf?version=1", expect=200).content == pdf
    versions = [(sheet["version"], sheet["state"]) for sheet in file_of(manager, visit)["sheets"]]
    assert versions == [(2, "signed"), (1, "signed")]


def test_the_pdf_shows_both_versions_side_by_side(manager, user, visit):
    original = user.api.get(f"/v1/visits/{visit}/sheet?version=1", expect=200).json()
    part = {"name": "Filter", "number": "F-7", "quantity": 3, "unit": "m"}
    correct(user, visit, parts=[part, {**part, "name": "压力开关"}], open_before=["冷库温度过高"], left_open=[])
    path = f"/v1/visits/{visit}/sheet.pdf"
    text = pdf_text(manager.api.get(path, expect=200).content)
    for words in ("What the correction changes", "更正内容", "− Filter – F-7 – 1.5 m", "+ Filter – F-7 – 3 m",
                  "+ 压力开关 – F-7 – 3 m", "− Door seal worn", original["document_sha256"]):
        assert words in text, words
    assert "− 冷库温度过高" not in text and "− Cleaned" not in text, "what both say is no change"
    assert "What the correction changes" not in pdf_text(manager.api.get(path + "?version=1", expect=200).content)


def test_it_is_in_the_pack(manager, user, visit):
    asked = ask(manager, visit)
    correct(user, visit)
    with zipfile.ZipFile(io.BytesIO(manager.api.get(f"/v1/visits/{visit}/pack", expect=200).content)) as pack:
        (in_pack,) = json.loads(pack.read("corrections.json"))
        assert in_pack["id"] == asked["id"] and in_pack["answered_version"] == 2
        assert "corrections.json" in pack.read("SHA256SUMS").decode()
        documents = [json.loads(pack.read(f"sheets/{version}/document.json")) for version in (1, 2)]
    assert [document["corrects_version"] for document in documents] == [None, 1]


def test_one_at_a_time(manager, user, visit):
    first = ask(manager, visit)
    assert ask(manager, visit, expect=409)["code"] == "state_conflict"
    cursor = changes(user)["cursor"]
    for _ in range(2):
        manager.api.delete(f"/v1/corrections/{first['id']}", expect=204)
    assert changes(user, cursor)["deleted"]["corrections"] == [first["id"]]
    ask(manager, visit)
    withdrawn, waiting = file_of(manager, visit)["corrections"]
    assert withdrawn["id"] == first["id"] and withdrawn["withdrawn_by"]["id"] == manager.id
    assert waiting["withdrawn_at"] is None


def test_what_was_made_is_not_withdrawn(manager, user, visit):
    asked = ask(manager, visit)
    correct(user, visit)
    problem = manager.api.delete(f"/v1/corrections/{asked['id']}", expect=409).json()
    assert problem["code"] == "state_conflict" and "version 2" in problem["detail"]


def test_of_two_managers_one_is_told(organisation, manager, visit):
    other = organisation.user("manager")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda who: who.api.post(f"/v1/visits/{visit}/corrections", json=correction()),
                                [manager, other]))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert len(file_of(manager, visit)["corrections"]) == 1


def test_the_same_again_is_a_replay(manager, user, visit):
    body = correction()
    path = f"/v1/visits/{visit}/corrections"
    first = manager.api.post(path, json=body, expect=201)
    again = manager.api.post(path, json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json() == first.json()
    other = manager.api.post(path, json={**body, "reason": "Something else."}, expect=409).json()
    assert other["code"] == "content_conflict"
    correct(user, visit)
    assert manager.api.post(path, json=body, expect=200).json()["answered_version"] == 2


def test_only_the_latest_signed_version(manager, user, world, visit):
    correct(user, visit)
    problem = ask(manager, visit, expect=409)
    assert problem["errors"][0]["pointer"] == "/sheet_version" and "version is 2" in problem["errors"][0]["detail"]
    assert ask(manager, visit, sheet_version=2)["sheet_version"] == 2
    unsigned = new_id()
    user.api.post("/v1/check-ins", json=check_in(world.site, visit_id=unsigned), expect=201)
    write(user, unsigned)
    assert "no signed sheet" in ask(manager, unsigned, expect=409)["detail"]
    assert ask(manager, new_id(), expect=404)["code"] == "not_found"
    manager.api.delete(f"/v1/corrections/{new_id()}", expect=404)


@pytest.mark.parametrize("field, value, pointer", [
    ("reason", "　 ", "/reason"), ("reason", None, "/reason"), ("blocks", [], "/blocks"),
    ("blocks", ["parts", "parts"], "/blocks/1"), ("blocks", ["price"], "/blocks/0"), ("sheet_version", 0, "/sheet_version"),
])
def test_a_bad_request_names_its_field(manager, visit, field, value, pointer):
    problem = ask(manager, visit, expect=422, **{field: value})
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert file_of(manager, visit)["corrections"] == []


def test_the_lists(organisation, manager, user, world):
    visits = [signed_visit(user, world) for _ in range(3)]
    asked = [ask(manager, visit)["id"] for visit in visits]
    correct(user, visits[0])

    def listed(who, **query):
        return [entry["id"] for entry in who.api.get("/v1/corrections", params=query, expect=200).json()["items"]]

    assert listed(user) == listed(manager, technician_id=user.id) == asked[::-1]
    assert listed(user, open="true") == asked[:0:-1] and listed(user, open="false") == asked[:1]
    first = user.api.get("/v1/corrections", params={"limit": 2}, expect=200).json()
    rest = user.api.get("/v1/corrections", params={"limit": 2, "cursor": first["next_cursor"]}, expect=200).json()
    assert [entry["id"] for page in (first, rest) for entry in page["items"]] == asked[::-1]
    assert listed(organisation.user("technician")) == []


def test_who_asked_is_in_the_audit_trail(administrator, manager, visit):
    asked = ask(manager, visit, reason="Wrong part.")
    manager.api.delete(f"/v1/corrections/{asked['id']}", expect=204)
    events = administrator.api.get("/v1/audit-trail", params={"entity_id": visit}, expect=200).json()["items"]
    told = [change for event in events[::-1] for change in event["changes"] if change["field"] == "correction_requested"]
    assert told == [{"field": "correction_requested", "from": None, "to": "Wrong part."},
                    {"field": "correction_requested", "from": "Wrong part.", "to": None}]


def test_the_technician_may_correct_unasked(manager, user, visit):
    correct(user, visit)
    assert file_of(manager, visit)["corrections"] == []
