"""The photos of a visit over a bad network: 256 kbit/s each way, 200 ms each way (so 400 ms there and back), 1 % of the
packets lost. The line is real IP and real TCP through a simulated link (link.py); on top of that it is dead once for a
while, and once all connections are reset.

The photos are small, so that it takes minutes and not an hour: the line is what makes uploads fail, and it is the same.
"""

import hashlib
import json
import os
import pathlib
import shutil
import struct
import subprocess
import time

import pytest

from support.evidence import declared, photo_bytes
from support.front import Front
from support.link import FAR_END, PORT, BadLink
from support.organisation import new_id
from support.paths import ROOT
from support.uploads import Site
from support.world import check_in

FOLDER = pathlib.Path(__file__).parent
ORIGIN = f"https://{FAR_END}:{PORT}"
LINE = {"bits_per_s": 256_000, "delay_ms": 200, "loss": 0.01, "queue_packets": 256, "seed": 5}
PHOTOS = 30
DEAD_S = 8
MOST_SENT_TWICE = 0.05
# What Linux offers on a connection that has begun: 64 KiB, and more as it sees the other side use it. The line's queue holds
# 350 kB, so it is the receiver who decides.
WINDOW_BYTES = 128 * 1024
MOST_IN_ALL = 1.15  # everything that the phone sends against the photos alone: TLS, heads of requests, repetitions
PATIENCE_S = 600


@pytest.fixture(name="front")
def start_front(run_folder, server):
    front = Front(run_folder / "link-front", server, addresses=["127.0.0.1", FAR_END])
    try:
        yield front.start()
    finally:
        front.destroy()


def grown(photo, size):
    """The same picture in more bytes: comments, as random as compressed pixels are."""
    assert len(photo) < size
    while len(photo) < size:
        length = min(size - len(photo), 60_000)
        photo = photo[:2] + b"\xff\xfe" + struct.pack(">H", max(length - 2, 2)) + os.urandom(max(length - 4, 0)) + photo[2:]
    return photo


def make_photos(run_folder, size):
    """{id: bytes}"""
    pictures = [photo_bytes(run_folder, seed=seed, width=480, height=360, quality=75) for seed in range(80, 85)]
    return {new_id(): grown(pictures[number % 5], size) for number in range(PHOTOS)}


def write_files(folder, front, photos):
    for key, content in photos.items():
        (folder / key).write_bytes(content)
    (folder / "trusted.pem").write_bytes(front.authority.read_bytes())
    return [{"id": key, "path": str(folder / key)} for key in photos]


def with_tus(folder, user, site, photos, files):
    """tus-js-client alone, after the check-ins that announce the photos."""
    for begin in range(0, PHOTOS, 20):
        user.api.post("/v1/check-ins", expect=201, json=check_in(
            site, photos=[{**declared(), "id": key} for key in list(photos)[begin:begin + 20]]))
    job = {"endpoint": ORIGIN + "/v1/uploads", "token": user.api.token, "photos": files}
    (folder / "job.json").write_text(json.dumps(job))
    return FOLDER / "phone.mjs"


def with_the_app(folder, user, site, _photos, files):
    """The app's own outbox: check-ins first, then photos, then their receipts."""
    slug = user.api.get("/v1/organisation", expect=200).json()["slug"]
    logged_in = user.api.post("/v1/auth/log-in", expect=200, json={
        "organisation": slug, "log_in": user.log_in, "password": user.password}).json()
    (folder / "job.json").write_text(json.dumps({
        "origin": ORIGIN, "logged_in": logged_in, "organisation": {"slug": slug, "name": slug}, "photos": files,
        "site": {"id": site, "name": "Store 12", "time_zone": "Asia/Shanghai"}}))
    program = folder / "phone.mjs"
    subprocess.run(["node", str(ROOT / "web/tests/bad_network/bundle.mjs"), str(program)], check=True, timeout=60)
    return program


def received_by(server, log_begin):
    """How many bytes of pieces the server has read since then, according to its log."""
    with open(server.log_path, "rb") as log:
        log.seek(log_begin)
        lines = [json.loads(line) for line in log]
    return sum(line["bytes_in"] for line in lines if line.get("route") == "/v1/uploads/{upload_id}" and line["method"] == "PATCH")


def sent_twice(up, arrived, received, total):
    """Bytes that went out more than once, by the reason."""
    swallowed = up.get("swallowed_bytes", 0)
    return {
        "by TCP": up["resent_bytes"] - swallowed,
        "while the line was dead": swallowed,
        "after the reset": up["payload_bytes"] - up["resent_bytes"] - arrived,  # it was under way
        "to the server": received - total,  # what it had already, and got again
    }


@pytest.mark.parametrize("client, size", [(with_tus, 56_000), (with_the_app, 56_000)])
def test_the_photos_of_a_visit_arrive_by_themselves(client, size, server, front, organisation, run_folder, tmp_path,
                                                    capsys):
    visited = Site(organisation)
    user, site = visited.technicians[0], visited.id
    photos = make_photos(run_folder, size)
    total = sum(map(len, photos.values()))
    program = client(tmp_path, user, site, photos, write_files(tmp_path, front, photos))
    command = ["env", f"NODE_EXTRA_CA_CERTS={tmp_path / 'trusted.pem'}", shutil.which("node"), str(program),
               str(tmp_path / "job.json")]
    log_begin = server.log_path.stat().st_size
    started, troubles = time.monotonic(), {"reset": 0, "dead_s": 0}
    with open(tmp_path / "output", "wb") as output, BadLink(LINE, front.port, command, output) as link:
        half_s = total / (LINE["bits_per_s"] / 8) / 2
        while link.is_running() and time.monotonic() < started + PATIENCE_S:
            seconds = time.monotonic() - started
            if seconds > half_s / 2 and not troubles["reset"]:
                troubles["reset"] = link.reset_connections()
            if seconds > half_s and not troubles["dead_s"]:
                troubles["dead_s"] = DEAD_S
                link.go_down(DEAD_S)
            time.sleep(0.1)
        passed = link.wait(10)
        arrived = link.arrived_bytes
    seconds = time.monotonic() - started
    output = (tmp_path / "output").read_text()
    assert output.startswith("{"), output
    result = json.loads(output)
    twice = sent_twice(passed["up"], arrived, received_by(server, log_begin), total)
    with capsys.disabled():
        print(f"\n{client.__name__}: {PHOTOS} photos, {total} bytes, in {seconds:.0f} s; sent twice: {100 * sum(twice.values()) / total:.1f} %"
              f" {twice}; {troubles}, {result}, {passed}")
    assert result["failures"] == []
    for key, content in photos.items():
        original = user.api.get(f"/v1/photos/{key}/original", expect=200).content
        assert hashlib.sha256(original).digest() == hashlib.sha256(content).digest(), key
    # The network was as bad as it says.
    assert seconds > total / (LINE["bits_per_s"] / 8) and troubles["reset"] >= 1 and troubles["dead_s"]
    assert 0.005 < passed["up"]["lost_packets"] / passed["up"]["packets"] < 0.02
    # What is under way when the line dies or a connection is reset is lost, however much there is to send: a window.
    assert twice["by TCP"] + twice["to the server"] <= MOST_SENT_TWICE * total
    assert twice["after the reset"] <= troubles["reset"] * WINDOW_BYTES
    assert passed["up"]["payload_bytes"] < MOST_IN_ALL * total
