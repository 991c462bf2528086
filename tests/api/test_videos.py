"""Videos: announced with a check-in, sent by tus, judged, shown, packed; and what is refused, on site."""

import hashlib
import io
import shutil
import zipfile

import pytest

from support import tus
from support.evidence import codes, declared, fix_at, parts, photo_bytes, send
from support.organisation import new_id
from support.videos import sound_bytes, video_bytes
from support.world import check_in, now, work_order


@pytest.fixture(scope="module")
def video(run_folder):
    return video_bytes(run_folder, created=now())


@pytest.fixture
def awaited(user, world):
    """Call it for the id of a video whose check-in is there and whose bytes are not."""
    def announce(**fields):
        body = check_in(world.site, photos=[declared(media="video", **fields)])
        send(user, body)
        return body["photos"][0]["id"]
    return announce


def upload(user, video_id, content):
    """In three pieces, as a phone would; the last answer."""
    location = tus.create(user.api, video_id, len(content)).headers["Location"]
    third = len(content) // 3
    tus.patch(user.api, location, 0, content[:third])
    tus.patch(user.api, location, third, content[third:2 * third])
    return tus.patch(user.api, location, 2 * third, content[2 * third:])


def restart(server, program):
    server.stop()
    server.program = program
    server.start()


def refusal(user, video_id, content):
    answer = tus.create(user.api, video_id, len(content), piece=content, expect=422).json()
    assert answer["code"] == "photo_refused" and answer["retryable"] is False
    assert user.api.get(f"/v1/photos/{video_id}", expect=200).json()["state"] == "awaited"
    return answer["reason_code"], answer["errors"][0]["detail"]


def test_a_video_is_stored_as_it_was_sent(user, manager, awaited, video):
    video_id = awaited()
    receipt = upload(user, video_id, video).headers["Photo-Receipt"]
    shown = manager.api.get(f"/v1/photos/{video_id}", expect=200).json()
    assert shown["media"] == "video" and shown["duration_ms"] == 2000
    assert shown["original"] == {"width_px": 640, "height_px": 480}
    assert shown["receipt"]["sha256"] == hashlib.sha256(video).hexdigest() and receipt
    original = manager.api.get(f"/v1/photos/{video_id}/original", expect=200)
    assert original.headers["Content-Type"] == "video/mp4" and original.content == video
    for size in ("small", "medium"):
        picture = manager.api.get(f"/v1/photos/{video_id}/{size}", expect=200)
        assert picture.headers["Content-Type"] == "image/jpeg" and picture.content[:3] == b"\xff\xd8\xff"


def test_players_may_ask_for_parts(user, manager, awaited, video):
    video_id = awaited()
    upload(user, video_id, video)
    part = manager.api.get(f"/v1/photos/{video_id}/original", headers={"Range": "bytes=100-199"}, expect=206)
    assert part.content == video[100:200] and part.headers["Content-Type"] == "video/mp4"


def test_photos_are_photos_still(user, world, run_folder):
    body = check_in(world.site, photos=[declared()])
    answer = user.api.post("/v1/check-ins", files=parts(body, photo_bytes(run_folder, seed=91)), expect=201).json()
    assert answer["photos"][0]["media"] == "photo" and answer["photos"][0]["duration_ms"] is None


def test_the_file_says_where_and_when(user, awaited, run_folder):
    video_id = awaited(captured_at=now(-1))
    content = video_bytes(run_folder, "-metadata", "location=+48.8584+002.2945/", suffix="mov",
                          created="2024-05-01T12:00:00Z")
    upload(user, video_id, content)
    shown = user.api.get(f"/v1/photos/{video_id}", expect=200).json()
    assert shown["exif"]["position"] == {"latitude": 48.8584, "longitude": 2.2945}
    assert shown["exif"]["taken_local"].startswith("2024-05-01T12:00:00")
    assert codes(shown) == ["photo_taken_before", "photo_taken_elsewhere"]
    assert [finding["sentence"].partition(" was made")[0] for finding in shown["findings"]] == ["The file says that the video"] * 2
    assert shown["verdict"] != "accepted"


