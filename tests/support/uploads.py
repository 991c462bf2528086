"""Check-ins with photos as a phone sends them, and what must be true of them afterwards."""

import hashlib
import json
import os
import re
import struct
import threading

import requests

from support import one_request, world
from support.organisation import new_id
from support.waiting import wait_until

_HEX = re.compile(r"[0-9a-f]{64}")


class PhotoMaker:
    """Any number of different photos from a few pictures: a comment of its own makes each one new.

    Photos of one picture share their thumbnails.
    """

    def __init__(self, folder):
        self._folder = folder
        self._pictures = {}
        self._count = 0
        self._lock = threading.Lock()  # several uploaders share one maker

    def make(self, picture):
        """The bytes of a photo that nobody has seen before; `picture` is any number."""
        with self._lock:
            if picture not in self._pictures:
                path = self._folder / f"picture-{picture}.jpg"
                self._pictures[picture] = world.make_photo(path, picture)
            self._count += 1
        bytes_ = self._pictures[picture]
        comment = f"photo {self._count} {new_id()}".encode()
        return bytes_[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + bytes_[2:]

    def make_new_picture(self):
        """A photo whose thumbnails nobody has seen either."""
        return self.make(1000 + len(self._pictures))


class Site:
    """An organisation with one site and some technicians."""

    def __init__(self, organisation, technicians=1):
        api = organisation.administrator.api
        customer, site = world.customer(), world.site(None)
        site["customer_id"] = customer["id"]
        api.post("/v1/customers", json=customer, expect=201)
        api.post("/v1/sites", json=site, expect=201)
        self.id = site["id"]
        self.organisation_id = organisation.id
        self.technicians = [organisation.user("technician") for _ in range(technicians)]


class Upload:
    """One request with photos, that can be sent any number of times: always the same bytes."""

    def __init__(self, site, technician, photos, by_part):
        self._technician = technician
        self._by_part = by_part
        self.photos = {new_id(): photo for photo in photos}
        self.check_in = world.check_in(site.id)
        self.check_in["photos"] = [
            {"id": photo, "role": "overview", "captured_at": world.now()} for photo in self.photos
        ]
        self.is_acknowledged = False

    def prepare(self):
        """For photos that follow their check-in: the check-in."""
        if not self._by_part:
            self._technician.api.post("/v1/check-ins", json=self.check_in, expect=201)

    def send(self, timeout=60):
        answer = self._send_parts(timeout) if self._by_part else self._send_contents(timeout)
        self.is_acknowledged = self.is_acknowledged or answer.is_acknowledged
        return answer

    def _send_parts(self, timeout):
        parts = [("check_in", ("check_in.json", json.dumps(self.check_in), "application/json"))]
        parts += [(photo, ("photo.jpg", bytes_, "image/jpeg")) for photo, bytes_ in self.photos.items()]
        form = requests.Request("POST", self._technician.api.base_url, files=parts).prepare()
        return self._call("POST", "/v1/check-ins", timeout, form.body, form.headers["Content-Type"])

    def _send_contents(self, timeout):
        for photo, bytes_ in self.photos.items():
            answer = self._call("PUT", f"/v1/photos/{photo}/content", timeout, bytes_, "image/jpeg")
            if not answer.is_acknowledged:
                break
        return answer

    def _call(self, method, path, timeout, body, media_type):
        """A connection of its own each time: a lost one belongs to this request and no other."""
        api = self._technician.api
        headers = {"Authorization": "Bearer " + api.token, "Content-Type": media_type}
        return one_request.send(method, api.base_url + path, headers, body, timeout)


class Evidence:
    """Reads one organisation's files and rows past the server, and says what is wrong with them."""

    def __init__(self, data_folder, postgres, organisation_id):
        self._data = data_folder
        self._postgres = postgres
        self._organisation = organisation_id
        self._checked = set()

    def staging(self):
        return os.listdir(self._data / "staging")

    def wait_for_empty_staging(self):
        wait_until(lambda: not self.staging(), "an empty staging folder")

    def blobs(self):
        """{(organisation, sha256)} on disk."""
        return {(path.parts[-3], path.name) for path in (self._data / "blobs").glob(f"{self._organisation}/*/*")}

    def stored_photos(self):
        """{photo id: sha256} of what the database says is stored."""
        rows = self._postgres.query(
            "SELECT id, encode(sha256, 'hex') FROM photo "
            f"WHERE org_id = '{self._organisation}' AND state = 'stored'"
        )
        found = dict(rows)
        assert len(found) == len(rows), "a photo is there twice"
        return found

    def referenced(self):
        """{(organisation, sha256)} that rows refer to."""
        rows = self._postgres.query(
            "SELECT org_id, encode(unnest(ARRAY[sha256, small_sha256, medium_sha256]), 'hex') "
            f"FROM photo WHERE org_id = '{self._organisation}' AND state = 'stored' UNION "
            "SELECT org_id, encode(pdf_sha256, 'hex') FROM visit_sheet "
            f"WHERE org_id = '{self._organisation}' AND pdf_sha256 IS NOT NULL"
        )
        return set(map(tuple, rows))

    def count(self, table, key, ids):
        """How many rows of a table have one of these ids."""
        names = ",".join(f"'{value}'" for value in ids)
        return int(self._postgres.query(f"SELECT count(*) FROM {table} WHERE {key} IN ({names})")[0][0])

    def check_blobs(self):
        """Every file holds the bytes its name says; every row has its files."""
        present = self.blobs()
        for organisation, name in present - self._checked:
            assert _HEX.fullmatch(name), f"a file that is no blob: {name}"
            path = self._data / "blobs" / organisation / name[:2] / name
            assert hashlib.sha256(path.read_bytes()).hexdigest() == name, f"other bytes in blob {name}"
            self._checked.add((organisation, name))
        missing = self.referenced() - present
        assert not missing, f"rows without their blobs: {missing}"

    def check_no_orphans(self):
        """After a sweep: exactly what rows refer to."""
        assert self.blobs() == self.referenced()
        assert self.staging() == []

    def check_acknowledged(self, uploads):
        """Every photo of an acknowledged request is stored with its very bytes."""
        stored = self.stored_photos()
        for upload in uploads:
            for photo, bytes_ in upload.photos.items():
                if upload.is_acknowledged:
                    assert stored.get(photo) == hashlib.sha256(bytes_).hexdigest(), f"lost: {photo}"


def check_original(technician, photo, bytes_):
    """What the server answers for a photo is what was sent."""
    answer = technician.api.get(f"/v1/photos/{photo}/original", expect=200)
    assert hashlib.sha256(answer.content).digest() == hashlib.sha256(bytes_).digest()
