"""Uploads that are cut, raced for, taken over by another process, or never ended."""

import fcntl
import threading
import time

import pytest

from support import tus
from support.organisation import new_id
from support.server import Server
from support.upload_phone import CHUNK, awaited, file_of, is_stored, phone, photo, raw_patch, wait_for_size
from support.waiting import wait_until


# ---- cuts ----

def test_what_came_before_a_cut_stays(phone, awaited, photo, server, organisation):
    photo_id = awaited()
    location = tus.create(phone, photo_id, len(photo)).headers["Location"]
    done = 0
    while done < len(photo):
        size = min(7000, len(photo) - done)
        connection = raw_patch(phone, location, done, len(photo) - done)
        connection.send(photo[done:done + size])
        if done + size < len(photo):
            wait_for_size(file_of(server, organisation, location), done, size)
            connection.close()
            assert tus.offset(phone, location) == done + size
        else:
            assert connection.answer().status == 204
        done += size
    assert is_stored(phone, photo_id, photo)


def test_a_piece_with_a_checksum_counts_whole_or_not_at_all(phone, awaited, photo):
    location = tus.create(phone, awaited(), len(photo)).headers["Location"]
    with raw_patch(phone, location, 0, 20000, **{"Upload-Checksum": tus.checksum("sha1", photo[:20000])}) as connection:
        connection.send(photo[:10000])
        time.sleep(0.1)
    assert tus.offset(phone, location) == 0


@pytest.mark.parametrize("way", ["stop", "kill"])
def test_a_restart_loses_nothing(phone, awaited, photo, server, organisation, way):
    photo_id = awaited()
    location = tus.create(phone, photo_id, len(photo), piece=photo[:3000]).headers["Location"]
    with raw_patch(phone, location, 3000, len(photo) - 3000) as connection:
        connection.send(photo[3000:11192])
        wait_for_size(file_of(server, organisation, location), 3000, 8192)
        if way == "stop":
            connection.close()
        getattr(server, way)()
        server.start()
    assert tus.offset(phone, location) == 11192
    tus.patch(phone, location, 11192, photo[11192:])
    assert is_stored(phone, photo_id, photo)


def test_a_crash_after_the_last_byte(phone, awaited, photo, server, organisation):
    """Nobody stored the photo yet: whoever asks how far it is makes it so."""
    photo_id = awaited()
    location = tus.create(phone, photo_id, len(photo), piece=photo[:-1]).headers["Location"]
    with open(file_of(server, organisation, location), "ab") as file:
        file.write(photo[-1:])
    assert tus.offset(phone, location) == len(photo)
    assert is_stored(phone, photo_id, photo)
    location = tus.create(phone, awaited(), 30000, piece=photo[:29999]).headers["Location"]
    with open(file_of(server, organisation, location), "ab") as file:
        file.write(photo[29999:30000])
    tus.head(phone, location, expect=422)
    tus.head(phone, location, expect=404)


# ---- races ----

def test_a_new_request_takes_the_upload_over(phone, awaited, photo, server, organisation):
    photo_id = awaited()
    location = tus.create(phone, photo_id, len(photo)).headers["Location"]
    with raw_patch(phone, location, 0, len(photo)) as silent:
        silent.send(photo[:5000])
        wait_for_size(file_of(server, organisation, location), 0, 5000)
        assert tus.offset(phone, location) == 5000
        answer = silent.answer()
        assert answer.status == 423 and answer.json()["code"] == "upload_locked"
        assert answer.json()["retryable"] is True and int(answer.headers["retry-after"]) > 0
        assert silent.is_closed()
    tus.patch(phone, location, 5000, photo[5000:])
    assert is_stored(phone, photo_id, photo)


