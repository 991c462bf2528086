"""Sheets and steps that wait for a check-in which never comes: how long, and what becomes of them then."""

import copy
import io
import json
import zipfile

import pytest

from support import tus
from support.evidence import codes, declared, finding, photo_bytes, send
from support.organisation import new_id
from support.phone_day import Day, make_template, operation, outcomes, sync
from support.sheets import pdf_text, sign_document, write
from support.world import check_in, now


@pytest.fixture(scope="module")
def template(world, user):
    return make_template(world, user)


@pytest.fixture
def day(world, user):
    return Day(world, user)


@pytest.fixture
def later(postgres, user):
    """Moves all that the server knows of a visit and of what waits into the past, by the server's clock."""
    def move(visit, hours=25):
        postgres.query(f"""
            UPDATE check_in SET received_at = received_at - interval '{hours} hours' WHERE visit_id = '{visit}';
            UPDATE waiting SET since = since - interval '{hours} hours' WHERE user_id = '{user.id}'""")
    return move


def tell(user, elements, *names):
    return sync(user, [elements[name] for name in names])


def sheet_of(reader, visit, **options):
    return reader.api.get(f"/v1/visits/{visit}/sheet", expect=200, **options).json()


def visit_of(reader, visit):
    return reader.api.get(f"/v1/visits/{visit}", expect=200).json()


def problem_of(result):
    return result["outcome"], result["problem"]["code"]


def test_a_sheet_whose_arrival_never_comes(day, user, manager, template, later):
    elements = day.operations(template)
    assert outcomes(tell(user, elements, "departure")) == ["accepted"]
    assert problem_of(tell(user, elements, "sheet", "signature")[0]) == ("retry_later", "out_of_order")
    later(day.visit, hours=23)
    assert outcomes(tell(user, elements, "sheet", "signature")) == ["retry_later"] * 2
    later(day.visit, hours=2)
    assert outcomes(tell(user, elements, "sheet", "signature")) == ["accepted"] * 2
    sealed = sheet_of(manager, day.visit)
    assert sealed["state"] == "signed" and sealed["document"] == day.document(template)
    assert sealed["signature"]["differs"] == []
    assert sealed["signature"]["missing"] == [{"pointer": "/check_ins/0", "id": day.arrival["id"]},
                                              {"pointer": "/work_orders/0", "id": day.work_order}]
    seen = visit_of(manager, day.visit)
    assert {entry["id"] for entry in seen["check_ins"]} == {day.departure["id"]} and seen["arrived_at"] is None
    assert [order["id"] for order in seen["work_orders"]] == [day.work_order]
    assert {"departure_without_arrival", "signed_evidence_missing"} <= set(codes(seen)) and seen["verdict"] == "needs_review"
    assert finding(seen, "signed_evidence_missing")["numbers"] == {"missing_count": 1}
    assert manager.api.get(f"/v1/work-orders/{day.work_order}", expect=200).json()["state"] == "assigned"
    assert outcomes(tell(user, elements, "sheet", "signature")) == ["replayed"] * 2


def test_the_arrival_may_come_all_the_same(day, user, manager, template, later):
    elements = day.operations(template)
    tell(user, elements, "departure", "sheet")
    later(day.visit)
    assert outcomes(tell(user, elements, "sheet", "signature")) == ["accepted"] * 2
    assert outcomes(tell(user, elements, "arrival", "done")) == ["accepted"] * 2
    seen = visit_of(manager, day.visit)
    assert {"departure_without_arrival", "signed_evidence_missing"}.isdisjoint(codes(seen))
    # What was missing when it was sealed stays written down.
    assert len(sheet_of(manager, day.visit)["signature"]["missing"]) == 2


def test_work_orders_that_only_the_signed_document_names(day, user, manager, template, later):
    """Nothing was written of them; the arrival that named them is lost."""
    day.sheet["done"] = []
    elements = day.operations(template)
    tell(user, elements, "departure", "sheet", "signature")
    assert visit_of(manager, day.visit)["work_orders"] == []
    later(day.visit)
    assert outcomes(tell(user, elements, "sheet", "signature")) == ["replayed", "accepted"]
    assert [order["id"] for order in visit_of(manager, day.visit)["work_orders"]] == [day.work_order]


