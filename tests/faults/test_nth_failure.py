"""Each call that an upload makes fails in turn: never acknowledged, nothing half-written, then as new."""

import errno

import pytest

from support.faults import Action, Call, Phase
from support.uploads import Upload, check_original

BY_PART = {"multipart check-in": True, "content of one photo": False}
ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "EDQUOT": errno.EDQUOT}
FULL = (errno.ENOSPC, errno.EDQUOT)

# Without these there is no blob; the others only tidy up, or want no room.
NEEDED = (Call.CREATE, Call.WRITE, Call.SYNC_FILE, Call.SYNC_FOLDER, Call.LINK, Call.RENAME, Call.MKDIR,
          Call.DECODER_WRITE)
TRIES_MAX = 120
EVERY = 2**32 - 1  # as the last call to be hit


@pytest.fixture
def fresh_upload(site, technician, photos):
    """An upload of a photo whose thumbnails are new, too: nothing of it lies on disk."""
    def make(by_part):
        upload = Upload(site, technician, [photos.make_new_picture()], by_part)
        upload.prepare()
        return upload
    return make


@pytest.fixture
def check_refused(evidence, server):
    """An answer that promises nothing, and a server that kept nothing."""
    def check(upload, answer, by_part, statuses=(503, 507)):
        assert answer.status in statuses, answer
        assert answer.body["retryable"] is True
        assert answer.body["code"] == {503: "unavailable", 507: "storage_full"}[answer.status]
        assert int(answer.headers["Retry-After"]) > 0
        assert not upload.photos.keys() & evidence.stored_photos().keys()
        if by_part:
            assert evidence.count("check_in", "id", [upload.check_in["id"]]) == 0
        evidence.wait_for_empty_staging()
        evidence.check_blobs()
        assert server.process.poll() is None
    return check


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("way", BY_PART)
def test_every_call_fails_once(way, error, faults, fresh_upload, check_refused, technician, report):
    calls = NEEDED if ERRORS[error] in FULL else (*NEEDED, Call.LOCK)
    number, fired = 0, 1
    while fired:
        number += 1
        assert number < TRIES_MAX, "the upload never gets clean"
        upload = fresh_upload(BY_PART[way])
        faults.arm(calls, Action.FAIL, first=number, error=ERRORS[error])
        answer = upload.send()
        fired = faults.disarm()
        if fired:
            check_refused(upload, answer, BY_PART[way], (507,) if ERRORS[error] in FULL else (503,))
            answer = upload.send()
        assert answer.status == 201, (number, answer)
        for photo, bytes_ in upload.photos.items():
            check_original(technician, photo, bytes_)
    report(f"{way}, {error}: {number - 1} calls failed in turn")
    assert number > 10, "too few calls were hit to be true"


@pytest.mark.parametrize("call", [Call.SYNC_FILE, Call.LINK], ids=lambda call: call.name)
def test_any_file_of_several_photos_refuses_all_of_them(
        call, faults, site, technician, photos, check_refused):
    """Two photos of three files each: whichever fails, the whole check-in is as if it had never come."""
    for number in range(1, 7):
        upload = Upload(site, technician, [photos.make_new_picture() for _ in range(2)], by_part=True)
        faults.arm([call], Action.FAIL, first=number, error=errno.EIO)
        answer = upload.send()
        assert faults.disarm() == 1
        check_refused(upload, answer, True, (503,))
        assert upload.send().status == 201
        for photo, bytes_ in upload.photos.items():
            check_original(technician, photo, bytes_)


def test_a_failed_fsync_is_final(faults, fresh_upload, check_refused):
    """The kernel may have dropped the pages: a second fsync of the same file would lie."""
    for call in (Call.SYNC_FILE, Call.SYNC_FOLDER):
        upload = fresh_upload(True)
        faults.clear_log()
        faults.arm([call], Action.FAIL, error=errno.EIO)
        answer = upload.send()
        assert faults.disarm() == 1
        check_refused(upload, answer, True, (503,))
        events = faults.log()
        failed = next(index for index, event in enumerate(events) if event.call == call)
        name = events[failed].name
        later = [event.call for event in events[failed + 1:] if name in (event.name, event.source)]
        assert Call.SYNC_FILE not in later and Call.SYNC_FOLDER not in later and Call.LINK not in later, later
        assert Call.COMMIT_SEND not in [event.call for event in events[failed + 1:]]


