"""Batches of a phone's queue: any order, partial success, replays, and limits."""

import concurrent.futures
import json
import random
import re

import pytest

from support import world as make
from support.api import Api
from support.evidence import send
from support.organisation import Organisation, new_id
from support.phone_day import SETTLED, Day, make_template, operation, outcomes, sync
from support.server import Server
from support.world import check_in, now


@pytest.fixture(scope="module")
def template(world, user):
    return make_template(world, user)


@pytest.fixture
def day(world, user):
    return Day(world, user)


def shuffled(seed):
    names = list(Day.NAMES)
    random.Random(seed).shuffle(names)
    return names


@pytest.mark.parametrize("names", [Day.NAMES, Day.NAMES[::-1], *map(shuffled, range(6))], ids=" ".join)
def test_one_batch_in_any_order(names, day, user, template):
    elements = day.operations(template)
    results = sync(user, [elements[name] for name in names])
    assert outcomes(results) == ["accepted"] * len(names), results
    assert all(result["problem"] is None and result["body"] for result in results)
    day.check_is_complete()


@pytest.mark.parametrize("seed", range(6))
def test_many_batches_in_any_order(seed, day, user, template):
    """Each operation alone, again and again: nothing is refused that succeeds once another has come."""
    elements = day.operations(template)
    waiting = [elements[name] for name in shuffled(seed)]
    for _ in range(len(elements)):
        judged = [sync(user, [element])[0] for element in waiting]
        assert set(outcomes(judged)) <= {"accepted", "retry_later"}, judged
        waiting = [element for element, result in zip(waiting, judged) if result["outcome"] == "retry_later"]
    assert not waiting
    day.check_is_complete()


# What comes too early, what had come before it, and why it waits.
EARLY = [
    ("sheet", (), "not_yet_here"),
    ("signature", (), "not_yet_here"),
    ("signature", ("accept", "arrival"), "out_of_order"),
    ("sheet", ("accept", "departure"), "out_of_order"),
    ("done", (), "out_of_order"),
    ("done", ("accept", "departure"), "out_of_order"),
]


@pytest.mark.parametrize("name, before, code", EARLY)
def test_what_comes_too_early_is_to_be_sent_again(name, before, code, day, user, template):
    elements = day.operations(template)
    for earlier in before:
        assert outcomes(sync(user, [elements[earlier]])) == ["accepted"]
    result = sync(user, [elements[name]])[0]
    assert result["outcome"] == "retry_later" and result["problem"]["code"] == code, result
    assert result["problem"]["retryable"] is True and result["retry_after_s"] > 0 and result["body"] is None
    assert outcomes(sync(user, [elements[other] for other in Day.NAMES if other not in before])).count("accepted") == \
        len(Day.NAMES) - len(before)
    day.check_is_complete()


def test_a_signature_before_the_arrival_that_its_sheet_shows(day, user, template):
    day.sheet["done"] = []
    elements = day.operations(template)
    sync(user, [elements["departure"], elements["sheet"]])
    assert sync(user, [elements["signature"]])[0]["problem"]["code"] == "evidence_awaited"
    assert outcomes(sync(user, [elements["arrival"], elements["signature"]])) == ["accepted"] * 2


def test_a_correction_before_the_version_it_corrects(day, user, template):
    elements = day.operations(template)
    correction = operation("putSheet", {**day.sheet, "version": 2, "corrects_version": 1, "correction_reason": "Typing error"},
                           visit_id=day.visit)
    assert outcomes(sync(user, [elements["arrival"]])) == ["accepted"]
    assert sync(user, [correction])[0]["problem"]["code"] == "out_of_order"
    batch = [correction, elements["signature"], elements["sheet"]]
    assert outcomes(sync(user, batch)) == ["accepted"] * 3
    assert outcomes(sync(user, batch)) == ["replayed"] * 3
    assert user.api.get(f"/v1/visits/{day.visit}/sheet", expect=200).json()["version"] == 2


