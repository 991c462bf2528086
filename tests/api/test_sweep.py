"""`fieldproof sweep` removes what no row refers to, and nothing else; the server runs it once in a while."""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import subprocess
import time

import pytest

from support.organisation import new_id
from support.server import Server
from support.waiting import wait_until


@pytest.fixture
def store(server):
    """Puts a file into the blob store's folder as if it had been uploaded `age_s` ago."""

    def put(organisation_id, content, age_s=7200):
        digest = hashlib.sha256(content).hexdigest()
        path = server.data_folder / "blobs" / organisation_id / digest[:2] / digest
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (time.time() - age_s,) * 2)
        return path, digest

    return put


def refer_to(postgres, organisation, sha256, small, medium, pdf):
    """A visit whose photo and sheet refer to these digests, written behind the server's back."""
    org, user = organisation.id, organisation.administrator.id
    visit = new_id()
    postgres.query(f"""
        INSERT INTO customer (org_id, id, name, tier, language, content_sha256)
            VALUES ('{org}', '{visit}', 'C', 'gold', 'en', '');
        INSERT INTO site (org_id, id, customer_id, name, time_zone, datum, position_given, radius_m,
                          latitude_deg, longitude_deg, content_sha256)
            VALUES ('{org}', '{visit}', '{visit}', 'S', 'UTC', 'wgs84', '{{}}', 100, 1, 2, '');
        INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, verdict)
            VALUES ('{org}', '{visit}', '{visit}', '{user}', now(), 'accepted');
        INSERT INTO check_in (org_id, id, visit_id, site_id, user_id, kind, captured_at, sent_at, received_at,
                              verdict, content_sha256)
            VALUES ('{org}', '{visit}', '{visit}', '{visit}', '{user}', 'arrival', now(), now(), now(),
                    'accepted', '');
        INSERT INTO photo (org_id, id, check_in_id, visit_id, site_id, user_id, role, captured_at, state,
                           stored_at, sha256, bytes, small_sha256, medium_sha256, verdict)
            VALUES ('{org}', '{visit}', '{visit}', '{visit}', '{visit}', '{user}', 'before', now(), 'stored',
                    now(), '\\x{sha256}', 1, '\\x{small}', '\\x{medium}', 'accepted');
        INSERT INTO visit_sheet (org_id, visit_id, version, state, content, document, document_sha256,
                                 pdf_sha256, written_by)
            VALUES ('{org}', '{visit}', 1, 'signed', '{{}}', '{{}}', '\\x01', '\\x{pdf}', '{user}');
    """)


def sweep(server, expect=0):
    result = server.run("sweep")
    assert result.returncode == expect, result.stdout + result.stderr
    return result.stdout + result.stderr


def test_what_rows_refer_to_stays_and_the_rest_goes(server, organisation, postgres, store):
    kept = [store(organisation.id, content) for content in (b"original", b"small", b"medium", b"pdf")]
    refer_to(postgres, organisation, *(digest for _, digest in kept))
    orphan, _ = store(organisation.id, b"orphan")
    young, _ = store(organisation.id, b"young", age_s=60)
    assert "1 files removed (6 bytes)" in sweep(server)
    assert not orphan.exists() and young.exists()
    assert all(path.exists() for path, _ in kept)
    assert "0 files removed" in sweep(server)


def test_the_same_bytes_in_another_organisation_are_another_blob(server, new_organisation, postgres, store):
    one, other = new_organisation(), new_organisation()
    kept, digest = store(one.id, b"shared bytes")
    orphan, _ = store(other.id, b"shared bytes")
    refer_to(postgres, one, digest, digest, digest, digest)
    sweep(server)
    assert kept.exists() and not orphan.exists()


def test_an_unknown_organisations_files_are_kept(server, store):
    path, _ = store(new_id(), b"of another database")
    assert "knows no such organisation" in sweep(server)
    assert path.exists()


def test_many_references_are_read_page_by_page(server, new_organisation, postgres, store):
    organisation = new_organisation()
    first, digest = store(organisation.id, b"first")
    refer_to(postgres, organisation, digest, digest, digest, digest)
    last, last_digest = store(organisation.id, b"last")
    columns = ("check_in_id, visit_id, site_id, user_id, role, captured_at, state, stored_at, sha256, bytes,"
               " medium_sha256, verdict")
    for small, count in ((f"'\\x{digest}'", 6000), (f"'\\x{last_digest}'", 1)):
        postgres.query(f"INSERT INTO photo (org_id, id, small_sha256, {columns})"
                       f" SELECT org_id, gen_random_uuid(), {small}, {columns} FROM photo,"
                       f" generate_series(1, {count}) WHERE org_id = '{organisation.id}' AND id = visit_id")
    orphan, _ = store(organisation.id, b"nobody's")
    sweep(server)
    assert first.exists() and last.exists() and not orphan.exists()


def test_stale_staging_files_go_and_young_ones_stay(server):
    staging = server.data_folder / "staging"
    stale, young = staging / "stale", staging / "young"
    for path in (stale, young):
        path.write_bytes(b"x")
    os.utime(stale, (time.time() - 7200,) * 2)
    sweep(server)
    assert not stale.exists() and young.exists()
    young.unlink()


