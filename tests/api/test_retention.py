"""How long photos are kept: bytes go, rows stay and say why; nothing of a held or disputed visit is touched."""

import concurrent.futures
import hashlib
import io
import time
import zipfile

import pytest

from support import world as make
from support.organisation import new_id
from support.retention import PATH, RULES, Kept


@pytest.fixture
def kept(new_organisation, run_folder, postgres, server):
    return Kept(new_organisation(), run_folder, postgres, server)


def test_for_ever_unless_somebody_says_otherwise(kept):
    assert kept.get(PATH).json() == {"originals_months": None, "thumbnails_months": None, "version": 0,
                                     "changed_by": None, "changed_at": None}
    _, photo, _ = kept.photo(400)
    kept.sweep()
    assert kept.files(photo) == [True, True, True]


def test_originals_go_first_then_thumbnails_and_the_row_says_why(kept):
    _, young, _ = kept.photo(23)
    visit, old, content = kept.photo(25)
    _, oldest, _ = kept.photo(61)
    receipt = kept.get(f"/v1/photos/{old}/receipt").json()
    before = kept.get(f"/v1/photos/{old}").json()
    kept.set(RULES)
    out = kept.sweep()
    assert "2 originals" in out and "thumbnails of 1 photos" in out
    assert [kept.files(photo) for photo in (young, old, oldest)] == [[True] * 3, [False, True, True], [False] * 3]
    after = kept.get(f"/v1/photos/{old}").json()
    assert after["original_removed_at"] and after["original_removed_by"] == "originals: 24 months"
    unchanged = {name: value for name, value in before.items() if not name.startswith(("original_removed", "thumbnails_removed"))}
    assert {name: after[name] for name in unchanged} == unchanged
    problem = kept.get(f"/v1/photos/{old}/original", expect=410).json()
    assert problem["code"] == "removed" and not problem["retryable"] and "originals: 24 months" in problem["detail"]
    kept.get(f"/v1/photos/{old}/medium")
    for size in ("original", "medium", "small"):
        kept.get(f"/v1/photos/{oldest}/{size}", expect=410)
    assert kept.get(f"/v1/photos/{old}/receipt").json() == receipt
    digest = hashlib.sha256(content).hexdigest()
    pack = zipfile.ZipFile(io.BytesIO(kept.get(f"/v1/visits/{visit}/pack").content))
    assert f"photos/{old}.jpg" not in pack.namelist() and f"receipts/{old}.txt" in pack.namelist()
    assert digest in pack.read("REMOVED.txt").decode() and "originals: 24 months" in pack.read("REMOVED.txt").decode()
    assert "DAMAGED.txt" not in pack.namelist() and b"REMOVED.txt" in pack.read("SHA256SUMS")
    event = kept.get(f"/v1/audit-trail?entity_id={old}&action=removed").json()["items"][0]
    assert event["actor"] is None and {"field": "original", "from": digest, "to": None} in event["changes"]
    assert "0 originals" in kept.sweep()


def test_bytes_that_another_photo_has_stay(kept):
    _, old, content = kept.photo(25)
    _, young, _ = kept.photo(1, content)
    kept.set(RULES)
    kept.sweep()
    assert kept.files(old) == [True] * 3
    kept.get(f"/v1/photos/{old}/original", expect=410)
    assert kept.get(f"/v1/photos/{young}/original").content == content
    kept.age(young, 25)
    kept.sweep()
    assert kept.files(young) == [False, True, True]


def test_what_comes_again_after_it_was_removed_is_not_kept(kept):
    _, old, content = kept.photo(25)
    kept.set(RULES)
    kept.sweep()
    kept.user.api.put(f"/v1/photos/{old}/content", data=content, headers={"Content-Type": "image/jpeg"}, expect=200)
    kept.get(f"/v1/photos/{old}/original", expect=410)
    kept.sweep()
    assert kept.files(old) == [False, True, True]


