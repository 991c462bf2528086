"""A reader of GET /v1/events, as a desk is one."""

import contextlib
import json
import socket
import threading
import time

import requests

from support.waiting import PATIENCE_S


class EventStream:
    """Reads in a thread of its own until the stream ends; `events` are (name, data) in order."""

    def __init__(self, base_url, token, position=None, certificate=True, **parameters):
        self._base_url = base_url
        self._headers = {"Authorization": "Bearer " + token, "Accept-Encoding": "identity"}
        if position:
            self._headers["Last-Event-ID"] = position
        self._parameters = parameters
        self._heard = threading.Condition()
        self.events, self.beats = [], 0
        self.position = position
        self.is_over = False
        self.response = requests.get(base_url + "/v1/events", headers=self._headers, params=parameters, stream=True,
                                     timeout=PATIENCE_S, verify=certificate)
        self._thread = threading.Thread(target=self._read, daemon=True)
        if self.response.status_code == 200:
            self._thread.start()

    def _read(self):
        fields, rest = {}, b""
        try:
            for chunk in self.response.iter_content(chunk_size=None):
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    self._take(line.decode(), fields)
        except (requests.RequestException, AttributeError, ValueError):  # cut, or closed by close()
            pass
        with self._heard:
            self.is_over = True
            self._heard.notify_all()

    def _take(self, line, fields):
        with self._heard:
            if line.startswith(":"):
                self.beats += 1
            elif line:
                name, _, value = line.partition(": ")
                fields[name] = value
            else:
                self._dispatch(fields)
                fields.clear()
            self._heard.notify_all()

    def _dispatch(self, fields):
        self.position = fields.get("id", self.position)
        if "data" in fields:
            self.events.append((fields["event"], json.loads(fields["data"])))

    def wait(self, condition, within_s=PATIENCE_S):
        """Waits until condition(self) is true; returns how long that took in seconds."""
        began = time.monotonic()
        with self._heard:
            assert self._heard.wait_for(lambda: condition(self), within_s), (self.is_over, self.events[-5:])
        return time.monotonic() - began

    def wait_ready(self):
        self.wait(lambda stream: "ready" in stream.names())
        return self

    def names(self):
        return [name for name, _ in self.events]

    def beginning(self):
        """What it was told first. What was committed while it joined may come once more after that."""
        return self.names()[:self.names().index("ready") + 1]

    def changes(self):
        """All that was told, as (kind, id)."""
        return [(change["kind"], change["id"]) for name, data in self.events if name == "changes"
                for change in data["changes"]]

    def wait_for(self, kind, key, within_s=PATIENCE_S):
        return self.wait(lambda stream: (kind, key) in stream.changes(), within_s)

    def end_reason(self, within_s=PATIENCE_S):
        self.wait(lambda stream: stream.is_over, within_s)
        return self.events[-1][1].get("reason") if self.events[-1][0] == "end" else None

    def close(self):
        """Cuts the connection; the thread, which waits for the next bytes, ends by that."""
        if self._thread.is_alive():
            with contextlib.suppress(OSError, AttributeError):
                self.response.raw.connection.sock.shutdown(socket.SHUT_RDWR)
            self._thread.join(10)
        self.response.close()
