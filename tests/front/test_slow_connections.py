"""2,000 slow connections of every kind, while good requests go on.

The server of this test has fewer threads than there are slow uploads, let alone slow connections.
"""

import json
import pathlib
import statistics
import struct
import subprocess
import threading
import time
import urllib.parse

import pytest
import requests

from support import tus
from support.api import Api
from support.evidence import declared
from support.front import Front
from support.organisation import Organisation
from support.server import Server
from support.uploads import PhotoMaker
from support.world import World, check_in

CROWD = pathlib.Path(__file__).with_name("crowd.py")
THREADS = 420  # a few more than the pieces of uploads that the front passes on at once
PIECES = 384
LARGE_BYTES = 7_000_000
AT_ONCE = 2000
COUNTS = {"silent": 250, "heads": 1300, "bodies": 760, "uploads": 450, "readers": 40}  # some are always on their way
GOOD_S = 16  # longer than a head may take
GOOD_REQUESTS = 20  # at least


@pytest.fixture(name="small_server")
def start_small_server(run_folder, postgres):
    server = Server(run_folder / "small", postgres, environment={
        "FIELDPROOF_TRUSTED_PROXY": "127.0.0.1", "FIELDPROOF_THREADS": str(THREADS)})
    server.migrate()
    server.start()
    yield server
    server.stop()


@pytest.fixture(name="small_front")
def start_small_front(run_folder, small_server):
    front = Front(run_folder / "small-front", small_server)
    try:
        yield front.start()
    finally:
        front.destroy()


@pytest.fixture(name="world")
def make_world(small_server, recorder, run_folder):
    return World(Organisation(Api(small_server.base_url, recorder), small_server.operator_token), run_folder)


def begin_uploads(world, count):
    """That many uploads, of photos of their own, that wait for their bytes."""
    api, paths = world.own.user.api, []
    while len(paths) < count:
        body = check_in(world.site, photos=[declared() for _ in range(20)])
        api.post("/v1/check-ins", json=body, expect=201)
        paths += [tus.create(api, photo["id"], 100_000).headers["Location"] for photo in body["photos"]]
    return paths[:count]


def keep_large_picture(world, run_folder):
    """The path of a picture that is larger than all that lies in sockets on its way."""
    body = check_in(world.site, photos=[declared()])
    photo = PhotoMaker(run_folder).make(9)
    comment = b"\xff\xfe" + struct.pack(">H", 60_002) + 60_000 * b"."
    content = photo[:2] + (LARGE_BYTES // len(comment)) * comment + photo[2:]
    key = body["photos"][0]["id"]
    world.own.user.api.post("/v1/check-ins", json=body, expect=201)
    world.own.user.api.put(f"/v1/photos/{key}/content", data=content, headers={"Content-Type": "image/jpeg"}, expect=201)
    return f"/v1/photos/{key}/original"


class Crowd:
    """Slow connections, as crowd.py makes them; there within a with block."""

    def __init__(self, folder, **job):
        self._file = folder / "crowd.json"
        self._file.write_text(json.dumps({"certificate": None, "token": None, "uploads": [], **job}))

    def __enter__(self):
        self._process = subprocess.Popen(["/usr/bin/python3", str(CROWD), str(self._file)], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, text=True)
        try:
            self._read()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _read(self):
        line = self._process.stdout.readline()
        assert line, "the crowd did not come"
        return json.loads(line)

    def send_home(self):
        """How many there were at any time and are now, by kind, and how others ended."""
        print(file=self._process.stdin, flush=True)
        return self._read()

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()


class GoodClients:
    """Four people who work on, each request on a connection of its own."""

    def __init__(self, front, world):
        self.front, self.world = front, world
        self.seconds, self.failures = [], []

    def work(self, deadline):
        number = 0
        while time.monotonic() < deadline or len(self.seconds) < GOOD_REQUESTS:
            number += 1
            started = time.monotonic()
            try:
                answer = self.ask(number)
                if answer.status_code not in (200, 201):
                    self.failures.append(f"{answer.status_code} {answer.text[:200]}")
            except requests.RequestException as error:
                self.failures.append(repr(error))
            self.seconds.append(time.monotonic() - started)

    def ask(self, number):
        options = {"verify": str(self.front.authority), "timeout": 60,
                   "headers": {"Authorization": "Bearer " + self.world.own.user.api.token, "Connection": "close"}}
        if number % 3:
            return requests.get(self.front.base_url + "/v1/me", **options)
        return requests.post(self.front.base_url + "/v1/check-ins", json=check_in(self.world.site), **options)

    def run(self, seconds):
        deadline = time.monotonic() + seconds
        threads = [threading.Thread(target=self.work, args=(deadline,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def test_good_requests_go_on(small_front, world, run_folder, tmp_path, capsys):
    good = GoodClients(small_front, world)
    job = {"port": small_front.port, "certificate": str(small_front.authority), "token": world.own.user.api.token,
           "uploads": begin_uploads(world, COUNTS["uploads"]), "picture": keep_large_picture(world, run_folder), "counts": COUNTS,
           "at_once": AT_ONCE}
    with Crowd(tmp_path, **job) as crowd:
        good.run(GOOD_S)
        end = crowd.send_home()
    with capsys.disabled():
        print(f"\nslow connections: {end}; {len(good.seconds)} good requests, median"
              f" {1000 * statistics.median(good.seconds):.0f} ms, slowest {1000 * max(good.seconds):.0f} ms")
    assert good.failures == []
    # The crowd was there all the while, and more uploads than the front passes on were turned away for now.
    # It began with AT_ONCE of them; how soon who was cut off comes again depends on how busy the machine is.
    assert end["mean"] >= 2 * THREADS
    assert end["ends"].get("heads: ConnectionResetError", 0) > 0
    assert end["ends"].get("uploads: HTTP/1.1 503 Service Temporarily Unavailable", 0) >= COUNTS["uploads"] - PIECES


def test_without_the_front_they_do_not(small_server, tmp_path):
    """The same crowd at the server itself: what the front is for, and that the test above can fail."""
    port = urllib.parse.urlsplit(small_server.base_url).port
    with Crowd(tmp_path, port=port, counts={"heads": THREADS + 200}, at_once=THREADS):
        with pytest.raises(requests.Timeout):
            requests.get(small_server.base_url + "/healthz", timeout=5)
