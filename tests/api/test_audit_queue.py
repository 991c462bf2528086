"""The manager's audit: the doubtful photos first, decisions that can be taken back, two managers at once."""

import concurrent.futures
import itertools

import pytest

from support.evidence import declared, fix_at, photo_bytes, send
from support.organisation import new_id
from support.world import check_in, now

_seeds = itertools.count(3000)


def photo_with(world, user, run_folder, fix, photo=None):
    """A stored photo of a check-in with this fix; its id."""
    body = check_in(world.site, fix=fix, photos=[declared()])
    send(user, body, photo or photo_bytes(run_folder, seed=next(_seeds)))
    return body["photos"][0]["id"]


def queue(manager, **parameters):
    return manager.api.get("/v1/audit-queue", params={"limit": 200, **parameters}, expect=200).json()


def ids(page):
    return [item["photo"]["id"] for item in page["items"]]


def decide(manager, photo, decision, expect=201, **fields):
    body = {"id": new_id(), "decision": decision, **fields}
    return manager.api.post(f"/v1/photos/{photo}/reviews", json=body, expect=expect).json()


def test_the_doubtful_come_first(world, user, manager, run_folder):
    good = photo_with(world, user, run_folder, fix_at())
    elsewhere = photo_with(world, user, run_folder, fix_at(900))
    mocked = photo_with(world, user, run_folder, fix_at(mocked=True))
    page = queue(manager, technician_id=user.id)
    listed = [photo for photo in ids(page) if photo in (good, elsewhere, mocked)]
    assert listed == [mocked, elsewhere, good]
    risks = [item["risk"] for item in page["items"]]
    assert risks == sorted(risks, reverse=True)
    risk = {item["photo"]["id"]: item["risk"] for item in page["items"]}
    assert risk[mocked] >= 2100 and 1000 < risk[elsewhere] < 2000 and risk[good] < 1000


def test_the_same_bytes_twice_make_a_photo_doubtful(world, user, manager, run_folder):
    photo = photo_bytes(run_folder, seed=next(_seeds))
    first, second = (photo_with(world, user, run_folder, fix_at(distance), photo) for distance in (1, 2))
    risk = {item["photo"]["id"]: item["risk"] for item in queue(manager, technician_id=user.id)["items"]}
    assert risk[second] >= 2000 > risk[first]


def test_pages_hold_everything_once(world, user, manager, run_folder):
    for distance in (0, 900, 901, 3, 902):
        photo_with(world, user, run_folder, fix_at(distance))
    whole = ids(queue(manager, technician_id=user.id))
    walked, cursor = [], {}
    while cursor is not None:
        page = queue(manager, technician_id=user.id, limit=2, **cursor)
        walked += ids(page)
        cursor = {"cursor": page["next_cursor"]} if page["next_cursor"] else None
    assert walked == whole and len(whole) == len(set(whole)) >= 5


def test_a_cursor_of_another_list_is_refused(world, user, manager, run_folder):
    photo_with(world, user, run_folder, fix_at())
    photo_with(world, user, run_folder, fix_at())
    cursor = queue(manager, limit=1)["next_cursor"]
    problem = manager.api.get("/v1/evidence", params={"cursor": cursor}, expect=400).json()
    assert problem["errors"][0]["pointer"] == "query:cursor"


@pytest.mark.parametrize("filters, expected", [
    ({"verdict": "accepted"}, False), ({"verdict": "needs_review"}, False), ({"role": "overview"}, True),
    ({"role": "nameplate"}, False), ({"from": now(-60)}, True), ({"to": now(-60)}, False),
    ({"site_id": new_id()}, False), ({"customer_id": new_id()}, False), ({"technician_id": new_id()}, False),
])
def test_filters(world, user, manager, run_folder, filters, expected):
    photo = photo_with(world, user, run_folder, fix_at(mocked=True))
    verdict = manager.api.get(f"/v1/photos/{photo}", expect=200).json()["verdict"]
    found = photo in ids(queue(manager, **filters))
    assert found == (expected or filters.get("verdict") == verdict)


def test_by_customer_and_finding(world, user, manager, run_folder):
    photo = photo_bytes(run_folder, seed=next(_seeds))
    photo_with(world, user, run_folder, fix_at(), photo)
    reused = photo_with(world, user, run_folder, fix_at(), photo)
    customer = manager.api.get(f"/v1/sites/{world.site}", expect=200).json()["customer_id"]
    assert reused in ids(queue(manager, customer_id=customer, finding="photo_reused"))
    assert reused not in ids(queue(manager, finding="photo_blurred"))


