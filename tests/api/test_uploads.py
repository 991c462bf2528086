"""Resumable uploads: tus 1.0 by hand, the drafts, every status, and who may see what."""

import datetime
import email.utils
import hashlib

import pytest

from support import tus
from support.evidence import declared, photo_bytes, send
from support.organisation import new_id
from support.raw_http import RawConnection
from support.upload_phone import awaited, file_of, is_stored, phone, photo
from support.world import check_in


# ---- what the server can do ----

def test_options(phone):
    answer = phone.with_token(None).request("OPTIONS", "/v1/uploads", expect=204)
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {
        "creation", "creation-with-upload", "expiration", "checksum", "termination"}
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert answer.headers["Tus-Max-Size"] == "209715200"


@pytest.mark.parametrize("version", [None, "0.2.2", "1.0.0, 0.2.2"])
def test_other_versions_are_refused(phone, awaited, photo, version):
    location = tus.create(phone, awaited(), len(photo)).headers["Location"]
    said = {} if version is None else {"Tus-Resumable": version}
    for method, path in (("POST", "/v1/uploads"), ("HEAD", location), ("PATCH", location), ("DELETE", location)):
        headers = {**tus.creation(new_id(), 1), **tus.PIECE, "Upload-Offset": "0"}
        del headers["Tus-Resumable"]
        answer = phone.request(method, path, headers={**headers, **said}, expect=412)
        assert answer.headers["Tus-Version"] == "1.0.0" and answer.headers["Tus-Resumable"] == "1.0.0"
    assert tus.offset(phone, location) == 0


def test_every_refusal_names_the_protocol(phone):
    for answer in (phone.with_token(None).request("HEAD", f"/v1/uploads/{new_id()}", headers=tus.VERSION, expect=401),
                   phone.get(f"/v1/uploads/{new_id()}", headers=tus.VERSION, expect=405),
                   tus.head(phone, f"/v1/uploads/{new_id()}", expect=404)):
        assert answer.headers["Tus-Resumable"] == "1.0.0"


# ---- the IETF's draft ----

def draft(complete, version=6, **headers):
    return {"Upload-Draft-Interop-Version": str(version), "Upload-Complete": complete, **headers}


@pytest.mark.parametrize("version", [5, 6, 7, 8])
def test_the_draft_in_pieces(phone, awaited, photo, version):
    photo_id = awaited()
    created = phone.post("/v1/uploads", expect=201, headers=draft("?0", version, **{
        "Upload-Length": str(len(photo)), "Upload-Metadata": tus.metadata(photo_id)}))
    location = created.headers["Location"]
    assert created.headers["Upload-Draft-Interop-Version"] == str(version) and "Tus-Resumable" not in created.headers
    piece = {"Content-Type": "application/partial-upload"}
    first = phone.patch(location, data=photo[:4000], expect=204,
                        headers=draft("?0", version, **piece, **{"Upload-Offset": "0"}))
    assert first.headers["Upload-Offset"] == "4000" and first.headers["Upload-Complete"] == "?0"
    head = phone.request("HEAD", location, headers={"Upload-Draft-Interop-Version": str(version)}, expect=200)
    assert head.headers["Upload-Offset"] == "4000" and head.headers["Upload-Complete"] == "?0"
    last = phone.patch(location, data=photo[4000:], expect=204,
                       headers=draft("?1", version, **piece, **{"Upload-Offset": "4000"}))
    assert last.headers["Upload-Complete"] == "?1" and last.headers["Photo-Receipt"]
    assert is_stored(phone, photo_id, photo)


def test_the_draft_at_once(phone, awaited, photo):
    """As Apple's URLSession sends a file: its own type, no length but the body's."""
    photo_id = awaited()
    answer = phone.post("/v1/uploads", data=photo, expect=201, headers=draft("?1", **{
        "Content-Type": "image/jpeg", "Upload-Metadata": tus.metadata(photo_id)}))
    assert answer.headers["Upload-Complete"] == "?1" and answer.headers["Upload-Offset"] == str(len(photo))
    assert is_stored(phone, photo_id, photo)


