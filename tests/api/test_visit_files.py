"""What a manager sees and does about one visit: its file, calls after it, answers dealt with."""

import concurrent.futures
import time

import pytest

from support.customer_links import answer, customer, link_to
from support.evidence import declared, photo_bytes, put_photo, send
from support.organisation import new_id
from support.sheets import sign, write
from support.world import check_in, correction, now, token_of

HOSTILE = "<img src=x onerror=alert(1)> '\"&"


@pytest.fixture(name="visit")
def make_visit(user, world):
    """An unsigned visit without photos; its id."""
    return send(user, check_in(world.site))["visit_id"]


def file_of(person, visit, **rest):
    return person.api.get(f"/v1/visits/{visit}/file", expect=200, **rest).json()


def say(customer, link, path, **body):
    """What a customer says through a link; the answer's id."""
    return answer(customer, link, path, **body).json()["id"]


def found(manager, **filters):
    """The visits that a filter finds, newest first."""
    items = manager.api.get("/v1/visits", params={"limit": 200, **filters}, expect=200).json()["items"]
    return [item["id"] for item in items]


def row_of(manager, visit):
    return next(item for item in manager.api.get("/v1/visits", params={"limit": 200}, expect=200).json()["items"]
                if item["id"] == visit)


def handle(person, response, expect=201, **fields):
    body = {"id": new_id(), "state": "handled", "note": "Called back.", **fields}
    return person.api.post(f"/v1/customer-responses/{response}/handlings", json=body, expect=expect)


def call(person, visit, expect=201, **fields):
    body = {"id": new_id(), "called_at": now(-5), "outcome": "satisfied", **fields}
    return person.api.post(f"/v1/visits/{visit}/callbacks", json=body, expect=expect)


def test_a_row_says_how_the_photos_were_judged_and_what_the_customer_said(manager, user, world, customer, run_folder):
    photos = [declared("before"), declared("after")]
    visit = send(user, check_in(world.site, photos=photos))["visit_id"]
    fresh = row_of(manager, visit)
    assert fresh["photo_verdicts"] == {"accepted": 0, "needs_review": 0, "rejected": 0}
    assert (fresh["signed_version"], fresh["rating"], fresh["customer_decision"], fresh["complaints"],
            fresh["concerns_open"], fresh["callback"]) == (None, None, None, 0, 0, None)
    put_photo(user, photos[0]["id"], photo_bytes(run_folder, seed=701))
    sign(user, visit, write(user, visit))
    link = link_to(user, visit)
    say(customer, link, "rating", stars=2)
    say(customer, link, "decision", decision="disputed", reason="It still drips.")
    complaint = say(customer, link, "complaints", text="Nobody cleaned up.")
    call(manager, visit, outcome="follow_up", score=3)
    row = row_of(manager, visit)
    assert sum(row["photo_verdicts"].values()) == 1 == row["photos_stored"] and row["photos_awaited"] == 1
    assert (row["signed_version"], row["rating"], row["customer_decision"], row["complaints"],
            row["concerns_open"]) == (1, 2, "disputed", 1, 3)
    assert (row["callback"]["outcome"], row["callback"]["score"]) == ("follow_up", 3)
    handle(manager, complaint)
    say(customer, link, "decision", decision="confirmed")
    row = row_of(manager, visit)
    assert (row["customer_decision"], row["concerns_open"]) == ("confirmed", 2), "the latest decision counts"