def test_what_is_decided_leaves_the_queue_and_comes_back_when_withdrawn(world, user, manager, run_folder):
    photo = photo_with(world, user, run_folder, fix_at())
    for decision, reason in (("approve", {}), ("reject", {"reason": "照片模糊"}), ("retake", {"reason": "Too dark."})):
        decide(manager, photo, decision, **reason)
        assert photo not in ids(queue(manager, technician_id=user.id))
        decide(manager, photo, "withdraw")
        assert photo in ids(queue(manager, technician_id=user.id))
    shown = manager.api.get(f"/v1/photos/{photo}", expect=200).json()
    assert shown["review_decision"] is None
    visit = manager.api.get(f"/v1/visits/{shown['visit_id']}", expect=200).json()
    assert [review["decision"] for review in visit["reviews"]] == ["approve", "withdraw", "reject", "withdraw", "retake", "withdraw"]
    retakes = user.api.get("/v1/retakes", params={"open": "true", "limit": 200}, expect=200).json()["items"]
    assert photo not in [retake["photo_id"] for retake in retakes]


def test_nothing_decided_cannot_be_withdrawn(world, user, manager, run_folder):
    photo = photo_with(world, user, run_folder, fix_at())
    problem = decide(manager, photo, "withdraw", expect=409)
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("state_conflict", "/decision")
    visit = manager.api.get(f"/v1/photos/{photo}", expect=200).json()["visit_id"]
    body = {"id": new_id(), "decision": "withdraw"}
    manager.api.post(f"/v1/visits/{visit}/reviews", json=body, expect=409)


def test_of_two_managers_the_second_is_told(world, user, manager, organisation, run_folder):
    other = organisation.user("manager")
    photo = photo_with(world, user, run_folder, fix_at())
    decide(manager, photo, "approve", seen_decision=None)
    problem = decide(other, photo, "reject", reason="No.", seen_decision=None, expect=409)
    assert problem["code"] == "state_conflict" and "approve" in problem["errors"][0]["detail"]
    assert manager.api.get(f"/v1/photos/{photo}", expect=200).json()["review_decision"] == "approve"
    decide(other, photo, "reject", reason="No.", seen_decision="approve")
    assert manager.api.get(f"/v1/photos/{photo}", expect=200).json()["review_decision"] == "reject"


def test_who_takes_back_a_decision_takes_back_no_other_one(world, user, manager, organisation, run_folder):
    other = organisation.user("manager")
    photo = photo_with(world, user, run_folder, fix_at())
    mine = decide(manager, photo, "approve")["id"]
    decide(other, photo, "withdraw", seen_decision="approve", seen_review_id=mine)
    theirs = decide(other, photo, "approve")["id"]
    problem = decide(manager, photo, "withdraw", seen_decision="approve", seen_review_id=mine, expect=409)
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("state_conflict", "/seen_review_id")
    assert manager.api.get(f"/v1/photos/{photo}", expect=200).json()["review_decision"] == "approve"
    visit = f"/v1/visits/{manager.api.get(f'/v1/photos/{photo}', expect=200).json()['visit_id']}/reviews"
    of_visit = {"id": new_id(), "decision": "approve"}
    manager.api.post(visit, json=of_visit, expect=201)
    manager.api.post(visit, json={"id": new_id(), "decision": "withdraw", "seen_review_id": theirs}, expect=409)
    manager.api.post(visit, json={"id": new_id(), "decision": "withdraw", "seen_review_id": of_visit["id"]}, expect=201)
    decide(manager, photo, "withdraw", seen_review_id=theirs.upper())


def test_of_many_at_once_one_wins(world, user, manager, run_folder):
    photo = photo_with(world, user, run_folder, fix_at())

    def attempt(_):
        body = {"id": new_id(), "decision": "approve", "seen_decision": None}
        return manager.api.with_token(manager.api.token).post(f"/v1/photos/{photo}/reviews", json=body).status_code

    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(attempt, range(6))) == [201] + [409] * 5


