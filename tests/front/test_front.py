"""The nginx in front of the server: its certificate, what it refuses, and what it lets through."""

import json
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import time
import warnings

import pytest
import requests

from support import contract, tus
from support.api import Api
from support.event_stream import EventStream
from support.evidence import declared
from support.front import SCRIPT, Front
from support.paths import ROOT
from support.server import Server
from support.uploads import PhotoMaker
from support.waiting import wait_until
from support.world import check_in

CONTRACT = contract.load()
TITLES = {code: (int(status), retryable == "true", title) for code, status, retryable, title in re.findall(
    r'X\(\w+, "(\w+)", (\d+), (true|false),[\s\\]+"([^"]+)"\)', (ROOT / "server/base/problem.h").read_text())}


def check_problem(status, body, code):
    """As the server would have said it."""
    problem = json.loads(body)
    assert not CONTRACT.errors(CONTRACT.schema("Problem"), problem)
    assert problem["code"] == code and problem["type"] == f"/problems/{code}"
    assert (status, problem["retryable"], problem["title"]) == TITLES[code] and problem["status"] == status


@pytest.fixture
def awaited(world, run_folder):
    """A photo that is announced: its id and its bytes."""
    body = check_in(world.site, photos=[declared()])
    world.own.user.api.post("/v1/check-ins", json=body, expect=201)
    return body["photos"][0]["id"], PhotoMaker(run_folder).make(7)


def test_a_certificate_of_ones_own(front, new_front, tmp_path):
    other = new_front(["127.0.0.1"])
    other.environment["FIELDPROOF_FRONT_CERTIFICATE"] = str(front.certificate)
    assert "name it in FIELDPROOF_FRONT_KEY" in other.run("start").stderr
    unreadable = tmp_path / "key.pem"
    unreadable.touch(mode=0)
    other.environment["FIELDPROOF_FRONT_KEY"] = str(unreadable)
    assert f"cannot read {unreadable}; correct its name or its rights." in other.run("start").stderr
    other.environment["FIELDPROOF_FRONT_KEY"] = str(front.certificate.with_name("key.pem"))
    other.start()
    answer = requests.get(other.base_url + "/healthz", verify=str(front.authority), timeout=10)
    assert answer.status_code == 200 and not other.certificate.exists() and not other.authority.exists()
    assert other.run("fingerprint").stdout == ""
    assert requests.get(other.base_url + "/trust", verify=str(front.authority), timeout=10).status_code == 404
    answer = requests.get(f"http://127.0.0.1:{other.port}/trust", allow_redirects=False, timeout=10)
    assert answer.status_code == 308 and answer.headers["Location"] == f"{other.base_url}/trust"


def test_no_process_of_it_is_root(front):
    pids = pathlib.Path(f"/proc/{front.process()}/task/{front.process()}/children").read_text().split()
    assert len(pids) >= 1
    for pid in [front.process(), *pids]:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        assert "0" not in re.search(r"Uid:(.*)", status)[1].split()
        assert int(re.search(r"CapEff:\s*(\w+)", status)[1], 16) == 0


def test_a_taken_port_is_named(front, new_front):
    second = new_front(["127.0.0.1"])
    second.environment["FIELDPROOF_FRONT_PORT"] = str(front.port)
    result = second.run("start")
    assert result.returncode == 1 and f"port {front.port} is taken by nginx" in result.stderr


def test_stopping_leaves_no_process(new_front):
    front = new_front(["127.0.0.1"]).start()
    process = front.process()
    assert front.run("status").returncode == 0
    front.stop()
    assert not pathlib.Path(f"/proc/{process}").exists() and front.run("status").returncode == 3


def test_production_takes_the_same_configuration(front, tmp_path):
    text = subprocess.run([SCRIPT, "config", "--name", "service.example", "--certificate", front.certificate,
                           "--key", front.certificate.with_name("key.pem")], check=True, capture_output=True, text=True).stdout
    assert "@" not in re.sub(r"@[a-z_]+", "", text.replace("between @s", ""))
    assert "/trust" not in text
    assert "server_name service.example;" in text and "Strict-Transport-Security" in text and "listen 443 ssl http2" in text
    # Its folders are root's; everything else is tried as it is.
    for folder in ("/run", "/var/log/nginx", "/var/lib/nginx"):
        assert f" {folder}/" in text
        text = text.replace(f" {folder}/", f" {tmp_path}/")
    (tmp_path / "nginx.conf").write_text(text)
    nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    result = subprocess.run([nginx, "-t", "-e", tmp_path / "error.log", "-c", tmp_path / "nginx.conf"],
                            capture_output=True, text=True)
    assert result.returncode == 0 and "test is successful" in result.stderr, result.stderr


