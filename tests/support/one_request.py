"""One request on a connection of its own, followed until the server is done with it."""

import dataclasses
import http.client
import json
import urllib.parse


@dataclasses.dataclass
class Answer:
    """What came back: a status, or None when the connection was lost."""

    status: int
    text: str
    headers: dict

    @property
    def body(self):
        return json.loads(self.text) if self.text else {}

    @property
    def is_acknowledged(self):
        return self.status in (200, 201)


LOST = Answer(None, "", {})


def send(method, url, headers, body=None, timeout=60):
    """The answer, once the server has closed the connection.

    It closes it when everything of the request is behind it: files that are no longer needed are removed, too.
    """
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=timeout)
    try:
        connection.connect()
        with connection.sock.dup() as end:
            _send(connection, method, parts.path, body, {**headers, "Connection": "close"})
            response = connection.getresponse()
            answer = Answer(response.status, response.read().decode(), response.headers)
            end.settimeout(timeout)
            _await_end(end)
        return answer
    except (http.client.HTTPException, ConnectionError):
        return LOST
    finally:
        connection.close()


def _send(connection, method, path, body, headers):
    try:
        connection.request(method, path, body, headers)
    except (BrokenPipeError, ConnectionResetError):
        pass  # refused before all of it was sent: the answer says why


def _await_end(end):
    try:
        while end.recv(4096):
            pass
    except ConnectionResetError:
        pass
