"""A database of an earlier release, with work in it, takes every migration since, and nothing in it changes."""

import gzip

import pytest

from support.api import Api
from support.paths import ROOT
from support.postgres import Postgres
from support.server import Server

# The demo organisation as the release before migration 0018 kept it; a dump by pg_dump.
EARLIER = ROOT / "tests/upgrade/after_0017.sql.gz"
DEMO = {"organisation": "nordlicht", "log_in": "petra", "password": "demo-nordlicht"}
# What was acknowledged: no migration may change a byte of it.
ACKNOWLEDGED = {
    "check_in": "id, captured_at, received_at, fix::text, verdict, findings::text, note",
    "photo": "id, sha256, bytes, stored_at, verdict, findings::text, exif::text",
    "scan": "id, value, verdict",
    "visit_sheet": "visit_id, version, state, document",
    "signature": "id, document_sha256, signed_at, rating_score",
    "review": "id, decision, reason, decided_at",
}


def digests(postgres):
    return {table: postgres.query(f"SELECT count(*), md5(string_agg(row::text, '|' ORDER BY row::text)) "
                                  f"FROM (SELECT {columns} FROM {table}) AS row")
            for table, columns in ACKNOWLEDGED.items()}


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory, recorder):
    """The server on the upgraded database, as nobody in particular, and what the database held before and after."""
    folder = tmp_path_factory.mktemp("upgrade")
    postgres = Postgres(folder / "postgres")
    try:
        postgres.start()
        postgres.load(gzip.decompress(EARLIER.read_bytes()))
        before = digests(postgres)
        server = Server(folder / "server", postgres)
        server.migrate()
        server.start()
        try:
            yield Api(server.base_url, recorder), before, digests(postgres)
        finally:
            server.stop()
    finally:
        postgres.destroy()


def test_what_was_acknowledged_is_untouched(upgraded):
    _, before, after = upgraded
    assert all(int(rows[0][0]) > 0 for rows in before.values()), before
    assert after == before


def test_the_desk_reads_it(upgraded):
    api, _, _ = upgraded
    manager = api.with_token(api.post("/v1/auth/log-in", expect=200, json=DEMO).json()["access_token"])
    visits = manager.get("/v1/visits", expect=200, params={"limit": 200}).json()["items"]
    assert len(visits) > 40
    signed = [visit for visit in visits if visit["signed_version"]]
    assert len(signed) > 20
    shown = manager.get(f"/v1/visits/{signed[0]['id']}/file", expect=200).json()
    assert all(photo["media"] == "photo" for check_in in shown["visit"]["check_ins"] for photo in check_in["photos"])
    for path in ("/v1/board", "/v1/audit-queue", "/v1/work-orders", "/v1/customer-responses"):
        manager.get(path, expect=200)
