"""Each call that an upload makes fails in turn: never acknowledged, nothing half-written, then as new."""

import errno

import pytest

from support.faults import Action, Call
from support.uploads import Upload, check_original

BY_PART = {"multipart check-in": True, "content of one photo": False}
ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "EDQUOT": errno.EDQUOT}
FULL = (errno.ENOSPC, errno.EDQUOT)

# Without these there is no blob; the others only tidy up, or want no room.
NEEDED = (Call.CREATE, Call.WRITE, Call.SYNC_FILE, Call.SYNC_FOLDER, Call.LINK, Call.RENAME, Call.MKDIR,
          Call.DECODER_WRITE)
TRIES_MAX = 120


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
def test_every_call_fails_once(way, error, faults, fresh_upload, check_refused, technician):
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
    print(f"{way}, {error}: {number - 1} calls failed in turn")
    assert number > 10, "too few calls were hit to be true"
