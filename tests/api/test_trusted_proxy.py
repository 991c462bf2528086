"""Whose address counts log-in attempts: the peer's, or what the trusted proxy says it saw."""

import pytest

from support.api import Api
from support.server import Server

MOST = 10  # of one address, where one account may fail once


@pytest.fixture(scope="module")
def server_that_trusts(run_folder, postgres):
    """Call it for the server that trusts this proxy."""
    servers = {}

    def find(trusted):
        if trusted not in servers:
            servers[trusted] = Server(run_folder / f"proxy-{len(servers)}", postgres, environment={
                "FIELDPROOF_LOG_IN_ATTEMPTS": "1", "FIELDPROOF_TRUSTED_PROXY": trusted})
            servers[trusted].start()
        return servers[trusted]
    yield find
    for server in servers.values():
        server.stop()


def forget_attempts(postgres):
    postgres.query("TRUNCATE log_in_throttle")


def statuses(api, slug, forwarded):
    """Of one failed log-in each."""
    return [api.post("/v1/auth/log-in", headers={"X-Forwarded-For": value} if value else {}, json={
        "organisation": slug, "log_in": f"nobody-{number}", "password": "wrong wrong wrong"}).status_code
            for number, value in enumerate(forwarded)]


@pytest.mark.parametrize("trusted, forwarded, expected", [
    # Nobody is trusted, or another address is: the header says nothing.
    ("", "198.51.100.{}", 429),
    ("127.0.0.2", "198.51.100.{}", 429),
    # The proxy is trusted in what it saw, not in what was written before.
    ("127.0.0.1", "198.51.100.{}", 401),
    ("127.0.0.1", "2001:db8:{}::1", 401),
    # Whoever has one address of IPv6 has the network around it.
    ("127.0.0.1", "2001:db8::{}", 429),
    ("127.0.0.1", "198.51.100.{}, 192.0.2.7", 429),
    # What is no address is not taken for one.
    ("127.0.0.1", "phone-{}", 429),
    ("127.0.0.1", "192.0.2.1, {}", 429),
    ("127.0.0.1", "", 429),
])
def test_the_address_that_counts(server_that_trusts, postgres, recorder, organisation, trusted, forwarded, expected):
    forget_attempts(postgres)
    api = Api(server_that_trusts(trusted).base_url, recorder)
    given = statuses(api, organisation.slug, [forwarded.format(number) for number in range(MOST + 1)])
    assert given == [401] * MOST + [expected]
