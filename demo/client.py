"""A client of Fieldproof's API: it repeats what is worth repeating, and says clearly what is not."""

import datetime
import threading
import time

import requests

REPEATS = 20


class Refused(Exception):
    """The server said no; the text says to what and why."""

    def __init__(self, method, path, response):
        self.status = response.status_code
        self.problem = problem_of(response)
        super().__init__(f"{method} {path} was refused with {self.status}: {sentence_of(self.problem)}")


class Unreachable(Exception):
    """Nobody answers at the address."""


def problem_of(response):
    """The problem document of a refusal, or what there is instead."""
    try:
        problem = response.json()
    except ValueError:
        problem = None
    return problem if isinstance(problem, dict) else {"detail": response.text[:300] or "no reason given"}


def sentence_of(problem):
    """The reason, with the fields it names; nothing is said twice."""
    reason = problem.get("detail") or problem.get("title", "")
    errors = [f"{error['pointer']}: {error['detail']}" for error in problem.get("errors", []) if error["detail"] != reason]
    return " ".join([reason] + errors)


def rfc3339(moment):
    return moment.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parsed(text):
    """The moment that an answer names."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def now():
    return datetime.datetime.now(datetime.timezone.utc)


class Client:
    """One person's client, or that of a key. `log_in` is the body of the log-in, or None."""

    def __init__(self, url, log_in=None, token=None, language=None):
        self.url = url.rstrip("/")
        self.user = None
        self._log_in = log_in
        self._token = token
        self._lock = threading.Lock()
        self._session = requests.Session()
        self._session.trust_env = False
        if language:
            self._session.headers["Accept-Language"] = language

    def send(self, method, path, **rest):
        """The response, whatever it says; a busy server is asked again, and a token that ended is renewed."""
        for attempt in range(REPEATS):
            token = self._current_token()
            response = self._send_once(method, path, token, rest)
            if response.status_code == 401 and self._log_in and attempt == 0:
                self._forget(token)
            elif response.status_code != 503:
                break
            else:
                time.sleep(min(float(response.headers.get("Retry-After", "1")), 5))
        return response

    def _send_once(self, method, path, token, rest):
        headers = dict(rest.get("headers") or {})
        if token:
            headers["Authorization"] = "Bearer " + token
        try:
            return self._session.request(method, self.url + path, **{"timeout": 120, **rest, "headers": headers})
        except requests.ConnectionError as error:
            raise Unreachable(f"{self.url} does not answer; start the server with script/server.") from error
        except requests.RequestException as error:
            raise Unreachable(f"{self.url} broke off ({error}); look into the server's log.") from error

    def _current_token(self):
        """Several threads may share a client: one of them logs in."""
        with self._lock:
            if self._log_in and not self._token:
                self._take_token()
            return self._token

    def _forget(self, token):
        with self._lock:
            if self._token == token:
                self._token = None

    def log_in(self):
        """Logs in and returns the response; later requests carry the token."""
        with self._lock:
            return self._take_token()

    def _take_token(self):
        response = self._send_once("POST", "/v1/auth/log-in", None, {"json": self._log_in})
        if response.status_code != 200:
            raise Refused("POST", "/v1/auth/log-in", response)
        answer = response.json()
        self._token, self.user = answer["access_token"], answer["user"]
        return response

    def call(self, method, path, **rest):
        """The answer; a refusal is an exception."""
        response = self.send(method, path, **rest)
        if response.status_code >= 400:
            raise Refused(method, path, response)
        return response.json() if response.content else None

    def get(self, path, **rest):
        return self.call("GET", path, **rest)

    def post(self, path, body):
        return self.call("POST", path, json=body)

    def put(self, path, body):
        return self.call("PUT", path, json=body)

    def put_photo(self, photo_id, content):
        return self.call("PUT", f"/v1/photos/{photo_id}/content", data=content, headers={"Content-Type": "image/jpeg"})

    def items(self, path, **parameters):
        """Every item of a list."""
        while True:
            page = self.get(path, params={"limit": 200, **parameters})
            yield from page["items"]
            if page["next_cursor"] is None:
                return
            parameters["cursor"] = page["next_cursor"]