def test_held_visits_are_spared_until_they_are_released(kept):
    visit, photo, _ = kept.photo(100)
    held = kept.administrator.put(f"/v1/visits/{visit}/hold", json={"reason": "<b>Insurer</b>"}, expect=200).json()
    assert held["visit_id"] == visit and held["reason"] == "<b>Insurer</b>" and held["held_by"]["name"] == "Anna Admin"
    again = kept.administrator.put(f"/v1/visits/{visit}/hold", json={"reason": "<b>Insurer</b>"}, expect=200).json()
    assert again == held
    assert [hold["visit_id"] for hold in kept.get("/v1/holds").json()["items"]] == [visit]
    assert kept.get(f"/v1/visits/{visit}/file").json()["hold"] == held
    preview = kept.administrator.post(PATH + "/preview", json=RULES, expect=200).json()
    assert (preview["originals"], preview["thumbnails"], preview["spared"]) == (0, 0, 1)
    kept.set(RULES)
    kept.sweep()
    assert kept.files(photo) == [True] * 3
    for _ in range(2):
        kept.administrator.delete(f"/v1/visits/{visit}/hold", expect=204)
    assert kept.get("/v1/holds").json()["items"] == []
    assert kept.get(f"/v1/visits/{visit}/file").json()["hold"] is None
    kept.sweep()
    assert kept.files(photo) == [False] * 3
    told = [event["changes"] for event in kept.get(f"/v1/audit-trail?entity_id={visit}&action=changed").json()["items"]]
    assert told == [[{"field": "hold_reason", "from": "<b>Insurer</b>", "to": None}],
                    [{"field": "hold_reason", "from": None, "to": "<b>Insurer</b>"}]]
    kept.administrator.put(f"/v1/visits/{new_id()}/hold", json={"reason": "x"}, expect=404)
    kept.administrator.delete(f"/v1/visits/{new_id()}/hold", expect=404)


def test_holds_come_in_pages(kept):
    visits = [kept.photo(1)[0] for _ in range(5)]
    for visit in visits:
        kept.administrator.put(f"/v1/visits/{visit}/hold", json={"reason": "Audit."}, expect=200)
    seen, cursor = [], ""
    while cursor is not None:
        page = kept.get(f"/v1/holds?limit=2{cursor and '&cursor=' + cursor}").json()
        seen += [hold["visit_id"] for hold in page["items"]]
        cursor = page["next_cursor"]
    assert seen == visits[::-1]


def test_disputed_visits_are_spared_until_they_are_confirmed(kept, api):
    own = kept.world.own
    decide = api.with_token(None)

    def say(decision):
        body = {"id": new_id(), "decision": decision, **({"reason": "Not done."} if decision == "disputed" else {})}
        decide.post(f"/v1/shared/{make.token_of(own.link)}/decision", json=body, expect=201)

    say("confirmed")
    say("disputed")
    kept.age(own.photo_stored, 100)
    kept.set(RULES)
    kept.sweep()
    assert kept.files(own.photo_stored) == [True] * 3
    say("confirmed")

    def removed_at():
        visits = decide.get(f"/v1/shared/{make.token_of(own.link)}", expect=200).json()["visits"]
        return [photo["removed_at"] for visit in visits for photo in visit["photos"] if photo["id"] == own.photo_stored]

    assert removed_at() == [None]
    kept.sweep()
    assert kept.files(own.photo_stored) == [False] * 3
    # The customer's page still names the photo, and says why it shows none.
    assert removed_at() == [kept.get(f"/v1/photos/{own.photo_stored}").json()["thumbnails_removed_at"]]


@pytest.mark.parametrize("way", ["hold", "dispute"])
def test_what_is_left_of_a_photo_is_spared_too(kept, api, postgres, way):
    """The original went before anybody held the visit or said that something is wrong with it."""
    photo = kept.world.own.photo_stored
    [[visit]] = postgres.query(f"SELECT visit_id FROM photo WHERE id = '{photo}'")
    hold = f"/v1/visits/{visit}/hold"

    def decide(decision):
        api.with_token(None).post(f"/v1/shared/{make.token_of(kept.world.own.link)}/decision", expect=201, json={
            "id": new_id(), "decision": decision, "reason": "Not done."})

    kept.age(photo, 25)
    kept.set(RULES)
    kept.sweep()
    assert kept.files(photo) == [False, True, True]
    decide("disputed") if way == "dispute" else kept.administrator.put(hold, json={"reason": "Insurer"}, expect=200)
    kept.age(photo, 100)
    preview = kept.administrator.post(PATH + "/preview", json=RULES, expect=200).json()
    assert (preview["originals"], preview["thumbnails"], preview["spared"]) == (0, 0, 1)
    kept.sweep()
    assert kept.files(photo) == [False, True, True]
    decide("confirmed") if way == "dispute" else kept.administrator.delete(hold, expect=204)
    kept.sweep()
    assert kept.files(photo) == [False] * 3


