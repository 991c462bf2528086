"""A batch that is cut in the middle: what was accepted is there, what was not is carried out by sending it again."""

import concurrent.futures
import errno
import signal
import threading

import pytest

from support.faults import Action, Call, Phase
from support.organisation import new_id
from support.phone_day import SETTLED, Day, make_template, operation, outcomes, sync
from support.waiting import wait_until
from support.world import World, check_in

COMMITS = 1 + len(Day.NAMES)  # the first asks who sends the batch


@pytest.fixture(scope="module")
def world(new_organisation, run_folder):
    return World(new_organisation(), run_folder)


@pytest.fixture(scope="module")
def user(world):
    return world.organisation.user("technician")


@pytest.fixture(scope="module")
def template(world, user):
    return make_template(world, user)


@pytest.fixture
def day(world, user):
    return Day(world, user)


@pytest.mark.parametrize("number", range(1, COMMITS + 1))
@pytest.mark.parametrize("call, phase", [(Call.COMMIT_SEND, Phase.BEFORE), (Call.COMMIT_DONE, Phase.AFTER)],
                         ids=["before the commit", "after the commit"])
def test_a_kill_in_mid_batch(call, phase, number, server, faults, day, user, template):
    batch = list(day.operations(template).values())
    faults.arm([call], Action.KILL, first=number, phase=phase)
    with pytest.raises(OSError):
        user.api.post("/v1/sync", json={"operations": batch}, timeout=60)
    assert faults.disarm() == 1
    server.await_end()
    server.start()
    results = outcomes(sync(user, batch))
    done = number - (1 if phase == Phase.AFTER else 2)
    assert results.count("replayed") == max(done, 0) and set(results) <= SETTLED, results
    assert outcomes(sync(user, batch)) == ["replayed"] * len(batch)
    day.check_is_complete()


@pytest.mark.parametrize("number", range(2, COMMITS + 1))
@pytest.mark.parametrize("call", [Call.COMMIT_SEND, Call.COMMIT_DONE], ids=lambda call: call.name)
def test_a_commit_that_fails_is_one_operations_only(call, number, faults, day, user, template):
    """What depends on it waits; everything else goes on."""
    batch = list(day.operations(template).values())
    faults.arm([call], Action.FAIL, first=number, error=errno.EPIPE)
    results = sync(user, batch)
    assert faults.disarm() == 1
    failed = [result for result in results if result["status"] == 503]
    assert len(failed) == 1 and failed[0]["outcome"] == "retry_later" and failed[0]["retry_after_s"] > 0
    assert set(outcomes(results)) == {"accepted", "retry_later"}
    accepted = {result["id"] for result in results if result["outcome"] == "accepted"}
    again = sync(user, batch)
    assert set(outcomes(again)) <= SETTLED, again
    assert accepted <= {result["id"] for result in again if result["outcome"] == "replayed"}
    day.check_is_complete()


def test_a_commit_of_unknown_end_may_turn_out_to_be_a_replay(faults, world, user):
    batch = [operation("createCheckIn", check_in(world.site))]
    faults.arm([Call.COMMIT_DONE], Action.FAIL, first=2, error=errno.EPIPE)
    assert outcomes(sync(user, batch)) == ["retry_later"]
    assert faults.disarm() == 1
    assert outcomes(sync(user, batch)) == ["replayed"]


def test_an_answer_that_is_lost_is_given_again(faults, day, user, template):
    batch = list(day.operations(template).values())
    faults.arm([Call.REPLY], Action.FAIL, error=errno.ECONNRESET)
    with pytest.raises(OSError):
        user.api.post("/v1/sync", json={"operations": batch}, timeout=60)
    assert faults.disarm() == 1
    assert outcomes(sync(user, batch)) == ["replayed"] * len(batch)
    day.check_is_complete()


def test_without_a_database_the_batch_is_to_be_sent_again(postgres, world, user):
    batch = [operation("createCheckIn", check_in(world.site))]
    postgres.stop()
    try:
        problem = sync(user, batch, expect=503)
        assert problem["code"] == "unavailable" and problem["retryable"] is True
    finally:
        postgres.start()
    assert outcomes(sync(user, batch)) == ["accepted"]


@pytest.mark.parametrize("commits", [3, 10, 20])
def test_the_database_crashes_in_mid_batch(commits, server, postgres, faults, world, user):
    """And comes back while the batch runs: what was accepted before and after is there."""
    batch = [operation("createCheckIn", check_in(world.site)) for _ in range(100)]
    faults.arm([Call.COMMIT_SEND], Action.DELAY, last=2**32 - 1, delay_ms=10)

    def crash():
        wait_until(lambda: faults.matched >= commits, "so many commits")
        server.process.send_signal(signal.SIGSTOP)  # lest the batch is over before the crash
        postgres.crash()
        server.process.send_signal(signal.SIGCONT)
        postgres.start()

    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        crashed = pool.submit(crash)
        response = user.api.post("/v1/sync", json={"operations": batch}, timeout=60)
        crashed.result()
    faults.disarm()
    if response.status_code == 503:
        accepted = set()
    else:
        results = response.json()["results"]
        assert set(outcomes(results)) <= {"accepted", "retry_later"}
        accepted = {result["id"] for result in results if result["outcome"] == "accepted"}
        assert "retry_later" in outcomes(results), "the crash came too late to be seen"
    again = sync(user, batch)
    assert set(outcomes(again)) <= SETTLED
    assert accepted <= {result["id"] for result in again if result["outcome"] == "replayed"}


def test_a_stopping_server_finishes_its_batch(server, faults, world, user):
    batch = [operation("createCheckIn", check_in(world.site)) for _ in range(20)]
    faults.arm([Call.COMMIT_SEND], Action.DELAY, last=2**32 - 1, delay_ms=50)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(sync(user, batch)))
    thread.start()
    wait_until(lambda: faults.matched > 1, "the first commit of the batch")
    server.stop()
    thread.join()
    faults.disarm()
    assert outcomes(answers[0]) == ["accepted"] * 20
    server.start()
    assert outcomes(sync(user, batch)) == ["replayed"] * 20


def test_an_unknown_visit_is_no_fault(user):
    """The library injects nothing by itself: a refusal is a refusal."""
    result = sync(user, [operation("transitionWorkOrder", {"to": "done"}, work_order_id=new_id())])[0]
    assert result["outcome"] == "refused" and result["problem"]["code"] == "not_found"
