"""Limits are settings, and each refusal names its limit."""

import pytest

from support.evidence import declared, parts, photo_bytes
from support.api import Api
from support.organisation import Organisation
from support.server import Server
from support.world import World, check_in

SETTINGS = {
    "FIELDPROOF_PHOTO_BYTES_MAX": "300000", "FIELDPROOF_PHOTO_PIXELS_MAX": "1000000", "FIELDPROOF_PHOTO_SCANS_MAX": "12",
    "FIELDPROOF_PHOTO_MEMORY_BYTES_MAX": "2097152", "FIELDPROOF_PHOTO_EXIF_BYTES_MAX": "5000",
    "FIELDPROOF_PHOTO_PARTS_MAX": "2",
}


@pytest.fixture(scope="module")
def world(run_folder, postgres, recorder):
    """A world on a server of its own with tight limits."""
    server = Server(run_folder / "limits", postgres, environment=SETTINGS)
    server.migrate()
    server.start()
    try:
        organisation = Organisation(Api(server.base_url, recorder), server.operator_token)
        yield World(organisation, run_folder)
    finally:
        server.stop()


@pytest.mark.parametrize("status, code, limit, options, named", [
    (413, None, "300000", (), {"width": 900, "height": 700, "quality": 100}),
    (422, "photo_too_many_pixels", "1000000", ("--flat",), {"width": 1200, "height": 900}),
    (422, "photo_too_many_scans", "12", ("--scans", "20"), {"width": 200, "height": 160}),
    (422, "photo_too_much_memory", "2097152", ("--flat", "--progressive", "--subsampling", "444"), {"width": 1000, "height": 900}),
    (422, "photo_exif_too_large", "5000", ("--exif-bytes", "9000"), {"width": 200, "height": 160}),
])
def test_each_refusal_names_its_limit(world, run_folder, status, code, limit, options, named):
    body = check_in(world.site, photos=[declared()])
    photo = photo_bytes(run_folder, *options, seed=95, **named)
    problem = world.own.user.api.post("/v1/check-ins", files=parts(body, photo), expect=status).json()
    assert problem["reason_code"] == code, problem
    assert limit in problem["errors"][0]["detail"], problem
    assert problem["errors"][0]["pointer"] == f"part:{body['photos'][0]['id']}"


def test_photos_in_one_request(world, run_folder):
    body = check_in(world.site, photos=[declared(), declared(), declared()])
    photos = [photo_bytes(run_folder, seed=seed, width=320, height=240) for seed in (96, 97, 98)]
    problem = world.own.user.api.post("/v1/check-ins", files=parts(body, *photos), expect=413).json()
    assert problem["code"] == "too_large" and "2" in problem["detail"]


@pytest.mark.parametrize("url", ["service.example", "https://service.example/", "ftp://service.example", "https://",
                                 "https://service.example/?a=b", 'https://service.example/"'])
def test_a_public_url_that_links_cannot_begin_with_is_refused_at_the_start(run_folder, postgres, url):
    server = Server(run_folder / "public-url", postgres, environment={"FIELDPROOF_PUBLIC_URL": url})
    result = server.run("serve")
    assert result.returncode == 1
    assert "FIELDPROOF_PUBLIC_URL" in result.stderr