@pytest.mark.parametrize("call", [Call.LINK, Call.MKDIR, Call.SYNC_FOLDER], ids=lambda call: call.name)
def test_what_was_done_but_reported_as_failed_is_not_acknowledged(
        call, faults, fresh_upload, check_refused, technician):
    upload = fresh_upload(True)
    faults.arm([call], Action.FAIL, error=errno.EIO, phase=Phase.AFTER)
    answer = upload.send()
    if faults.disarm():
        check_refused(upload, answer, True, (503,))
        answer = upload.send()
    assert answer.status == 201
    for photo, bytes_ in upload.photos.items():
        check_original(technician, photo, bytes_)


@pytest.mark.parametrize("way", BY_PART)
def test_short_writes_lose_no_byte(way, faults, fresh_upload, technician):
    upload = fresh_upload(BY_PART[way])
    faults.arm([Call.WRITE, Call.DECODER_WRITE, Call.REPLY], Action.SHORT, last=EVERY)
    answer = upload.send()
    assert faults.disarm() > 10
    assert answer.status == 201
    for photo, bytes_ in upload.photos.items():
        check_original(technician, photo, bytes_)


def test_a_staging_file_that_cannot_be_removed_costs_nothing(faults, fresh_upload, evidence, server):
    upload = fresh_upload(True)
    faults.arm([Call.UNLINK], Action.FAIL, last=EVERY, error=errno.EIO)
    answer = upload.send()
    assert answer.status == 201
    server.stop()  # the last removal is tried when the answer has left: a server that has ended has tried them all
    assert faults.disarm() > 0
    evidence.check_acknowledged([upload])
    assert evidence.staging()
    server.start()
    assert evidence.staging() == []


def test_a_full_disk_refuses_uploads_serves_the_rest_and_recovers(
        faults, fresh_upload, check_refused, technician, api):
    before = fresh_upload(True)
    assert before.send().status == 201
    refused = [fresh_upload(way) for way in (True, False)]
    faults.arm([Call.CREATE, Call.WRITE, Call.MKDIR, Call.DECODER_WRITE], Action.FAIL, last=EVERY, error=errno.ENOSPC)
    for upload in refused * 2:
        check_refused(upload, upload.send(), upload is refused[0], (507,))
    for photo, bytes_ in before.photos.items():
        check_original(technician, photo, bytes_)
    readiness = api.get("/readyz", expect=503).json()
    assert readiness["blobs"] == "failed" and readiness["database"] == "ok"
    faults.disarm()
    api.get("/readyz", expect=200)
    for upload in refused:
        assert upload.send().status == 201


# What is hit, whether the database has the rows then (None: nobody can know).
COMMIT_FAILURES = {
    "COMMIT does not leave": (Call.COMMIT_SEND, Phase.BEFORE, False),
    "COMMIT is cut off": (Call.COMMIT_SENT, Phase.BEFORE, False),
    "the connection breaks behind COMMIT": (Call.COMMIT_SENT, Phase.AFTER, None),
    "the answer to COMMIT is lost": (Call.COMMIT_DONE, Phase.BEFORE, True),
}


@pytest.mark.parametrize("way", BY_PART)
@pytest.mark.parametrize("failure", COMMIT_FAILURES)
def test_a_commit_of_unknown_end_is_not_acknowledged(failure, way, faults, fresh_upload, evidence, technician):
    call, phase, is_kept = COMMIT_FAILURES[failure]
    upload = fresh_upload(BY_PART[way])
    # The first transaction asks who sends the photo.
    faults.arm([call], Action.FAIL, first=2, error=errno.EPIPE, phase=phase)
    answer = upload.send()
    assert faults.disarm() == 1
    assert answer.status == 503 and answer.body["retryable"] is True and int(answer.headers["Retry-After"]) > 0
    stored = upload.photos.keys() <= evidence.stored_photos().keys()
    assert is_kept is None or stored == is_kept
    answer = upload.send()
    assert answer.is_acknowledged
    assert (answer.status == 200) == (answer.headers.get("Idempotency-Replayed") == "true")
    if is_kept is not None:
        assert answer.status == (200 if is_kept else 201)
    for photo, bytes_ in upload.photos.items():
        check_original(technician, photo, bytes_)


@pytest.mark.parametrize("way", BY_PART)
def test_an_answer_that_is_lost_is_given_again(way, faults, fresh_upload, evidence):
    upload = fresh_upload(BY_PART[way])
    faults.arm([Call.REPLY], Action.FAIL, error=errno.ECONNRESET)
    assert upload.send().status is None
    assert faults.disarm() == 1
    assert upload.photos.keys() <= evidence.stored_photos().keys()
    answer = upload.send()
    assert answer.status == 200 and answer.headers["Idempotency-Replayed"] == "true"