def test_the_same_batch_again_changes_nothing(day, user, template):
    batch = list(day.operations(template).values())
    first = sync(user, batch)
    second, third = sync(user, batch), sync(user, batch)
    assert outcomes(second) == outcomes(third) == ["replayed"] * len(batch)
    assert [result["body"] for result in second] == [result["body"] for result in third]
    # What nothing after it in the batch has changed is the very same answer.
    for name in ("signature", "departure", "done"):
        index = Day.NAMES.index(name)
        assert first[index]["body"] == second[index]["body"], name
    assert second[Day.NAMES.index("arrival")]["body"] == user.api.get(
        f"/v1/check-ins/{day.arrival['id']}", expect=200).json()
    day.check_is_complete()


def test_what_came_by_its_own_route_is_a_replay(day, user, template):
    elements = day.operations(template)
    send(user, day.arrival)
    user.api.put(f"/v1/visits/{day.visit}/sheet", json=day.sheet, expect=200)
    assert outcomes(sync(user, [elements["arrival"], elements["sheet"]])) == ["replayed", "replayed"]
    again = user.api.put(f"/v1/visits/{day.visit}/sheet", json=day.sheet, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true"


def test_a_step_is_known_again_by_the_queues_id(world, user):
    key = world.new_work_order([user.id])
    steps = [operation("transitionWorkOrder", {"to": to}, work_order_id=key) for to in ("accepted", "on_site", "partly_done", "on_site")]
    assert outcomes(sync(user, steps)) == ["accepted"] * 4
    assert outcomes(sync(user, steps)) == ["replayed"] * 4
    history = user.api.get(f"/v1/work-orders/{key}/history", expect=200).json()["items"]
    assert {step["id"] for step in steps} <= {event["id"] for event in history}


def test_a_step_to_where_an_arrival_led_is_known_again(day, user, template):
    """The arrival put the work order on site; that the technician says so, too, must not be refused afterwards."""
    elements = day.operations(template)
    on_site = operation("transitionWorkOrder", {"to": "on_site"}, work_order_id=day.work_order)
    batch = [elements["accept"], elements["arrival"], on_site, elements["done"]]
    version = sync(user, batch)[2]["body"]["version"]
    assert outcomes(sync(user, batch)) == ["replayed"] * 4
    assert sync(user, batch)[3]["body"]["version"] == version + 1


def test_queued_at_orders_what_nothing_else_orders(world, user):
    """An outbox that sends the newest work first."""
    key = world.new_work_order([user.id])
    steps = [{**operation("transitionWorkOrder", {"to": to}, work_order_id=key), "queued_at": now(minutes)}
             for minutes, to in ((-1, "done"), (-2, "on_site"), (-3, "partly_done"), (-4, "on_site"), (-5, "accepted"))]
    assert outcomes(sync(user, steps)) == ["accepted"] * 5
    visit = send(user, check_in(world.site))["visit_id"]
    drafts = [{**operation("putSheet", {**make.sheet(), "open_before": [text]}, visit_id=visit), "queued_at": now(minutes)}
              for minutes, text in ((-1, "newest"), (-2, "older"))]
    assert outcomes(sync(user, drafts)) == ["accepted"] * 2
    assert user.api.get(f"/v1/visits/{visit}/sheet", expect=200).json()["content"]["open_before"] == ["newest"]


def test_two_tabs_send_the_same_batch_at_once(world, user, template):
    for _ in range(4):
        day = Day(world, user)
        batch = list(day.operations(template).values())
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            answers = list(pool.map(lambda _, batch=batch: outcomes(sync(user, batch)), range(3)))
        answers.append(outcomes(sync(user, batch)))
        assert set(answers[-1]) <= SETTLED
        for each in zip(*answers):
            assert each.count("accepted") == 1 and set(each) <= {"accepted", "replayed", "retry_later"}, answers
        assert outcomes(sync(user, batch)) == ["replayed"] * len(batch)
        day.check_is_complete()


def test_a_broken_operation_refuses_only_itself(world, user):
    good = [operation("createCheckIn", check_in(world.site)) for _ in range(2)]
    lost = operation("createCheckIn", check_in(world.site))
    lost["body"]["fix"]["latitude"] = 91
    sheet = make.sheet()
    batch = [
        good[0],
        "no operation",
        {"id": "7", "operation": "createCheckIn", "body": {}},
        lost,
        operation("deleteSite", {}, visit_id=new_id()),
        operation("putSheet", sheet),
        operation("putSheet", sheet, visit_id="7"),
        operation("putSheet", sheet, visit_id=new_id(), work_order_id=new_id()),
        operation("putSheet", {**sheet, "surprise": 1}, visit_id=new_id()),
        operation("signSheet", {}, visit_id=new_id()),
        {**operation("createCheckIn", check_in(world.site)), "body": [1]},
        {**good[1], "parameters": None, "queued_at": None},
    ]
    answer = user.api.post("/v1/sync", json={"operations": batch}, expect=200).json()["results"]
    assert outcomes(answer) == ["accepted", *["refused"] * 10, "accepted"], answer
    assert [result["id"] for result in answer[:3]] == [good[0]["id"], None, None]
    pointers = [[error["pointer"] for error in result["problem"]["errors"]] if result["problem"] else [] for result in answer]
    assert pointers[1] == ["/operations/1"]
    assert set(pointers[2]) == {"/operations/2/id"}
    assert pointers[3] == ["/operations/3/body/fix/latitude"]
    assert pointers[4] == ["/operations/4/operation"]
    assert pointers[5] == ["/operations/5/parameters/visit_id"]
    assert set(pointers[6]) == {"/operations/6/parameters/visit_id"}
    assert pointers[7] == ["/operations/7/parameters/work_order_id"]
    assert pointers[8] == ["/operations/8/body/surprise"]
    assert "/operations/9/body/signed_at" in pointers[9]
    assert pointers[10] == ["/operations/10/body"]
    assert all(result["problem"]["request_id"] for result in answer[1:11])


def test_refusals_of_handlers_are_placed_too(day, user, template):
    elements = day.operations(template)
    sync(user, [elements["arrival"]])
    elements["sheet"]["body"]["done"].append({"what": "x", "work_order_id": new_id()})
    problem = sync(user, [elements["arrival"], elements["sheet"]])[1]["problem"]
    assert (problem["code"], problem["errors"][0]["pointer"]) == \
        ("unknown_reference", "/operations/1/body/done/1/work_order_id")


def test_batches_that_are_none(user, world, organisation):
    for body, status in ((b"{", 400), (b"[]", 422), (b'{"operations": []}', 422), (b'{"operations": [1], "x": 1}', 422)):
        user.api.post("/v1/sync", data=body, headers={"Content-Type": "application/json"}, expect=status)
    many = [operation("createCheckIn", check_in(world.site)) for _ in range(101)]
    problem = user.api.post("/v1/sync", json={"operations": many}, expect=422).json()
    assert problem["errors"][0]["pointer"] == "/operations"
    user.api.post("/v1/sync", data=b" " * (2 * 1024 * 1024 + 1), headers={"Content-Type": "application/json"}, expect=413)
    assert user.api.get(f"/v1/visits/{many[0]['body']['visit_id']}").status_code == 404
    user.api.with_token(None).post("/v1/sync", json={"operations": many[:1]}, expect=401)


def test_a_hundred_check_ins(world, user):
    batch = [operation("createCheckIn", check_in(world.site)) for _ in range(100)]
    assert outcomes(sync(user, batch)) == ["accepted"] * 100
    assert outcomes(sync(user, batch)) == ["replayed"] * 100


def test_many_strokes(world, user):
    """Ten signatures of a thousand points: more values than one request of another kind may have."""
    lines = [[{"x": 1.5, "y": 2.5, "t_ms": n} for n in range(1000)]]
    body = {"id": new_id(), "sheet_version": 1, "document_sha256": "0" * 64, "signer_name": "A", "signer_role": "B",
            "signed_at": now(), "strokes": {"width": 300, "height": 100, "lines": lines}}
    batch = [operation("signSheet", {**body, "id": new_id()}, visit_id=new_id()) for _ in range(10)]
    assert outcomes(sync(user, batch)) == ["retry_later"] * 10


def test_answers_that_are_too_long_are_left_out(world, user):
    """The work is done and said; what it looks like now has its own route."""
    body = {**make.work_order(world.site, [user.id]), "description": "好" * 8000,
            "checklist": [{"id": new_id(), "kind": "photo", "photo_role": "overview", "label": "好" * 200, "required": True}
                          for _ in range(50)]}
    world.api.post("/v1/work-orders", data=json.dumps(body, ensure_ascii=False).encode(),
                   headers={"Content-Type": "application/json"}, expect=201)
    batch = [operation("transitionWorkOrder", {"to": "assigned"}, work_order_id=body["id"]) for _ in range(100)]
    results = sync(user, batch)
    assert set(outcomes(results)) == {"accepted"}
    assert results[0]["body"] and results[-1]["body"] is None


def test_if_match_of_the_batch_is_nobodys(world, user):
    key = world.new_work_order([user.id])
    batch = [operation("transitionWorkOrder", {"to": to}, work_order_id=key) for to in ("accepted", "on_site")]
    answer = user.api.post("/v1/sync", json={"operations": batch}, headers={"If-Match": '"1"'}, expect=200).json()
    assert outcomes(answer["results"]) == ["accepted"] * 2


def test_the_readers_language_counts(world, user):
    batch = [operation("createCheckIn", check_in(world.site))]
    answer = user.api.post("/v1/sync", json={"operations": batch}, headers={"Accept-Language": "zh"}, expect=200).json()
    assert re.search("[一-鿿]", answer["results"][0]["body"]["findings"][0]["sentence"])


def test_what_is_logged_and_counted(world, user, server):
    def figures():
        text = user.api.get("/metrics", expect=200).text
        return {name: float(value) for name, value in re.findall(r"^(fieldproof_sync\S+) (\S+)$", text, re.MULTILINE)}

    before = figures()
    batch = [operation("createCheckIn", check_in(world.site)), operation("putSheet", make.sheet(), visit_id=new_id()), 1]
    response = user.api.post("/v1/sync", json={"operations": batch}, expect=200)
    after = figures()
    grown = {name: after[name] - before.get(name, 0) for name in after if after[name] > before.get(name, 0)}
    assert grown == {
        'fieldproof_sync_operations_total{operation="createCheckIn"}': 1,
        'fieldproof_sync_operations_total{operation="putSheet"}': 1,
        'fieldproof_sync_operations_total{operation="none"}': 1,
        'fieldproof_sync_outcomes_total{outcome="accepted"}': 1,
        'fieldproof_sync_outcomes_total{outcome="retry_later"}': 1,
        'fieldproof_sync_outcomes_total{outcome="refused"}': 1}
    request_id = response.headers["X-Request-Id"]
    lines = [json.loads(line) for line in server.log_text().splitlines() if request_id in line]
    logged = [(line["event"], line.get("operation"), line.get("outcome"), line.get("problem")) for line in lines]
    assert sorted(map(str, logged)) == sorted(map(str, [
        ("sync_operation", "none", "refused", "invalid_field"), ("sync_operation", "createCheckIn", "accepted", ""),
        ("sync_operation", "putSheet", "retry_later", "not_yet_here"), ("request", None, None, "")]))
    assert [line["id"] for line in lines if line.get("operation") == "putSheet"] == [batch[1]["id"]]


@pytest.fixture
def limited(run_folder, postgres, recorder, request):
    """A user and a site on a server of its own with these settings."""
    server = Server(run_folder / f"sync-{new_id()}", postgres, environment=request.param)
    server.migrate()
    server.start()
    try:
        organisation = Organisation(Api(server.base_url, recorder), server.operator_token)
        customer, site = make.customer(), None
        organisation.administrator.api.post("/v1/customers", json=customer, expect=201)
        site = make.site(customer["id"])
        organisation.administrator.api.post("/v1/sites", json=site, expect=201)
        yield organisation.user("technician"), site["id"]
    finally:
        server.stop()


@pytest.mark.parametrize("limited", [{"FIELDPROOF_SYNC_OPERATIONS_MAX": "2"}], indirect=True)
def test_operations_in_one_batch(limited):
    user, site = limited
    batch = [operation("createCheckIn", check_in(site)) for _ in range(3)]
    problem = sync(user, batch, expect=413)
    assert problem["code"] == "too_large" and "at most 2" in problem["detail"]
    assert outcomes(sync(user, batch[:2])) == ["accepted"] * 2


@pytest.mark.parametrize("limited", [{"FIELDPROOF_SYNC_MS": "0"}], indirect=True)
def test_a_batch_whose_time_is_up(limited):
    user, site = limited
    result = sync(user, [operation("createCheckIn", check_in(site))])[0]
    assert (result["outcome"], result["problem"]["code"], result["retry_after_s"]) == ("retry_later", "unavailable", 1)
