"""Requests that are printed as they happen: method, path, status, and what the answer says in words."""

import re

from client import Refused, problem_of, sentence_of

_IDS = re.compile(r"([0-9a-f]{8})(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MARKS = {"info": "·", "warn": "!", "fail": "✗"}


class Transcript:
    """What one person asks the server."""

    def __init__(self, client):
        self._client = client

    def title(self, text):
        print(f"\n{text}", flush=True)

    def log_in(self):
        response = self._client.log_in()
        user = response.json()["user"]
        self._line("POST", "/v1/auth/log-in", response.status_code, f"{user['name']}, {user['role']}")
        return user

    def ask(self, method, path, what=None, **rest):
        """The answer; `what` makes a remark of it. None when the server refused, and then the reason is printed."""
        response = self._client.send(method, path, **rest)
        if response.status_code >= 400:
            self._line(method, path, response.status_code, "refused")
            self.say(sentence_of(problem_of(response)), "✗")
            return None
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        answer = response.json() if is_json else response.content
        self._line(method, path, response.status_code, what(answer) if what else "")
        return answer

    def need(self, method, path, what=None, **rest):
        """The same where nothing can go on without the answer."""
        response = self._client.send(method, path, **rest)
        if response.status_code >= 400:
            raise Refused(method, path, response)
        answer = response.json()
        self._line(method, path, response.status_code, what(answer) if what else "")
        return answer

    def findings(self, subject):
        """Each finding of a check-in, scan, photo or visit, in words; `!` asks for a look, `✗` is grave."""
        for finding in subject["findings"]:
            explained = "  (explained by another finding)" if finding["explained"] else ""
            self.say(finding["sentence"] + explained, _MARKS[finding["severity"]])

    def say(self, text, mark=" "):
        print(f"           {mark} {text}", flush=True)

    def _line(self, method, path, status, remark):
        shown = _IDS.sub(r"\1…", path)
        print(f"  {status} {method:<5}{shown:<41}{remark}".rstrip(), flush=True)
