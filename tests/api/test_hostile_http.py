"""What a server on the open network is sent: broken, contradictory, slow and oversized requests."""

import base64
import json
import time
import uuid

import pytest
import requests

from support.api import Api
from support.organisation import Organisation
from support.raw_http import RawConnection
from support.raw_requests import HOST, assert_problem, get, log_in_head, part, upload_head
from support.server import Server
from support.waiting import wait_until

# Short, so that the tests of slowness do not last.
IMPATIENT = {
    "FIELDPROOF_HEAD_TIMEOUT_MS": "1500",
    "FIELDPROOF_BODY_GRACE_MS": "1000",
    "FIELDPROOF_BODY_BYTES_PER_S": "2000",
    "FIELDPROOF_BODY_TOTAL_MS": "6000",
    "FIELDPROOF_KEEP_ALIVE_MS": "60000",
}


@pytest.fixture(scope="module")
def impatient(run_folder, postgres):
    instance = Server(run_folder / "impatient", postgres, environment=IMPATIENT)
    instance.migrate()
    instance.start()
    yield instance
    assert instance.stop() == 0


@pytest.fixture(scope="module")
def people(impatient, recorder):
    return Organisation(Api(impatient.base_url, recorder), impatient.operator_token)


@pytest.fixture(scope="module")
def token(people):
    return people.user("technician").api.token.encode()


@pytest.fixture
def connect(impatient):
    """A new connection; afterwards the server must be as healthy and as empty as before."""
    opened = []

    def open_one():
        opened.append(RawConnection(impatient.base_url))
        return opened[-1]

    yield open_one
    for connection in opened:
        connection.close()
    assert requests.get(impatient.base_url + "/healthz", timeout=60).status_code == 200
    wait_until(lambda: not stored_files(impatient), "an empty data folder")


def stored_files(server):
    own = {"lock", "last-sweep"}
    return [path for path in server.data_folder.rglob("*") if path.is_file() and path.name not in own]


