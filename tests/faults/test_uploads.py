"""Resumable uploads when the server dies or its calls fail: no acknowledged byte is lost, and every one ends."""

import errno
import pathlib

import pytest

from support import one_request, tus
from support.faults import Action, Call, Phase
from support.uploads import Upload, check_original
from support.waiting import wait_until

POINTS = [call for call in Call if call != Call.DECODER_WRITE]
NEEDED = (Call.CREATE, Call.WRITE, Call.SYNC_FILE, Call.SYNC_FOLDER, Call.LINK, Call.MKDIR, Call.LOCK,
          Call.DECODER_WRITE)
ERRORS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC}
TRIES_MAX = 150


class Phone:
    """Sends one photo in two pieces, and remembers what it was told."""

    def __init__(self, technician, photo_id, content):
        self.photo_id = photo_id
        self.content = content
        self.acknowledged = 0
        self._api = technician.api
        self._half = len(content) // 2

    def _call(self, method, path, headers, data=None):
        """The answer, or None when there was none. Each on a connection of its own."""
        answer = one_request.send(method, self._api.base_url + path,
                                  {"Authorization": "Bearer " + self._api.token, **headers}, data)
        if answer.status is None:
            return None
        assert answer.status < 400 or answer.status in (503, 507), (answer.status, answer.text)
        return answer if answer.status < 300 else None

    def send(self, forgets=False):
        """From wherever it is to the end; False as soon as an answer is missing or refuses."""
        made = self._call("POST", "/v1/uploads", tus.creation(self.photo_id, len(self.content)))
        if not made:
            return False
        head = self._call("HEAD", made.headers["Location"], tus.VERSION)
        if not head:
            return False
        at = int(head.headers["Upload-Offset"])
        assert forgets or at >= self.acknowledged, f"{self.acknowledged} bytes were acknowledged, {at} are there"
        self.acknowledged = at
        while at < len(self.content):
            end = self._half if at < self._half else len(self.content)
            answer = self._call("PATCH", made.headers["Location"],
                                {**tus.VERSION, **tus.PIECE, "Upload-Offset": str(at)}, self.content[at:end])
            if not answer:
                return False
            at = self.acknowledged = int(answer.headers["Upload-Offset"])
        return True


@pytest.fixture
def new_phone(site, technician, photos):
    """One with a photo whose check-in is there, and whose thumbnails are new."""
    def make():
        upload = Upload(site, technician, [photos.make_new_picture()], by_part=False)
        upload.prepare()
        [(photo_id, content)] = upload.photos.items()
        return Phone(technician, photo_id, content)
    return make


@pytest.fixture
def check_stored(technician, evidence, server, site):
    def check(phone):
        check_original(technician, phone.photo_id, phone.content)
        evidence.wait_for_empty_staging()
        evidence.check_blobs()
        kept = server.data_folder / "uploads" / site.organisation_id
        wait_until(lambda: not list(kept.iterdir()), "the removal of a stored photo's upload")
    return check


def sweep(server):
    result = server.run("sweep")
    assert result.returncode == 0, result.stdout + result.stderr


def test_bytes_and_names_are_durable_before_an_offset_is_told(faults, new_phone):
    """A killed server leaves its pages to the kernel; after a power cut only what was synced is there."""
    phone, told = new_phone(), 0
    faults.clear_log()
    assert phone.send()
    unsynced_files, unsynced_folders, names = set(), set(), set()
    for event in faults.log():
        if event.phase == Phase.BEFORE and event.call == Call.REPLY and event.name.startswith("HTTP/1.1 2"):
            assert (unsynced_files, unsynced_folders) == (set(), set()), f"after {told} answers"
            told += 1
        elif event.phase == Phase.BEFORE or event.result < 0 or not event.name.startswith("uploads/"):
            continue
        elif event.call == Call.CREATE and event.name not in names:
            names.add(event.name)
            unsynced_folders.add(str(pathlib.PurePath(event.name).parent))
        elif event.call == Call.WRITE:
            unsynced_files.add(event.name)
        elif event.call == Call.SYNC_FILE:
            unsynced_files.discard(event.name)
        elif event.call == Call.SYNC_FOLDER:
            unsynced_folders.discard(event.name)
    assert told == 4, "creation, offset, two pieces"


def test_kills_at_every_point(server, faults, new_phone, check_stored, technician, evidence):
    undisturbed = new_phone()
    faults.clear_log()
    assert undisturbed.send()
    made = [event.call for event in faults.log() if event.phase == Phase.BEFORE and event.call in POINTS]
    points = [(call, number) for call in POINTS for number in range(1, made.count(call) + 1)]
    kills = 0
    for index, (call, number) in enumerate(points):
        phone = new_phone()
        faults.arm([call], Action.KILL, first=number, phase=Phase.AFTER if index % 2 else Phase.BEFORE)
        is_done = phone.send()
        if not faults.disarm():
            assert is_done
            continue
        kills += 1
        server.await_end()
        if index % 3 == 0:
            sweep(server)
        server.start()
        assert phone.send(), (call, number)
        check_original(technician, phone.photo_id, phone.content)
        assert phone.send(), "the end cannot be heard twice"
    sweep(server)
    check_stored(phone)
    evidence.check_no_orphans()
    print(f"{kills} kills")
    assert kills > 25


@pytest.mark.parametrize("error", ERRORS)
def test_every_call_fails_once(error, faults, new_phone, check_stored, server):
    number, fired = 0, 1
    while fired:
        number += 1
        assert number < TRIES_MAX, "the upload never gets clean"
        phone = new_phone()
        faults.clear_log()
        faults.arm(NEEDED, Action.FAIL, first=number, error=ERRORS[error])
        is_done = phone.send(forgets=True)
        fired = faults.disarm()
        # Where fsync fails nobody knows what is on disk: then, and only then, the upload begins anew.
        made = [event.call for event in faults.log() if event.phase == Phase.BEFORE and event.call in NEEDED]
        lost = fired and made[number - 1] == Call.SYNC_FILE
        assert is_done or phone.send(forgets=lost), number
        assert server.process.poll() is None
        check_stored(phone)
    print(f"{error}: {number - 1} calls failed in turn")
    assert number > 15
