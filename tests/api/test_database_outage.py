"""PostgreSQL goes away and comes back; the server stays."""

import concurrent.futures
import threading

import pytest

from support.waiting import wait_until


@pytest.fixture
def outage(postgres, server):
    """Stops PostgreSQL; whatever happens, it runs again afterwards."""
    process_id = server.process.pid
    yield postgres.stop
    postgres.start()
    assert server.process.poll() is None and server.process.pid == process_id


def test_requests_are_refused_as_retryable_and_then_answered_without_a_restart(
        organisation, server, api, postgres, outage):
    user = organisation.user("technician")
    outage()
    for _ in range(3):
        refused = user.api.get("/v1/me", expect=503)
        assert refused.json()["code"] == "unavailable" and refused.json()["retryable"] is True
        assert int(refused.headers["Retry-After"]) > 0
    log_in = {"organisation": organisation.slug, "log_in": user.log_in, "password": user.password}
    api.post("/v1/auth/log-in", expect=503, json=log_in)
    api.get("/readyz", expect=503)
    api.get("/healthz", expect=200)
    postgres.start()
    user.api.get("/v1/me", expect=200)
    api.get("/readyz", expect=200)


def test_a_crash_of_postgresql_costs_refusals_only(organisation, postgres, outage):
    user = organisation.user("technician")
    is_over, statuses = threading.Event(), [[] for _ in range(8)]

    def ask(answers):
        while not is_over.is_set():
            answers.append(user.api.get("/v1/me").status_code)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask, answers) for answers in statuses]
        try:
            wait_until(lambda: all(statuses), "an answer to each")
            postgres.query("CHECKPOINT")  # this cluster answers before it writes: the log-in would be lost
            postgres.crash()
            wait_until(lambda: all(503 in answers for answers in statuses), "a refusal of each")
            postgres.start()
            wait_until(lambda: all(answers[-1] == 200 for answers in statuses), "an answer to each again")
        finally:
            is_over.set()
        for asking in asked:
            asking.result()
    assert set().union(*statuses) == {200, 503}