def test_a_last_piece_that_is_not_the_end(phone, awaited, photo):
    """Whoever says so has another file in mind; nothing of it is taken."""
    location = tus.create(phone, awaited(), len(photo)).headers["Location"]
    answer = phone.patch(location, data=photo[:100], expect=400, headers=draft("?1", **{
        "Content-Type": "application/partial-upload", "Upload-Offset": "0"})).json()
    assert answer["errors"][0]["pointer"] == "header:Upload-Complete"
    assert tus.offset(phone, location) == 0


def test_an_unknown_draft(phone, awaited, photo):
    location = tus.create(phone, awaited(), len(photo)).headers["Location"]
    for version in ("3", "9", "6.0"):
        phone.request("HEAD", location, headers={"Upload-Draft-Interop-Version": version}, expect=412)


# ---- a photo's way ----

def test_in_pieces(phone, awaited, photo, server, organisation):
    photo_id = awaited()
    answer = tus.create(phone, photo_id, len(photo), filename="IMG 1.JPG")
    location = answer.headers["Location"]
    expires = email.utils.parsedate_to_datetime(answer.headers["Upload-Expires"])
    assert expires > datetime.datetime.now(datetime.timezone.utc)
    assert answer.content == b""
    done = 0
    for size in (1, 1000, 20000, len(photo)):
        head = tus.head(phone, location)
        assert int(head.headers["Upload-Offset"]) == done
        assert int(head.headers["Upload-Length"]) == len(photo)
        assert head.headers["Upload-Metadata"] == tus.metadata(photo_id, filename="IMG 1.JPG")
        assert head.headers["Cache-Control"] == "no-store"
        answer = tus.patch(phone, location, done, photo[done:done + size])
        done = min(done + size, len(photo))
        assert int(answer.headers["Upload-Offset"]) == done
        assert "Upload-Expires" in answer.headers
    assert is_stored(phone, photo_id, photo)
    assert tus.offset(phone, location) == len(photo)
    assert not file_of(server, organisation, location).exists()
    # The last answer was lost: the same again says that the upload is elsewhere, and HEAD where.
    assert tus.patch(phone, location, 21001, photo[21001:], expect=409).json()["code"] == "offset_mismatch"
    assert int(tus.patch(phone, location, len(photo), b"").headers["Upload-Offset"]) == len(photo)


def test_the_verdict_is_that_of_any_other_photo(phone, user, world, run_folder):
    dark = photo_bytes(run_folder, "--dark", seed=72)
    body = check_in(world.site, photos=[declared()])
    visit = send(user, body)["visit_id"]
    tus.create(phone, body["photos"][0]["id"], len(dark), piece=dark)
    photo = phone.get(f"/v1/photos/{body['photos'][0]['id']}", expect=200).json()
    assert photo["state"] == "stored" and photo["findings"], photo
    assert photo["findings"][0]["code"] in str(phone.get(f"/v1/visits/{visit}", expect=200).json())


def test_creation_with_upload(phone, awaited, photo):
    photo_id = awaited()
    answer = tus.create(phone, photo_id, len(photo), piece=photo[:5000])
    assert answer.headers["Upload-Offset"] == "5000"
    # A lost answer: the same again goes on with the same upload, and what was there is read past.
    again = tus.create(phone, photo_id, len(photo), piece=photo[:9000])
    assert again.headers["Location"] == answer.headers["Location"] and again.headers["Upload-Offset"] == "9000"
    assert tus.create(phone, photo_id, len(photo), piece=photo[:100]).headers["Upload-Offset"] == "9000"
    tus.patch(phone, answer.headers["Location"], 9000, photo[9000:])
    assert is_stored(phone, photo_id, photo)


