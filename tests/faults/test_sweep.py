"""A sweep beside uploads: a file that nobody refers to, and that somebody sends again at this moment, stays."""

import concurrent.futures
import errno
import os
import threading
import time

from support.faults import Action, Call
from support.uploads import Upload, check_original
from support.waiting import wait_until

DAY_S = 86400
ROUNDS = 3
EVERY = 2**32 - 1


def make_orphans(faults, evidence, server, site, photos):
    """Uploads whose files are there and whose rows are not, two days old."""
    uploads = [Upload(site, technician, [photos.make_new_picture()], by_part=True)
               for technician in site.technicians for _ in range(3)]
    before = evidence.blobs()
    for upload in uploads:
        faults.arm([Call.COMMIT_SEND], Action.FAIL, first=2, error=errno.EPIPE)
        assert upload.send().status == 503
        assert faults.disarm() == 1
    orphans = evidence.blobs() - before
    assert len(orphans) == 3 * len(uploads)
    for organisation, name in orphans:
        path = server.data_folder / "blobs" / organisation / name[:2] / name
        os.utime(path, (time.time() - 2 * DAY_S,) * 2)
    return uploads


def test_a_sweep_takes_nothing_that_is_being_uploaded_again(server, faults, site, photos, evidence, technician, report):
    server.environment["FIELDPROOF_SWEEP_AGE_S"] = str(DAY_S)
    removed = 0
    try:
        for _ in range(ROUNDS):
            uploads = make_orphans(faults, evidence, server, site, photos)
            # Everybody waits in front of locks and removals, so that a sweep and a put meet in between.
            faults.arm([Call.LOCK, Call.UNLINK], Action.DELAY, last=EVERY, delay_ms=15)
            ends = threading.Event()
            outputs = []

            def sweep_until_the_end():
                while not ends.is_set():
                    outputs.append(server.run("sweep"))

            with concurrent.futures.ThreadPoolExecutor(5) as pool:
                sweeper = pool.submit(sweep_until_the_end)
                wait_until(lambda: faults.matched > 0, "the sweep's first file")
                answers = list(pool.map(Upload.send, uploads))
                ends.set()
                sweeper.result()
            faults.disarm()
            assert [answer.status for answer in answers] == [201] * len(uploads)
            assert all(output.returncode == 0 for output in outputs), outputs
            removed += sum(int(output.stdout.split()[0]) for output in outputs)
            evidence.check_acknowledged(uploads)
            evidence.check_blobs()
            for upload in uploads[:2]:
                for photo, bytes_ in upload.photos.items():
                    check_original(technician, photo, bytes_)
    finally:
        server.environment["FIELDPROOF_SWEEP_AGE_S"] = "0"
    report(f"{removed} files were swept before they were sent again")
    assert removed > 0, "the sweep never met an upload"
