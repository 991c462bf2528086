"""Connections that are idle, slow or under way when the server stops harm no other."""

import concurrent.futures
import json
import statistics
import time

import requests

from support.raw_http import RawConnection
from support.raw_requests import assert_problem, get, log_in_head, part, upload_head
from support.server import Server
from support.waiting import wait_until


def measure(base_url, count=200):
    with RawConnection(base_url) as connection:
        times = []
        for _ in range(count):
            started = time.perf_counter()
            assert connection.send(get()).answer().status == 200
            times.append(time.perf_counter() - started)
    return statistics.quantiles(times, n=10)[0]  # the quick ones: what else the machine does makes some of them slow


def test_500_idle_connections_do_not_slow_a_good_one(server):
    alone = measure(server.base_url)
    idle = [RawConnection(server.base_url) for _ in range(500)]
    try:
        for index, connection in enumerate(idle):
            if index % 2:  # half of them say nothing, half stop within the head
                connection.send(b"GET /healthz HTTP/1.1\r\nHost: loc")
        time.sleep(0.5)
        crowded = measure(server.base_url)
    finally:
        for connection in idle:
            connection.close()
    assert crowded < max(3 * alone, 0.005), f"{crowded * 1e6:.0f} µs instead of {alone * 1e6:.0f} µs"


def in_flight(base_url):
    """How many requests a server works on, this one among them."""
    text = requests.get(base_url + "/metrics", timeout=60).text
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("fieldproof_requests_in_flight "))


def test_slow_uploads_hold_no_database_connection(server, administrator, technician):
    """More unfinished bodies than there are database connections; a good request needs one, and waits in vain for long."""
    slow = [RawConnection(server.base_url) for _ in range(40)]
    try:
        for connection in slow:
            connection.send(upload_head(technician.api.token.encode(), b"Content-Length: 5000000\r\n") + part(b"check_in", b"{}"))
        wait_until(lambda: in_flight(server.base_url) > 40, "40 uploads that have begun")
        administrator.api.get("/v1/me", expect=200)
        assert in_flight(server.base_url) > 40
    finally:
        for connection in slow:
            connection.close()


def test_a_stopping_server_finishes_what_is_in_flight(run_folder, postgres, recorder):
    server = Server(run_folder / "stopping", postgres)
    server.start()
    try:
        body = json.dumps({"organisation": "nobody", "log_in": "nobody", "password": "nothing"}).encode()
        with RawConnection(server.base_url) as slow, RawConnection(server.base_url) as late:
            assert late.send(get()).answer().status == 200
            slow.send(log_in_head(b"Content-Length: %d\r\n" % len(body)) + body[:10])
            wait_until(lambda: in_flight(server.base_url) > 1, "the slow request")
            with concurrent.futures.ThreadPoolExecutor(1) as executor:
                stopping = executor.submit(server.stop)
                wait_until(lambda: not server.is_ready(), "a server that knows that it is to stop")
                problem = assert_problem(late.send(get()).answer(), 503, "unavailable")
                assert problem["retryable"]
                assert_problem(slow.send(body[10:]).answer(), 401, "log_in_failed")
                assert stopping.result(timeout=60) == 0
    finally:
        server.stop()