def test_visits_are_found_by_sheet_and_by_what_the_customer_said(manager, organisation, user, world, customer):
    visits = {name: send(user, check_in(world.site))["visit_id"]
              for name in ("plain", "signed", "corrected", "disputed", "complaint", "low_rating")}
    team = f"Team {new_id()}"
    organisation.user("administrator").api.patch(f"/v1/users/{user.id}", json={"team": team}, expect=200)
    sign(user, visits["signed"], write(user, visits["signed"]))
    sign(user, visits["corrected"], write(user, visits["corrected"]))
    write(user, visits["corrected"], version=2, corrects_version=1, correction_reason="Wrong part number")
    say(customer, link_to(user, visits["disputed"]), "decision", decision="disputed", reason="No.")
    say(customer, link_to(user, visits["complaint"]), "complaints", text="No.")
    say(customer, link_to(user, visits["low_rating"]), "rating", stars=1)

    def among(**filters):
        own = {key: name for name, key in visits.items()}
        return {own[key] for key in found(manager, technician_id=user.id, **filters) if key in own}

    assert among(signed="true") == {"signed", "corrected"}
    assert among(signed="false") == {"plain", "disputed", "complaint", "low_rating"}
    assert among(corrected="true") == {"corrected"} and "corrected" not in among(corrected="false")
    for concern in ("disputed", "complaint", "low_rating"):
        assert among(concern=concern) == {concern}
    assert among(correction="open") == set()
    asked = {name: manager.api.post(f"/v1/visits/{visits[name]}/corrections", json=correction(), expect=201).json() for name in ("signed", "corrected")}
    assert row_of(manager, visits["signed"])["correction_requested_at"] == asked["signed"]["requested_at"]
    assert among(correction="open") == {"signed", "corrected"} and among(correction="open", corrected="true") == {"corrected"}
    assert among(correction="open", customer_id=world.customer, team=team, finding=row_of(manager, visits["signed"])["finding_codes"][0]) == {"signed", "corrected"}
    assert not among(correction="open", customer_id=world.new_customer()) and not among(correction="open", team="Nobody")
    assert not among(correction="open", finding="null_island") and not among(correction="open", last_day="2020-01-01")
    sign(user, visits["corrected"], manager.api.get(f"/v1/visits/{visits['corrected']}/sheet", expect=200).json())
    assert among(correction="open") == {"signed"}
    manager.api.delete(f"/v1/corrections/{asked['signed']['id']}", expect=204)
    assert among(correction="open") == set() and row_of(manager, visits["signed"])["correction_requested_at"] is None
    assert among(concern="any") == {"disputed", "complaint", "low_rating"}
    assert among(concern="any", customer_id=world.customer) == {"disputed", "complaint", "low_rating"}
    finding = row_of(manager, visits["complaint"])["finding_codes"][0]
    assert "complaint" in among(concern="complaint", finding=finding)
    manager.api.get("/v1/visits", params={"concern": "noise"}, expect=400)
    manager.api.get("/v1/visits", params={"first_day": "yesterday"}, expect=400)


def test_the_visits_of_a_work_order_are_found(manager, organisation, user, world):
    order, other = world.new_work_order([user.id]), world.new_work_order([user.id])
    first, second = (send(user, check_in(world.site, work_order_ids=ids))["visit_id"] for ids in ([order], [order, other]))
    assert set(found(manager, work_order_id=order)) == {first, second} and found(manager, work_order_id=other) == [second]
    assert found(manager, work_order_id=order, technician_id=organisation.user("technician").id) == []
    sign(user, first, write(user, first))
    assert found(manager, work_order_id=order, signed="true") == [first] and found(manager, work_order_id=order, correction="open") == []
    manager.api.post(f"/v1/visits/{first}/corrections", json=correction(), expect=201)
    assert found(manager, work_order_id=order, correction="open") == [first] and not found(manager, work_order_id=other, correction="open")
    page = manager.api.get("/v1/visits", params={"work_order_id": order, "limit": 1}, expect=200).json()
    rest = manager.api.get("/v1/visits", params={"work_order_id": order, "limit": 1, "cursor": page["next_cursor"]}, expect=200).json()
    assert {item["id"] for item in page["items"] + rest["items"]} == {first, second}
    assert found(user, work_order_id=order) and found(manager, work_order_id=new_id()) == []


