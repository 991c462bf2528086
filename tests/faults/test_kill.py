"""kill -9 at every point of an upload, and at random moments under load: nothing acknowledged is lost.

Each kill is followed by the same questions: is every acknowledged photo there with its bytes, does a
repeated request complete what was cut off, and does a sweep leave exactly what rows refer to.
"""

import random
import time

import pytest

from support.faults import Action, Call, Phase
from support.uploads import Upload, check_original
from support.waiting import wait_until

KILLS_WANTED = 200
RANDOM_KILLS = 90  # at least: as many points as an upload lacked are made up for
DATABASE_KILLS = 6

# In the order of an upload. A decoder's death is not the server's: see test_decoders.py.
POINTS = [call for call in Call if call != Call.DECODER_WRITE]


@pytest.fixture(scope="module")
def kills():
    """Counts what this file has killed; the last test reads it."""
    return {"at named points": 0, "at random moments": 0, "of the database": 0}


def count_calls(faults, make_upload):
    """[(call, number)] of one upload that nothing disturbs."""
    upload = make_upload()
    faults.clear_log()
    assert upload.send().status == 201
    made = [event.call for event in faults.log() if event.phase == Phase.BEFORE and event.call in POINTS]
    return [(call, number) for call in POINTS for number in range(1, made.count(call) + 1)]


def sweep(server, evidence):
    """With the server stopped and no age to spare, exactly what is referred to stays."""
    result = server.run("sweep")
    assert result.returncode == 0, result.stdout + result.stderr
    evidence.check_no_orphans()


@pytest.mark.parametrize("by_part, phases", [(True, (Phase.BEFORE, Phase.AFTER)), (False, (Phase.BEFORE,))],
                         ids=["multipart check-in", "content of one photo"])
def test_kills_at_every_point(by_part, phases, server, faults, site, technician, photos, evidence, kills):
    def make_upload():
        upload = Upload(site, technician, [photos.make_new_picture()], by_part)
        upload.prepare()
        return upload

    uploads = []
    points = [(call, number, phase) for call, number in count_calls(faults, make_upload) for phase in phases]
    for index, (call, number, phase) in enumerate(points):
        upload = make_upload()
        uploads.append(upload)
        faults.arm([call], Action.KILL, first=number, phase=phase)
        answer = upload.send()
        if not faults.disarm():
            assert answer.status == 201, (call, number, phase, answer)
            continue
        kills["at named points"] += 1
        server.await_end()
        assert answer.status in (None, 201), answer
        # Half of them are swept before the retry: it finds all, some or none of its blobs.
        if index % 2:
            sweep(server, evidence)
        server.start()
        evidence.check_acknowledged([upload])
        evidence.check_blobs()
        again = upload.send()
        assert again.is_acknowledged, (call, number, phase, again)
        for photo, bytes_ in upload.photos.items():
            check_original(technician, photo, bytes_)
        assert evidence.count("check_in", "id", [upload.check_in["id"]]) == 1
    assert len(points) > 30
    server.kill()
    sweep(server, evidence)
    evidence.check_acknowledged(uploads)


def check_all(uploads, server, evidence):
    """Everything is there exactly once, and nothing else."""
    evidence.check_acknowledged(uploads)
    evidence.check_blobs()
    ids = [upload.check_in["id"] for upload in uploads]
    assert evidence.count("check_in", "id", ids) == len(ids)
    photos = [photo for upload in uploads for photo in upload.photos]
    assert evidence.count("photo", "id", photos) == len(photos)
    server.stop()
    sweep(server, evidence)


def test_kills_at_random_moments_under_load(server, load, evidence, kills, report):
    moments = random.Random(1)
    for number in range(KILLS_WANTED):
        if number >= RANDOM_KILLS and sum(kills.values()) + DATABASE_KILLS >= KILLS_WANTED:
            break
        if number % 2:  # on a slow machine nothing would ever get done in so short a life
            known = len(load.sent())
            wait_until(lambda: len(load.sent()) > known, "a check-in that is acknowledged")
        time.sleep(moments.uniform(0.02, 0.25))
        server.kill()
        kills["at random moments"] += 1
        if number % 10 == 0:
            evidence.check_blobs()
            evidence.check_acknowledged([upload for upload in load.sent() if upload.is_acknowledged])
        server.start()
    uploads = load.complete()
    check_all(uploads, server, evidence)
    report(f"{len(uploads)} check-ins, {load.total('lost')} connections lost")
    assert len(uploads) > RANDOM_KILLS / 4, "too little load to mean anything"


def test_kills_of_the_database_under_load(server, load, postgres, evidence, kills):
    moments = random.Random(2)
    for number in range(DATABASE_KILLS):
        time.sleep(moments.uniform(0.1, 0.6))
        if number % 2:
            server.kill()
        postgres.crash()
        kills["of the database"] += 1
        postgres.start()
        if server.process is None:
            server.start()
    check_all(load.complete(), server, evidence)


def test_the_kills_were_enough(kills, report):
    report(f"{sum(kills.values())} kills: " + ", ".join(f"{count} {name}" for name, count in kills.items()))
    assert sum(kills.values()) >= KILLS_WANTED