def test_http_2_and_new_tls_only(front):
    def protocol(least, most):
        context = front.tls(("h2", "http/1.1"))
        context.minimum_version, context.maximum_version = least, most
        with context.wrap_socket(socket.create_connection(("127.0.0.1", front.port)),
                                 server_hostname="127.0.0.1") as tls:
            return tls.selected_alpn_protocol(), tls.version()

    assert protocol(ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2) == ("h2", "TLSv1.2")
    assert protocol(ssl.TLSVersion.TLSv1_3, ssl.TLSVersion.TLSv1_3) == ("h2", "TLSv1.3")
    with warnings.catch_warnings(), pytest.raises(ssl.SSLError):
        warnings.simplefilter("ignore", DeprecationWarning)
        protocol(ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)


def test_plain_http_is_led_to_https(front):
    answer = requests.get(f"http://127.0.0.1:{front.port}/app/", allow_redirects=False, timeout=10)
    assert answer.status_code == 308 and answer.headers["Location"] == f"{front.base_url}/app/"


def test_the_figures_are_not_for_outside(through_front, api):
    api.get("/metrics", expect=200)
    for path in ("/metrics", "//metrics", "/%6detrics", "/x/../metrics", "/front/known"):
        answer = through_front().get(path)
        assert answer.status_code in (400, 404) and "fieldproof_" not in answer.text
        check_problem(answer.status_code, answer.text, answer.json()["code"])


