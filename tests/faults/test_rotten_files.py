"""Mending a damaged photo fails in the middle: not acknowledged, never worse than before, and then it works."""

import errno
import hashlib

import pytest

from support.faults import Action, Call
from support.uploads import Upload, check_original


@pytest.fixture
def rotten(site, technician, photos, server):
    """(upload of a photo that is stored, its file), damaged."""
    upload = Upload(site, technician, [photos.make_new_picture()], by_part=False)
    upload.prepare()
    assert upload.send().status == 201
    (photo,) = upload.photos.values()
    digest = hashlib.sha256(photo).hexdigest()
    file = server.data_folder / "blobs" / site.organisation_id / digest[:2] / digest
    file.write_bytes(photo[:-1] + b"?")
    return upload, file


@pytest.mark.parametrize("call", [Call.RENAME, Call.SYNC_FILE, Call.SYNC_FOLDER], ids=lambda call: call.name)
def test_a_call_that_fails(call, rotten, faults, technician):
    upload, file = rotten
    (key, photo), damaged = list(upload.photos.items())[0], file.read_bytes()
    faults.arm([call], Action.FAIL, error=errno.EIO)
    answer = upload.send()
    assert faults.disarm() == 1
    assert answer.status == 503 and "Photo-Receipt" not in answer.headers
    assert file.read_bytes() in (damaged, photo)
    assert upload.send().status == 200
    check_original(technician, key, photo)


@pytest.mark.parametrize("number", range(1, 4))
def test_a_kill(number, rotten, server, faults, technician):
    upload, file = rotten
    (key, photo), damaged = list(upload.photos.items())[0], file.read_bytes()
    faults.arm([Call.RENAME, Call.SYNC_FILE, Call.SYNC_FOLDER], Action.KILL, first=number)
    assert upload.send().status is None
    assert faults.disarm() == 1
    server.await_end()
    assert file.read_bytes() in (damaged, photo)
    server.start()
    assert upload.send().status == 200
    check_original(technician, key, photo)
