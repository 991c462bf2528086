"""PostgreSQL is gone: uploads are refused as retryable, nothing is half there, and it goes on by itself."""

import pytest

from support.uploads import Upload, check_original


@pytest.mark.parametrize("way", ["stop", "crash"])
def test_uploads_wait_for_the_database(way, server, postgres, site, technician, photos, evidence, api):
    process_id = server.process.pid
    uploads = [Upload(site, technician, [photos.make_new_picture()], by_part) for by_part in (True, False)]
    for upload in uploads:
        upload.prepare()
    getattr(postgres, way)()
    try:
        for upload in uploads * 2:
            answer = upload.send()
            assert answer.status == 503 and answer.body["code"] == "unavailable"
            assert answer.body["retryable"] is True and int(answer.headers["Retry-After"]) > 0
        refused = technician.api.get(f"/v1/photos/{list(uploads[0].photos)[0]}", expect=503)
        assert int(refused.headers["Retry-After"]) > 0
        readiness = api.get("/readyz", expect=503).json()
        assert readiness["database"] == "failed" and readiness["blobs"] == "ok"
        api.get("/healthz", expect=200)
        evidence.wait_for_empty_staging()
    finally:
        postgres.start()
    for upload in uploads:
        assert upload.send().status == 201
        for photo, bytes_ in upload.photos.items():
            check_original(technician, photo, bytes_)
    api.get("/readyz", expect=200)
    assert server.process.poll() is None and server.process.pid == process_id


def test_a_restart_that_nobody_saw_costs_no_request(postgres, site, technician, photos):
    """Idle connections are dead afterwards; the server finds out before it uses one."""
    assert Upload(site, technician, [photos.make_new_picture()], by_part=True).send().status == 201
    postgres.crash()
    postgres.start()
    assert Upload(site, technician, [photos.make_new_picture()], by_part=True).send().status == 201