def test_a_repeated_decision_is_a_replay_whatever_came_after(world, user, manager, run_folder):
    photo = photo_with(world, user, run_folder, fix_at())
    body = {"id": new_id(), "decision": "approve", "seen_decision": None}
    manager.api.post(f"/v1/photos/{photo}/reviews", json=body, expect=201)
    decide(manager, photo, "withdraw")
    again = manager.api.post(f"/v1/photos/{photo}/reviews", json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert manager.api.get(f"/v1/photos/{photo}", expect=200).json()["review_decision"] is None


def test_the_organisation_keeps_reasons(manager):
    reasons = ["照片模糊", "Nameplate not readable"]
    manager.api.patch("/v1/organisation/policy", json={"review_reasons": reasons}, expect=200)
    assert manager.api.get("/v1/organisation/policy", expect=200).json()["review_reasons"] == reasons
    problem = manager.api.patch("/v1/organisation/policy", json={"review_reasons": ["x" * 201]}, expect=422).json()
    assert problem["errors"][0]["pointer"] == "/review_reasons/0"
    manager.api.patch("/v1/organisation/policy", json={"review_reasons": []}, expect=200)


@pytest.mark.parametrize("path", ["/v1/audit-queue", "/v1/evidence"])
def test_findings_speak_the_readers_language_not_the_customers(world, user, manager, run_folder, path):
    photo = photo_bytes(run_folder, seed=next(_seeds))
    photo_with(world, user, run_folder, fix_at(), photo)
    reused = photo_with(world, user, run_folder, fix_at(), photo)

    def sentence(language):
        page = manager.api.get(path, params={"limit": 200, "technician_id": user.id}, expect=200,
                               headers={"Accept-Language": language}).json()
        item = next(item for item in page["items"] if item["photo"]["id"] == reused)
        return next(entry["sentence"] for entry in item["photo"]["findings"] if entry["code"] == "photo_reused")

    assert sentence("en").isascii() and not sentence("zh-CN").isascii()


def claim(manager, photos, most=2):
    answer = manager.api.post("/v1/audit-queue/claims", json={"photo_ids": photos, "most": most}, expect=200).json()
    return answer["mine"], {entry["photo_id"]: entry["by"]["id"] for entry in answer["others"]}


def test_two_managers_are_handed_out_different_photos(world, user, manager, organisation, run_folder):
    other = organisation.user("manager")
    first, second, third, fourth = photos = [photo_with(world, user, run_folder, fix_at()) for _ in range(4)]
    assert claim(manager, photos) == ([first, second], {})
    assert claim(other, photos) == ([third, fourth], {first: manager.id, second: manager.id})
    assert claim(manager, photos[1:]) == ([second], {third: other.id, fourth: other.id})
    assert claim(other, photos, most=1) == ([first], {second: manager.id})
    assert claim(manager, []) == ([], {})
    assert claim(other, photos, most=4) == (photos, {})
    decide(manager, second, "approve")  # a claim locks nothing


def test_what_does_not_wait_is_not_claimed(world, user, manager, run_folder):
    decided, waiting = (photo_with(world, user, run_folder, fix_at()) for _ in range(2))
    decide(manager, decided, "approve")
    unknown = new_id()
    answer = manager.api.post("/v1/audit-queue/claims", json={"photo_ids": [unknown, decided, waiting], "most": 3}, expect=200).json()
    assert (answer["mine"], answer["not_waiting"]) == ([waiting], [unknown, decided])
    claim(manager, [])


def test_the_photos_of_a_manager_who_left_are_handed_out_again(world, user, manager, organisation, postgres, run_folder):
    other = organisation.user("manager")
    photo = photo_with(world, user, run_folder, fix_at())
    answer = manager.api.post("/v1/audit-queue/claims", json={"photo_ids": [photo], "most": 1}, expect=200).json()
    left_ago = "UPDATE audit_claim SET claimed_at = now() - {} * interval '1 second' WHERE user_id = '{}'"
    postgres.query(left_ago.format(answer["good_for_seconds"] - 10, manager.id))
    assert claim(other, [photo]) == ([], {photo: manager.id})
    postgres.query(left_ago.format(answer["good_for_seconds"] + 1, manager.id))
    assert claim(other, [photo]) == ([photo], {})


def test_of_many_who_claim_at_once_no_two_get_the_same(world, user, organisation, run_folder):
    photos = [photo_with(world, user, run_folder, fix_at()) for _ in range(6)]
    managers = [organisation.user("manager") for _ in range(6)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        taken = [photo for mine, _ in pool.map(lambda one: claim(one, photos, most=1), managers) for photo in mine]
    assert sorted(taken) == sorted(photos)
