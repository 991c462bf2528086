"""An orderly stop: uploads in flight are finished, new ones are refused, nothing is left behind."""

import json
import signal
import socket
import time

import requests

from support.uploads import Upload
from support.waiting import wait_until

QUICK_STOP_S = 1  # civetweb's threads alone would take two


class SlowUpload:
    """Sends a photo byte range by byte range, as a phone with a bad connection does."""

    def __init__(self, server, upload, technician):
        (self._photo, self._bytes), = upload.photos.items()
        host, port = server.base_url.removeprefix("http://").split(":")
        self._socket = socket.create_connection((host, int(port)), timeout=30)
        self._socket.sendall((
            f"PUT /v1/photos/{self._photo}/content HTTP/1.1\r\nHost: {host}\r\n"
            f"Authorization: Bearer {technician.api.token}\r\nContent-Type: image/jpeg\r\n"
            f"Content-Length: {len(self._bytes)}\r\n\r\n"
        ).encode())
        self._sent = 0

    def send(self, length):
        part = self._bytes[self._sent:self._sent + length]
        self._socket.sendall(part)
        self._sent += len(part)

    def finish(self):
        """The status and JSON of the answer, which closes the connection."""
        self.send(len(self._bytes))
        answer = b""
        while chunk := self._socket.recv(65536):
            answer += chunk
        self._socket.close()
        head, _, body = answer.partition(b"\r\n\r\n")
        return int(head.split()[1]), json.loads(body)


def test_an_upload_in_flight_is_finished_and_a_new_one_is_refused(
        server, site, technician, photos, evidence):
    upload = Upload(site, technician, [photos.make_new_picture()], by_part=False)
    late = Upload(site, technician, [photos.make_new_picture()], by_part=True)
    upload.prepare()
    slow = SlowUpload(server, upload, technician)
    slow.send(20000)
    wait_until(evidence.staging, "the upload's file")
    server.process.send_signal(signal.SIGTERM)
    wait_until(lambda: not server.is_ready(), "a server that knows that it is to stop")
    answer = late.send()
    assert answer.status in (None, 503)
    if answer.status == 503:
        assert answer.body["retryable"] is True
    slow.send(20000)
    time.sleep(0.2)
    assert server.process.poll() is None, "it did not wait"
    status, photo = slow.finish()
    assert status == 201 and photo["state"] == "stored"
    assert server.await_end() == 0
    evidence.check_blobs()
    evidence.wait_for_empty_staging()
    assert upload.photos.keys() <= evidence.stored_photos().keys()
    server.start()
    assert upload.send().status == 200
    assert late.send().status == 201


def test_a_stop_without_work_waits_for_nobody(server):
    """Least of all for a connection that stays open, for as long as uploads may take: then it would not end here. A busy
    machine is slow, but not always: the quickest of some stops counts."""
    server.environment["FIELDPROOF_DRAIN_S"] = "3600"
    server.restart()
    seconds = []
    try:
        while len(seconds) < 1 or (min(seconds) > QUICK_STOP_S and len(seconds) < 10):
            with requests.Session() as session:
                session.get(server.base_url + "/healthz", timeout=60)
                began = time.monotonic()
                assert server.stop() == 0
                seconds.append(time.monotonic() - began)
            server.start()
        assert min(seconds) <= QUICK_STOP_S, seconds
    finally:
        del server.environment["FIELDPROOF_DRAIN_S"]
        server.restart()
