"""A disk that is really full: a small file system of the server's own, and the kernel's own errors."""

import os
import pathlib
import subprocess

import pytest

from support import world
from support.api import Api
from support.server import Server
from support.uploads import Evidence, Site, Upload, check_original
from support.organisation import Organisation, new_id

DISK_BYTES = 3 * 1024 * 1024
UPLOADS_MAX = 100
NAMESPACE = ["unshare", "--mount", *(["--map-root-user"] if os.geteuid() else [])]


@pytest.fixture(scope="module")
def small_disk(run_folder, postgres, recorder):
    """A server whose data folder is a file system that only it and its children see."""
    if subprocess.run([*NAMESPACE, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode:
        pytest.skip("this machine allows no mount")
    instance = Server(run_folder / "small-disk", postgres)
    mount = f'mount -t tmpfs -o size={DISK_BYTES} none "$0" && exec "$@"'
    instance.start(wrapper=[*NAMESPACE, "sh", "-c", mount, str(instance.data_folder)])
    yield instance
    assert instance.stop() == 0


@pytest.fixture(scope="module")
def disk(small_disk):
    """Its data folder, seen from here."""
    return pathlib.Path(f"/proc/{small_disk.process.pid}/root{small_disk.data_folder}")


@pytest.fixture(scope="module")
def small_site(small_disk, recorder):
    return Site(Organisation(Api(small_disk.base_url, recorder), small_disk.operator_token))


def upload_until_full(site, photos):
    """(acknowledged uploads, the first that is refused and its answer)."""
    kept = []
    for _ in range(UPLOADS_MAX):
        upload = Upload(site, site.technicians[0], [photos.make_new_picture()], by_part=True)
        answer = upload.send()
        if answer.status != 201:
            return kept, upload, answer
        kept.append(upload)
    raise AssertionError("the disk does not get full")


def sign(technician, upload):
    """Signs the sheet of the upload's visit; answers the path of its PDF."""
    path = f"/v1/visits/{upload.check_in['visit_id']}"
    technician.api.put(f"{path}/sheet", json=world.sheet(), expect=200)
    sheet = technician.api.get(f"{path}/sheet", expect=200).json()
    technician.api.post(f"{path}/signatures", expect=201, json={
        "id": new_id(), "sheet_version": sheet["version"], "document_sha256": sheet["document_sha256"],
        "signer_name": "王芳", "signer_role": "site manager", "signed_at": world.now(),
        "strokes": {"width": 300, "height": 100, "lines": [[{"x": 1, "y": 2, "t_ms": 0}, {"x": 9, "y": 8, "t_ms": 9}]]},
    })
    return f"{path}/sheet.pdf"


def test_a_full_disk_loses_nothing(small_disk, disk, small_site, photos, postgres, recorder):
    technician, = small_site.technicians
    api = Api(small_disk.base_url, recorder)
    evidence = Evidence(disk, postgres, small_site.organisation_id)
    filler = disk / "filler"
    filler.write_bytes(bytes(DISK_BYTES // 2))
    kept, refused, answer = upload_until_full(small_site, photos)
    assert len(kept) > 2
    assert answer.status == 507 and answer.body["code"] == "storage_full" and answer.body["retryable"] is True
    pdf = sign(technician, kept[0])

    # What little is left goes, too.
    with open(disk / "rest", "wb", buffering=0) as rest:
        while True:
            try:
                rest.write(bytes(4096))
            except OSError:
                break
    assert refused.send().status == 507
    assert technician.api.get(pdf).status_code in (503, 507)
    assert api.get("/readyz", expect=503).json()["blobs"] == "failed"
    evidence.wait_for_empty_staging()
    evidence.check_blobs()
    evidence.check_acknowledged(kept)
    assert not refused.photos.keys() & evidence.stored_photos().keys()
    for upload in kept:
        for photo, bytes_ in upload.photos.items():
            check_original(technician, photo, bytes_)

    filler.unlink()
    (disk / "rest").unlink()
    api.get("/readyz", expect=200)
    assert refused.send().status == 201
    assert technician.api.get(pdf, expect=200).content.startswith(b"%PDF-")
    evidence.check_acknowledged([*kept, refused])
    evidence.check_blobs()