@pytest.mark.parametrize("zone, day, neighbours", [
    ("Asia/Shanghai", "2026-03-11", ("2026-03-10", "2026-03-12")),
    ("America/Los_Angeles", "2026-03-10", ("2026-03-09", "2026-03-11")),
    ("Pacific/Kiritimati", "2026-03-11", ("2026-03-10", "2026-03-12")),
    ("Etc/GMT+12", "2026-03-10", ("2026-03-09", "2026-03-11")),
])
def test_a_day_is_the_sites_own(manager, user, world, zone, day, neighbours):
    """18:30 in UTC is already the next day in China, and still the same one in America."""
    site = world.new_site()
    world.api.patch(f"/v1/sites/{site}", json={"time_zone": zone}, expect=200)
    moment = "2026-03-10T18:30:00.000Z" if zone != "Etc/GMT+12" else "2026-03-11T11:30:00.000Z"
    visit = send(user, check_in(site, captured_at=moment))["visit_id"]
    for more in ({}, {"customer_id": world.customer}, {"finding": row_of(manager, visit)["finding_codes"][0]}):
        assert visit in found(manager, first_day=day, last_day=day, **more)
        assert visit in found(manager, first_day=neighbours[0], last_day=day, **more)
        assert visit not in found(manager, last_day=neighbours[0], **more)
        assert visit not in found(manager, first_day=neighbours[1], **more)