MALFORMED = {
    "no host": get(headers=b""),
    "two hosts": get(headers=HOST + HOST),
    "empty host": get(headers=b"Host:\r\n"),
    "host with a path": get(headers=b"Host: a/b\r\n"),
    "absolute target": get(b"http://localhost/healthz"),
    "asterisk": get(b"*"),
    "no slash": get(b"healthz"),
    "bare percent": get(b"/healthz%"),
    "short percent": get(b"/healthz%4"),
    "percent and letters": get(b"/healthz%zz"),
    "nul escape": get(b"/healthz%00"),
    "control escape": get(b"/v1/openapi.json%0d%0aX:%20y"),
    "escaped slash": get(b"/v1%2fopenapi.json"),
    "dots": get(b"/v1/../healthz"),
    "escaped dots": get(b"/docs/%2e%2e"),
    "dots through the docs": get(b"/docs/..%2f..%2fetc%2fpasswd"),
    "overlong utf-8": get(b"/docs/%c0%ae%c0%ae"),
    "bare percent in the query": get(b"/v1/openapi.json?a=%"),
    "raw nul": get(b"/health\0z"),
    "raw nul in a header": get(headers=HOST + b"X: a\0b\r\n"),
    "control character in a header": get(headers=HOST + b"X: a\x01b\r\n"),
    "space in a header name": get(headers=HOST + b"X Y: a\r\n"),
    "header without colon": get(headers=HOST + b"nothing\r\n"),
    "http/2": get(version=b"HTTP/2.0"),
    "http/0.9": b"GET /healthz\r\n\r\n",
    "unknown method": b"BREW /healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "garbage": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64) + b"\r\n\r\n",
    "length and encoding": log_in_head(b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n") + b"0\r\n\r\n",
    "encoding and length": log_in_head(b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n") + b"0\r\n\r\n",
    "two lengths": log_in_head(b"Content-Length: 2\r\nContent-Length: 2\r\n") + b"{}",
    "two other lengths": log_in_head(b"Content-Length: 2\r\nContent-Length: 40\r\n") + b"{}",
    "list of lengths": log_in_head(b"Content-Length: 2, 2\r\n") + b"{}",
    "signed length": log_in_head(b"Content-Length: +2\r\n") + b"{}",
    "negative length": log_in_head(b"Content-Length: -2\r\n") + b"{}",
    "length with a letter": log_in_head(b"Content-Length: 2x\r\n") + b"{}",
    "hexadecimal length": log_in_head(b"Content-Length: 0x2\r\n") + b"{}",
    "huge length": log_in_head(b"Content-Length: 99999999999999999999\r\n") + b"{}",
    "obfuscated encoding": log_in_head(b"Transfer-Encoding: xchunked\r\n") + b"0\r\n\r\n",
    "unknown expectation": log_in_head(b"Content-Length: 2\r\nExpect: 200-ok\r\n") + b"{}",
}


@pytest.mark.parametrize("request_bytes", MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_requests_are_refused_and_the_connection_ends(connect, request_bytes):
    # A request smuggled behind must never be answered.
    connection = connect().send(request_bytes + get(b"/v1/openapi.json"))
    answer = connection.answer()
    if answer is not None:
        assert_problem(answer, 400, "malformed_request")
    assert connection.answer() is None


def test_absolute_target_of_another_host_is_not_answered(connect):
    answer = connect().send(get(b"http://elsewhere.example/healthz")).answer()
    assert answer is None or answer.status == 400


def test_headers_have_a_ceiling(connect):
    answer = connect().send(get(headers=HOST + b"X: " + b"a" * 40_000 + b"\r\n")).answer()
    assert_problem(answer, 400)


def test_many_headers_are_refused(connect):
    many = HOST + b"".join(b"X-%d: a\r\n" % i for i in range(200))
    assert_problem(connect().send(get(headers=many)).answer(), 431, "headers_too_large")
    # What the parser drops must not change what the request means.
    connection = connect().send(get(headers=many + b"Content-Length: 40\r\n") + get(b"/nothing"))
    assert_problem(connection.answer(), 431, "headers_too_large")
    assert connection.answer() is None


def test_a_length_that_is_too_long_ends_in_a_timeout(connect):
    connection = connect().send(log_in_head(b"Content-Length: 50\r\n") + b"{}")
    problem = assert_problem(connection.answer(), 408, "request_timeout")
    assert problem["retryable"]
    assert connection.is_closed()


def test_a_length_that_is_too_short_cuts_the_body(connect):
    body = json.dumps({"organisation": "a", "log_in": "b", "password": "c"}).encode()
    connection = connect().send(log_in_head(b"Content-Length: %d\r\n" % (len(body) - 5)) + body)
    assert_problem(connection.answer(), 400, "invalid_body")


def test_a_peer_that_goes_away_leaves_nothing(connect, token):
    connection = connect().send(upload_head(token, b"Content-Length: 100000\r\n") + part(b"check_in", b"{}"))
    connection.send(part(str(uuid.uuid4()).encode(), b"x" * 1000))
    connection.close()


def test_a_dripped_head_is_cut(connect):
    connection = connect()
    connection.drip(get(headers=HOST + b"X: " + b"a" * 100 + b"\r\n"), 0.05)
    answer = connection.answer()
    assert answer is None or answer.status == 400  # all of it would have been a good request


def test_a_dripped_body_is_cut(connect):
    connection = connect().send(log_in_head(b"Content-Length: 200\r\n"))
    connection.drip(b"{" + b" " * 199, 0.05)
    assert_problem(connection.answer(), 408, "request_timeout")  # all of it would have been an invalid one


def test_a_dripped_upload_is_cut_and_leaves_nothing(connect, token):
    connection = connect().send(upload_head(token, b"Content-Length: 5000000\r\n"))
    connection.send(part(str(uuid.uuid4()).encode(), b"\xff\xd8" * 20000))
    connection.drip(b"x" * 1000, 0.1)
    assert_problem(connection.answer(), 408, "request_timeout")


def test_a_slow_reader_is_cut(impatient):
    """It takes a few bytes every now and then, so that no single write ever times out."""
    with RawConnection(impatient.base_url, segment_bytes=536) as connection:
        connection.send(get(b"/v1/openapi.json") * 100)
        started = time.monotonic()
        received = 0
        connection.socket.settimeout(3)
        try:
            while chunk := connection.socket.recv(500 if time.monotonic() < started + 8 else 1 << 20):
                received += len(chunk)
                if time.monotonic() < started + 8:
                    time.sleep(0.3)
        except (ConnectionResetError, TimeoutError):
            pass
    assert received < 100 * 200_000


def test_chunked_bodies_want_a_length(connect):
    connection = connect().send(log_in_head(b"Transfer-Encoding: chunked\r\n") + b"2\r\n{}\r\n0\r\n\r\n")
    assert_problem(connection.answer(), 411, "length_required")
    assert connection.is_closed()


def test_a_body_without_length_wants_one(connect):
    assert_problem(connect().send(log_in_head(b"")).answer(), 411, "length_required")


def test_a_body_that_is_too_large_is_refused_unread(connect):
    connection = connect().send(log_in_head(b"Content-Length: 900000000\r\n"))
    problem = assert_problem(connection.answer(), 413, "too_large")
    assert "900000000" in problem["detail"]
    assert problem["errors"][0]["rule"] == "max_bytes"


def test_the_refusal_of_a_large_body_reaches_a_client_that_sends_on(connect):
    connection = connect().send(log_in_head(b"Content-Length: 2000000\r\n") + b" " * 2_000_000)
    assert_problem(connection.answer(), 413, "too_large")


def test_a_body_where_none_belongs_is_refused(connect):
    connection = connect().send(get(headers=HOST + b"Content-Length: 2\r\n") + b"{}")
    assert_problem(connection.answer(), 413, "too_large")


def test_continue_is_sent_only_to_who_may_go_on(connect):
    connection = connect().send(log_in_head(b"Content-Length: 2\r\nExpect: 100-continue\r\n"))
    assert connection.answer().status == 100
    assert_problem(connection.send(b"{}").answer(), 422, "invalid_field")
    connection = connect().send(log_in_head(b"Content-Length: 200000000\r\nExpect: 100-continue\r\n"))
    assert_problem(connection.answer(), 413, "too_large")


def test_strangers_are_refused_before_their_body(connect):
    head = upload_head(b"not-a-token", b"Content-Length: 100000000\r\nExpect: 100-continue\r\n")
    answer = connect().send(head).answer()
    assert_problem(answer, 401, "unauthenticated")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_other_roles_are_refused_before_their_upload(connect, people):
    head = upload_head(people.administrator.api.token.encode(), b"Content-Length: 100000000\r\nExpect: 100-continue\r\n")
    assert_problem(connect().send(head).answer(), 403, "forbidden")


WRONG_MULTIPART = {
    "nothing": (b"--B--\r\n", 400),
    "no boundary in the body": (b"x" * 500, 400),
    "no final boundary": (part(b"check_in", b"{}", b"application/json"), 400),
    "unknown part": (part(b"other", b"x") + b"--B--\r\n", 400),
    "path as a name": (part(b"../../../etc/passwd", b"x") + b"--B--\r\n", 400),
    "no json part": (part(str(uuid.uuid4()).encode(), b"x") + b"--B--\r\n", 400),
    "two json parts": (part(b"check_in", b"{}", b"application/json") * 2 + b"--B--\r\n", 400),
    "json part of another type": (part(b"check_in", b"{}", b"text/html") + b"--B--\r\n", 415),
    "json part that is not json": (part(b"check_in", b"{", b"application/json") + b"--B--\r\n", 400),
    "json part that breaks rules": (part(b"check_in", b"{}", b"application/json") + b"--B--\r\n", 422),
    "large json part": (part(b"check_in", b" " * 300_000, b"application/json") + b"--B--\r\n", 413),
    "large part headers": (b"--B\r\nX: " + b"a" * 9000 + b"\r\n\r\n\r\n--B--\r\n", 413),
    "twenty-two parts": (b"".join(part(str(uuid.uuid4()).encode(), b"x") for _ in range(22)) + b"--B--\r\n", 413),
    "the same photo twice": (part(b"7c9e6679-7425-40de-944b-e07fc1f90ae7", b"x") * 2 + b"--B--\r\n", 400),
}


@pytest.mark.parametrize("body,status", WRONG_MULTIPART.values(), ids=WRONG_MULTIPART.keys())
def test_wrong_multipart_bodies_leave_nothing(connect, token, body, status):
    connection = connect().send(upload_head(token, b"Content-Length: %d\r\n" % len(body)) + body)
    assert_problem(connection.answer(), status)


def test_a_photo_has_a_ceiling_of_its_own(connect, token):
    body = part(b"7c9e6679-7425-40de-944b-e07fc1f90ae7", b"\xff" * 26_500_000) + b"--B--\r\n"
    connection = connect().send(upload_head(token, b"Content-Length: %d\r\n" % len(body)) + body)
    problem = assert_problem(connection.answer(), 413, "too_large")
    assert problem["errors"][0]["pointer"] == "part:7c9e6679-7425-40de-944b-e07fc1f90ae7"
    assert "26214400" in problem["errors"][0]["detail"]


WRONG_JSON = {
    "not json": (b"{", 400, "json"),
    "nan": (b'{"password": NaN}', 400, "json"),
    "1e400": (b'{"password": 1e400}', 400, "number_range"),
    "2^53+1": (b'{"organisation": 9007199254740993}', 422, "type"),
    "bad utf-8": (b'{"password": "\xff"}', 400, "utf8"),
    "nul": (b'{"password": "\\u0000"}', 400, "no_nul"),
    "duplicate name": (b'{"password": "a", "password": "b"}', 400, "unique_names"),
    "deep": (b"[" * 20000 + b"]" * 20000, 400, "max_depth"),
    "list": (b"[]", 422, "type"),
    "null": (b"null", 422, "type"),
    "unknown field": (b'{"admin": true}', 422, None),
    "long text": (b'{"password": "' + b"a" * 60000 + b'"}', 422, None),
}


@pytest.mark.parametrize("body,status,rule", WRONG_JSON.values(), ids=WRONG_JSON.keys())
def test_wrong_json_names_the_rule(connect, body, status, rule):
    connection = connect().send(log_in_head(b"Content-Length: %d\r\n" % len(body)) + body)
    problem = assert_problem(connection.answer(), status)
    assert problem["errors"]
    if rule:
        assert rule in {error["rule"] for error in problem["errors"]}
    assert not problem["retryable"]


@pytest.mark.parametrize("shape", ["{0}.e30.{1}", "e30.{0}.{1}"], ids=["header", "claims"])
@pytest.mark.parametrize("text", ["[" * 1400, '{"a":' * 280], ids=["lists", "objects"])
def test_a_token_nests_as_deep_as_it_likes(impatient, connect, text, shape):
    """Whoever it is: parsed on a request's stack of 100 KB, this JSON would end the whole server."""
    token = shape.format(base64url(text), "A" * 43).encode()
    head = b"GET /v1/me HTTP/1.1\r\n" + HOST + b"Authorization: Bearer " + token + b"\r\n\r\n"
    assert_problem(connect().send(head).answer(), 401)
    assert impatient.process.poll() is None


@pytest.mark.parametrize("text", ["[" * 1500, '[{"a":' * 250], ids=["lists", "objects"])
def test_a_cursor_nests_as_deep_as_it_likes(impatient, people, text):
    api = people.administrator.api
    api.get("/v1/visits", params={"cursor": base64url(text)}, expect=400)
    api.get("/v1/events", params={"seconds": 1}, headers={"Last-Event-ID": base64url(text * 4)}, expect=200)
    assert impatient.process.poll() is None


def base64url(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_other_content_types_are_refused(connect):
    for content_type in (b"text/plain", b"application/jsonx", b"application/x-www-form-urlencoded", b""):
        head = b"POST /v1/auth/log-in HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\nContent-Type: " + content_type
        assert_problem(connect().send(head + b"\r\n\r\n{}").answer(), 415, "unsupported_media_type")
    head = log_in_head(b"Content-Length: 2\r\nContent-Encoding: gzip\r\n")
    assert_problem(connect().send(head + b"{}").answer(), 415, "unsupported_media_type")


def test_unknown_paths_and_methods_say_what_there_is(connect):
    assert_problem(connect().send(get(b"/nothing")).answer(), 404, "not_found")
    assert_problem(connect().send(get(b"/healthz/")).answer(), 404, "not_found")
    answer = connect().send(b"DELETE /v1/users HTTP/1.1\r\n" + HOST + b"\r\n").answer()
    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_unknown_query_parameters_are_refused(connect):
    problem = assert_problem(connect().send(get(b"/healthz?verbose=1")).answer(), 400, "invalid_parameter")
    assert problem["errors"][0]["pointer"] == "query:verbose"


def test_head_answers_without_a_body(connect):
    connection = connect().send(b"HEAD /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
    connection.socket.settimeout(1)
    received = b""
    try:
        while chunk := connection.socket.recv(4096):
            received += chunk
    except TimeoutError:
        pass
    assert received.startswith(b"HTTP/1.1 200 ") and received.endswith(b"\r\n\r\n")
    assert b"Content-Length: 15\r\n" in received


def test_pipelined_requests_are_answered_in_order(connect):
    connection = connect().send(get() + get(b"/nothing") + get())
    assert [connection.answer().status for _ in range(3)] == [200, 404, 200]


def test_the_log_tells_neither_tokens_nor_queries(connect, impatient, token):
    marker = uuid.uuid4().hex
    connect().send(get(b"/healthz?secret=" + marker.encode(), HOST + b"Authorization: Bearer " + token + b"\r\n")).answer()
    log = impatient.log_text()
    assert marker not in log
    assert token.decode() not in log
