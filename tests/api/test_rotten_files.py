"""A disk that damages or loses photos: the same bytes, sent again, put it right."""

import hashlib
import json

import pytest

from support.evidence import declared, parts, photo_bytes, put_photo, send
from support.world import check_in


@pytest.fixture(scope="module")
def photo(run_folder):
    return photo_bytes(run_folder, seed=4711)


@pytest.fixture
def stored(world, user, photo, server, organisation):
    """(photo id, where its original lies), whole."""
    body = check_in(world.site, photos=[declared()])
    send(user, body)
    key = body["photos"][0]["id"]
    put_photo(user, key, photo)
    digest = hashlib.sha256(photo).hexdigest()
    file = server.data_folder / "blobs" / organisation.id / digest[:2] / digest
    yield key, file
    file.write_bytes(photo)


DAMAGES = {
    "one bit": lambda file, photo: file.write_bytes(photo[:500] + bytes([photo[500] ^ 1]) + photo[501:]),
    "cut": lambda file, photo: file.write_bytes(photo[:-1]),
    "longer": lambda file, photo: file.write_bytes(photo + b"\0"),
    "empty": lambda file, _: file.write_bytes(b""),
    "gone": lambda file, _: file.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_same_photo_again_mends_its_file(damage, stored, user, photo):
    key, file = stored
    DAMAGES[damage](file, photo)
    again = put_photo(user, key, photo, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert file.read_bytes() == photo
    assert user.api.get(f"/v1/photos/{key}/original", expect=200).content == photo


def test_another_photo_of_the_same_bytes_mends_it_too(stored, world, user, photo, server):
    _, file = stored
    DAMAGES["one bit"](file, photo)
    body = check_in(world.site, photos=[declared()])
    user.api.post("/v1/check-ins", files=parts(body, photo), expect=201)
    assert file.read_bytes() == photo
    lines = [json.loads(line) for line in server.log_text().splitlines() if "blob_was_rotten" in line]
    assert lines[-1]["sha256"] == file.name


def test_other_bytes_mend_nothing(stored, user, photo, run_folder):
    key, file = stored
    DAMAGES["one bit"](file, photo)
    damaged = file.read_bytes()
    refused = put_photo(user, key, photo_bytes(run_folder, seed=4712), expect=409)
    assert refused.json()["code"] == "content_conflict"
    assert file.read_bytes() == damaged
