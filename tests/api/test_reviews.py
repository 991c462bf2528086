"""Reviews of photos and visits, and the retakes they ask for."""

import concurrent.futures
import itertools

import pytest

from support.evidence import declared, photo_bytes, put_photo, send
from support.organisation import new_id
from support.world import check_in


_seeds = itertools.count(1000)


@pytest.fixture(scope="module")
def other_manager(organisation):
    return organisation.user("manager")


@pytest.fixture
def visit(world, technician, run_folder):
    """A visit of the technician with one stored photo: the check-in as it was answered."""
    body = check_in(world.site, photos=[declared("nameplate")])
    return send(technician, body, photo_bytes(run_folder, seed=next(_seeds)))


def review(decision="approve", reason=None, **fields):
    return {"id": new_id(), "decision": decision, **({"reason": reason} if reason else {}), **fields}


def photo_of(visit):
    return visit["photos"][0]["id"]


def decide(manager, photo, decision="approve", reason=None, expect=201):
    return manager.api.post(f"/v1/photos/{photo}/reviews", json=review(decision, reason), expect=expect).json()


def read_photo(user, photo):
    return user.api.get(f"/v1/photos/{photo}", expect=200).json()


def retakes_of(user, photo, **filters):
    items = user.api.get("/v1/retakes", params={"limit": 200, **filters}, expect=200).json()["items"]
    return [retake for retake in items if retake["photo_id"] == photo]


def answer_retake(world, technician, visit, folder, **fields):
    """A later check-in of the same visit whose photo is the retake."""
    photo = declared("nameplate", **fields)
    body = check_in(world.site, visit_id=visit["visit_id"], kind="progress", photos=[photo])
    send(technician, body, photo_bytes(folder, seed=next(_seeds)))
    return photo["id"]


def test_approving_a_photo_needs_no_reason(manager, visit):
    made = decide(manager, photo_of(visit))
    assert made["decision"] == "approve" and made["reason"] is None
    assert made["visit_id"] == visit["visit_id"] and made["photo_id"] == photo_of(visit)
    assert made["reviewer"] == {"id": manager.id, "name": "Manager Example"}
    assert read_photo(manager, photo_of(visit))["review_decision"] == "approve"
    shown = manager.api.get(f"/v1/visits/{visit['visit_id']}", expect=200).json()
    assert shown["reviews"] == [made] and shown["review_decision"] is None


@pytest.mark.parametrize("decision", ["reject", "retake"])
@pytest.mark.parametrize("reason", [{}, {"reason": None}, {"reason": "  \n"}, {"reason": "\u3000"}])
@pytest.mark.parametrize("of", ["photo", "visit"])
def test_another_decision_says_why(manager, visit, decision, reason, of):
    path = f"/v1/photos/{photo_of(visit)}" if of == "photo" else f"/v1/visits/{visit['visit_id']}"
    body = {**review(decision), **reason}
    refusal = manager.api.post(path + "/reviews", json=body, expect=422).json()
    assert [(error["pointer"], error["rule"]) for error in refusal["errors"]] == [("/reason", "required")]
    assert read_photo(manager, photo_of(visit))["review_decision"] is None