def test_without_the_database_nothing_is_removed(server, organisation, postgres, store, tmp_path):
    orphan, _ = store(organisation.id, b"orphan without a database")
    blind = Server(tmp_path / "blind", postgres, environment={
        "FIELDPROOF_DATABASE_URL": "postgresql:///none?host=/nonexistent",
        "FIELDPROOF_DATA_DIR": str(server.data_folder)})
    assert "does not answer" in sweep(blind, expect=1)
    assert orphan.exists()


@pytest.fixture
def sweeping(tmp_path, postgres):
    """Call it for a server on a folder of its own that sweeps every second."""
    made = []

    def start(**environment):
        made.append(Server(tmp_path / f"sweeping-{len(made)}", postgres, environment={
            "FIELDPROOF_SWEEP_EVERY_S": "1", "FIELDPROOF_DATA_DIR": str(tmp_path / "photos"), **environment}))
        (tmp_path / "photos").mkdir(exist_ok=True)
        made[-1].data_folder = tmp_path / "photos"
        return made[-1]

    yield start
    for server in made:
        server.stop()


def old_file(server, organisation, content):
    digest = hashlib.sha256(content).hexdigest()
    path = server.data_folder / "blobs" / organisation.id / digest[:2] / digest
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - 7200,) * 2)
    return path


def test_a_server_sweeps_by_itself(sweeping, organisation):
    server = sweeping()
    server.start()
    orphan, young = old_file(server, organisation, b"nobody's"), old_file(server, organisation, b"young")
    os.utime(young)
    wait_until(lambda: not orphan.exists(), "the sweep of an orphan")
    again = old_file(server, organisation, b"nobody's, later")
    wait_until(lambda: not again.exists(), "the next sweep")
    assert young.exists()
    wait_until(lambda: '"swept"' in server.log_text(), "the log's line")
    assert "files removed" not in server.log_text(), "the log is JSON"


def test_of_several_processes_on_a_folder_one_sweeps(sweeping, organisation):
    """Whoever has the file of the last sweep locked does; here it is the test."""
    server = sweeping()
    turn = server.data_folder / "last-sweep"
    with open(turn, "wb") as file:
        os.utime(turn, (0, 0))
        fcntl.flock(file, fcntl.LOCK_EX)
        server.start()
        orphan = old_file(server, organisation, b"not my turn")
        time.sleep(2.5)
        assert orphan.exists()
    wait_until(lambda: not orphan.exists(), "the sweep")
    wait_until(lambda: turn.stat().st_mtime > time.time() - 3600, "the note of when it was")


def test_a_first_start_sweeps_later(sweeping, organisation):
    server = sweeping(FIELDPROOF_SWEEP_EVERY_S="3600")
    orphan = old_file(server, organisation, b"there before the first start")
    server.start()
    turn = server.data_folder / "last-sweep"
    wait_until(turn.exists, "the first look")
    assert orphan.exists()
    os.utime(turn, (0, 0))
    server.restart()
    wait_until(lambda: not orphan.exists(), "the sweep that is overdue")


def test_a_sweep_that_fails_is_tried_again(sweeping):
    """The sweep's process finds no database behind the address; the server has not looked for one."""
    server = sweeping(FIELDPROOF_DATABASE_URL="postgresql:///none?host=/nonexistent")
    server.data_folder.joinpath("last-sweep").touch()
    os.utime(server.data_folder / "last-sweep", (0, 0))
    with open(server.log_path, "wb") as log, subprocess.Popen(
            [server.program, "serve"], env=server.environment, stdout=log, stderr=log) as process:
        wait_until(lambda: server.log_text().count('"sweep_failed"') > 1, "the second attempt")
        process.terminate()
        assert process.wait(60) == 0


def test_a_server_does_not_sweep_what_is_being_stored(sweeping):
    server = sweeping(FIELDPROOF_SWEEP_AGE_S="599")
    result = server.run("serve")
    assert result.returncode == 1 and "FIELDPROOF_SWEEP_AGE_S is 599" in result.stderr, result.stderr


def sweeps_of(server):
    """The processes of that server that sweep; each is the child of one of its threads."""
    found = []
    for children in pathlib.Path(f"/proc/{server.process.pid}/task").glob("*/children"):
        for pid in children.read_text(encoding="ascii").split():
            with contextlib.suppress(OSError):  # it may have ended meanwhile
                if b"sweep" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.append(int(pid))
    return found


def test_a_server_that_stops_takes_its_sweep_along(sweeping, organisation, postgres):
    server = sweeping()
    server.start()
    with postgres.transaction("LOCK TABLE upload IN ACCESS EXCLUSIVE MODE"):
        (sweep_pid,) = wait_until(lambda: len(sweeps_of(server)) == 1 and sweeps_of(server), "a sweep that waits for the database")
        assert server.stop() == 0
        wait_until(lambda: not pathlib.Path(f"/proc/{sweep_pid}").exists(), "the sweep's end")
    assert server.data_folder.joinpath("last-sweep").exists()
    orphan = old_file(server, organisation, b"left by the sweep that was killed")
    server.start()
    wait_until(lambda: not orphan.exists(), "the next sweep")