def test_a_check_in_begins_the_wait_anew(day, user, world, template, later):
    elements = day.operations(template)
    tell(user, elements, "sheet")
    later(day.visit)
    tell(user, elements, "departure")
    assert outcomes(tell(user, elements, "sheet")) == ["retry_later"]
    later(day.visit)
    assert outcomes(tell(user, elements, "sheet")) == ["accepted"]


def test_a_wait_begins_when_it_is_asked_for(day, user, template, later):
    """However long ago the last check-in was: a phone without network for days sends in any order."""
    elements = day.operations(template)
    tell(user, elements, "departure")
    later(day.visit, hours=100)
    assert outcomes(tell(user, elements, "sheet")) == ["retry_later"]
    assert outcomes(tell(user, elements, "arrival", "sheet", "signature")) == ["accepted"] * 3
    assert sheet_of(user, day.visit)["signature"]["missing"] == []


def test_a_sheet_without_any_check_in(day, user, manager, world, template, later):
    elements = day.operations(template)
    assert problem_of(tell(user, elements, "sheet", "signature")[0]) == ("retry_later", "not_yet_here")
    assert user.api.get(f"/v1/visits/{day.visit}").status_code == 404
    later(day.visit)
    assert outcomes(tell(user, elements, "sheet", "signature")) == ["accepted"] * 2
    seen = visit_of(manager, day.visit)
    assert seen["site"]["id"] == world.site and seen["technician"]["id"] == user.id
    assert seen["check_ins"] == [] and (seen["arrived_at"], seen["departed_at"]) == (None, None)
    assert seen["first_seen_at"] == day.shown_at
    assert set(codes(seen)) == {"arrival_missing", "signed_evidence_missing"} and seen["verdict"] == "needs_review"
    sealed = sheet_of(manager, day.visit)
    assert sealed["document"] == day.document(template)
    assert [entry["pointer"] for entry in sealed["signature"]["missing"]] == ["/check_ins/0", "/work_orders/0"]
    listed = manager.api.get("/v1/visits?finding=signed_evidence_missing", expect=200).json()["items"]
    assert day.visit in {entry["id"] for entry in listed}


def test_check_ins_that_come_after_a_visit_was_made_by_its_sheet(day, user, manager, template, later):
    elements = day.operations(template)
    tell(user, elements, "sheet")
    later(day.visit)
    tell(user, elements, "sheet", "signature")
    assert outcomes(tell(user, elements, "accept", "arrival")) == ["accepted"] * 2
    seen = visit_of(manager, day.visit)
    assert codes(seen) == [] and seen["arrived_at"] == day.arrived_at
    assert outcomes(tell(user, elements, "departure", "done")) == ["accepted"] * 2
    day.check_is_complete()


def test_the_pdf_says_what_never_came(world, user, manager, template, later):
    incomplete, complete = Day(world, user), Day(world, user)
    tell(user, incomplete.operations(template), "sheet")
    later(incomplete.visit)
    tell(user, incomplete.operations(template), "sheet", "signature")
    tell(user, complete.operations(template), "arrival", "sheet", "signature")
    texts = [" ".join(pdf_text(manager.api.get(f"/v1/visits/{day.visit}/sheet.pdf", expect=200).content).split())
             for day in (incomplete, complete)]
    assert ["Signed, but never received" in text for text in texts] == [True, False]
    assert "Nothing but the signature speaks for it." in texts[0] and "Arrival – 20" in texts[0]


def test_the_pack_holds_what_never_came(day, user, manager, template, later):
    tell(user, day.operations(template), "sheet")
    later(day.visit)
    tell(user, day.operations(template), "sheet", "signature")
    pack = zipfile.ZipFile(io.BytesIO(manager.api.get(f"/v1/visits/{day.visit}/pack", expect=200).content))
    facts = b"".join(pack.read(name) for name in pack.namelist() if name.endswith(".json")).decode()
    assert '"missing":[{' in facts.replace(" ", "") and "signed_evidence_missing" in facts


def test_a_visit_with_other_check_ins_and_a_work_order_that_only_the_sheet_names(world, user, manager, later):
    named, other = world.new_work_order([user.id]), world.new_work_order([user.id])
    visit = send(user, check_in(world.site, work_order_ids=[named]))["visit_id"]
    body = {"done": [{"work_order_id": other, "what": "Also looked at the door"}]}
    assert write(user, visit, expect=409, **body)["code"] == "out_of_order"
    later(visit)
    write(user, visit, **body)
    assert {order["id"] for order in visit_of(manager, visit)["work_orders"]} == {named, other}
    states = [manager.api.get(f"/v1/work-orders/{order}", expect=200).json()["state"] for order in (named, other)]
    assert states == ["on_site", "assigned"]