def test_the_same_review_again_is_a_replay(manager, visit):
    path, body = f"/v1/photos/{photo_of(visit)}/reviews", review("retake", "The serial number is cut off.")
    first = manager.api.post(path, json=body, expect=201)
    decide(manager, photo_of(visit), "approve")
    again = manager.api.post(path, json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json() == first.json()
    assert read_photo(manager, photo_of(visit))["review_decision"] == "approve"
    assert len(retakes_of(manager, photo_of(visit))) == 1


def test_an_absent_reason_is_the_same_as_null(manager, visit):
    path, body = f"/v1/photos/{photo_of(visit)}/reviews", review("approve")
    manager.api.post(path, json=body, expect=201)
    manager.api.post(path, json={**body, "reason": None}, expect=200)


def test_other_content_under_an_id_is_refused(manager, other_manager, visit):
    photo, body = photo_of(visit), review("reject", "Not this machine.")
    manager.api.post(f"/v1/photos/{photo}/reviews", json=body, expect=201)
    for user, path, other in (
        (manager, f"/v1/photos/{photo}", {**body, "reason": "Blurred."}),
        (manager, f"/v1/photos/{photo}", {**body, "decision": "retake"}),
        (manager, f"/v1/visits/{visit['visit_id']}", body),
        (other_manager, f"/v1/photos/{photo}", body),
    ):
        refusal = user.api.post(path + "/reviews", json=other, expect=409).json()
        assert refusal["code"] == "content_conflict"
    shown = manager.api.get(f"/v1/visits/{visit['visit_id']}", expect=200).json()
    assert len(shown["reviews"]) == 1 and shown["review_decision"] is None


def test_a_photo_that_has_not_come_cannot_be_reviewed(world, manager, technician):
    awaited = send(technician, check_in(world.site, photos=[declared()]))["photos"][0]["id"]
    assert decide(manager, awaited, expect=409)["code"] == "state_conflict"


def test_an_unknown_photo_or_visit(manager):
    for path in (f"/v1/photos/{new_id()}", f"/v1/visits/{new_id()}"):
        manager.api.post(path + "/reviews", json=review(), expect=404)


def test_the_latest_review_counts_and_earlier_ones_stay(manager, other_manager, visit):
    path = f"/v1/visits/{visit['visit_id']}"
    for user, decision in ((manager, "reject"), (other_manager, "approve")):
        user.api.post(path + "/reviews", json=review(decision, "Look again."), expect=201)
    shown = manager.api.get(path, expect=200).json()
    assert [entry["decision"] for entry in shown["reviews"]] == ["reject", "approve"]
    assert shown["review_decision"] == "approve"


def test_managers_at_once_lose_nothing(manager, other_manager, visit):
    photo = photo_of(visit)
    decisions = [(user, decision) for user in (manager, other_manager)
                 for decision in ("approve", "reject", "retake", "retake")]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda one: decide(one[0], photo, one[1], "At once."), decisions))
    reviews = manager.api.get(f"/v1/visits/{visit['visit_id']}", expect=200).json()["reviews"]
    assert {entry["id"] for entry in reviews} == {entry["id"] for entry in made}
    assert read_photo(manager, photo)["review_decision"] == reviews[-1]["decision"]
    open_ones = retakes_of(manager, photo, open="true")
    assert [entry["id"] for entry in open_ones] == [
        entry["id"] for entry in reviews[-1:] if entry["decision"] == "retake"]
    assert len(retakes_of(manager, photo)) == 4


def test_a_retake_is_work_until_a_photo_answers_it(world, manager, technician, visit, run_folder):
    photo = photo_of(visit)
    made = decide(manager, photo, "retake", "The serial number is cut off.")
    expected = {"id": made["id"], "visit_id": visit["visit_id"], "photo_id": photo, "photo_role": "nameplate",
                "reason": "The serial number is cut off.", "answered_by_photo_id": None, "answered_at": None,
                "withdrawn_at": None, "requested_at": made["decided_at"], "requested_by": made["reviewer"]}
    (listed,) = retakes_of(technician, photo, open="true")
    assert {name: listed[name] for name in expected} == expected
    assert listed["technician"]["id"] == technician.id and listed["site"]["id"] == world.site
    assert listed in technician.api.get("/v1/my/day", expect=200).json()["retakes"]

    answer = answer_retake(world, technician, visit, run_folder, retake_of=photo)
    (closed,) = retakes_of(technician, photo)
    assert closed["answered_by_photo_id"] == answer and closed["answered_at"] is not None
    assert retakes_of(technician, photo, open="true") == [] and len(retakes_of(technician, photo, open="false")) == 1
    assert photo not in [entry["photo_id"] for entry in technician.api.get("/v1/my/day").json()["retakes"]]
    assert read_photo(manager, answer)["retake_of"] == photo


def test_an_announced_photo_answers_when_its_bytes_come(world, manager, technician, visit, run_folder):
    photo = photo_of(visit)
    decide(manager, photo, "retake", "Too dark.")
    answer = declared("nameplate", retake_of=photo)
    send(technician, check_in(world.site, visit_id=visit["visit_id"], kind="progress", photos=[answer]))
    assert len(retakes_of(technician, photo, open="true")) == 1
    put_photo(technician, answer["id"], photo_bytes(run_folder, seed=4711))
    assert retakes_of(technician, photo)[0]["answered_by_photo_id"] == answer["id"]