def test_two_steps_where_more_is_removed(kept):
    _, _, content = kept.photo(25)
    kept.photo(61)
    preview = kept.administrator.post(PATH + "/preview", json=RULES, expect=200).json()
    assert (preview["originals"], preview["thumbnails"], preview["spared"]) == (2, 1, 0)
    assert preview["original_bytes"] > len(content)
    refused = kept.administrator.put(PATH, json=RULES, expect=409).json()
    assert refused["code"] == "state_conflict" and kept.get(PATH).json()["version"] == 0
    stricter = {"originals_months": 12, "thumbnails_months": 12}
    kept.administrator.put(PATH, json={**stricter, "confirmation": preview["confirmation"]}, expect=409)
    set_ = kept.administrator.put(PATH, json={**RULES, "confirmation": preview["confirmation"]}, expect=200).json()
    assert set_["version"] == 1 and set_["changed_by"]["name"] == "Anna Admin"
    # Removing less needs no second step; what was confirmed once does not confirm it again later.
    kept.administrator.put(PATH, json={"originals_months": None, "thumbnails_months": None}, expect=200)
    kept.administrator.put(PATH, json={**RULES, "confirmation": preview["confirmation"]}, expect=409)
    kept.administrator.put(PATH, json=RULES, headers={"If-Match": '"1"'}, expect=412)
    assert [event["changes"][-1]["to"] for event in kept.get("/v1/audit-trail?entity_kind=retention").json()["items"]] == ["2", "1"]


def test_of_two_first_rules_at_once_the_second_is_told(kept, postgres):
    """Both saw that everything is kept for ever."""
    def change(months):
        rules = {"originals_months": months, "thumbnails_months": None}
        confirmation = kept.administrator.post(PATH + "/preview", json=rules, expect=200).json()["confirmation"]
        return kept.administrator.put(PATH, json={**rules, "confirmation": confirmation}, headers={"If-Match": '"0"'}).status_code

    with concurrent.futures.ThreadPoolExecutor() as threads:
        with postgres.transaction("LOCK TABLE retention IN SHARE MODE"):
            changed = threads.map(change, (24, 36))
            deadline = time.monotonic() + 30
            while postgres.query("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted") != [["2"]]:
                assert time.monotonic() < deadline, "not both of them came"
        assert sorted(changed) == [200, 412]
    assert kept.get(PATH).json()["version"] == 1


@pytest.mark.parametrize("rules, pointer", [
    ({"originals_months": 5, "thumbnails_months": None}, "/originals_months"),
    ({"originals_months": 24, "thumbnails_months": 23}, "/thumbnails_months"),
    ({"originals_months": None, "thumbnails_months": 24}, "/thumbnails_months"),
    ({"originals_months": 361, "thumbnails_months": None}, "/originals_months")])
def test_rules_that_cannot_be(kept, rules, pointer):
    for method, path in (("PUT", PATH), ("POST", PATH + "/preview")):
        problem = kept.administrator.request(method, path, json=rules, expect=422).json()
        assert problem["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("change", [
    "original_removed_at = NULL, original_removed_by = NULL", "original_removed_by = 'nobody'",
    "thumbnails_removed_at = NULL, thumbnails_removed_by = NULL", "sha256 = '\\x00'"])
def test_what_was_removed_stays_removed(kept, change):
    _, photo, _ = kept.photo(100)
    kept.set(RULES)
    kept.sweep()
    with pytest.raises(Exception):
        kept.postgres.query(f"UPDATE photo SET {change} WHERE id = '{photo}'")
    assert kept.get(f"/v1/photos/{photo}").json()["original_removed_by"] == "originals: 24 months"
