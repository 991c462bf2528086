"""Photos as they are served: sizes, orientations, caching, ranges, and to whom."""

import contextlib
import hashlib
import os
import pathlib

import pytest

from support.evidence import declared, parts, photo_bytes, put_photo, send
from support.waiting import wait_until
from support.world import check_in

SIZES = ("original", "medium", "small")


def store(user, world, photo):
    """The stored photo's JSON."""
    return send(user, check_in(world.site, photos=[declared()]), photo)["photos"][0]


def jpeg_size(content):
    """Width and height from the frame header (ITU-T T.81, B.2.2)."""
    at = 2
    while content[at] == 0xFF:
        marker, length = content[at + 1], int.from_bytes(content[at + 2:at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(content[at + 7:at + 9], "big"), int.from_bytes(content[at + 5:at + 7], "big")
        at += 2 + length
    raise AssertionError("no frame header")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_thumbnails_are_upright(user, world, run_folder, orientation):
    photo = store(user, world, photo_bytes(run_folder, seed=60, width=1600, height=1200, orientation=orientation))
    assert photo["original"] == {"width_px": 1600, "height_px": 1200}
    for size, long_side in (("small", range(300, 321)), ("medium", range(1024, 1281))):
        content = user.api.get(f"/v1/photos/{photo['id']}/{size}", expect=200).content
        width, height = jpeg_size(content)
        assert {"width_px": width, "height_px": height} == photo[size]
        assert width in long_side and width * 3 == pytest.approx(height * 4, abs=4)


@pytest.mark.parametrize("options", [
    ("--progressive",), ("--subsampling", "422"), ("--subsampling", "444"), ("--subsampling", "440"), ("--grey",),
    ("--trailing", "30000"), ("--no-exif",), ("--restart", "2"),
])
def test_every_form_that_phones_make(user, world, run_folder, options):
    content = photo_bytes(run_folder, *options, seed=61)
    photo = store(user, world, content)
    assert user.api.get(f"/v1/photos/{photo['id']}/original", expect=200).content == content


@pytest.mark.parametrize("magic, name", [
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "PNG"),
    (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64, "HEIC"),
    (b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 64, "WebP"),
    (b"%PDF-1.7\n" + b"\0" * 64, "PDF"),
    (b"hello, this is text" * 10, "JPEG"),
])
def test_other_files_are_refused_by_name(user, world, magic, name):
    body = check_in(world.site, photos=[declared()])
    send(user, body)
    problem = put_photo(user, body["photos"][0]["id"], magic, expect=422).json()
    assert problem["code"] == "photo_refused" and name in problem["detail"], problem
    assert user.api.get(f"/v1/photos/{body['photos'][0]['id']}", expect=200).json()["state"] == "awaited"


def test_an_empty_body_is_no_photo(user, world):
    body = check_in(world.site, photos=[declared()])
    send(user, body)
    assert put_photo(user, body["photos"][0]["id"], b"", expect=400).json()["code"] == "invalid_body"


def test_caching(user, world, run_folder):
    photo = store(user, world, photo_bytes(run_folder, seed=62))
    for size in SIZES:
        path = f"/v1/photos/{photo['id']}/{size}"
        answer = user.api.get(path, expect=200)
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in answer.headers["Cache-Control"] and "private" in answer.headers["Cache-Control"]
        assert answer.headers["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
        assert user.api.get(path, headers={"If-None-Match": answer.headers["ETag"]}, expect=304).content == b""


@pytest.mark.parametrize("value, first, last", [
    ("bytes=0-99", 0, 99), ("bytes=100-", 100, None), ("bytes=-100", -100, None), ("bytes=5-5", 5, 5),
])
def test_ranges(user, world, run_folder, value, first, last):
    content = photo_bytes(run_folder, seed=63)
    path = f"/v1/photos/{store(user, world, content)['id']}/original"
    answer = user.api.get(path, headers={"Range": value}, expect=206)
    wanted = content[first:] if last is None else content[first:last + 1]
    assert answer.content == wanted
    begin = content.index(wanted) if first < 0 else first
    assert answer.headers["Content-Range"] == f"bytes {begin}-{begin + len(wanted) - 1}/{len(content)}"


def test_ranges_that_are_none(user, world, run_folder):
    content = photo_bytes(run_folder, seed=64)
    path = f"/v1/photos/{store(user, world, content)['id']}/original"
    assert user.api.get(path, headers={"Range": f"bytes={len(content)}-"}, expect=416).json()["code"] == "range_not_satisfiable"
    assert user.api.get(path, headers={"Range": "lines=1-2"}, expect=200).content == content
    stale = {"Range": "bytes=0-9", "If-Range": '"something else"'}
    assert user.api.get(path, headers=stale, expect=200).content == content


def test_serving_files_keeps_none_open(user, world, run_folder, server):
    photo = store(user, world, photo_bytes(run_folder, seed=79))
    open_files = pathlib.Path(f"/proc/{server.process.pid}/fd")

    def blobs_open():
        targets = [os.readlink(entry) for entry in open_files.iterdir() if entry.exists()]
        return sum("/data/blobs/" in target and len(pathlib.Path(target).name) == 64
                   for target in targets)

    for size in SIZES:
        path = f"/v1/photos/{photo['id']}/{size}"
        etag = user.api.get(path, expect=200).headers["ETag"]
        user.api.get(path, headers={"Range": "bytes=0-9"}, expect=206)
        user.api.get(path, headers={"Range": "bytes=99999999-"}, expect=416)
        user.api.get(path, headers={"If-None-Match": etag}, expect=304)
    wait_until(lambda: not blobs_open(), "the end of the last file")  # the answer is here a moment before


def test_only_those_who_may_see_them(user, world, organisation, new_organisation, run_folder):
    photo = store(user, world, photo_bytes(run_folder, seed=65))
    strangers = [organisation.user("technician"), new_organisation().administrator]
    for size in SIZES:
        path = f"/v1/photos/{photo['id']}/{size}"
        for stranger in strangers:
            assert stranger.api.get(path, expect=404).json()["code"] == "not_found"
        organisation.administrator.api.get(path, expect=200)
        user.api.with_token(None).get(path, expect=401)


def test_bombs_cost_nothing(server, user, world, run_folder):
    bombs = {
        "photo_too_many_pixels": (0.1, ("--declare-width", "65500", "--declare-height", "65500")),
        "photo_exif_too_large": (0.1, ("--exif-bytes", "3000000")),
        "photo_too_many_scans": (0.5, ("--scans", "10000", "--flat")),
    }
    for code, (limit_s, options) in bombs.items():
        content = photo_bytes(run_folder, *options, width=160, height=120)
        took = []
        for _ in range(5):
            body = check_in(world.site, photos=[declared()])
            before = processor_time_s(server)
            problem = user.api.post("/v1/check-ins", files=parts(body, content), expect=422).json()
            took.append(processor_time_s(server) - before)
            assert problem["reason_code"] == code
        # A ceiling on what a refusal may cost, not a measurement; what else the machine does costs no time of this.
        assert min(took) < limit_s * 5, (code, took)


def processor_time_s(server):
    """What the server and its decoders, also those that have ended, have used."""
    ticks = 0
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == server.process.pid:  # its session
                ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")