def test_the_same_video_twice_is_found_out(user, awaited, run_folder):
    content = video_bytes(run_folder, "-metadata", "title=twice")
    upload(user, awaited(), content)
    second = awaited()
    upload(user, second, content)
    assert "photo_reused" in codes(user.api.get(f"/v1/photos/{second}", expect=200).json())


def test_a_recording_that_was_cut_is_refused(user, awaited, video):
    reason, sentence = refusal(user, awaited(), video[:-1000])
    assert reason == "photo_truncated"
    assert sentence == f"The video is incomplete: its {len(video) - 1000} bytes end before the picture does."


def test_sound_alone_is_refused(user, awaited, run_folder):
    assert refusal(user, awaited(), sound_bytes(run_folder))[0] == "video_without_pictures"


def test_other_codings_are_refused(user, awaited, run_folder):
    reason, sentence = refusal(user, awaited(), video_bytes(run_folder, "-pix_fmt", "yuvj420p", coding="mjpeg"))
    assert reason == "video_unsupported_coding" and "mjpeg" in sentence


def test_a_photo_is_no_video(user, awaited, run_folder):
    reason, sentence = refusal(user, awaited(), photo_bytes(run_folder, seed=92))
    assert reason == "video_unsupported_type" and "JPEG" in sentence


def test_a_video_is_no_photo(user, world, video):
    body = check_in(world.site, photos=[declared()])
    send(user, body)
    answer = tus.create(user.api, body["photos"][0]["id"], len(video), piece=video, expect=422).json()
    assert answer["reason_code"] == "photo_unsupported_type"


def test_a_video_comes_by_no_other_way(user, awaited, run_folder):
    video_id = awaited()
    answer = user.api.put(f"/v1/photos/{video_id}/content", data=photo_bytes(run_folder, seed=93),
                          headers={"Content-Type": "image/jpeg"}, expect=422).json()
    assert answer["reason_code"] == "video_unsupported_type"
    assert user.api.get(f"/v1/photos/{video_id}", expect=200).json()["state"] == "awaited"


def test_photos_keep_their_own_ceiling(user, world, awaited):
    body = check_in(world.site, photos=[declared()])
    send(user, body)
    large = 26_214_401
    tus.create(user.api, body["photos"][0]["id"], large, expect=413)
    tus.create(user.api, awaited(), large)
    tus.create(user.api, awaited(), 209_715_201, expect=413)


def test_it_ticks_no_photo_of_a_checklist(user, manager, world, video):
    checklist = [{"id": new_id(), "kind": "photo", "label": "The pump", "photo_role": "overview", "required": True}]
    order = {**work_order(world.site, [user.id]), "checklist": checklist}
    manager.api.post("/v1/work-orders", json=order, expect=201)
    body = check_in(world.site, photos=[declared("overview", media="video")], work_order_ids=[order["id"]])
    send(user, body)
    upload(user, body["photos"][0]["id"], video)
    shown = manager.api.get(f"/v1/work-orders/{order['id']}", expect=200).json()
    assert [item["done"] for item in shown["checklist"]] == [False]


def test_it_goes_into_the_pack(user, manager, world, video, run_folder):
    body = check_in(world.site, photos=[declared(media="video")], fix=fix_at())
    send(user, body)
    upload(user, body["photos"][0]["id"], video)
    pack = manager.api.get(f"/v1/visits/{body['visit_id']}/pack", expect=200).content
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        assert archive.read(f"photos/{body['photos'][0]['id']}.mp4") == video


def test_a_missing_decoder_costs_no_byte(server, user, awaited, video, run_folder):
    """The server's program stands alone in a folder: the video waits until somebody has installed the rest."""
    alone = run_folder / "alone"
    alone.mkdir()
    shutil.copy(server.program, alone / "fieldproof")
    video_id = awaited()
    location = tus.create(user.api, video_id, len(video)).headers["Location"]
    tus.patch(user.api, location, 0, video[:-1])
    installed = server.program
    restart(server, str(alone / "fieldproof"))
    try:
        answer = tus.patch(user.api, location, len(video) - 1, video[-1:], expect=503).json()
        assert answer["retryable"] is True
    finally:
        restart(server, installed)
    assert tus.offset(user.api, location) == len(video)
    assert user.api.get(f"/v1/photos/{video_id}", expect=200).json()["state"] == "stored"
