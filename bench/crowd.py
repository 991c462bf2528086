"""What idle connections and a slow phone cost the others: nothing, it is wanted."""

import contextlib
import os
import socket
import threading
import time

from ground import Ground, say, spread

PAIRS = int(os.environ.get("BENCH_PAIRS", "5"))
SECONDS = 3
CLIENTS = 2
IDLE = 500


@contextlib.contextmanager
def idle_connections(ground):
    """Connections that have asked once and are kept alive, as browsers keep them."""
    sockets = []
    for _ in range(IDLE):
        connection = socket.create_connection(("127.0.0.1", int(ground.port)))
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        sockets.append(connection)
    for connection in sockets:
        assert connection.recv(4096).startswith(b"HTTP/1.1 200"), "an idle connection was refused"
    yield
    for connection in sockets:
        connection.close()


@contextlib.contextmanager
def slow_phone(ground, photo_request):
    """A photo that drips in, some bytes every few milliseconds."""
    stop = threading.Event()

    def drip():
        with socket.create_connection(("127.0.0.1", int(ground.port))) as connection:
            content = photo_request.read_bytes()
            for start in range(0, len(content), 64):
                if stop.is_set():
                    return
                connection.sendall(content[start:start + 64])
                time.sleep(0.005)

    thread = threading.Thread(target=drip)
    thread.start()
    yield
    stop.set()
    thread.join()


def compare(ground, requests, title, company):
    alone, together = [], []
    for _ in range(PAIRS):
        alone.append(ground.load(requests, CLIENTS, SECONDS, 0.5))
        with company():
            together.append(ground.load(requests, CLIENTS, SECONDS, 0.5))
    say(f"Check-ins without a photo, {CLIENTS} clients, alone and with {title} ({PAIRS} pairs, medians)")
    for name, rounds in (("alone", alone), ("with", together)):
        middle = {key: spread([figures[key] for figures in rounds])[1] for key in ("p50_ms", "p99_ms", "per_s")}
        say(f"  {name:5} p50 {middle['p50_ms']:.2f} ms, p99 {middle['p99_ms']:.2f} ms, {middle['per_s']:.0f} a second")


def run():
    with Ground("crowd") as ground:
        requests = ground.plain_requests()
        photo_request = ground.photo_requests(ground.photos()[:1])[0]
        ground.warm_up(requests, CLIENTS)
        compare(ground, requests, f"{IDLE} idle connections", lambda: idle_connections(ground))
        compare(ground, requests, "one phone whose photo drips in", lambda: slow_phone(ground, photo_request))
