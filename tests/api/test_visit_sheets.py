"""Visit sheets: drafts, signatures bound to what was displayed, corrections, the PDF."""

import concurrent.futures
import hashlib
import json
import pathlib

import pytest

from support.evidence import declared, photo_bytes, put_photo, send
from support.organisation import new_id
from support.sheets import canonical, content, pdf_text, sign, signature, write
from support.world import check_in, now


@pytest.fixture()
def visit(user, world):
    """A visit with an arrival; its id."""
    return send(user, check_in(world.site, work_order_ids=[world.new_work_order([user.id])]))["visit_id"]


def test_the_phone_computes_the_same_document(user, visit):
    sheet = write(user, visit)
    document = json.loads(sheet["document"])
    assert sheet["document"] == canonical(document)
    assert sheet["document_sha256"] == hashlib.sha256(sheet["document"].encode()).hexdigest()
    assert document["done"][0]["remedy"] == "清洗"
    assert [entry["kind"] for entry in document["check_ins"]] == ["arrival"]
    assert document["parts"] == [{"name": "Filter", "number": "F-7", "quantity": 1.5, "unit": "m"}]


def test_a_draft_is_replaced(user, visit):
    first = write(user, visit)
    second = write(user, visit, open_before=["Two", "things"])
    assert (first["version"], second["version"]) == (1, 1)
    assert first["document_sha256"] != second["document_sha256"]


def test_signing_binds_what_was_displayed(user, visit):
    sheet = write(user, visit)
    answer = sign(user, visit, sheet)
    assert answer["state"] == "signed"
    assert answer["document"] == sheet["document"]
    assert answer["signature"]["document_sha256"] == sheet["document_sha256"]
    assert answer["signature"]["signer_role"] == "门店经理"


def test_a_sheet_that_changed_refuses_the_signature(user, visit):
    displayed = write(user, visit)
    changed = write(user, visit, open_before=["Something else"])
    problem = sign(user, visit, displayed, expect=409)
    assert problem["code"] == "sheet_changed" and changed["document_sha256"] in problem["detail"]
    assert user.api.get(f"/v1/visits/{visit}/sheet", expect=200).json()["state"] == "draft"
    sign(user, visit, changed)


def test_evidence_that_came_later_changes_the_sheet(user, visit, world):
    displayed = write(user, visit)
    send(user, check_in(world.site, visit_id=visit, kind="progress"))
    assert sign(user, visit, displayed, expect=409)["code"] == "sheet_changed"


def test_evidence_after_the_cut_does_not(user, visit, world):
    displayed = write(user, visit, evidence_until=now())
    send(user, check_in(world.site, visit_id=visit, kind="departure", captured_at=now(1), sent_at=now(1)))
    sign(user, visit, displayed)


def test_a_photo_whose_digest_was_announced_may_come_after_signing(user, world, run_folder):
    photo = photo_bytes(run_folder, seed=71)
    entry = declared(sha256=hashlib.sha256(photo).hexdigest())
    visit = send(user, check_in(world.site, photos=[entry]))["visit_id"]
    displayed = write(user, visit)
    put_photo(user, entry["id"], photo)
    sign(user, visit, displayed)