def test_what_it_refuses_looks_like_the_servers(front, world):
    """Two malformed, one too large, one from nobody."""
    with front.connect() as connection:
        connection.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: " + b"x" * 70000 + b"\r\n\r\n")
        answer = connection.answer()
        check_problem(answer.status, answer.body, "malformed_request")
    with front.connect() as connection:
        connection.send(b"GET /x/%2e%2e/%2e%2e/y HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = connection.answer()
        check_problem(answer.status, answer.body, "malformed_request")
    with front.connect() as connection:
        connection.send(b"POST /v1/auth/log-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        b"Content-Length: 99999999\r\n\r\n")
        answer = connection.answer()
        check_problem(answer.status, answer.body, "too_large")
        assert answer.headers["x-request-id"] == answer.json()["request_id"]
    for path in ("POST /v1/check-ins", f"PUT /v1/photos/{world.own.user.id}/content"):
        with front.connect() as connection:
            connection.send(f"{path} HTTP/1.1\r\nHost: x\r\nContent-Type: image/jpeg\r\nContent-Length: 20000000\r\n\r\n".encode())
            answer = connection.answer()  # before any of the body
            check_problem(answer.status, answer.body, "unauthenticated")
            assert answer.headers["www-authenticate"] == "Bearer"


def test_no_log_lets_its_reader_open_a_customers_link(front, server, through_front, world):
    token, customer = world.own.link_token, through_front(None)
    customer.get(f"/v1/shared/{token}", expect=200)
    customer.post(f"/v1/shared/{token}/complaints", data=b"x" * 5_000_000, expect=413)
    pack = world.own.new_pack_address()
    server.stop()
    try:
        for path in (f"/c/{token}", f"/v1/shared/{token}/sheet.pdf", pack):
            customer.get(path, expect=503)
    finally:
        server.start()
    logs = {path.name: path.read_text(errors="replace") for path in front.folder.resolve().rglob("*.log")}
    assert '"POST /v1/shared/..." 413' in logs["refusals.log"]
    assert '"GET /c/..." 503' in logs["refusals.log"] and '"GET /v1/shared/..." 200' not in logs["refusals.log"]
    assert '"GET /v1/packs/..." 503' in logs["refusals.log"]
    assert not [name for name, text in logs.items() if token in text or pack.rsplit("/", 1)[1] in text]
    assert token not in server.log_path.read_text()


def test_a_server_that_is_away_is_a_reason_to_come_again(front, server, through_front, world):
    token = world.own.user.api.token
    server.stop()
    try:
        for method, path in (("GET", "/v1/me"), ("POST", "/v1/check-ins"), ("POST", "/v1/uploads")):
            answer = through_front(token).request(method, path, json={} if method == "POST" else None)
            check_problem(answer.status_code, answer.text, "unavailable")
            assert answer.headers["Retry-After"] == "5"
    finally:
        server.start()
    through_front(token).get("/v1/me", expect=200)


@pytest.mark.parametrize("operation", [o for o in CONTRACT.operations.values() if o.body_ceiling_bytes], ids=str)
def test_every_body_that_the_server_takes_may_pass(front, world, operation):
    """And one far too large ends here, before it fills the disk."""
    path = re.sub(r"\{\w+\}", world.own.user.id, operation.path)
    for length, refused in ((operation.body_ceiling_bytes, False), (2_000_000_000, True)):
        with front.connect() as connection:
            connection.send((f"{operation.method} {path} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                             f"Authorization: Bearer {world.own.user.api.token}\r\nContent-Length: {length}\r\n"
                             f"Content-Type: {next(iter(operation.definition['requestBody']['content']))}\r\n\r\n").encode())
            assert (connection.answer().status == 413) == refused, (operation, length)


def log_in(client, slug, number, **headers):
    """The status of a log-in that fails, of an account of its own."""
    return client.post("/v1/auth/log-in", headers=headers, json={
        "organisation": slug, "log_in": f"nobody-{number}", "password": "wrong wrong wrong"}).status_code


def test_log_ins_are_counted_by_the_address_that_the_front_saw(run_folder, postgres, recorder, organisation):
    """Not by what a client writes into X-Forwarded-For, and not all together as the front's."""
    server = Server(run_folder / "counting", postgres, environment={
        "FIELDPROOF_TRUSTED_PROXY": "127.0.0.1", "FIELDPROOF_LOG_IN_ATTEMPTS": "1"})
    front = Front(run_folder / "counting-front", server)
    server.migrate()
    server.start()
    try:
        api = Api(front.start().base_url, recorder)
        api.trust(str(front.authority))
        spoofed = [log_in(api, organisation.slug, number, **{"X-Forwarded-For": f"203.0.113.{number}"}) for number in range(12)]
        assert spoofed == [401] * 10 + [429] * 2
        with front.connect(source="127.0.0.3") as connection:  # somebody else is not held up by that
            body = json.dumps({"organisation": organisation.slug, "log_in": "other", "password": "wrong wrong wrong"})
            connection.send((f"POST /v1/auth/log-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                             f"Content-Length: {len(body)}\r\n\r\n{body}").encode())
            assert connection.answer().status == 401
    finally:
        front.destroy()
        server.stop()


def wait_for_offset(client, location, offset):
    wait_until(lambda: tus.offset(client, location) >= offset, f"all of {offset} bytes")


def test_a_broken_piece_of_an_upload_is_kept(front, through_front, world, awaited):
    """What came before the connection broke is on the server, though the piece never was whole."""
    key, content = awaited
    client = through_front(world.own.user.api.token)
    location = tus.create(client, key, len(content)).headers["Location"]
    half = len(content) // 2
    with front.connect() as connection:
        head = {**tus.VERSION, **tus.PIECE, "Upload-Offset": 0, "Content-Length": len(content), "Host": "x",
                "Authorization": f"Bearer {client.token}"}
        connection.send((f"PATCH {location} HTTP/1.1\r\n" + "".join(f"{n}: {v}\r\n" for n, v in head.items()) + "\r\n").encode())
        connection.send(content[:half])
        time.sleep(0.3)
    wait_for_offset(client, location, half)
    tus.patch(client, location, half, content[half:])
    assert client.get(f"/v1/photos/{key}/original", expect=200).content == content


@pytest.mark.parametrize("share", [0.5, 1])
def test_uploads_over_http_2(front, through_front, world, awaited, tmp_path, share):
    """As browsers send them: whole, and broken off."""
    key, content = awaited
    client = through_front(world.own.user.api.token)
    location = tus.create(client, key, len(content)).headers["Location"]
    sent = int(share * len(content))
    (tmp_path / "photo").write_bytes(content)
    (tmp_path / "trusted.pem").write_bytes(front.authority.read_bytes())
    result = subprocess.run(["node", pathlib.Path(__file__).with_name("patch_http2.mjs"), tmp_path / "trusted.pem",
                             front.base_url + location, client.token, tmp_path / "photo", str(sent)],
                            capture_output=True, text=True, timeout=120)
    assert result.stdout == ("204\n" if share == 1 else ""), result.stderr
    wait_for_offset(client, location, sent)
    if share < 1:
        tus.patch(client, location, sent, content[sent:])
    assert client.get(f"/v1/photos/{key}/original", expect=200).content == content


def test_a_whole_check_in_passes(through_front, world, run_folder):
    """Multipart, with a photo; and the way back, with a picture that is larger than nginx's buffers."""
    body = check_in(world.site, photos=[declared()])
    content = PhotoMaker(run_folder).make(8)
    client = through_front(world.own.user.api.token)
    key = body["photos"][0]["id"]
    client.post("/v1/check-ins", expect=201, files=[
        ("check_in", ("check_in.json", json.dumps(body), "application/json")), (key, ("photo.jpg", content, "image/jpeg"))])
    assert client.get(f"/v1/photos/{key}/original", expect=200).content == content


def open_streams(api):
    text = api.get("/metrics", expect=200).text
    return int(re.search(r"^fieldproof_event_streams (\d+)$", text, re.MULTILINE).group(1))


def test_changes_pass_as_they_happen_and_a_reader_that_goes_is_noticed(front, world, api, manager):
    before = open_streams(api)
    stream = EventStream(front.base_url, manager.api.token, certificate=str(front.authority)).wait_ready()
    assert open_streams(api) == before + 1
    stream.wait_for("work_order", world.new_work_order())
    stream.close()
    # Something to send, so that the server finds out.
    wait_until(lambda: world.new_site() and open_streams(api) <= before, "the end of a stream that nobody reads")
