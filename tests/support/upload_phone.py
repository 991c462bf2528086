"""A phone that uploads a photo, and what the server has of it."""

import hashlib

import pytest

from support import tus
from support.evidence import declared, photo_bytes, send
from support.raw_http import RawConnection
from support.waiting import wait_until
from support.world import check_in

CHUNK = 4096  # what the server hands on while more is to come


@pytest.fixture(scope="module")
def phone(user):
    return user.api


@pytest.fixture(scope="module")
def photo(run_folder):
    return photo_bytes(run_folder, seed=71)


@pytest.fixture
def awaited(user, world):
    """Call it for the id of a photo whose check-in is there and whose bytes are not."""
    def announce(**fields):
        body = check_in(world.site, photos=[declared(**fields)])
        send(user, body)
        return body["photos"][0]["id"]
    return announce


def file_of(server, organisation, location):
    return server.data_folder / "uploads" / organisation.id / location.rsplit("/", 1)[1]


def is_stored(phone, photo_id, content):
    photo = phone.get(f"/v1/photos/{photo_id}", expect=200).json()
    if photo["state"] != "stored":
        return False
    original = phone.get(f"/v1/photos/{photo_id}/original", expect=200).content
    return hashlib.sha256(original).digest() == hashlib.sha256(content).digest()


def raw_patch(phone, location, at, length, **headers):
    """A connection that has sent the head of a PATCH."""
    lines = {"Host": "test", "Authorization": f"Bearer {phone.token}", **tus.VERSION, **tus.PIECE,
             "Upload-Offset": str(at), "Content-Length": str(length), **headers}
    connection = RawConnection(phone.base_url, timeout=30)
    head = f"PATCH {location} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return connection.send((head + "\r\n").encode())


def wait_for_size(path, at, size):
    """Until of a piece that was sent from `at` on all full chunks are written."""
    size = at + size // CHUNK * CHUNK
    wait_until(lambda: path.exists() and path.stat().st_size >= size, f"{path} of {size} bytes")
