"""What a power cut would find: the log of calls shows that nothing is promised before it is durable."""

import concurrent.futures
import pathlib

import pytest

from support.faults import Call, Phase
from support.uploads import Upload


class PowerCut:
    """Follows one thread's calls and knows what would be lost if the power went now."""

    def __init__(self):
        self.unsynced_files = set()   # staging files whose bytes are not on disk
        self.unsynced_names = {}      # folder: names in it that may vanish
        self.found_names = {}         # blobs that were there already: which of their syncs are due
        self.linked = 0
        self.found = 0
        self.commits = 0
        self.is_committing = False

    def lost(self):
        return self.unsynced_files, {folder: names for folder, names in self.unsynced_names.items() if names}

    def _add_name(self, path):
        path = pathlib.PurePath(path)
        self.unsynced_names.setdefault(str(path.parent), set()).add(path.name)

    def follow(self, event):
        if event.phase == Phase.BEFORE:
            self._before(event)
        elif event.result >= 0:
            self._after_success(event)
        elif event.call == Call.LINK:
            # Somebody's file is there: perhaps nobody has lived to make it and its name durable.
            self.found += 1
            self.unsynced_files.add(event.name)
            self._add_name(event.name)

    def _before(self, event):
        if event.call == Call.LINK:
            assert event.source not in self.unsynced_files, "a name for bytes that are not durable"
        elif event.call == Call.COMMIT_SEND:
            assert self.lost() == (set(), {}), "COMMIT before everything is durable"
            self.is_committing = True
        elif event.call == Call.REPLY and event.name.startswith("HTTP/1.1 2"):
            assert self.commits >= 1 and not self.is_committing, "an answer before its COMMIT"

    def _after_success(self, event):
        if event.call in (Call.CREATE, Call.WRITE):
            self.unsynced_files.add(event.name)
        elif event.call == Call.SYNC_FILE:
            self.unsynced_files.discard(event.name)
        elif event.call == Call.SYNC_FOLDER:
            self.unsynced_names.pop(event.name, None)
        elif event.call == Call.MKDIR:
            self._add_name(event.name)
        elif event.call == Call.LINK:
            self.linked += 1
            self._add_name(event.name)
        elif event.call == Call.COMMIT_DONE:
            self.commits += 1
            self.is_committing = False


def follow_log(faults):
    """{thread: PowerCut} of all that was logged."""
    threads = {}
    for event in faults.log():
        threads.setdefault(event.thread, PowerCut()).follow(event)
    return {thread: cut for thread, cut in threads.items() if cut.linked or cut.found}


@pytest.mark.parametrize("by_part", [True, False], ids=["multipart check-in", "content of one photo"])
def test_blobs_are_durable_before_commit_and_commit_comes_before_the_answer(faults, site, technician, photos, by_part):
    upload = Upload(site, technician, [photos.make_new_picture() for _ in range(3 if by_part else 1)], by_part)
    upload.prepare()
    faults.clear_log()
    assert upload.send().status == 201
    cut, = follow_log(faults).values()
    assert cut.linked == (9 if by_part else 3)
    assert cut.commits == 2, "one to ask who sends it, one to keep it"


def test_a_blob_that_is_there_already_is_made_durable_again(faults, site, technician, photos):
    photo = photos.make_new_picture()
    assert Upload(site, technician, [photo], by_part=True).send().status == 201
    faults.clear_log()
    assert Upload(site, technician, [photo], by_part=True).send().status == 201
    cut, = follow_log(faults).values()
    assert (cut.linked, cut.found) == (0, 3)


def test_a_new_process_trusts_no_folder_that_it_finds(server, faults, site, technician, photos):
    """The one before may have been killed between making the folder and making it durable."""
    photo = photos.make_new_picture()
    assert Upload(site, technician, [photo], by_part=True).send().status == 201
    server.kill()
    server.start()
    faults.clear_log()
    assert Upload(site, technician, [photo], by_part=True).send().status == 201
    events = faults.log()
    commit = max(index for index, event in enumerate(events) if event.call == Call.COMMIT_SEND)
    synced = {event.name for event in events[:commit]
              if event.call == Call.SYNC_FOLDER and event.phase == Phase.AFTER and event.result == 0}
    assert {"blobs", f"blobs/{site.organisation_id}"} <= synced


def test_a_start_makes_the_data_folder_itself_durable(server, faults):
    server.stop()
    faults.clear_log()
    server.start()
    synced = {event.name for event in faults.log()
              if event.call == Call.SYNC_FOLDER and event.phase == Phase.AFTER and event.result == 0}
    assert {"..", ""} <= synced


def test_the_order_holds_with_many_at_once(faults, site, photos):
    uploads = [Upload(site, technician, [photos.make(number % 2) for number in range(3)], by_part=True)
               for technician in site.technicians for _ in range(3)]
    faults.clear_log()
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(Upload.send, uploads))
    assert [answer.status for answer in answers] == [201] * len(uploads)
    cuts = follow_log(faults).values()
    assert sum(cut.linked + cut.found for cut in cuts) == 9 * len(uploads)