def test_photos_and_scans_that_never_came(world, user, manager, later):
    """A check-in in the middle was refused: what it had is missing, and is listed with it."""
    visit = send(user, check_in(world.site, captured_at=now(-60)))["visit_id"]
    document = json.loads(write(user, visit, evidence_until=now(1))["document"])
    lost = check_in(world.site, visit_id=visit, kind="progress", photos=[declared(sha256="ef" * 32)], scans=[
        {"id": new_id(), "captured_at": now(), "symbology": "qr_code", "value": "冷库-7", "entered": "camera"}])
    (photo,), (scan,) = lost["photos"], lost["scans"]
    document["check_ins"].append({"id": lost["id"], "kind": "progress", "captured_at": lost["captured_at"],
                                  "position": {"latitude": 52.52, "longitude": 13.405}, "accuracy_m": 8})
    document["photos"].append({**{name: photo[name] for name in ("id", "role", "captured_at", "sha256")}, "caption": None})
    document["scans"].append({name: scan[name] for name in ("id", "captured_at", "symbology", "value")})
    assert sign_document(user, visit, document, expect=409)["code"] == "evidence_awaited"
    later(visit)
    signature = sign_document(user, visit, document)["signature"]
    assert signature["missing"] == [{"pointer": "/check_ins/1", "id": lost["id"]}, {"pointer": "/photos/0", "id": photo["id"]},
                                    {"pointer": "/scans/0", "id": scan["id"]}]
    assert finding(visit_of(manager, visit), "signed_evidence_missing")["numbers"] == {"missing_count": 3}
    send(user, {**lost, "photos": []})
    assert finding(visit_of(manager, visit), "signed_evidence_missing")["numbers"] == {"missing_count": 1}


def test_no_wait_makes_a_fact_of_what_differs(world, user, later):
    """What is recorded otherwise than it was signed is refused at once, and after any time."""
    visit = send(user, check_in(world.site, captured_at=now(-60)))["visit_id"]
    document = json.loads(write(user, visit, evidence_until=now(1))["document"])
    document["check_ins"].append({**document["check_ins"][0], "id": new_id(), "captured_at": now()})
    assert sign_document(user, visit, document, expect=409)["code"] == "evidence_awaited"
    later(visit)
    moved = copy.deepcopy(document)
    moved["check_ins"][0]["captured_at"] = now(-600)
    assert sign_document(user, visit, moved, expect=409)["code"] == "sheet_changed"
    sign_document(user, visit, document)


@pytest.mark.parametrize("spoil", ({"kind": "picnic"}, {"position": "here"}, {"more": 1}, {"id": "x"}, {"captured_at": "today"}))
def test_what_never_came_is_at_least_what_the_contract_says(world, user, later, spoil):
    visit = send(user, check_in(world.site, captured_at=now(-60)))["visit_id"]
    document = json.loads(write(user, visit, evidence_until=now(1))["document"])
    document["check_ins"].append({**document["check_ins"][0], "id": new_id(), "captured_at": now(), **spoil})
    sign_document(user, visit, document, expect=409)
    later(visit)
    problem = sign_document(user, visit, document, expect=422)
    assert problem["errors"][0]["pointer"].startswith("/document/check_ins/1") and problem["retryable"] is False
    assert sheet_of(user, visit)["state"] == "draft"


def without_work_orders(day):
    return {**day.sheet, "done": []}


def test_a_site_that_only_the_sheet_can_tell(day, user, manager, world, later):
    body = without_work_orders(day)
    put = lambda **fields: user.api.put(f"/v1/visits/{day.visit}/sheet", json={**body, **fields})
    assert put().json()["code"] == "not_yet_here"
    later(day.visit)
    refused = put().json()
    assert (refused["code"], refused["retryable"], refused["errors"][0]["pointer"]) == ("invalid_field", False, "/site_id")
    assert put(site_id=new_id()).json()["code"] == "unknown_reference"
    assert user.api.get(f"/v1/visits/{day.visit}").status_code == 404
    assert put(site_id=world.site).status_code == 200
    assert visit_of(manager, day.visit)["site"]["id"] == world.site
    assert put(site_id=world.site).headers["Idempotency-Replayed"] == "true"


