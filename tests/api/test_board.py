"""A day at a glance: what is on the board, what is not, and that a part of it is the same as in the whole."""

import datetime
import zoneinfo

import pytest

from support.evidence import declared, photo_bytes, put_photo, send
from support.organisation import new_id
from support.world import check_in, now, work_order

MISSING = "00000000-0000-4000-8000-000000000000"


def board(world, **query):
    return world.api.get("/v1/board", params=query, expect=200).json()


def orders_of(answer):
    return {order["id"]: order for order in answer["work_orders"]}


def people_of(answer):
    return {person["id"]: person for person in answer["technicians"]}


def new_order(world, assignees=(), **fields):
    body = {**work_order(world.site, assignees), **fields}
    world.api.post("/v1/work-orders", json=body, expect=201)
    return body["id"]


def day(world, days=0):
    zone = zoneinfo.ZoneInfo(world.api.get("/v1/organisation", expect=200).json()["time_zone"])
    return (datetime.datetime.now(zone) + datetime.timedelta(days=days)).date().isoformat()


def move(world, key, *states):
    for state in states:
        world.api.post(f"/v1/work-orders/{key}/transitions", json={"to": state, "reason": "so"}, expect=200)


def test_the_board_shows_what_is_open_and_what_was_finished_today(world):
    technician = world.own.user
    unplanned = new_order(world)
    assigned = new_order(world, [technician.id], window_starts_at=now(-30), window_ends_at=now(-5), due_at=now(60))
    left_over = new_order(world, window_starts_at=now(-3 * 1440), window_ends_at=now(-3 * 1440 + 60))
    done = new_order(world, [technician.id], window_starts_at=now(-2 * 1440))
    move(world, done, "accepted", "on_site", "done")
    tomorrow = new_order(world, window_starts_at=now(2 * 1440))
    cancelled = new_order(world)
    move(world, cancelled, "cancelled")
    answer = board(world)
    shown = orders_of(answer)
    assert {unplanned, assigned, left_over, done} <= set(shown) and not {tomorrow, cancelled} & set(shown)
    assert answer["day"] == day(world) and answer["is_whole"] and answer["is_complete"]
    assert [person["id"] for person in shown[assigned]["assignees"]] == [technician.id]
    assert shown[assigned]["site"]["customer_name"] == "Nordkühl GmbH" and shown[assigned]["visit_id"] is None
    # Another day's board holds what was planned for it, and nothing that is merely left over.
    mine = {unplanned, assigned, left_over, done, tomorrow, cancelled}
    assert set(orders_of(board(world, day=day(world, 2)))) & mine == {tomorrow}
    assert set(orders_of(board(world, day=day(world, -3)))) & mine == {left_over}


def test_who_is_where_is_their_last_check_in(world):
    user = world.organisation.user("technician")
    key = new_order(world, [user.id])
    assert people_of(board(world))[user.id]["last_check_in"] is None
    elsewhere = world.new_site()
    body = check_in(elsewhere, work_order_ids=[key], captured_at=now(-60))
    send(user, body)
    send(user, check_in(elsewhere, visit_id=body["visit_id"], kind="departure", captured_at=now(-20)))
    shown = people_of(board(world))[user.id]["last_check_in"]
    assert (shown["visit_id"], shown["kind"], shown["has_departed"]) == (body["visit_id"], "departure", True)
    assert shown["site"]["id"] == elsewhere and shown["verdict"] in ("accepted", "needs_review")
    later = check_in(world.site, captured_at=now(-5))
    send(user, later)
    shown = people_of(board(world))[user.id]["last_check_in"]
    assert (shown["visit_id"], shown["kind"], shown["has_departed"]) == (later["visit_id"], "arrival", False)
    assert shown["captured_at"] == later["captured_at"]
    assert orders_of(board(world))[key]["visit_id"] == body["visit_id"]
    assert orders_of(board(world))[key]["state"] == "on_site"


def test_open_retakes_are_shown_until_they_are_answered(world, run_folder):
    user = world.organisation.user("technician")
    manager = world.organisation.user("manager")
    first = check_in(world.site, photos=[declared()])
    send(user, first)
    photo = first["photos"][0]["id"]
    put_photo(user, photo, photo_bytes(run_folder, seed=4711))
    retake = {"id": new_id(), "decision": "retake", "reason": "Blurred."}
    manager.api.post(f"/v1/photos/{photo}/reviews", json=retake, expect=201)
    (shown,) = [entry for entry in board(world)["retakes"] if entry["id"] == retake["id"]]
    assert shown["photo_id"] == photo and shown["visit_id"] == first["visit_id"] and shown["reason"] == "Blurred."
    assert shown["technician"]["id"] == user.id
    body = {"id": new_id(), "decision": "approve", "seen_decision": "retake"}
    manager.api.post(f"/v1/photos/{photo}/reviews", json=body, expect=201)
    assert retake["id"] not in {entry["id"] for entry in board(world, retakes="true")["retakes"]}


def test_a_part_is_the_same_as_in_the_whole(world):
    whole = board(world)
    for key, order in list(orders_of(whole).items())[:10]:
        part = board(world, work_orders=key)
        assert part["work_orders"] == [order] and part["technicians"] == [] and part["retakes"] is None
        assert not part["is_whole"]
    part = board(world, visits=f"{world.own.visit},{world.colleague.visit},{MISSING}")
    assert {person["id"] for person in part["technicians"]} == {world.own.user.id, world.colleague.user.id}
    assert all(person == people_of(whole)[person["id"]] for person in part["technicians"])
    assert board(world, retakes="true")["retakes"] == whole["retakes"]
    assert board(world, retakes="true")["work_orders"] == []


def test_everybody_who_is_assigned_stands_with_the_work_order(world):
    people = sorted((user.id for user in (world.own.user, world.colleague.user, world.organisation.user("technician"))))
    key, of_nobody = new_order(world, people), new_order(world)
    for answer in (board(world), board(world, work_orders=f"{key},{of_nobody}")):
        shown = orders_of(answer)
        assert [person["id"] for person in shown[key]["assignees"]] == people and shown[of_nobody]["assignees"] == []
        assert [order["id"] for order in answer["work_orders"]].count(key) == 1


def test_what_left_the_board_is_not_in_the_part(world):
    key = new_order(world)
    assert set(orders_of(board(world, work_orders=key))) == {key}
    move(world, key, "cancelled")
    assert board(world, work_orders=f"{key},{MISSING}")["work_orders"] == []


def test_nothing_of_others_is_shown(world, new_organisation):
    stranger = new_organisation().administrator.api
    answer = stranger.get("/v1/board", params={"work_orders": world.own.work_order, "visits": world.own.visit,
                                               "retakes": "true"}, expect=200).json()
    assert answer["work_orders"] == [] and answer["technicians"] == [] and answer["retakes"] == []


@pytest.mark.parametrize("query,pointer", [
    ({"day": "2026-13-01"}, "query:day"), ({"work_orders": "x" * 36}, "query:work_orders"),
    ({"visits": ",".join([MISSING] * 51)[:1887]}, "query:visits"), ({"retakes": "perhaps"}, "query:retakes"),
])
def test_what_cannot_be_asked_is_refused_by_name(world, query, pointer):
    refused = world.api.get("/v1/board", params=query, expect=400).json()
    assert refused["errors"][0]["pointer"] == pointer
