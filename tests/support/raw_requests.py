"""Requests written out byte by byte, and what a refusal of the server always has."""



HOST = b"Host: localhost\r\n"


def assert_problem(answer, status, code=None):
    assert answer is not None, "the server closed without an answer"
    assert answer.status == status, answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    problem = answer.json()
    assert set(problem) == {
        "type", "title", "status", "detail", "code", "retryable", "request_id", "errors", "reason_code",
    }
    assert problem["status"] == status
    assert problem["type"] == "/problems/" + problem["code"]
    assert problem["request_id"] == answer.headers["x-request-id"]
    if code:
        assert problem["code"] == code
    return problem


def get(path=b"/healthz", headers=HOST, version=b"HTTP/1.1"):
    return b"GET " + path + b" " + version + b"\r\n" + headers + b"\r\n"


def log_in_head(extra):
    return b"POST /v1/auth/log-in HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n" + extra + b"\r\n"


def upload_head(token, extra, content_type=b"multipart/form-data; boundary=B"):
    return (
        b"POST /v1/check-ins HTTP/1.1\r\n" + HOST + b"Authorization: Bearer " + token
        + b"\r\nContent-Type: " + content_type + b"\r\n" + extra + b"\r\n"
    )


def part(name, data, content_type=b"image/jpeg"):
    return (
        b'--B\r\nContent-Disposition: form-data; name="' + name + b'"; filename="../../etc/x.jpg"\r\nContent-Type: '
        + content_type + b"\r\n\r\n" + data + b"\r\n"
    )
