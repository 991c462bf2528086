"""Decoder processes die: that costs at most the picture they had, and the server does not notice."""

import os
import pathlib
import random
import signal
import time

from support.faults import Action, Call
from support.uploads import Upload, check_original
from support.waiting import wait_until

KILLS = 200


def decoders(server):
    """Process ids of the server's decoders."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            arguments = (folder / "cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == server.process.pid and b"decoder" in arguments:
            found.append(int(folder.name))
    return found


def kill_one(server, moments):
    """True when a decoder was there to be killed."""
    found = decoders(server)
    if not found:
        return False
    try:
        os.kill(moments.choice(found), signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def test_200_kills_under_load_lose_nothing(server, load, evidence, report):
    process_id = server.process.pid
    moments = random.Random(3)
    killed = 0
    while killed < KILLS:
        wait_until(lambda: kill_one(server, moments), "another decoder to kill")
        killed += 1
        time.sleep(moments.uniform(0, 0.06))
    wait_until(lambda: len(load.sent()) > 20, "enough load to mean anything")
    uploads = load.complete()
    report(f"{killed} decoders killed during {len(uploads)} check-ins; {load.total('unavailable')} answers were 503")
    assert load.total("lost") == 0, "the server itself was hurt"
    assert server.process.poll() is None and server.process.pid == process_id
    evidence.check_acknowledged(uploads)
    evidence.check_blobs()
    evidence.wait_for_empty_staging()


def test_a_picture_that_crashes_its_decoder_gets_one_clear_answer(
        server, faults, site, technician, photos, evidence, api):
    bad, good = (Upload(site, technician, [photos.make_new_picture()], by_part=True) for _ in range(2))
    faults.arm([Call.DECODER_WRITE], Action.CRASH)
    answer = bad.send()
    assert faults.disarm() == 1, "a picture that kills is tried once, not until it has killed them all"
    assert answer.status == 422, answer
    assert answer.body["code"] == "photo_refused" and answer.body["retryable"] is False
    photo, = bad.photos
    error, = answer.body["errors"]
    assert error["pointer"] == f"part:{photo}" and answer.body["reason_code"] == error["rule"]
    assert evidence.count("check_in", "id", [bad.check_in["id"]]) == 0
    evidence.wait_for_empty_staging()
    assert good.send().status == 201
    for photo, bytes_ in good.photos.items():
        check_original(technician, photo, bytes_)
    wait_until(lambda: len(decoders(server)) >= os.cpu_count(), "another decoder in its place")
    assert api.get("/readyz", expect=200).json()["decoders"] == "ok"
