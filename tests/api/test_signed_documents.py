"""What a phone that was offline signed: kept as it was signed, or refused with each place that differs."""

import hashlib
import json
import subprocess

import pytest

from support.evidence import declared, photo_bytes, put_photo, send
from support.organisation import new_id
from support.sheets import STROKES, canonical, digest, sign, sign_document, write
from support.world import check_in, now


class Visit:
    """A visit with two work orders, two check-ins, a scan and two photos; and what the phone displays of it."""

    def __init__(self, world, user):
        self.orders = [world.new_work_order([user.id]) for _ in range(2)]
        self.photo = declared(sha256="ab" * 32, caption="铭牌", captured_at=now(-1))
        self.id = send(user, check_in(world.site, work_order_ids=self.orders, photos=[self.photo, declared(role="after")],
                                      scans=[{"id": new_id(), "captured_at": now(), "symbology": "qr_code",
                                              "value": "冷库-7", "entered": "camera"}]))["visit_id"]
        send(user, check_in(world.site, visit_id=self.id, kind="progress", fix=None))
        self.document = json.loads(write(user, self.id, evidence_until=now())["document"])


@pytest.fixture()
def visit(world, user):
    return Visit(world, user)


def read(user, visit):
    return user.api.get(f"/v1/visits/{visit.id}/sheet", expect=200).json()


def set_member(document, pointer, value):
    """Puts a value where the JSON pointer says."""
    *way, last = pointer.split("/")[1:]
    for step in way:
        document = document[int(step)] if isinstance(document, list) else document[step]
    document[int(last) if isinstance(document, list) else last] = value


NAMES = {
    "/organisation/name": "旧名称", "/customer/name": "Old & Co 🏭", "/customer/language": "zh", "/site/name": "Old gate",
    "/site/address": "中山路 1 号", "/technician/name": "Old Name", "/work_orders/0/title": "旧标题",
    "/work_orders/1/number": "0-OLD",
}


def test_the_servers_own_document_may_be_sent_along(user, visit):
    signed = sign_document(user, visit.id, visit.document)
    assert signed["signature"]["differs"] == [] and signed["document"] == canonical(visit.document)


@pytest.mark.parametrize("pointer", NAMES)
def test_an_older_name_is_sealed_as_it_was_signed(user, manager, visit, pointer):
    recorded = json.loads(json.dumps(visit.document))
    set_member(visit.document, pointer, NAMES[pointer])
    text = canonical(visit.document)
    signed = sign_document(user, visit.id, text)
    assert signed["document"] == text and signed["document_sha256"] == digest(text)
    seen = read(manager, visit)
    assert seen["document"] == text
    known = recorded
    for step in pointer.split("/")[1:]:
        known = known[int(step)] if isinstance(known, list) else known[step]
    assert seen["signature"]["differs"] == [{"pointer": pointer, "signed": NAMES[pointer], "known": known}]


def test_names_that_the_office_changed_while_the_phone_was_offline(user, world, dispatcher, visit):
    """All of them at once, by the office's own doing, and the order of the work orders turned round."""
    text = canonical(visit.document)
    api = dispatcher.api
    for path, change in (
        (f"/v1/sites/{world.site}", {"name": "新名称", "address": "人民路 9 号"}),
        (f"/v1/customers/{world.customer}", {"name": "New Ltd"}),
        (f"/v1/work-orders/{visit.document['work_orders'][0]['id']}", {"number": f"zz-{new_id()}", "title": "New title"}),
    ):
        api.patch(path, json=change, headers={"If-Match": api.get(path, expect=200).headers["ETag"]}, expect=200)
    assert sign(user, visit.id, {"version": 1, "document_sha256": digest(text)}, expect=409)["code"] == "sheet_changed"
    signed = sign_document(user, visit.id, text)
    assert signed["document"] == text
    assert {difference["pointer"] for difference in signed["signature"]["differs"]} == {
        "/site/name", "/site/address", "/customer/name", "/work_orders/0/number", "/work_orders/0/title"}


def test_the_pdf_shows_what_was_signed(user, visit):
    visit.document["site"]["name"] = "Altes Tor"
    visit.document["customer"]["language"] = "zh"
    sign_document(user, visit.id, visit.document)
    pdf = user.api.get(f"/v1/visits/{visit.id}/sheet.pdf", expect=200).content
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60).stdout.decode()
    assert "Altes Tor" in text


FACTS = {
    "/visit_id": new_id(), "/schema": "fieldproof.visit-sheet/2", "/version": 2, "/evidence_until": None,
    "/corrects_version": 1, "/organisation/id": new_id(), "/customer/id": new_id(), "/site/id": new_id(),
    "/site/radius_m": 1500, "/site/position/latitude": 52.5, "/site/time_zone": "Asia/Shanghai", "/site/polygon": {},
    "/technician/id": new_id(), "/check_ins/0/kind": "departure", "/check_ins/0/captured_at": now(-90),
    "/check_ins/0/position/latitude": 52.52001, "/check_ins/0/accuracy_m": 1, "/check_ins/1/position": {},
    "/scans/0/value": "冷库-8", "/scans/0/symbology": "ean_13", "/photos/0/caption": "换了", "/photos/0/role": "damage",
    "/photos/0/sha256": "cd" * 32, "/photos/0/captured_at": now(-90), "/open_before/0": "Nothing", "/done/0/what": "All",
    "/left_open/0/plan": "None", "/parts/0/quantity": 2, "/parts/0/name": "Valve", "/done/0/work_order_id": new_id(),
}


