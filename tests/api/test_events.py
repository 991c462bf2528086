"""Whoever follows the changes of an organisation is told of each, and of nothing else."""

import base64
import json
import pathlib
import random
import threading
import time

import pytest
import requests

from support.access_tokens import re_signed
from support.evidence import declared, photo_bytes, put_photo, send
from support.following import follow, move
from support.organisation import new_id
from support.sample_requests import fresh_log_in
from support.waiting import wait_until
from support.world import check_in


def test_a_stream_begins_with_start_over_and_what_happens_follows_soon(world, follow):
    stream = follow().wait_ready()
    assert stream.response.headers["Content-Type"] == "text/event-stream"
    assert stream.response.headers["X-Accel-Buffering"] == "no", "a proxy would keep it back"
    assert stream.beginning() == ["start_over", "ready"]
    key = world.new_work_order()
    stream.wait_for("work_order", key)


def stored_photo(world, run_folder):
    user = world.organisation.user("technician")
    body = check_in(world.site, photos=[declared()])
    send(user, body)
    put_photo(user, body["photos"][0]["id"], photo_bytes(run_folder, seed=random.randrange(10**6)))
    return body


# What happens, and what a desk is told of it.
def by_check_in(world, run_folder):
    body = check_in(world.site)
    send(world.own.user, body)
    return "visit", body["visit_id"]


def by_next_check_in(world, run_folder):
    send(world.own.user, check_in(world.site, visit_id=world.own.open_visit, kind="progress"))
    return "visit", world.own.open_visit


def by_photo(world, run_folder):
    return "photo", stored_photo(world, run_folder)["photos"][0]["id"]


def by_review(world, run_folder):
    body = {"id": new_id(), "decision": "approve"}
    world.organisation.user("manager").api.post(f"/v1/photos/{world.own.photo_stored}/reviews", json=body, expect=201)
    return "photo", world.own.photo_stored


def by_visit_review(world, run_folder):
    body = {"id": new_id(), "decision": "reject", "reason": "Too dark."}
    world.organisation.user("manager").api.post(f"/v1/visits/{world.own.visit}/reviews", json=body, expect=201)
    return "visit", world.own.visit


def by_retake(world, run_folder):
    body = {"id": new_id(), "decision": "retake", "reason": "Blurred."}
    world.organisation.user("manager").api.post(
        f"/v1/photos/{world.colleague.photo_stored}/reviews", json=body, expect=201)
    return "retake", body["id"]


def by_correction(world, run_folder):
    return "correction", world.own.new_correction()


def by_transition(world, run_folder):
    key = world.new_work_order([world.own.user.id])
    move(world, key, "cancelled")
    return "work_order", key


def by_deletion(world, run_folder):
    key = world.new_work_order()
    world.api.delete(f"/v1/work-orders/{key}", expect=204)
    return "work_order", key


def by_sheet(world, run_folder):
    body = check_in(world.site)
    send(world.own.user, body)
    world.own.user.api.put(f"/v1/visits/{body['visit_id']}/sheet", expect=200, json={
        "version": 1, "open_before": [], "done": [{"what": "Cleaned"}], "left_open": [], "parts": []})
    return "visit", body["visit_id"]


def by_customer(world, run_folder):
    body = {"id": new_id(), "stars": 5}
    world.api.with_token(None).post(f"/v1/shared/{world.own.link_token}/rating", json=body, expect=201)
    return "customer_response", body["id"]


def by_master_data(world, run_folder):
    return "site", world.new_site()


def by_new_user(world, run_folder):
    return "user", world.new_user()


EVERYTHING = [by_check_in, by_next_check_in, by_photo, by_review, by_visit_review, by_retake, by_correction, by_transition,
              by_deletion, by_sheet, by_customer, by_master_data, by_new_user]


@pytest.mark.parametrize("happens", EVERYTHING)
def test_the_desk_is_told_of(happens, world, run_folder, follow):
    stream = follow().wait_ready()
    stream.wait_for(*happens(world, run_folder))


def test_hundreds_at_once_are_told_as_one(world, follow):
    stream = follow().wait_ready()
    rows = "".join(f"{new_id()},Nord,gold,en\r\n" for _ in range(300))
    world.api.post("/v1/imports/customers", data=("code,name,tier,language\r\n" + rows).encode(),
                   headers={"Content-Type": "text/csv"}, expect=200)
    stream.wait_for("customer", None)
    assert set(stream.changes()) == {("customer", None)}