@pytest.mark.parametrize("checked", [False, True])
def test_another_file_does_not_go_on_where_the_first_one_stopped(phone, awaited, photo, checked):
    """Two photos of the same length under one id must not become one that nobody took."""
    photo_id, other = awaited(), photo[:-1000] + bytes(1000)
    other = other[:2000] + bytes([other[2000] ^ 1]) + other[2001:]
    location = tus.create(phone, photo_id, len(photo), piece=photo[:5000]).headers["Location"]
    headers = {"Upload-Checksum": tus.checksum("sha256", other)} if checked else {}
    problem = tus.create(phone, photo_id, len(photo), piece=other, headers=headers, expect=409).json()
    assert problem["code"] == "content_conflict"
    assert tus.offset(phone, location) == 5000
    tus.patch(phone, location, 5000, photo[5000:])
    assert is_stored(phone, photo_id, photo)


def test_everything_at_once(phone, awaited, photo):
    photo_id = awaited()
    answer = tus.create(phone, photo_id, len(photo), piece=photo)
    assert answer.headers["Upload-Offset"] == str(len(photo))
    assert is_stored(phone, photo_id, photo)


def test_asking_again_finds_the_upload(phone, awaited, photo):
    photo_id = awaited()
    first = tus.create(phone, photo_id, len(photo)).headers["Location"]
    tus.patch(phone, first, 0, photo[:100])
    assert tus.create(phone, photo_id, len(photo)).headers["Location"] == first
    assert tus.offset(phone, first) == 100
    other = tus.create(phone, photo_id, len(photo) + 1).headers["Location"]
    assert other != first and tus.offset(phone, other) == 0
    tus.head(phone, first, expect=404)


def test_a_stored_photo_is_not_uploaded_again(phone, awaited, photo):
    photo_id = awaited()
    tus.create(phone, photo_id, len(photo), piece=photo)
    assert tus.create(phone, photo_id, len(photo), filename="x", expect=409).json()["code"] == "content_conflict"
    assert tus.create(phone, photo_id, len(photo) + 1, expect=409).json()["code"] == "content_conflict"
    assert tus.offset(phone, tus.create(phone, photo_id, len(photo)).headers["Location"]) == len(photo)
    digest = hashlib.sha256(photo).hexdigest()
    location = tus.create(phone, photo_id, len(photo), sha256=digest).headers["Location"]
    assert tus.offset(phone, location) == len(photo)
    tus.create(phone, photo_id, len(photo), piece=photo, sha256=digest)
    tus.create(phone, photo_id, len(photo), sha256=hashlib.sha256(b"other").hexdigest(), expect=409)


def test_the_photo_came_another_way_meanwhile(phone, awaited, photo, run_folder):
    for sent, status in ((photo, 204), (photo_bytes(run_folder, seed=73), 409)):
        photo_id = awaited()
        location = tus.create(phone, photo_id, len(photo), piece=photo[:-1]).headers["Location"]
        phone.put(f"/v1/photos/{photo_id}/content", data=sent, headers={"Content-Type": "image/jpeg"}, expect=201)
        tus.patch(phone, location, len(photo) - 1, photo[-1:], expect=status)
        assert is_stored(phone, photo_id, sent)
        tus.head(phone, location, expect=200 if status == 204 else 404)


# ---- refusals ----

def test_a_refused_photo_says_why_and_the_upload_is_gone(phone, awaited, photo, server, organisation):
    photo_id = awaited()
    location = tus.create(phone, photo_id, 30000).headers["Location"]
    problem = tus.patch(phone, location, 0, photo[:30000], expect=422).json()
    assert problem["code"] == "photo_refused" and problem["reason_code"] == "photo_truncated"
    assert problem["retryable"] is False
    tus.head(phone, location, expect=404)
    assert not file_of(server, organisation, location).exists()
    assert phone.get(f"/v1/photos/{photo_id}", expect=200).json()["state"] == "awaited"
    assert tus.create(phone, photo_id, 19, piece=b"this is no picture.", expect=422).json()["code"] == "photo_refused"
    tus.create(phone, photo_id, len(photo), piece=photo)
    assert is_stored(phone, photo_id, photo)


