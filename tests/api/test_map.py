"""The tile server: what the desk is told of it, and that its pictures alone are let in."""

import pytest

from support.api import Api
from support.server import Server
from support.web_app import make_web_app

URL = "https://tiles.example:8443/wmts/{z}/{y}/{x}.png?tk=a1b2"
LABELS_URL = "https://tiles.example:8443/names/{z}/{y}/{x}.png?tk=a1b2"
SETTINGS = {
    "FIELDPROOF_MAP_TILES_URL": URL, "FIELDPROOF_MAP_LABELS_URL": LABELS_URL, "FIELDPROOF_MAP_ATTRIBUTION": "© 天地图",
    "FIELDPROOF_MAP_ATTRIBUTION_URL": "https://www.tianditu.gov.cn/", "FIELDPROOF_MAP_ZOOM_MAX": "18",
}


@pytest.fixture(scope="module")
def mapped(run_folder, postgres, recorder, organisation):
    """A server with tiles, and a client of it that carries the administrator's token."""
    folder = run_folder / "mapped"
    folder.mkdir()
    server = Server(folder, postgres, environment={**SETTINGS, "FIELDPROOF_WEB_DIR": str(make_web_app(folder / "web"))})
    server.migrate()
    server.start()
    user = organisation.administrator
    api = Api(server.base_url, recorder)
    tokens = api.post("/v1/auth/log-in", expect=200, json={
        "organisation": organisation.slug, "log_in": user.log_in, "password": user.password}).json()
    yield api.with_token(tokens["access_token"])
    server.stop()


def picture_sources(api, path):
    policy = api.get(path, expect=200).headers["Content-Security-Policy"]
    [rule] = [rule.split()[1:] for rule in policy.split(";") if rule.split()[0] == "img-src"]
    return rule


def test_without_the_setting_maps_are_a_grid(administrator):
    answer = administrator.api.get("/v1/map", expect=200)
    assert answer.json() == {"tiles": None}
    administrator.api.get("/v1/map", headers={"If-None-Match": answer.headers["ETag"]}, expect=304)


def test_the_desk_is_told_of_the_tiles(mapped):
    assert mapped.get("/v1/map", expect=200).json() == {"tiles": {
        "url": URL, "labels_url": LABELS_URL, "attribution": "© 天地图", "attribution_url": "https://www.tianditu.gov.cn/", "zoom_max": 18,
        "datum": "wgs84"}}


def test_the_desk_alone_lets_in_pictures_of_that_origin_alone(mapped, api):
    assert picture_sources(mapped, "/desk") == ["'self'", "blob:", "data:", "https://tiles.example:8443"]
    for path in ("/app/", "/c/unknown", "/app/desk.html"):
        assert picture_sources(mapped, path) == ["'self'", "blob:", "data:"]
    assert picture_sources(api, "/desk") == ["'self'", "blob:", "data:"]


@pytest.mark.parametrize("changes, word", [
    *[({"FIELDPROOF_MAP_TILES_URL": url}, "FIELDPROOF_MAP_TILES_URL") for url in (
        "tiles.example/{z}/{x}/{y}.png", "ftp://tiles.example/{z}/{x}/{y}.png", "https:///{z}/{x}/{y}.png",
        "https://*.example/{z}/{x}/{y}.png", "https://tiles.example; script-src *;/{z}/{x}/{y}",
        "https://tiles.example' 'unsafe-inline/{z}/{x}/{y}", "https://user:key@tiles.example/{z}/{x}/{y}",
        "https://{s}.tiles.example/{z}/{x}/{y}.png", "https://tiles.example/{s}/{z}/{x}/{y}.png",
        "https://tiles.example:/{z}/{x}/{y}.png", "https://tiles.example:123456/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}.png", "https://tiles.example/{z}/{x}/{y}/{x}.png", "https://tiles.example{z}/{x}/{y}",
        "https://tiles.example/{z}/{x}/{y} .png", "https://tiles.example/{z}/{x}/{y}\"", "https://tiles.example/{z}{/x}/{x}/{y}")],
    *[({"FIELDPROOF_MAP_LABELS_URL": url}, "FIELDPROOF_MAP_LABELS_URL") for url in (
        "https://other.example:8443/{z}/{x}/{y}.png", "https://tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example:84430/{z}/{x}/{y}.png", "http://tiles.example:8443/{z}/{x}/{y}.png",
        "https://tiles.example:8443/{z}/{x}.png", "/{z}/{x}/{y}.png")],
    ({"FIELDPROOF_MAP_ATTRIBUTION": ""}, "FIELDPROOF_MAP_ATTRIBUTION"),
    ({"FIELDPROOF_MAP_ATTRIBUTION_URL": "javascript:alert(1)"}, "FIELDPROOF_MAP_ATTRIBUTION_URL"),
    ({"FIELDPROOF_MAP_DATUM": "GCJ-02"}, "FIELDPROOF_MAP_DATUM"),
    ({"FIELDPROOF_MAP_ZOOM_MAX": "23"}, "FIELDPROOF_MAP_ZOOM_MAX"),
])
def test_a_server_does_not_start_with_what_is_no_tile_server(run_folder, postgres, changes, word, request):
    server = Server(run_folder / f"unmapped-{abs(hash(request.node.name))}", postgres, environment={**SETTINGS, **changes})
    result = server.run("serve")
    assert result.returncode != 0 and word in result.stderr