def test_repeating_a_signature(user, visit):
    sheet = write(user, visit)
    body = signature(sheet)
    path = f"/v1/visits/{visit}/signatures"
    first = user.api.post(path, json=body, expect=201).json()
    again = user.api.post(path, json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json() == first
    other = user.api.post(path, json={**body, "signer_name": "Somebody else"}, expect=409).json()
    assert other["code"] == "content_conflict"


def test_a_signed_sheet_never_changes(user, visit):
    sheet = write(user, visit)
    signed = sign(user, visit, sheet)
    assert write(user, visit, open_before=["Other"], expect=409)["code"] == "sheet_signed"
    repeated = user.api.put(f"/v1/visits/{visit}/sheet", json=content(), expect=200)
    assert repeated.headers["Idempotency-Replayed"] == "true" and repeated.json() == signed
    assert sign(user, visit, sheet, expect=409)["code"] == "sheet_signed"


def test_a_correction_is_a_new_version_that_says_so(user, visit):
    signed = sign(user, visit, write(user, visit))
    problem = write(user, visit, version=2, expect=422)
    assert problem["errors"][0]["pointer"] == "/corrects_version"
    problem = write(user, visit, version=2, corrects_version=1, correction_reason=" ", expect=422)
    assert problem["errors"][0]["pointer"] == "/correction_reason"
    correction = write(user, visit, version=2, corrects_version=1, correction_reason="Wrong part number")
    assert json.loads(correction["document"])["corrects_version"] == 1
    sign(user, visit, correction)
    again = {"version": 2, "corrects_version": 1, "correction_reason": "Wrong part number"}
    write(user, visit, **again)
    assert write(user, visit, **{**again, "correction_reason": "Other"}, expect=409)["code"] == "sheet_signed"
    assert user.api.get(f"/v1/visits/{visit}/sheet?version=1", expect=200).json() == signed
    assert user.api.get(f"/v1/visits/{visit}/sheet", expect=200).json()["version"] == 2


def test_versions_follow_each_other(user, visit):
    assert write(user, visit, version=2, expect=409)["errors"][0]["rule"] == "next_version"


def test_work_orders_of_other_visits(user, visit):
    problem = write(user, visit, done=[{"what": "x", "work_order_id": new_id()}], expect=422)
    assert problem["errors"][0]["pointer"] == "/done/0/work_order_id"


def test_the_pdf(user, world, run_folder, server):
    entry = declared("nameplate", caption="铭牌")
    visit = send(user, check_in(world.site, photos=[entry]), photo_bytes(run_folder, seed=72))["visit_id"]
    path = f"/v1/visits/{visit}/sheet.pdf"
    write(user, visit)
    assert user.api.get(path, expect=404).json()["code"] == "not_found"
    sign(user, visit, user.api.get(f"/v1/visits/{visit}/sheet", expect=200).json())
    first = user.api.get(path, expect=200)
    assert first.headers["Content-Type"] == "application/pdf"
    text = pdf_text(first.content)
    for words in ("冷库温度过高", "Cleaned the condenser", "Door seal worn", "王芳", "门店经理", "铭牌"):
        assert words in text, words
    assert user.api.get(path, expect=200).content == first.content


def test_the_pdf_is_the_same_bytes_when_it_is_made_again(user, visit, postgres, server):
    sign(user, visit, write(user, visit))
    path = f"/v1/visits/{visit}/sheet.pdf"
    first = user.api.get(path, expect=200).content
    postgres.query("ALTER TABLE visit_sheet DISABLE TRIGGER visit_sheet_signed_is_final")
    postgres.query(f"UPDATE visit_sheet SET pdf_sha256 = NULL WHERE visit_id = '{visit}'")
    postgres.query("ALTER TABLE visit_sheet ENABLE TRIGGER visit_sheet_signed_is_final")
    assert user.api.get(path, expect=200).content == first


def test_pdfs_are_made_two_at_a_time_and_outside_of_transactions(user, visit, postgres, server):
    """Whoever asks for many at once must take neither all memory nor all connections."""
    sign(user, visit, write(user, visit))
    path = f"/v1/visits/{visit}/sheet.pdf"
    children = pathlib.Path(f"/proc/{server.process.pid}")
    held = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%' AND now() - state_change > interval '0.2 s'"
    most_held = 0
    with concurrent.futures.ThreadPoolExecutor(9) as threads:
        answers = [threads.submit(user.api.with_token(user.api.token).get, path, expect=200) for _ in range(8)]
        # Children live for a moment only: nothing else is done between two looks at them.
        is_over = lambda: all(answer.done() for answer in answers)  # noqa: E731
        looks = threads.submit(lambda: max((renderers(children) for _ in iter(is_over, True)), default=0))
        while not all(answer.done() for answer in answers):
            most_held = max(most_held, int(postgres.query(held)[0][0]))
        most = looks.result()
    assert len({answer.result().content for answer in answers}) == 1
    assert 1 <= most <= 2 and most_held == 0


def renderers(process):
    """How many children of it make a PDF."""
    count = 0
    for child in [child for task in process.glob("task/*/children") for child in task.read_text().split()]:
        try:
            count += b"render-sheet" in pathlib.Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:  # it has ended meanwhile
            pass
    return count