@pytest.mark.parametrize("pointer", FACTS)
def test_a_fact_that_differs_is_refused_by_its_place(user, visit, pointer):
    set_member(visit.document, pointer, FACTS[pointer])
    problem = sign_document(user, visit.id, visit.document, expect=409)
    assert problem["code"] == "sheet_changed" and problem["retryable"] is False
    assert {error["pointer"] for error in problem["errors"]} == {"/document" + pointer}
    assert read(user, visit)["state"] == "draft"


def test_a_name_that_nobody_could_have_written_is_no_name(user, visit):
    for pointer, value in (("/site/name", None), ("/site/name", ""), ("/customer/language", "de"), ("/technician/name", 7),
                           ("/customer/name", {"en": "x"}), ("/site/name", "x" * 20_000)):
        document = json.loads(json.dumps(visit.document))
        set_member(document, pointer, value)
        assert sign_document(user, visit.id, document, expect=409)["errors"][0]["pointer"] == "/document" + pointer


def test_every_place_is_named_at_once(user, visit):
    visit.document["scans"][0]["value"] = "x" * 1000
    visit.document["photos"][0]["sha256"] = None
    visit.document["site"]["name"] = "Old gate"
    problem = sign_document(user, visit.id, visit.document, expect=409)
    assert {error["pointer"] for error in problem["errors"]} == {"/document/scans/0/value", "/document/photos/0/sha256"}
    assert all(error["rule"] == "as_recorded" and len(error["detail"]) < 400 for error in problem["errors"])


def test_members_that_are_missing_or_too_many(user, visit):
    del visit.document["site"]["polygon"]
    assert sign_document(user, visit.id, visit.document, expect=409)["errors"][0]["pointer"] == "/document/site/polygon"
    visit.document["site"].update(polygon=None, colour="red")
    assert sign_document(user, visit.id, visit.document, expect=409)["errors"][0]["pointer"] == "/document/site"


def test_evidence_that_the_document_lacks(user, visit):
    gone = visit.document["photos"].pop()
    problem = sign_document(user, visit.id, visit.document, expect=409)
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("sheet_changed", "/document/photos")
    assert gone["id"] in problem["errors"][0]["detail"]


@pytest.mark.parametrize("spoil", ("twice", "turned"))
def test_evidence_stands_once_and_in_order(user, visit, spoil):
    photos = visit.document["photos"]
    visit.document["photos"] = photos + photos[:1] if spoil == "twice" else photos[::-1]
    problem = sign_document(user, visit.id, visit.document, expect=409)
    assert problem["code"] == "sheet_changed" and problem["errors"][0]["pointer"].startswith("/document/photos")


def test_evidence_that_is_on_its_way_is_waited_for(user, world, visit):
    """A queue may send the signature before the check-in that it saw: that is no refusal for ever."""
    late = check_in(world.site, visit_id=visit.id, kind="progress", captured_at=now(), photos=[declared(sha256="ef" * 32)])
    write(user, visit.id, evidence_until=now(1))
    before = read(user, visit)["document"]
    document = json.loads(before)
    document["check_ins"].append({
        "id": late["id"], "kind": "progress", "captured_at": late["captured_at"],
        "position": {"latitude": 52.52, "longitude": 13.405}, "accuracy_m": 8})
    photo = late["photos"][0]
    document["photos"].append({"id": photo["id"], "role": photo["role"], "captured_at": photo["captured_at"],
                               "caption": None, "sha256": photo["sha256"]})
    answer = user.api.post(f"/v1/visits/{visit.id}/signatures", expect=409, json={
        **signed_by_phone(document), "id": (key := new_id())})
    problem = answer.json()
    assert problem["code"] == "evidence_awaited" and problem["retryable"] is True
    assert {error["pointer"] for error in problem["errors"]} == {"/document/check_ins/2", "/document/photos/2"}
    send(user, late)
    signed = user.api.post(f"/v1/visits/{visit.id}/signatures", json={**signed_by_phone(document), "id": key}, expect=201)
    assert signed.json()["document"] == canonical(document)


def signed_by_phone(document):
    text = canonical(document)
    return {"id": new_id(), "sheet_version": 1, "document": text, "document_sha256": digest(text), "signer_name": "王芳",
            "signer_role": "门店经理", "signed_at": now(), "strokes": STROKES}


