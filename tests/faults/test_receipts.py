"""A receipt is given only for bytes that are durable and rows that are committed."""

import errno

import pytest

from support.faults import Action, Call
from support.uploads import Upload

HEADER = "Photo-Receipt"
FAILURES = {
    "the file is not synced": ([Call.SYNC_FILE], 1),
    "its folder is not synced": ([Call.SYNC_FOLDER], 1),
    "it gets no name": ([Call.LINK], 1),
    "COMMIT does not leave": ([Call.COMMIT_SEND], 2),  # the first transaction asks who sends the photo
    "the answer to COMMIT is lost": ([Call.COMMIT_DONE], 2),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_photo_that_is_not_acknowledged_has_no_receipt(failure, faults, site, technician, photos, evidence):
    upload = Upload(site, technician, [photos.make_new_picture()], by_part=False)
    upload.prepare()
    (photo,) = upload.photos
    path = f"/v1/photos/{photo}/receipt"
    calls, first = FAILURES[failure]
    faults.arm(calls, Action.FAIL, first=first, error=errno.EIO)
    answer = upload.send()
    assert faults.disarm() == 1
    assert answer.status == 503 and HEADER not in answer.headers
    is_kept = photo in evidence.stored_photos()
    assert is_kept == (failure == "the answer to COMMIT is lost")
    technician.api.get(path, expect=200 if is_kept else 404)
    answer = upload.send()
    assert answer.is_acknowledged
    assert technician.api.get(path, expect=200).json()["receipt"] == answer.headers[HEADER]
