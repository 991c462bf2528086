"""gzip of JSON answers: when it is wanted, worth it, and harmless."""

import pytest

from support.evidence import declared, photo_bytes, send
from support.organisation import PASSWORD, new_id
from support.world import check_in

NOTE = "Mind the compressor. " * 150


@pytest.fixture(scope="module")
def path(world):
    """Of a customer whose answer is longer than 1 KB."""
    path = f"/v1/customers/{world.new_customer()}"
    world.api.patch(path, json={"note": NOTE}, expect=200)
    return path


def get(world, path, accepted, expect=200, **headers):
    return world.api.get(path, headers={"Accept-Encoding": accepted, **headers}, expect=expect)


@pytest.mark.parametrize("accepted", [
    "gzip", "GZIP", "gzip, deflate, br", "br;q=1, gzip;q=0.2", "*", "gzip;q=0.5, identity;q=0.1", "identity;q=0, gzip;q=0.001"])
def test_who_takes_gzip_gets_it(world, path, accepted):
    answer = get(world, path, accepted)
    assert answer.headers["Content-Encoding"] == "gzip" and answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Type"] == "application/json"
    assert int(answer.headers["Content-Length"]) < 600 < len(answer.content)
    assert answer.json()["note"] == NOTE


@pytest.mark.parametrize("accepted", [
    None, "", "identity", "br", "gzip;q=0", "*;q=0", "gzip;q=0, *", "gzip;q=0.2, identity", "gzip;q=0.2, *", "gzip;q=1.1",
    "gzip;q=x", "agzip", "gzipper"])
def test_who_does_not_gets_it_plain(world, path, accepted):
    answer = get(world, path, accepted)
    assert "Content-Encoding" not in answer.headers and answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.content) and answer.json()["note"] == NOTE


def test_each_form_has_its_tag_and_each_tag_is_known(world, path):
    plain, small = get(world, path, "identity").headers["ETag"], get(world, path, "gzip").headers["ETag"]
    assert small == plain[:-1] + '-gzip"'
    for tag in (plain, small, "W/" + small, f'"other", {small}'):
        for accepted in ("identity", "gzip"):
            answer = get(world, path, accepted, 304, **{"If-None-Match": tag})
            assert answer.content == b"" and answer.headers["Vary"] == "Accept-Encoding"
            assert answer.headers["ETag"] == (plain if tag == plain else small) and "Content-Encoding" not in answer.headers
    for tag in ('"9-gzip"', '"-gzip"', small[:-1] + '-gzip"', small[:-1] + 'x"'):
        get(world, path, "gzip", 200, **{"If-None-Match": tag})
        world.api.patch(path, json={"code": None}, headers={"If-Match": tag}, expect=412)
    world.api.patch(path, json={"note": NOTE + "!"}, headers={"If-Match": small}, expect=200)
    world.api.patch(path, json={"note": NOTE}, headers={"If-Match": small}, expect=412)
    get(world, path, "gzip", 200, **{"If-None-Match": small})


def test_every_kind_of_json_answer(world, api):
    """Lists, a day, the contract, an answer to a write, a problem."""
    person = world.own.user.api
    problem = {"id": "x", "name": 5, "tier": "none", "language": "xx", **{f"unknown_{i}": 1 for i in range(20)}}
    answers = [
        world.api.get("/v1/work-orders", expect=200), person.get("/v1/my/changes", expect=200), api.get("/v1/openapi.json", expect=200),
        send_answer(person, world.site), world.api.post("/v1/customers", json=problem, expect=422),
    ]
    assert [answer.headers.get("Content-Encoding") for answer in answers] == ["gzip"] * len(answers)
    assert answers[-1].headers["Content-Type"] == "application/problem+json" and len(answers[-1].json()["errors"]) > 3


def send_answer(person, site):
    return person.post("/v1/check-ins", json=check_in(site, photos=[declared(), declared(), declared()]), expect=201)


def test_what_is_short_stays_as_it_is(world, api):
    for answer in (api.get("/healthz"), world.api.get(f"/v1/contacts/{world.contact}", expect=200)):
        assert len(answer.content) < 1024
        assert "Content-Encoding" not in answer.headers and "Vary" not in answer.headers


def test_pictures_stay_as_they_are(world, run_folder):
    photo, content = declared(), photo_bytes(run_folder, seed=5)
    send(world.own.user, check_in(world.site, photos=[photo]), content)
    answer = world.own.user.api.get(f"/v1/photos/{photo['id']}/original", headers={"Accept-Encoding": "gzip"}, expect=200)
    assert "Content-Encoding" not in answer.headers and answer.content == content


def test_secrets_are_not_compressed(world, api):
    """Their length would tell of them whoever can put texts beside them."""
    log_in = {"organisation": world.organisation.slug, "log_in": f"long-{new_id()}", "password": PASSWORD}
    user = new_id()
    world.api.post("/v1/users", expect=201, json={
        "id": user, "log_in": log_in["log_in"], "name": "长" * 190, "role": "technician", "language": "zh",
        "password": PASSWORD})
    links = f"/v1/work-orders/{world.own.work_order}/links"
    for _ in range(3):
        world.api.post(links, json={"id": new_id()}, expect=201)
    wanted = {"headers": {"Accept-Encoding": "gzip"}}
    answers = [
        api.post("/v1/auth/log-in", json=log_in, expect=200, **wanted),
        world.api.post(f"/v1/users/{user}/enrolments", json={"id": new_id()}, expect=201, **wanted),
        world.api.get(links, expect=200, **wanted),
    ]
    enrolled = {"code": answers[1].json()["code"], "device": {"id": new_id()}}
    answers.append(api.post("/v1/auth/enrol", json=enrolled, expect=200, **wanted))
    for answer in answers:
        assert len(answer.content) > 1024 and "Content-Encoding" not in answer.headers