def test_announced_digests(phone, awaited, photo):
    right, wrong = hashlib.sha256(photo).hexdigest(), hashlib.sha256(b"wrong").hexdigest()
    problem = tus.create(phone, awaited(), len(photo), piece=photo, sha256=wrong, expect=422).json()
    assert problem["errors"][0]["rule"] == "sha256"
    photo_id = awaited()
    tus.create(phone, photo_id, len(photo), piece=photo, sha256=right)
    assert is_stored(phone, photo_id, photo)
    photo_id = awaited(sha256=right)
    tus.create(phone, photo_id, len(photo), sha256=wrong, expect=422)
    changed = photo[:-1] + b"\0"
    tus.create(phone, photo_id, len(photo), piece=changed, expect=422)
    tus.create(phone, photo_id, len(photo), piece=photo)
    assert is_stored(phone, photo_id, photo)


@pytest.mark.parametrize("header, value, status", [
    ("Upload-Length", None, 400), ("Upload-Length", "-1", 400), ("Upload-Length", "1e3", 400),
    ("Upload-Length", "", 400), ("Upload-Length", "0", 400), ("Upload-Length", "26214401", 413),
    ("Upload-Length", "99999999999999999999", 400),
    ("Upload-Metadata", None, 400), ("Upload-Metadata", "photo_id", 400), ("Upload-Metadata", "photo_id !!!", 400),
    ("Upload-Metadata", "filename eA==", 400), ("Upload-Metadata", "photo_id " + tus.encoded("no id"), 400),
    ("Upload-Metadata", "photo_id " + tus.encoded(new_id()) + ",sha256 " + tus.encoded("abc"), 400),
    ("Upload-Metadata", "x " + "A" * 5000, 400), ("Upload-Metadata", tus.metadata(new_id()), 404),
], ids=lambda value: str(value)[:20])
def test_creations_that_are_refused(phone, awaited, header, value, status):
    headers = tus.creation(awaited(), 1000)
    if value is None:
        del headers[header]
    else:
        headers[header] = value
    phone.post("/v1/uploads", headers=headers, expect=status)


def test_bodies_of_creations_that_are_refused(phone, awaited):
    photo_id = awaited()
    tus.create(phone, photo_id, 10, piece=b"x" * 11, expect=413)
    tus.create(phone, photo_id, 10, piece=b"x", headers={"Content-Type": "image/jpeg"}, expect=415)
    phone.post("/v1/uploads", data=iter([b"x"]), headers={**tus.creation(photo_id, 10), **tus.PIECE}, expect=411)


@pytest.mark.parametrize("headers, status, code", [
    ({"Upload-Offset": "1"}, 409, "offset_mismatch"), ({"Upload-Offset": "-1"}, 400, "invalid_parameter"),
    ({"Upload-Offset": "x"}, 400, "invalid_parameter"),
    ({"Content-Type": "image/jpeg"}, 415, "unsupported_media_type"),
    ({"Upload-Checksum": "md5 AAAA"}, 400, "invalid_parameter"),
    ({"Upload-Checksum": "sha1"}, 400, "invalid_parameter"),
    ({"Upload-Checksum": "sha1 AAAA"}, 400, "invalid_parameter"),
    ({"Upload-Checksum": tus.checksum("sha1", b"other")}, 460, "checksum_mismatch"),
    ({"Upload-Checksum": tus.checksum("sha256", b"other")}, 460, "checksum_mismatch"),
])
def test_pieces_that_are_refused(phone, awaited, photo, headers, status, code):
    location = tus.create(phone, awaited(), len(photo)).headers["Location"]
    assert tus.patch(phone, location, 0, photo[:4000], headers=headers, expect=status).json()["code"] == code
    assert tus.offset(phone, location) == 0