@pytest.mark.parametrize("decision", ["approve", "reject", "retake"])
def test_a_later_review_withdraws_the_open_retake(world, manager, technician, visit, run_folder, decision):
    photo = photo_of(visit)
    first = decide(manager, photo, "retake", "Too dark.")["id"]
    second = decide(manager, photo, decision, "After another look.")["id"]
    by_id = {entry["id"]: entry for entry in retakes_of(manager, photo)}
    assert by_id[first]["withdrawn_at"] is not None and by_id[first]["answered_by_photo_id"] is None
    expected_open = [second] if decision == "retake" else []
    assert [entry["id"] for entry in retakes_of(technician, photo, open="true")] == expected_open
    in_my_day = technician.api.get("/v1/my/day", expect=200).json()["retakes"]
    assert [entry["id"] for entry in in_my_day if entry["photo_id"] == photo] == expected_open
    answer = answer_retake(world, technician, visit, run_folder, retake_of=photo)
    answered = {entry["id"]: entry["answered_by_photo_id"] for entry in retakes_of(manager, photo)}
    assert answered == {first: None, **({second: answer} if decision == "retake" else {})}


def test_an_answered_retake_can_be_asked_for_again(world, manager, technician, visit, run_folder):
    photo = photo_of(visit)
    decide(manager, photo, "retake", "Too dark.")
    answer_retake(world, technician, visit, run_folder, retake_of=photo)
    again = decide(manager, photo, "retake", "Still too dark.")["id"]
    assert [entry["id"] for entry in retakes_of(manager, photo, open="true")] == [again]
    assert len([entry for entry in retakes_of(manager, photo) if entry["answered_at"]]) == 1


def test_a_retake_of_a_whole_visit_is_a_decision_only(manager, technician, visit):
    path = f"/v1/visits/{visit['visit_id']}"
    manager.api.post(path + "/reviews", json=review("retake", "Most photos are dark."), expect=201)
    assert manager.api.get(path, expect=200).json()["review_decision"] == "retake"
    assert retakes_of(technician, photo_of(visit)) == []


def test_a_photo_is_taken_again_only_for_ones_own_at_the_same_site(world, organisation, technician, visit):
    elsewhere = send(technician, check_in(world.new_site(), photos=[declared()]))["photos"][0]["id"]
    for target in (new_id(), world.colleague.photo_stored, elsewhere):
        body = check_in(world.site, visit_id=visit["visit_id"], kind="progress",
                        photos=[declared(), declared(retake_of=target)])
        refusal = technician.api.post("/v1/check-ins", json=body, expect=422).json()
        assert refusal["code"] == "unknown_reference"
        assert [(error["pointer"], error["rule"]) for error in refusal["errors"]] == [
            ("/photos/1/retake_of", "known")]
        technician.api.get(f"/v1/check-ins/{body['id']}", expect=404)


def test_technicians_see_their_own_retakes_only(world, manager, technician, visit):
    decide(manager, photo_of(visit), "retake", "Too dark.")
    own, colleague = technician.id, world.colleague.user
    assert retakes_of(colleague, photo_of(visit)) == []
    assert retakes_of(colleague, photo_of(visit), technician_id=own) == []
    assert len(retakes_of(technician, photo_of(visit), technician_id=own)) == 1
    assert len(retakes_of(manager, photo_of(visit), technician_id=own)) == 1
    assert retakes_of(manager, photo_of(visit), technician_id=colleague.id) == []


def test_a_list_of_retakes_reads_on_where_it_ended(manager, technician, visit):
    for number in range(5):
        decide(manager, photo_of(visit), "retake", f"Reason {number}.")
    everything = manager.api.get("/v1/retakes", params={"limit": 200}, expect=200).json()["items"]
    assert [entry["reason"] for entry in everything[:5]] == [f"Reason {number}." for number in (4, 3, 2, 1, 0)]
    read, cursor = [], None
    while cursor or not read:
        page = manager.api.get("/v1/retakes", params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        read += page["items"]
        cursor = page["next_cursor"]
    assert read == everything