def test_who_comes_back_is_told_what_happened_meanwhile(world, follow):
    first = follow().wait_ready()
    first.close()
    key = world.new_work_order()
    again = follow(position=first.position).wait_ready()
    assert again.beginning() == ["changes", "ready"] and set(again.changes()) == {("work_order", key)}
    assert follow(position=again.position).wait_ready().beginning() == ["ready"]


def test_what_began_before_the_position_and_commits_after_it_is_told(world, postgres, follow):
    """Numbers or times of rows would lose it: its own are older than the position."""
    sql = f"""SET LOCAL app.org_id = '{world.organisation.id}';
              UPDATE visit SET updated_at = now() WHERE id = '{world.own.visit}'"""
    stream = follow().wait_ready()
    with postgres.transaction(sql):
        key = world.new_work_order()
        stream.wait_for("work_order", key)
        position = stream.position
        time.sleep(0.3)
    # Nobody signals for psql, so this is the look that comes in any case.
    stream.wait_for("visit", world.own.visit)
    again = follow(position=position).wait_ready()
    assert ("visit", world.own.visit) in again.changes()


def encoded(*keys):
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


def decoded(position):
    return json.loads(base64.urlsafe_b64decode(position + "=" * (-len(position) % 4)))


def test_a_position_that_cannot_be_told_from_begins_anew(follow):
    incarnation, snapshot, moment = decoded(follow().wait_ready().position)
    old = "2026-01-01T00:00:00.000000Z"
    for position in ["x", "AAAA", "a" * 8000, encoded(1, 2, 3), encoded(incarnation, "1:2", moment),
                     encoded(incarnation, "2:1:", moment), encoded(incarnation, snapshot, "yesterday"),
                     encoded(incarnation, snapshot, old), encoded("of/another/database", snapshot, moment),
                     encoded(incarnation, "900000000000:900000000001:", moment)]:
        stream = follow(position=position).wait_ready()
        assert stream.beginning() == ["start_over", "ready"], position
    assert follow(position=encoded(incarnation, snapshot, moment)).wait_ready().beginning() == ["ready"]


def test_nothing_of_other_organisations_is_told(world, follow, new_organisation):
    stranger = new_organisation().administrator
    stream = follow(token=stranger.api.token).wait_ready()
    world.new_work_order()
    body = {"id": new_id(), "name": "Own", "tier": "gold", "language": "en"}
    stranger.api.post("/v1/customers", json=body, expect=201)
    stream.wait_for("customer", body["id"])
    assert set(stream.changes()) == {("customer", body["id"])}
    again = follow(token=stranger.api.token, position=follow().wait_ready().position).wait_ready()
    assert again.changes() == []


def test_a_stream_lasts_as_long_as_it_was_asked_to(world, follow):
    assert follow(seconds=0).end_reason() == "time"
    began = time.monotonic()
    assert follow(seconds=1).end_reason() == "time"
    assert time.monotonic() - began > 0.9


def test_a_stream_does_not_outlive_its_token(follow, server, manager):
    """Whatever was asked for: who goes on shows a fresh one."""
    secret = pathlib.Path(server.environment["FIELDPROOF_TOKEN_SECRET_FILE"]).read_bytes().strip()
    began = time.monotonic()
    token = re_signed(manager.api.token, secret, exp=int(time.time()) + 3)
    streams = [follow(token=token), follow(token=token, seconds=3600)]
    assert [stream.end_reason() for stream in streams] == ["time"] * 2
    assert time.monotonic() - began > 1.5


def test_who_hears_of_nothing_hears_that_the_server_is_there(follow, new_organisation):
    quiet = follow(token=new_organisation().administrator.api.token).wait_ready()
    quiet.wait(lambda stream: stream.beats > 0, within_s=30)


def test_a_log_out_ends_the_stream(world, follow, manager):
    token = fresh_log_in(world, manager)["access_token"]
    stream, other = follow(token=token).wait_ready(), follow().wait_ready()
    world.api.with_token(token).post("/v1/auth/log-out", expect=204)
    assert stream.end_reason() == "session"
    assert not other.is_over
    assert follow(token=token).response.status_code == 401


