"""The files of the web app, as browsers get them."""

import gzip

import pytest
import requests

from support.raw_http import RawConnection
from support.server import Server
from support.web_app import BROTLI, FILES, PAGE, SCRIPT, make_web_app

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8",
    "webmanifest": "application/manifest+json", "png": "image/png", "wasm": "application/wasm",
    "txt": "text/plain; charset=utf-8",
}
NAMES = [name for name in FILES if not name.endswith((".gz", ".br"))]


@pytest.fixture(scope="module")
def start_server(run_folder, postgres):
    """Call it for a server of one's own with that web folder."""
    servers = []

    def start(folder):
        server = Server(run_folder / f"web-{len(servers)}", postgres, environment={"FIELDPROOF_WEB_DIR": str(folder)})
        server.migrate()
        server.start()
        servers.append(server)
        return server
    yield start
    for server in servers:
        server.stop()


def read_raw(server, name, *headers):
    """The answer with its body as it came, not decoded."""
    with RawConnection(server.base_url) as connection:
        head = [f"GET /app/{name} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
        return connection.send(("\r\n".join(head) + "\r\n\r\n").encode()).answer()


@pytest.mark.parametrize("name", NAMES)
def test_every_file_comes_whole_with_its_type(api, name):
    answer = api.get(f"/app/{name}", expect=200, headers={"Accept-Encoding": "identity"})
    assert answer.content == FILES[name]
    assert answer.headers["Content-Type"] == MEDIA_TYPES[name.rsplit(".", 1)[1]]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Permissions-Policy"] == "camera=(self), geolocation=(self)"
    head = api.request("HEAD", f"/app/{name}", expect=200)
    assert head.content == b"" and head.headers["Content-Type"] == answer.headers["Content-Type"]


@pytest.mark.parametrize("path", ["/", "/app"])
def test_the_way_to_the_app(api, path):
    answer = api.get(path, expect=200)
    assert [step.headers["Location"] for step in answer.history] == ["/app/"]
    assert answer.text == PAGE


def test_what_messengers_add_to_a_link_is_ignored(api):
    assert api.get("/app/?from=singlemessage&isappinstalled=0&from=%zz", expect=200).text == PAGE
    assert api.get("/?from=timeline", expect=200).text == PAGE


def test_a_customers_link_opens_the_same_page_whatever_the_token(api):
    pages = [api.get(f"/c/{token}?from=singlemessage", expect=200) for token in ("unknown", "A" * 48)]
    for page in pages:
        assert page.content == FILES["customer.html"]
        assert page.headers["Cache-Control"] == "private, no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer", "the token is in the address"
        assert "noindex" in page.headers["X-Robots-Tag"]


def test_the_desk_is_a_page_of_its_own(api):
    page = api.get("/desk", expect=200)
    assert page.content == FILES["desk.html"] and page.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["/app/", "/c/unknown", "/desk"])
def test_only_its_own_scripts_run(api, path):
    policy = api.get(path, expect=200).headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == rules["frame-ancestors"] == "'none'"
    assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert rules["style-src"] == rules["connect-src"] == rules["worker-src"] == rules["manifest-src"] == "'self'"
    assert rules["img-src"] == "'self' blob: data:" and rules["media-src"] == "'self' blob:"


@pytest.mark.parametrize("name, kept", [
    ("index-DiwrgTda.js", True), ("index-B3_x-9Zq.css", True), ("index.html", False), ("sw.js", False),
    ("manifest.webmanifest", False), ("apple-touch-icon.png", False), ("reader-lowercase.wasm", False),
])
def test_only_names_with_a_digest_are_kept_unasked(api, name, kept):
    expected = "public, max-age=31536000, immutable" if kept else "no-cache"
    assert api.get(f"/app/{name}", expect=200).headers["Cache-Control"] == expected


@pytest.mark.parametrize("accepted, coding, body", [
    ("gzip, deflate, br", "br", BROTLI),
    ("gzip", "gzip", FILES["index-DiwrgTda.js.gz"]),
    ("br;q=0, *", "gzip", FILES["index-DiwrgTda.js.gz"]),
    ("gzip;q=0", None, SCRIPT.encode()),
    ("zstd", None, SCRIPT.encode()),
    (None, None, SCRIPT.encode()),
])
def test_the_smallest_form_that_is_accepted(server, accepted, coding, body):
    answer = read_raw(server, "index-DiwrgTda.js", *([f"Accept-Encoding: {accepted}"] if accepted else []))
    assert answer.headers.get("content-encoding") == coding and answer.body == body
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_browser_decodes_what_it_gets(api):
    assert api.get("/app/", expect=200, headers={"Accept-Encoding": "gzip"}).text == PAGE
    assert gzip.decompress(FILES["index.html.gz"]).decode() == PAGE


def test_nothing_is_sent_twice(api):
    tags = set()
    for accepted in ("br", "gzip", "identity"):
        etag = api.get("/app/index-DiwrgTda.js", headers={"Accept-Encoding": accepted}).headers["ETag"]
        answer = api.get("/app/index-DiwrgTda.js", expect=304, headers={"Accept-Encoding": accepted, "If-None-Match": etag})
        assert answer.content == b"" and answer.headers["ETag"] == etag
        tags.add(etag)
    assert len(tags) == 3, "two forms with one tag would be mixed up by caches"
    etag = api.get("/app/", expect=200).headers["ETag"]
    api.get("/app/", headers={"If-None-Match": etag}, expect=304)


@pytest.mark.parametrize("name", [
    "nothing.js", "index-DiwrgTda.js.gz", "index-DiwrgTda.js.br", "..%2f..%2fetc%2fpasswd", "%2e%2e", "index.html%00",
    ".", "index.html/x", "INDEX.HTML", "index.htm", "index.html.", "%2fetc%2fpasswd", "..", "../server.log",
])
def test_other_files_are_not_there(server, name):
    answer = read_raw(server, name)
    assert answer.status in (400, 404) and answer.json()["status"] == answer.status


def test_odd_entries_are_left_out(start_server, tmp_path):
    folder = make_web_app(tmp_path / "dist")
    (folder / "server.key").write_text("secret")
    (folder / ".hidden.html").write_text("secret")
    (folder / "assets.js").mkdir()
    (folder / "assets.js" / "x.js").write_text("1")
    server = start_server(folder)
    assert read_raw(server, "index.html").status == 200
    for name in ("server.key", ".hidden.html", "assets.js"):
        assert read_raw(server, name).status == 404, name
    assert '"file":"server.key"' in server.log_text()
    (folder / "late.html").write_text("after the start")
    assert read_raw(server, "late.html").status == 404


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_without_a_web_app_a_sentence_says_how_to_get_one(start_server, tmp_path, folder):
    server = start_server(tmp_path / folder if folder else "")
    answer = requests.get(server.base_url + "/", timeout=10)
    assert answer.status_code == 404 and "script/build" in answer.json()["detail"]


@pytest.mark.parametrize("name, size, sentence", [
    ("large.js", 8 * 1024 * 1024 + 1, "holds more bytes than are served"),
    ("page.css.br", 3, "has a compressed file without the file itself"),
])
def test_a_folder_that_cannot_be_served_stops_the_start(run_folder, postgres, tmp_path, name, size, sentence):
    folder = make_web_app(tmp_path / "dist")
    (folder / name).write_bytes(b"x" * size)
    server = Server(tmp_path / "server", postgres, environment={"FIELDPROOF_WEB_DIR": str(folder)})
    server.migrate()
    result = server.run("serve")
    assert result.returncode == 1 and sentence in result.stderr and "FIELDPROOF_WEB_DIR" in result.stderr
