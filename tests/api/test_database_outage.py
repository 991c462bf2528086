"""PostgreSQL goes away and comes back; the server stays."""

import concurrent.futures
import threading
import time

import pytest


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
    is_over = threading.Event()

    def ask(_):
        statuses = []
        while not is_over.is_set():
            statuses.append(user.api.get("/v1/me").status_code)
        return statuses

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask, number) for number in range(8)]
        try:
            time.sleep(0.5)
            postgres.crash()
            time.sleep(0.5)
            postgres.start()
            time.sleep(1)
        finally:
            is_over.set()
        statuses = [answers.result() for answers in asked]
    assert set().union(*statuses) == {200, 503}
    assert [answers[-1] for answers in statuses] == [200] * 8