def test_two_clients_race(phone, awaited, photo, user):
    """Both resume as clients do. Neither can spoil it, and both end."""
    photo_id = awaited()
    location = tus.create(phone, photo_id, len(photo)).headers["Location"]
    statuses, failures = [], []

    def client():
        own = phone.with_token(user.api.token)
        own._recorder = type("Nothing", (), {"record": lambda *_: None})()
        try:
            while True:
                at = int(tus.head(own, location).headers["Upload-Offset"])
                if at == len(photo):
                    return
                answer = tus.patch(own, location, at, photo[at:at + 3001], expect=None)
                statuses.append(answer.status_code)
                assert answer.status_code in (204, 409, 423), answer.text
        except Exception as failure:  # pylint: disable=broad-except
            failures.append(failure)

    clients = [threading.Thread(target=client) for _ in range(3)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join(timeout=60)
    assert not failures, failures
    assert is_stored(phone, photo_id, photo)
    assert statuses.count(204) >= len(photo) // 3001


def test_another_server_on_the_same_folder_shares_the_lock(phone, awaited, photo, server, postgres, organisation, tmp_path):
    photo_id = awaited()
    location = tus.create(phone, photo_id, len(photo)).headers["Location"]
    second = Server(tmp_path / "second", postgres, environment={
        name: server.environment[name] for name in ("FIELDPROOF_DATA_DIR", "FIELDPROOF_TOKEN_SECRET_FILE")})
    second.start()
    try:
        other = phone.with_token(phone.token)
        other.base_url = second.base_url
        with raw_patch(phone, location, 0, len(photo)) as silent:
            silent.send(photo[:5000])
            wait_for_size(file_of(server, organisation, location), 0, 5000)
            assert tus.offset(other, location) == 5000
            assert silent.answer().status == 423
        tus.patch(other, location, 5000, photo[5000:])
        assert is_stored(phone, photo_id, photo)
    finally:
        second.stop()


@pytest.mark.parametrize("sends", ["nothing", "a byte now and then"])
def test_who_falls_silent_loses_the_lock_though_nobody_asks(sends, phone, awaited, photo, server, postgres, organisation, tmp_path):
    """A phone that walked out of the network in the middle of a piece, with shorter limits than the real ones."""
    photo_id = awaited()
    location = tus.create(phone, photo_id, len(photo)).headers["Location"]
    impatient = Server(tmp_path / "impatient", postgres, environment={
        "FIELDPROOF_HEAD_TIMEOUT_MS": "1000", "FIELDPROOF_BODY_GRACE_MS": "2000", "FIELDPROOF_BODY_BYTES_PER_S": "5000",
        **{name: server.environment[name] for name in ("FIELDPROOF_DATA_DIR", "FIELDPROOF_TOKEN_SECRET_FILE")}})
    impatient.start()
    try:
        other = phone.with_token(phone.token)
        other.base_url = impatient.base_url
        path = file_of(server, organisation, location)

        def is_free():
            if sends != "nothing":
                try:
                    connection.send(b"x")
                except OSError:
                    pass  # it was cut
            with open(path, "rb") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return False
                return True

        with raw_patch(other, location, 0, len(photo)) as connection:
            connection.send(photo[:CHUNK])
            wait_for_size(path, 0, CHUNK)
            wait_until(is_free, "the end of the silent one's lock")
        assert tus.offset(phone, location) >= CHUNK
    finally:
        impatient.stop()


def test_who_waits_in_vain_is_told_so(phone, awaited, photo, server, postgres, organisation, tmp_path):
    """Somebody who does not look at the bell: the lock held from outside."""
    photo_id = awaited()
    location = tus.create(phone, photo_id, len(photo), piece=photo[:10]).headers["Location"]
    hasty = Server(tmp_path / "hasty", postgres, environment={
        "FIELDPROOF_UPLOAD_LOCK_WAIT_MS": "200",
        **{name: server.environment[name] for name in ("FIELDPROOF_DATA_DIR", "FIELDPROOF_TOKEN_SECRET_FILE")}})
    hasty.start()
    try:
        other = phone.with_token(phone.token)
        other.base_url = hasty.base_url
        with open(file_of(server, organisation, location), "rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            tus.head(other, location, expect=423)
            tus.patch(other, location, 10, b"x", expect=423)
            tus.delete(other, location, expect=423)
            tus.create(other, photo_id, len(photo), piece=photo[:20], expect=423)
        assert tus.offset(other, location) == 10
    finally:
        hasty.stop()


# ---- expiry ----

def expire(postgres, location):
    postgres.query(f"UPDATE upload SET expires_at = now() WHERE id = '{location.rsplit('/', 1)[1]}'")


def sweep(server):
    result = server.run("sweep")
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def test_expired_uploads_are_not_there_and_are_swept(phone, awaited, photo, server, postgres, organisation):
    photo_id = awaited()
    location = tus.create(phone, photo_id, len(photo), piece=photo[:100]).headers["Location"]
    living = tus.create(phone, awaited(), len(photo), piece=photo[:200]).headers["Location"]
    done = tus.create(phone, awaited(), len(photo), piece=photo).headers["Location"]
    expire(postgres, location)
    expire(postgres, done)
    tus.head(phone, location, expect=404)
    tus.patch(phone, location, 100, b"x", expect=404)
    assert file_of(server, organisation, location).exists()
    orphan = file_of(server, organisation, f"/{new_id()}")
    orphan.write_bytes(b"of nobody")
    left_behind = file_of(server, organisation, tus.create(phone, awaited(), len(photo), piece=photo).headers["Location"])
    left_behind.write_bytes(photo)
    sweep(server)
    for path in (file_of(server, organisation, location), orphan, left_behind):
        assert not path.exists()
    assert postgres.query(f"SELECT count(*) FROM upload WHERE id = '{done.rsplit('/', 1)[1]}'")[0][0] == "0"
    assert tus.offset(phone, living) == 200
    again = tus.create(phone, photo_id, len(photo)).headers["Location"]
    assert again != location and tus.offset(phone, again) == 0


def test_a_sweep_leaves_what_is_being_sent_alone(phone, awaited, photo, server, postgres, organisation):
    location = tus.create(phone, awaited(), len(photo)).headers["Location"]
    path = file_of(server, organisation, location)
    with raw_patch(phone, location, 0, len(photo)) as connection:
        connection.send(photo[:5000])
        wait_for_size(path, 0, 5000)
        expire(postgres, location)
        sweep(server)
        assert path.exists()
    wait_until(lambda: sweep(server) or not path.exists(), "the sweep of an upload that nobody sends any more")
