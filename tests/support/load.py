"""Phones that upload without a pause, for tests that disturb them."""

import random
import threading
import time

from support.uploads import Upload


class Client(threading.Thread):
    """Uploads one check-in after the other and repeats each until it is acknowledged."""

    def __init__(self, site, technician, photos, seed):
        super().__init__(daemon=True)
        self._site = site
        self._technician = technician
        self._photos = photos
        self._random = random.Random(seed)
        self._ends = threading.Event()
        self._failure = None
        self.uploads = []
        self.lost = 0
        self.unavailable = 0
        self.refused = []

    def run(self):
        try:
            while not self._ends.is_set():
                self._upload_one()
        except Exception as failure:  # pylint: disable=broad-except
            self._failure = failure

    def _upload_one(self):
        photos = [self._photos.make(self._random.randrange(6)) for _ in range(self._random.choice((1, 1, 2)))]
        upload = Upload(self._site, self._technician, photos, by_part=True)
        self.uploads.append(upload)
        while not upload.is_acknowledged:
            self._count(upload.send())
            if not upload.is_acknowledged:
                if self._ends.is_set():
                    return
                time.sleep(0.05)

    def _count(self, answer):
        if answer.status is None:
            self.lost += 1
        elif answer.status == 503:
            self.unavailable += 1
        elif not answer.is_acknowledged:
            self.refused.append(answer)

    def stop(self):
        self._ends.set()
        self.join(timeout=60)
        assert not self.is_alive()
        if self._failure:
            raise self._failure


class Load:
    """One client a technician, from now until stop()."""

    def __init__(self, site, photos):
        self._clients = [Client(site, technician, photos, seed) for seed, technician in enumerate(site.technicians)]
        for client in self._clients:
            client.start()

    def sent(self):
        """Check-ins so far; the one under way is among them."""
        return [upload for client in self._clients for upload in list(client.uploads)]

    def total(self, name):
        return sum(getattr(client, name) for client in self._clients)

    def stop(self):
        for client in self._clients:
            client.stop()

    def complete(self):
        """Stops, and repeats what was not acknowledged; answers all check-ins. None was refused for good."""
        self.stop()
        refused = [answer for client in self._clients for answer in client.refused]
        assert not refused, refused[0]
        for upload in self.sent():
            if not upload.is_acknowledged:
                assert upload.send().is_acknowledged
        return self.sent()