def test_more_than_was_announced_is_refused(phone, awaited, photo):
    location = tus.create(phone, awaited(), len(photo)).headers["Location"]
    tus.patch(phone, location, 0, photo[:100])
    tus.patch(phone, location, 100, photo[100:] + b"x", expect=413)
    assert tus.offset(phone, location) == 100


def test_a_piece_must_say_its_offset_and_length(phone, awaited, photo):
    location = tus.create(phone, awaited(), len(photo)).headers["Location"]
    phone.patch(location, data=b"x", headers={**tus.VERSION, **tus.PIECE}, expect=400)
    phone.patch(location, data=iter([b"x"]), headers={**tus.VERSION, **tus.PIECE, "Upload-Offset": "0"}, expect=411)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_checksums(phone, awaited, photo, algorithm):
    photo_id = awaited()
    first, rest = photo[:10000], photo[10000:]
    location = tus.create(phone, photo_id, len(photo), piece=first,
                          headers={"Upload-Checksum": tus.checksum(algorithm, first)}).headers["Location"]
    damaged = b"\0" + rest[1:]
    right = {"Upload-Checksum": tus.checksum(algorithm, rest)}
    tus.patch(phone, location, 10000, damaged, headers=right, expect=460)
    tus.patch(phone, location, 10000, rest, headers=right)
    assert is_stored(phone, photo_id, photo)


def test_termination(phone, awaited, photo, server, organisation):
    photo_id = awaited()
    location = tus.create(phone, photo_id, len(photo), piece=photo[:100]).headers["Location"]
    assert file_of(server, organisation, location).stat().st_size == 100
    tus.delete(phone, location)
    assert not file_of(server, organisation, location).exists()
    tus.head(phone, location, expect=404)
    tus.patch(phone, location, 100, b"x", expect=404)
    tus.delete(phone, location, expect=404)
    assert not file_of(server, organisation, location).exists()
    location = tus.create(phone, photo_id, len(photo), piece=photo).headers["Location"]
    tus.delete(phone, location)
    assert is_stored(phone, photo_id, photo)


def test_others_uploads_are_not_there(phone, awaited, photo, organisation, new_organisation, server):
    location = tus.create(phone, awaited(), len(photo), piece=photo[:100]).headers["Location"]
    for stranger in (organisation.user("technician"), new_organisation().user("technician")):
        tus.head(stranger.api, location, expect=404)
        tus.patch(stranger.api, location, 100, b"x", expect=404)
        tus.delete(stranger.api, location, expect=404)
        tus.create(stranger.api, awaited(), 100, expect=404)
    tus.head(phone, "/v1/uploads/no-id", expect=404)
    tus.head(phone, f"/v1/uploads/{new_id()}", expect=404)
    organisation.administrator.api.request("HEAD", location, headers=tus.VERSION, expect=403)
    assert tus.offset(phone, location) == 100
    assert len(list((server.data_folder / "uploads" / organisation.id).glob(location.rsplit("/", 1)[1]))) == 1


def test_a_network_that_knows_only_post(phone, awaited, photo):
    photo_id = awaited()
    location = tus.create(phone, photo_id, len(photo)).headers["Location"]
    headers = {**tus.VERSION, **tus.PIECE, "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    with RawConnection(phone.base_url) as connection:
        lines = {"Host": "test", "Authorization": f"Bearer {phone.token}", "Content-Length": len(photo), **headers}
        head = f"POST {location} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        assert connection.send((head + "\r\n").encode() + photo).answer().status == 204
    assert is_stored(phone, photo_id, photo)
    for path, override, status in (("/v1/me", "DELETE", 405), (location, "GET", 405), (location, "DELETE", 204)):
        with RawConnection(phone.base_url) as connection:
            answer = connection.send(
                f"POST {path} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {phone.token}\r\nTus-Resumable: 1.0.0\r\n"
                f"Content-Length: 0\r\nX-HTTP-Method-Override: {override}\r\n\r\n".encode()).answer()
            assert answer.status == status