def test_pages_of_a_filter_meet_every_visit_once(manager, user, world):
    visits = {send(user, check_in(world.site))["visit_id"] for _ in range(5)}
    met, cursor = [], None
    while True:
        page = manager.api.get("/v1/visits", expect=200, params={
            "technician_id": user.id, "signed": "false", "limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        met += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert visits <= set(met) and len(met) == len(set(met))


def test_the_file_holds_everything_about_a_visit(manager, user, world, customer, run_folder):
    photo = declared("before")
    work_order = world.new_work_order([user.id])
    visit = send(user, check_in(world.site, photos=[photo], work_order_ids=[work_order]))["visit_id"]
    put_photo(user, photo["id"], photo_bytes(run_folder, seed=702))
    first = sign(user, visit, write(user, visit))
    write(user, visit, version=2, corrects_version=1, correction_reason=HOSTILE)
    review = {"id": new_id(), "decision": "retake", "reason": HOSTILE, "seen_decision": None}
    manager.api.post(f"/v1/photos/{photo['id']}/reviews", json=review, expect=201)
    own, order_link = link_to(user, visit), user.api.post(
        f"/v1/work-orders/{work_order}/links", json={"id": new_id()}, expect=201).json()
    for link in (own, own, order_link):
        customer.get(f"/v1/shared/{token_of(link)}", expect=200)
    complaint = say(customer, own, "complaints", text=HOSTILE)
    handle(manager, complaint, note=HOSTILE)
    call(manager, visit, spoke_with=HOSTILE, note=HOSTILE, score=4)
    file = file_of(manager, visit)
    assert file["visit"] == manager.api.get(f"/v1/visits/{visit}", expect=200).json()
    assert [(sheet["version"], sheet["state"]) for sheet in file["sheets"]] == [(2, "draft"), (1, "signed")]
    for sheet in file["sheets"]:
        same = manager.api.get(f"/v1/visits/{visit}/sheet", params={"version": sheet["version"]}, expect=200).json()
        assert sheet == same
    assert file["sheets"][0]["correction_reason"] == HOSTILE and file["sheets"][1]["document"] == first["document"]
    assert {link["id"]: link["url"] for link in file["links"]} == {
        own["id"]: own["url"], order_link["id"]: order_link["url"]}
    assert sorted(opening["link_id"] for opening in file["openings"]) == sorted(
        [own["id"], own["id"], order_link["id"]])
    response, = file["responses"]
    assert (response["text"], response["urgency"], response["handled_by"]["id"]) == (HOSTILE, 3, manager.id)
    assert [(step["state"], step["note"]) for step in response["handlings"]] == [("handled", HOSTILE)]
    callback, = file["callbacks"]
    assert (callback["score"], callback["spoke_with"], callback["called_by"]["id"]) == (4, HOSTILE, manager.id)
    assert [(retake["photo_id"], retake["reason"]) for retake in file["retakes"]] == [(photo["id"], HOSTILE)]


def test_looking_at_the_file_is_on_record_and_its_tag_tells_a_change(manager, organisation, visit, postgres):
    first = manager.api.get(f"/v1/visits/{visit}/file", expect=200)
    views = manager.api.get(f"/v1/visits/{visit}/views", expect=200).json()["items"]
    assert [view["user"]["id"] for view in views] == [manager.id]
    same = manager.api.get(f"/v1/visits/{visit}/file", headers={"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304
    call(manager, visit)
    manager.api.get(f"/v1/visits/{visit}/file", headers={"If-None-Match": first.headers["ETag"]}, expect=200)
    assert len(manager.api.get(f"/v1/visits/{visit}/views", expect=200).json()["items"]) == 1, "one look"
    postgres.query(f"UPDATE evidence_view SET viewed_at = viewed_at - interval '11 minutes' WHERE visit_id = '{visit}'")
    other = organisation.user("dispatcher")
    for person in (manager, other):
        person.api.get(f"/v1/visits/{visit}/file", expect=200)
    views = manager.api.get(f"/v1/visits/{visit}/views", expect=200).json()["items"]
    assert [view["user"]["id"] for view in views] == [other.id, manager.id, manager.id]
    events = manager.api.get("/v1/audit-trail", params={"entity_id": visit, "action": "viewed"}, expect=200).json()["items"]
    assert [event["actor"]["id"] for event in events] == [other.id, manager.id, manager.id]


def test_a_rating_given_with_the_signature_stands_among_the_answers(manager, user, visit):
    sign(user, visit, write(user, visit), rating={"score": 2, "comment": "Too late."})
    answer, = manager.api.get("/v1/customer-responses", params={"visit_id": visit}, expect=200).json()["items"]
    assert (answer["kind"], answer["stars"], answer["text"], answer["urgency"]) == ("rating", 2, "Too late.", 1)
    assert answer["link_id"] is None and answer["technician"]["id"] == user.id
    assert answer["signature_id"] == file_of(manager, visit)["sheets"][0]["signature"]["id"]
    assert row_of(manager, visit)["rating"] == 2


def test_a_rating_given_with_the_signature_is_one_rating_of_the_report(organisation, world, customer):
    user, manager = organisation.user("technician"), organisation.user("manager")
    visit = send(user, check_in(world.site))["visit_id"]
    sign(user, visit, write(user, visit), rating={"score": 2, "comment": None})
    say(customer, link_to(user, visit), "rating", stars=5)
    figures = manager.api.get("/v1/reports/service", expect=200, params={
        "by": "technician", "technician_id": user.id, "from": now(-3000)[:10], "to": now(3000)[:10]}).json()["total"]
    assert (figures["visits"], figures["ratings"], figures["mean_stars"]) == (1, 2, 3.5)


def test_a_signature_without_a_rating_makes_no_answer(manager, user, visit):
    sign(user, visit, write(user, visit))
    assert file_of(manager, visit)["responses"] == []


def urgent(manager, **filters):
    return manager.api.get("/v1/customer-responses", expect=200, params={
        "order": "urgency", "limit": 200, **filters}).json()["items"]


def test_complaints_then_disputes_then_low_ratings_come_first(manager, user, customer, visit):
    link = link_to(user, visit)
    said = [
        say(customer, link, "rating", stars=2), say(customer, link, "complaints", text="First."),
        say(customer, link, "decision", decision="disputed", reason="No."), say(customer, link, "rating", stars=5),
        say(customer, link, "complaints", text="Second."), say(customer, link, "decision", decision="confirmed"),
    ]
    low, first, disputed, good, second, confirmed = said
    order = [item["id"] for item in urgent(manager, visit_id=visit)]
    assert order == [second, first, disputed, low, confirmed, good]
    assert [item["id"] for item in urgent(manager, visit_id=visit, concern="true")] == order[:4]
    assert [item["id"] for item in urgent(manager, visit_id=visit, concern="false")] == order[4:]
    met, cursor = [], None
    while cursor or not met:
        page = manager.api.get("/v1/customer-responses", expect=200, params={
            "order": "urgency", "visit_id": visit, "limit": 1, **({"cursor": cursor} if cursor else {})}).json()
        met += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert met == order
    handle(manager, first)
    assert first not in [item["id"] for item in urgent(manager, visit_id=visit, handled="false")]
    assert [item["id"] for item in urgent(manager, visit_id=visit, handled="true")] == [first]
    problem = manager.api.get("/v1/customer-responses", expect=400, params={
        "order": "urgency", "work_order_id": new_id()}).json()
    assert problem["errors"][0]["pointer"] == "query:order"


def test_an_answer_is_handled_once_and_may_be_opened_again(manager, organisation, user, customer, visit):
    response = say(customer, link_to(user, visit), "complaints", text="It drips.")
    other = organisation.user("dispatcher")
    body = {"id": new_id(), "state": "handled", "note": "We come on Monday."}
    path = f"/v1/customer-responses/{response}/handlings"
    first = manager.api.post(path, json=body, expect=201).json()
    assert first["handled_by"]["id"] == manager.id and first["handled_at"]
    again = manager.api.post(path, json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json() == first
    problem = handle(other, response, expect=409).json()
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("state_conflict", "/state")
    assert other.api.post(path, json=body, expect=409).json()["code"] == "content_conflict", "another person's id"
    opened = handle(other, response, state="open", note=None).json()
    assert opened["handled_at"] is None and opened["handled_by"] is None
    assert [step["state"] for step in opened["handlings"]] == ["handled", "open"]
    handle(other, response, expect=201)


def test_a_customer_sees_that_an_answer_was_handled_and_not_what_was_done(manager, user, customer, visit):
    link = link_to(user, visit)
    response = say(customer, link, "complaints", text="It drips.")

    def shown():
        page = customer.get(f"/v1/shared/{token_of(link)}", expect=200).json()
        return next(each for each in page["responses"] if each["id"] == response)

    assert shown()["handled_at"] is None
    handled = handle(manager, response, note="Do not call this one again.").json()
    assert shown()["handled_at"] == handled["handled_at"]
    assert "Do not call" not in str(shown())
    handle(manager, response, state="open", note=None)
    assert shown()["handled_at"] is None


def test_whoever_handles_an_answer_says_what_was_done(manager, user, customer, visit):
    response = say(customer, link_to(user, visit), "rating", stars=5)
    for note in (None, "", "  \n"):
        problem = handle(manager, response, note=note, expect=422).json()
        assert problem["errors"][0]["pointer"] == "/note"
    assert file_of(manager, visit)["responses"][0]["handlings"] == []
    handle(manager, new_id(), expect=404)


def test_two_who_handle_one_answer_at_once_are_told_apart(manager, organisation, user, customer, visit):
    response = say(customer, link_to(user, visit), "complaints", text="It drips.")
    people = [manager, *(organisation.user("dispatcher") for _ in range(3))]
    with concurrent.futures.ThreadPoolExecutor(len(people)) as pool:
        codes = sorted(pool.map(lambda person: handle(person, response, expect=None).status_code, people))
    assert codes == [201, 409, 409, 409]
    assert len(file_of(manager, visit)["responses"][0]["handlings"]) == 1


def test_a_call_is_recorded_once(manager, visit):
    body = {"id": new_id(), "called_at": now(-5), "outcome": "dissatisfied", "score": 2, "spoke_with": "王芳", "note": "太慢"}
    path = f"/v1/visits/{visit}/callbacks"
    first = manager.api.post(path, json=body, expect=201).json()
    assert (first["outcome"], first["score"], first["spoke_with"], first["note"]) == ("dissatisfied", 2, "王芳", "太慢")
    assert manager.api.post(path, json=body, expect=200).json() == first
    manager.api.post(path, json={**body, "score": 5}, expect=409)
    manager.api.post(f"/v1/visits/{new_id()}/callbacks", json={**body, "id": new_id()}, expect=404)
    assert file_of(manager, visit)["callbacks"] == [first]


@pytest.mark.parametrize("fields, pointer", [
    ({"called_at": "2999-01-01T00:00:00Z"}, "/called_at"),
    ({"outcome": "not_reached", "score": 4}, "/score"),
    ({"outcome": "not_reached", "spoke_with": "王芳"}, "/spoke_with"),
    ({"outcome": "delighted"}, "/outcome"), ({"score": 6}, "/score"), ({"score": 0}, "/score"),
])
def test_a_call_that_cannot_be_is_refused(manager, visit, fields, pointer):
    assert call(manager, visit, expect=422, **fields).json()["errors"][0]["pointer"] == pointer


def test_who_was_not_reached_is_on_record_too(manager, visit):
    call(manager, visit, outcome="not_reached", note="No answer.")
    assert row_of(manager, visit)["callback"]["outcome"] == "not_reached"


def test_a_link_lives_as_long_as_was_asked(manager, user, visit):
    day = 86400
    short, usual = link_to(user, visit, days=3), link_to(user, visit)
    age = time.mktime(time.strptime(short["expires_at"][:19], "%Y-%m-%dT%H:%M:%S")) - time.mktime(
        time.strptime(short["created_at"][:19], "%Y-%m-%dT%H:%M:%S"))
    assert abs(age - 3 * day) < 7200 and usual["expires_at"] > short["expires_at"]
    path = f"/v1/visits/{visit}/links"
    user.api.post(path, json={"id": short["id"], "days": 3}, expect=200)
    user.api.post(path, json={"id": short["id"], "days": 4}, expect=409)
    user.api.post(path, json={"id": short["id"]}, expect=409)
    user.api.post(path, json={"id": new_id(), "days": 0}, expect=422)
    assert len(file_of(manager, visit)["links"]) == 2


def test_what_customers_said_before_the_migration_counts(postgres, visit, user, customer, manager):
    """The triggers and the migration's own sums agree: the row says what a sum over the answers says."""
    link = link_to(user, visit)
    say(customer, link, "complaints", text="One.")
    say(customer, link, "complaints", text="Two.")
    say(customer, link, "rating", stars=4)
    say(customer, link, "rating", stars=3)
    row, = postgres.query(
        "SELECT v.complaints = (SELECT count(*) FROM customer_response r WHERE r.visit_id = v.id AND kind = 'complaint'),"
        " v.rating_score = (SELECT stars FROM customer_response r WHERE r.visit_id = v.id AND kind = 'rating'"
        f" ORDER BY received_at DESC LIMIT 1) FROM visit v WHERE v.id = '{visit}'")
    assert row == ["t", "t"]


def test_calls_and_handled_answers_leave_their_lines_in_the_audit_trail(manager, world, user, customer, visit):
    call(manager, visit, outcome="dissatisfied", note="Too slow.")
    response = say(customer, link_to(user, visit), "complaints", text="It drips.")
    handle(manager, response, note="We come on Monday.")
    for kind, told in (("callback", {"outcome": "dissatisfied", "note": "Too slow."}),
                       ("customer_response", {"state": "handled", "note": "We come on Monday."})):
        event = world.api.get("/v1/audit-trail", params={"entity_kind": kind, "limit": 1}, expect=200).json()["items"][0]
        changes = {change["field"]: change["to"] for change in event["changes"]}
        assert event["actor"]["id"] == manager.id and event["entity"]["name"] == "Lager 1"
        assert changes.items() >= told.items() and not any("id" == name or name.endswith("_id") for name in changes)
