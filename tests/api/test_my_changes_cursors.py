"""The cursors of a phone's changes: whose they are, how long they last, and how pages follow each other."""

import base64
import json

import pytest

from support.fed_phone import Phone, assert_equal_to_the_server, change, decoded, move, phone, says_nothing
from support.organisation import new_id
from support.world import now


def encoded(keys):
    return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode().rstrip("=")


def with_key(cursor, number, value):
    keys = decoded(cursor)
    keys[number] = value
    return encoded(keys)


BAD_CURSORS = {
    "garbage": lambda cursor: "garbage", "not base64": lambda cursor: cursor[:20] + "!" + cursor[21:],
    "cut": lambda cursor: cursor[:-20], "a list's": lambda cursor: encoded(["a", new_id()]),
    "no user": lambda cursor: with_key(cursor, 0, "me"),
    "no snapshot": lambda cursor: with_key(cursor, 2, ""), "a bad snapshot": lambda cursor: with_key(cursor, 2, "9:8:"),
    "a disordered snapshot": lambda cursor: with_key(cursor, 2, "5:9:7,6"),
    "an open snapshot": lambda cursor: with_key(cursor, 2, "5:9:7,"),
    "a snapshot of no transaction": lambda cursor: with_key(cursor, 2, f"{2 ** 32}:{2 ** 32}:"),
    "a huge snapshot": lambda cursor: with_key(cursor, 2, f"5:{2 ** 70}:"),
    "SQL": lambda cursor: with_key(cursor, 2, "1:2:'; DROP TABLE site"),
    "no moment": lambda cursor: with_key(cursor, 3, "yesterday"),
    "half a page": lambda cursor: with_key(cursor, 6, "work_order"),
    "no digests": lambda cursor: with_key(cursor, 8, "0"),
}


@pytest.mark.parametrize("what", BAD_CURSORS)
def test_a_cursor_that_is_none_is_refused(phone, what):
    phone.cursor = BAD_CURSORS[what](phone.cursor)
    problem = phone.ask(expect=400).json()
    assert problem["code"] == "invalid_parameter" and [error["pointer"] for error in problem["errors"]] == ["query:since"]


def test_another_users_cursor_is_refused(phone, world):
    problem = Phone(world.own.user, cursor=phone.cursor).ask(expect=400).json()
    assert problem["errors"][0]["pointer"] == "query:since" and "another user" in problem["errors"][0]["detail"]


OLD_CURSORS = {
    "of three weeks ago": lambda cursor: with_key(cursor, 3, now(-21 * 24 * 60)),
    "of another database": lambda cursor: with_key(cursor, 1, "1/00000001"),
    "of the time after a restored copy": lambda cursor: with_key(cursor, 2, f"{2 ** 40 + 3}:{2 ** 40 + 3}:"),
}


@pytest.mark.parametrize("what", OLD_CURSORS)
def test_with_an_old_cursor_the_phone_begins_anew(world, phone, what):
    phone.cursor = OLD_CURSORS[what](phone.cursor)
    phone.work_orders["left long ago"] = {}
    (answer,) = phone.sync()
    assert answer["full"]
    assert_equal_to_the_server(phone)


def test_a_cursor_is_renewed_before_it_is_old(phone):
    phone.cursor = with_key(phone.cursor, 3, now(-25 * 60))
    before = phone.cursor
    assert says_nothing(phone.sync())
    assert decoded(phone.cursor)[3] > decoded(before)[3]


def test_many_work_orders_come_in_pages(world, organisation, postgres):
    user = organisation.user("technician")
    phone, keys = Phone(user), [world.new_work_order([user.id]) for _ in range(230)]
    pages = [phone.ask(expect=200).json()]
    phone.take(pages[0])
    assert pages[0]["full"] and not pages[0]["complete"] and len(pages[0]["work_orders"]) == 100
    given, open_keys = sorted(phone.work_orders), sorted(set(keys) - set(phone.work_orders))
    change(world, f"/v1/work-orders/{given[0]}", title="Changed behind the page")
    change(world, f"/v1/work-orders/{open_keys[0]}", title="Changed before the page")
    move(world, given[1], "cancelled")
    move(world, open_keys[1], "cancelled")
    pages += phone.sync()
    assert [page["full"] for page in pages] == [True, False, False] and pages[-1]["complete"]
    phone.sync()
    assert len(phone.work_orders) == 228
    assert_equal_to_the_server(phone)
    change(world, f"/v1/sites/{world.site}", note=new_id())
    assert [len(page["work_orders"]) for page in phone.sync()] == [100, 100, 28]
    assert_equal_to_the_server(phone)


def test_a_cursor_outlives_the_server(world, phone, server):
    server.kill()
    server.start()
    change(world, f"/v1/work-orders/{phone.first}", title="After the restart")
    (answer,) = phone.sync()
    assert not answer["full"] and [entry["title"] for entry in answer["work_orders"]] == ["After the restart"]
