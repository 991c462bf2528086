"""Check-ins with fixes, scans and photos: what is stored, what is judged, what is refused."""

import hashlib
import json

import pytest

from support.organisation import new_id
from support.world import World, check_in, make_photo, now, sheet


@pytest.fixture(scope="module")
def world(organisation, run_folder):
    return World(organisation, run_folder)


@pytest.fixture(scope="module")
def photo(run_folder):
    return make_photo(run_folder / "check-in.jpg", seed=7)


def parts(body, *photos):
    """A multipart request: the JSON part, then the photos' bytes, each named by its id."""
    files = [("check_in", (None, json.dumps(body), "application/json"))]
    for declared, content in zip(body["photos"], photos):
        files.append((declared["id"], ("IMG_0001.JPG", content, "image/jpeg")))
    return files


def declared(role="overview"):
    return {"id": new_id(), "role": role, "captured_at": now()}


def test_one_request_with_a_photo(world, photo):
    technician = world.own.user
    body = check_in(world.site, photos=[declared()])
    answer = technician.api.post("/v1/check-ins", files=parts(body, photo), expect=201).json()
    assert answer["geofence"] == "inside"
    stored = answer["photos"][0]
    assert stored["state"] == "stored"
    assert stored["receipt"]["sha256"] == hashlib.sha256(photo).hexdigest()
    assert technician.api.get(f"/v1/photos/{stored['id']}/original", expect=200).content == photo
    for size in ("small", "medium"):
        thumbnail = technician.api.get(f"/v1/photos/{stored['id']}/{size}", expect=200).content
        assert thumbnail[:2] == b"\xff\xd8" and b"Exif" not in thumbnail


def test_the_pdf_of_a_signed_sheet(world):
    technician = world.own.user
    answer = technician.api.get(f"/v1/visits/{world.own.visit}/sheet.pdf", expect=200)
    assert answer.content[:5] == b"%PDF-"