def test_a_changed_role_ends_the_stream(world, follow, organisation):
    user = organisation.user("manager")
    stream = follow(token=user.api.token).wait_ready()
    world.api.patch(f"/v1/users/{user.id}", json={"role": "technician"}, expect=200)
    assert stream.end_reason() == "session"
    refused = follow(token=user.api.token).response
    assert refused.status_code == 403


def test_a_disabled_user_hears_nothing_more(world, follow, organisation):
    user = organisation.user("dispatcher")
    stream = follow(token=user.api.token).wait_ready()
    world.api.delete(f"/v1/users/{user.id}", expect=204)
    assert stream.end_reason() == "session"


def test_a_session_that_opens_ever_more_streams_loses_its_oldest(world, follow, manager):
    token = fresh_log_in(world, manager)["access_token"]
    streams = [follow(token=token).wait_ready() for _ in range(6)]
    time.sleep(0.3)
    assert not any(stream.is_over for stream in streams)
    follow(token=token).wait_ready()
    assert streams[0].end_reason() == "replaced"
    assert not any(stream.is_over for stream in streams[1:])


def test_streams_are_counted_and_given_back(world, follow, server):
    def open_streams():
        text = requests.get(server.base_url + "/metrics", timeout=60).text
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("fieldproof_event_streams "))

    before = open_streams()
    stream = follow().wait_ready()
    assert open_streams() >= before
    counted = open_streams()
    assert follow(seconds=0).end_reason() == "time"
    stream.close()
    # Found at the second heartbeat that nobody takes, or by something to send.
    wait_until(lambda: world.new_site() and open_streams() < counted, "the end of a stream that nobody reads")


def test_streams_hold_no_database_connection(world, follow, server):
    for _ in range(30):
        follow(token=fresh_log_in(world, world.organisation.user("manager"))["access_token"]).wait_ready()
    def is_idle():
        return "fieldproof_database_connections_busy 0\n" in requests.get(server.base_url + "/metrics", timeout=60).text

    wait_until(is_idle, "a moment without work for the database")
    assert world.new_work_order()


def test_a_reader_that_takes_nothing_hinders_nobody(world, follow, server, manager):
    silent = requests.get(server.base_url + "/v1/events", stream=True, timeout=30,
                          headers={"Authorization": "Bearer " + manager.api.token})
    stream = follow().wait_ready()
    for _ in range(5):
        stream.wait_for("work_order", world.new_work_order())
    silent.close()


def test_the_operations_say_how_they_answer(world, manager):
    """For the contract's pass over what was recorded."""
    answer = manager.api.get("/v1/events", params={"seconds": 0}, expect=200)
    assert answer.headers["Content-Type"] == "text/event-stream" and "event: ready\n" in answer.text
    refused = manager.api.get("/v1/events", params={"seconds": -1}, expect=400)
    assert refused.json()["errors"][0]["pointer"] == "query:seconds"


def test_a_session_that_ends_while_its_stream_joins_hears_nothing(postgres, follow, new_organisation):
    """It is good when the request comes, and over when the hub has looked at its organisation for the first time."""
    user = new_organisation().administrator
    sql = f"""SET LOCAL app.org_id = '{organisation_of(postgres, user)}';
              UPDATE session SET ended_at = now(), ended_reason = 'log_out' WHERE user_id = '{user.id}';
              LOCK TABLE desk_change IN ACCESS EXCLUSIVE MODE"""
    answers = []
    asking = threading.Thread(target=lambda: answers.append(follow(token=user.api.token, seconds=0).response.status_code))
    with postgres.transaction(sql):
        asking.start()
        time.sleep(1)
        assert not answers
    asking.join(60)
    assert answers == [401]


def organisation_of(postgres, user):
    return postgres.query(f"SELECT org_id FROM app_user WHERE id = '{user.id}'")[0][0]


def test_the_sweep_forgets_what_no_position_needs(world, server, postgres, follow):
    old, fresh = new_id(), world.new_work_order()
    postgres.query(f"""INSERT INTO desk_change (org_id, kind, entity_id, changed_at)
                       VALUES ('{world.organisation.id}', 'visit', '{old}', now() - interval '25 hours')""")
    position = follow().wait_ready().position
    key = world.new_work_order()
    assert server.run("sweep").returncode == 0
    left = {row[0] for row in postgres.query(f"SELECT entity_id FROM desk_change WHERE org_id = '{world.organisation.id}'")}
    assert old not in left and fresh in left
    assert set(follow(position=position).wait_ready().changes()) == {("work_order", key)}