def test_what_differs_for_ever_is_not_waited_for(user, visit):
    visit.document["photos"].append({**visit.document["photos"][0], "id": new_id(), "captured_at": now()})
    visit.document["scans"][0]["value"] = "other"
    problem = sign_document(user, visit.id, visit.document, expect=409)
    assert problem["code"] == "sheet_changed"
    assert [error["pointer"] for error in problem["errors"]] == ["/document/scans/0/value"]


def test_a_departure_that_overtakes_names_one_more_work_order(user, world, visit):
    order = world.new_work_order([user.id])
    send(user, check_in(world.site, visit_id=visit.id, kind="departure", work_order_ids=[order], captured_at=now(2),
                        sent_at=now(2)))
    assert sign_document(user, visit.id, visit.document)["signature"]["differs"] == []


@pytest.mark.parametrize("spoil", (
    lambda text: text.replace(",", ", ", 1), lambda text: text + "\n", lambda text: text.replace("冷", "\\u51b7", 1),
    lambda text: text.replace('"version":1', '"version":1.0')))
def test_a_document_that_is_not_canonical(user, visit, spoil):
    problem = sign_document(user, visit.id, spoil(canonical(visit.document)), expect=422)
    assert (problem["errors"][0]["pointer"], problem["errors"][0]["rule"]) == ("/document", "canonical")


def test_a_document_that_is_no_json(user, visit):
    for text in ("{}{", '{"a":1,"a":1}', "[" * 100 + "]" * 100):
        problem = sign_document(user, visit.id, text, expect=400)
        assert problem["errors"][0]["pointer"] == "/document"
    assert sign_document(user, visit.id, "[]", expect=409)["code"] == "sheet_changed"


def test_the_digest_is_of_the_document(user, visit):
    problem = sign(user, visit.id, {"version": 1, "document_sha256": "00" * 32}, 422, document=canonical(visit.document))
    assert (problem["errors"][0]["pointer"], problem["errors"][0]["rule"]) == ("/document_sha256", "of_the_document")


def test_repeating_it(user, visit):
    visit.document["site"]["name"] = "Old gate"
    body = signed_by_phone(visit.document)
    path = f"/v1/visits/{visit.id}/signatures"
    first = user.api.post(path, json=body, expect=201).json()
    again = user.api.post(path, json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json() == first


def test_photos_are_bound_though_they_come_later(user, world, run_folder):
    """What was signed names the bytes by their digest; other bytes are refused, and the sheet stays as it is."""
    photo, other = photo_bytes(run_folder, seed=81), photo_bytes(run_folder, seed=82)
    entry = declared(sha256=hashlib.sha256(photo).hexdigest())
    visit = send(user, check_in(world.site, photos=[entry]))["visit_id"]
    document = json.loads(write(user, visit, evidence_until=now())["document"])
    assert document["photos"][0]["sha256"] == entry["sha256"]
    signed = sign_document(user, visit, document)
    refusal = put_photo(user, entry["id"], other, expect=422).json()
    assert entry["sha256"] in refusal["detail"] and refusal["retryable"] is False
    put_photo(user, entry["id"], photo)
    assert user.api.get(f"/v1/visits/{visit}/sheet", expect=200).json() == signed


def test_a_rating(user, manager, visit):
    rating = {"score": 4, "comment": "很专业 👍"}
    signed = sign_document(user, visit.id, visit.document, rating=rating)
    assert signed["signature"]["rating"] == rating and "很专业" not in signed["document"]
    assert read(manager, visit)["signature"]["rating"] == rating


def test_a_rating_without_words_and_none(user, world):
    visit = Visit(world, user)
    assert sign_document(user, visit.id, visit.document, rating={"score": 1})["signature"]["rating"] == {
        "score": 1, "comment": None}
    visit = Visit(world, user)
    assert sign_document(user, visit.id, visit.document, rating=None)["signature"]["rating"] is None


@pytest.mark.parametrize("rating", ({"score": 0}, {"score": 6}, {"score": 4.5}, {"comment": "x"}, {"score": 5, "comment": ""}))
def test_ratings_that_are_none(user, visit, rating):
    problem = sign_document(user, visit.id, visit.document, expect=422, rating=rating)
    assert problem["errors"][0]["pointer"].startswith("/rating")


def test_who_cannot_draw_types(user, visit):
    signed = sign_document(user, visit.id, visit.document, method="typed", strokes=None)["signature"]
    assert (signed["method"], signed["strokes"], signed["signer_name"]) == ("typed", None, "王芳")
    pdf = user.api.get(f"/v1/visits/{visit.id}/sheet.pdf", expect=200).content
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60).stdout.decode()
    assert "typing the name" in text


@pytest.mark.parametrize("fields", ({"method": "typed"}, {"method": "drawn", "strokes": None}, {"strokes": None}))
def test_a_signature_is_drawn_or_typed(user, visit, fields):
    problem = sign_document(user, visit.id, visit.document, expect=422, **fields)
    assert problem["errors"][0]["pointer"] == "/strokes"
    assert read(user, visit)["state"] == "draft"
