"""On the way: what a technician's phone says of it, who sees it, and what ends it."""

import datetime

import pytest

from support.evidence import send
from support.organisation import new_id
from support.world import World, check_in, now, token_of

TODAY = str(datetime.datetime.now(datetime.timezone.utc).date())


@pytest.fixture(scope="module")
def world(new_organisation, run_folder):
    return World(new_organisation(), run_folder)


@pytest.fixture
def user(world):
    return world.organisation.user("technician")


def say(user, key, since, expect=200, event=None):
    return user.api.post(f"/v1/work-orders/{key}/on-the-way", json={"id": event or new_id(), "since": since}, expect=expect)


def shown(world, key):
    return world.api.get(f"/v1/work-orders/{key}", expect=200).json()


def customers_view(world, key):
    link = world.api.post(f"/v1/work-orders/{key}/links", json={"id": new_id()}, expect=201).json()
    page = world.api.with_token(None).get(f"/v1/shared/{token_of(link)}", expect=200)
    return page.json()["work_orders"][0], page.text


def in_plan(world, key):
    entries = world.api.get("/v1/plan", params={"from": TODAY, "to": TODAY}, expect=200).json()["work_orders"]
    return next(entry for entry in entries if entry["id"] == key)


def test_office_customer_and_phone_see_it(world, user):
    key, since = world.new_work_order([user.id]), now(-5)
    before = shown(world, key)
    answer = say(user, key, since).json()
    name = world.api.get(f"/v1/users/{user.id}", expect=200).json()["name"]
    way = {"since": since, "by": {"id": user.id, "name": name}}
    assert answer["on_the_way"] == way and answer["state"] == "assigned" and answer["version"] == before["version"] + 1
    assert in_plan(world, key)["on_the_way"] == way
    assert user.api.get("/v1/my/changes", expect=200).json()["work_orders"][0]["on_the_way"] == way
    view, text = customers_view(world, key)
    assert view["on_the_way_since"] == since
    assert user.id not in text and name not in text and "latitude" not in text


def test_the_arrival_ends_it(world, user):
    key = world.new_work_order([user.id])
    say(user, key, now(-5))
    send(user, check_in(world.site, work_order_ids=[key]))
    assert (shown(world, key)["state"], shown(world, key)["on_the_way"]) == ("on_site", None)
    assert customers_view(world, key)[0]["on_the_way_since"] is None
    history = world.api.get(f"/v1/work-orders/{key}/history", expect=200).json()["items"]
    assert [event["kind"] for event in history] == ["created", "on_the_way", "state_changed"]
    assert history[1]["actor"]["id"] == user.id


def test_every_other_end(world, user):
    def on_the_way():
        key = world.new_work_order([user.id])
        say(user, key, now())
        return key

    taken_back = on_the_way()
    assert say(user, taken_back, None).json()["on_the_way"] is None
    cancelled = on_the_way()
    world.api.post(f"/v1/work-orders/{cancelled}/transitions", json={"to": "cancelled", "reason": "r"}, expect=200)
    assert shown(world, cancelled)["on_the_way"] is None
    reassigned = on_the_way()
    path = f"/v1/work-orders/{reassigned}"
    both = [user.id, world.own.user.id]
    assert world.api.patch(path, json={"assignee_ids": both}, expect=200).json()["on_the_way"]["by"]["id"] == user.id
    assert world.api.patch(path, json={"assignee_ids": both[1:]}, expect=200).json()["on_the_way"] is None


def test_nobody_takes_back_what_a_colleague_said(world, user):
    key = world.new_work_order([user.id, world.own.user.id])
    say(user, key, now())
    assert say(world.own.user, key, None).json()["on_the_way"]["by"]["id"] == user.id


def test_one_goes_to_one_site_at_a_time(world, user):
    here, beside = world.new_work_order([user.id]), world.new_work_order([user.id])
    site, world.site = world.site, world.new_site()
    elsewhere = world.new_work_order([user.id])
    world.site = site
    say(user, here, now(-3))
    say(user, beside, now(-2))
    assert shown(world, here)["on_the_way"] and shown(world, beside)["on_the_way"]
    say(user, elsewhere, now(-1))
    assert [shown(world, key)["on_the_way"] is None for key in (here, beside, elsewhere)] == [True, True, False]
    assert say(user, here, now(-3)).json()["on_the_way"] is None, "an older report that comes late overtakes nothing"
    assert shown(world, elsewhere)["on_the_way"]


def test_whoever_arrived_elsewhere_is_not_on_the_way(world, user):
    key, other = world.new_work_order([user.id]), world.new_work_order([user.id])
    say(user, key, now(-5))
    send(user, check_in(world.site, work_order_ids=[other], captured_at=now(-1)))
    assert customers_view(world, key)[0]["on_the_way_since"] is None
    assert in_plan(world, key)["on_the_way"] is None


def test_it_is_not_believed_for_ever(world, user):
    key = world.new_work_order([user.id])
    say(user, key, now(-11 * 60))
    assert customers_view(world, key)[0]["on_the_way_since"] == shown(world, key)["on_the_way"]["since"]
    say(user, key, now(-13 * 60))
    assert customers_view(world, key)[0]["on_the_way_since"] is None


def test_a_clock_that_is_ahead_says_now(world, user):
    key = world.new_work_order([user.id])
    assert say(user, key, now(90)).json()["on_the_way"]["since"] <= now()


def test_the_same_again_changes_nothing(world, user):
    key, event, since = world.new_work_order([user.id]), new_id(), now()
    first = say(user, key, since, event=event).json()
    send(user, check_in(world.site, work_order_ids=[key]))
    again = say(user, key, since, event=event)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json()["on_the_way"] is None
    assert first["on_the_way"]["since"] == since
    for other in (now(7), None):
        assert say(user, key, other, expect=409, event=event).json()["code"] == "content_conflict"


def test_after_the_arrival_only_the_history_says_it(world, user):
    key = world.new_work_order([user.id])
    send(user, check_in(world.site, work_order_ids=[key]))
    before = shown(world, key)
    assert say(user, key, now(-30)).json() == before
    history = world.api.get(f"/v1/work-orders/{key}/history", expect=200).json()["items"]
    assert [event["kind"] for event in history] == ["created", "state_changed", "on_the_way"]


def test_nobody_goes_to_what_is_cancelled_or_not_theirs(world, user):
    key = world.new_work_order([user.id])
    say(world.own.user, key, now(), expect=404)
    world.api.post(f"/v1/work-orders/{key}/transitions", json={"to": "cancelled", "reason": "r"}, expect=200)
    problem = say(user, key, now(), expect=409).json()
    assert problem["code"] == "state_conflict" and not problem["retryable"]


def test_a_queue_brings_it_before_the_arrival(world, user):
    key, since, queued = world.new_work_order([user.id]), now(-20), now()
    operations = [
        {"id": new_id(), "operation": "createCheckIn", "queued_at": queued, "body": check_in(world.site, work_order_ids=[key])},
        {"id": new_id(), "operation": "reportOnTheWay", "queued_at": queued, "parameters": {"work_order_id": key},
         "body": {"id": new_id(), "since": since}},
    ]
    results = user.api.post("/v1/sync", json={"operations": operations}, expect=200).json()["results"]
    assert [result["outcome"] for result in results] == ["accepted", "accepted"]
    assert results[1]["body"]["on_the_way"]["since"] == since, "the phone's queue said it before it said the arrival"
    assert shown(world, key)["on_the_way"] is None
    again = user.api.post("/v1/sync", json={"operations": operations}, expect=200).json()["results"]
    assert [result["outcome"] for result in again] == ["replayed", "replayed"]