def test_the_site_of_a_visit_is_that_of_its_check_ins(world, user):
    visit = send(user, check_in(world.site))["visit_id"]
    write(user, visit, site_id=world.site)
    problem = write(user, visit, expect=409, open_before=["More"], site_id=new_id())
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("content_conflict", "/site_id")


def test_work_orders_that_nobody_knows_are_not_waited_for(user, world):
    done = [{"work_order_id": new_id(), "what": "Nothing"}]
    for visit in (new_id(), send(user, check_in(world.site))["visit_id"]):
        problem = write(user, visit, expect=422, done=done)
        assert (problem["code"], problem["errors"][0]["pointer"]) == ("unknown_reference", "/done/0/work_order_id")


def test_somebody_elses_visit_stays_theirs(organisation, world, user, manager, later):
    other = organisation.user("technician")
    visit = send(other, check_in(world.site))["visit_id"]
    before = visit_of(manager, visit)
    assert write(user, visit, expect=404, site_id=world.site)["code"] == "not_yet_here"
    later(visit)
    refused = write(user, visit, expect=404, site_id=world.site)
    assert (refused["code"], refused["retryable"]) == ("not_found", False)
    assert {**visit_of(manager, visit), "check_ins": None} == {**before, "check_ins": None}


def test_versions_that_never_come(day, user, template, later):
    """The version before, or the sheet of a signature: its sender is told in the end, and may still send it."""
    elements = day.operations(template)
    tell(user, elements, "arrival")
    correction = operation("putSheet", {**day.sheet, "version": 2, "corrects_version": 1, "correction_reason": "Typing error"},
                           visit_id=day.visit)
    early = lambda: [problem_of(sync(user, [element])[0]) for element in (correction, elements["signature"])]
    assert early() == [("retry_later", "out_of_order")] * 2
    later(day.visit)
    assert early() == [("retry_later", "out_of_order")] * 2, "these may wait for what waits itself"
    later(day.visit)
    assert early() == [("refused", "state_conflict")] * 2
    assert outcomes(sync(user, [elements["sheet"], elements["signature"], correction])) == ["accepted"] * 3


def test_a_signature_without_visit_and_sheet(day, user, template, later):
    elements = day.operations(template)
    assert problem_of(tell(user, elements, "signature")[0]) == ("retry_later", "not_yet_here")
    later(day.visit, hours=49)
    assert problem_of(tell(user, elements, "signature")[0]) == ("refused", "state_conflict")


def test_a_step_whose_arrival_never_comes(day, user, template, later):
    elements = day.operations(template)
    assert problem_of(tell(user, elements, "done")[0]) == ("retry_later", "out_of_order")
    later(day.visit)
    assert problem_of(tell(user, elements, "done")[0]) == ("refused", "state_conflict")
    assert outcomes(tell(user, elements, "arrival", "done")) == ["accepted"] * 2


def test_waits_are_each_technicians_own(organisation, world, user, later):
    """Nobody's wait is over because somebody else has waited."""
    other, visit = organisation.user("technician"), new_id()
    write(user, visit, expect=404, site_id=world.site)
    later(visit)
    for _ in range(2):
        assert write(other, visit, expect=404, site_id=world.site)["code"] == "not_yet_here"
    write(user, visit, site_id=world.site)


def test_an_unsigned_sheet_makes_its_visit_too(world, user, manager, later):
    visit = new_id()
    write(user, visit, expect=404, site_id=world.site)
    later(visit)
    assert write(user, visit, site_id=world.site)["state"] == "draft"
    assert codes(visit_of(manager, visit)) == ["arrival_missing"]


@pytest.mark.parametrize("way", ("bytes", "upload"))
def test_a_photo_that_no_check_in_announces(world, user, run_folder, later, way):
    """It waits, the wait ends; and it goes once the check-in comes all the same."""
    content, photo = photo_bytes(run_folder, seed=91), declared()

    def ask():
        if way == "upload":
            return tus.create(user.api, photo["id"], len(content), expect=None)
        return user.api.put(f"/v1/photos/{photo['id']}/content", data=content, headers={"Content-Type": "image/jpeg"})

    assert ask().json()["code"] == "not_yet_here"
    later(new_id())
    assert (ask().json()["code"], ask().json()["retryable"]) == ("not_found", False)
    send(user, check_in(world.site, photos=[photo]))
    assert ask().status_code == 201
