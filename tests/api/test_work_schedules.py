"""Recurring work: what dates a rule gives, that each work order is made exactly once, and what changes mean."""

import calendar
import concurrent.futures
import datetime
import subprocess
import time
import zoneinfo

import pytest

from support.master_data import names, walk
from support.organisation import new_id
from support.recurring_work import new_site, orders_at, service
from support.server import Server
from support.waiting import wait_until
from support.world import coming_day, schedule

PATH = "/v1/work-schedules"
DAYS = 14  # FIELDPROOF_SCHEDULE_DAYS as it is by default
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@pytest.fixture
def make(dispatcher, service):
    """Creates recurring work and answers it as the server shows it."""
    return lambda sites, **fields: dispatcher.api.post(PATH, json=schedule(service, sites, **fields), expect=201).json()


SOMEBODY = "0b9e7c1e-3f0a-4c7e-8b1d-a2c4e6f80a1b"


def today(zone="UTC"):
    return datetime.datetime.now(zoneinfo.ZoneInfo(zone)).date()


def days_of(orders, zone="UTC"):
    return [datetime.datetime.fromisoformat(order["window_starts_at"]).astimezone(zoneinfo.ZoneInfo(zone)).date().isoformat()
            for order in orders]


def expected_days(count, fits, first):
    """The first days from `first` on that fit."""
    found, day = [], first
    while len(found) < count:
        if fits(day):
            found.append(day.isoformat())
        day += datetime.timedelta(days=1)
    return found


def preview(user, rule, **fields):
    body = {"rule": rule, "starts_on": "2026-01-05", "window_from": "09:00", "window_to": "11:00", "time_zone": "UTC", **fields}
    return user.api.post("/v1/work-schedule-previews", json=body, expect=200).json()["items"]


START = datetime.date(2026, 1, 5)  # a Monday


def months(day):
    return (day.year - START.year) * 12 + day.month - START.month


def is_month_day(day, wanted):
    return day.day == min(wanted, calendar.monthrange(day.year, day.month)[1])


@pytest.mark.parametrize("rule, fits", [
    ({"frequency": "daily"}, lambda day: True),
    ({"frequency": "daily", "every": 3}, lambda day: (day - START).days % 3 == 0),
    ({"frequency": "weekly", "weekdays": ["monday", "friday"]}, lambda day: day.weekday() in (0, 4)),
    ({"frequency": "weekly", "every": 3, "weekdays": ["sunday"]},
     lambda day: day.weekday() == 6 and (day - START).days // 7 % 3 == 0),
    ({"frequency": "monthly", "month_day": 31}, lambda day: is_month_day(day, 31)),
    ({"frequency": "monthly", "every": 5, "month_day": 30}, lambda day: is_month_day(day, 30) and months(day) % 5 == 0),
    ({"frequency": "monthly", "every": 24, "month_day": 1}, lambda day: day.day == 1 and months(day) % 24 == 0 and day >= START),
], ids=str)
def test_dates_of_a_rule(dispatcher, rule, fits):
    assert [item["date"] for item in preview(dispatcher, rule)] == expected_days(5, fits, today())


def test_dates_end(dispatcher):
    last = coming_day(1)
    assert [item["date"] for item in preview(dispatcher, {"frequency": "daily"}, ends_on=last)] == [coming_day(0), last]
    assert preview(dispatcher, {"frequency": "daily"}, ends_on="2026-01-06") == []
    assert [item["date"] for item in preview(dispatcher, {"frequency": "daily"}, starts_on="9999-12-30")] == [
        "9999-12-30", "9999-12-31"]


@pytest.mark.parametrize("day, window, expected", [
    ("2027-03-27", ("09:00", "11:00"), ("2027-03-27T08:00", "2027-03-27T10:00")),
    ("2027-03-28", ("09:00", "11:00"), ("2027-03-28T07:00", "2027-03-28T09:00")),  # the clocks went forward that night
    ("2027-03-28", ("02:30", "04:00"), ("2027-03-28T01:30", "2027-03-28T02:00")),  # 02:30 does not exist
    ("2027-03-28", ("02:30", "03:10"), ("2027-03-28T01:30", "2027-03-28T02:10")),  # nor does its end come before it
    ("2027-10-31", ("02:30", "04:00"), ("2027-10-31T01:30", "2027-10-31T03:00")),  # 02:30 comes twice
    ("2027-10-30", ("22:00", "06:00"), ("2027-10-30T20:00", "2027-10-31T05:00")),  # nine hours in this night
])
def test_windows_follow_the_clock_at_the_site(dispatcher, day, window, expected):
    [item] = preview(dispatcher, {"frequency": "daily"}, starts_on=day, ends_on=day, time_zone="Europe/Berlin",
                     window_from=window[0], window_to=window[1])
    assert (item["window_starts_at"], item["window_ends_at"]) == tuple(f"{moment}:00.000Z" for moment in expected)


@pytest.mark.parametrize("wrong, pointer, rule", [
    ({"rule": {"frequency": "yearly"}}, "/rule/frequency", "enum"),
    ({"rule": {"frequency": "weekly"}}, "/rule/weekdays", "required"),
    ({"rule": {"frequency": "weekly", "weekdays": []}}, "/rule/weekdays", "minItems"),
    ({"rule": {"frequency": "daily", "weekdays": ["monday"]}}, "/rule/weekdays", "weekly_only"),
    ({"rule": {"frequency": "monthly"}}, "/rule/month_day", "required"),
    ({"rule": {"frequency": "monthly", "month_day": 32}}, "/rule/month_day", "maximum"),
    ({"rule": {"frequency": "daily", "month_day": 3}}, "/rule/month_day", "monthly_only"),
    ({"rule": {"frequency": "daily", "every": 0}}, "/rule/every", "minimum"),
    ({"ends_on": "2025-12-31"}, "/ends_on", "minimum"),
    ({"starts_on": "2026-02-30"}, "/starts_on", "format"),
    ({"window_from": "24:00"}, "/window_from", "format"),
    ({"site_ids": []}, "/site_ids", "minItems"),
    ({"site_ids": [new_id()]}, "/site_ids", "known"),
    ({"template_id": new_id()}, "/template_id", "known"),
    ({"assignee_ids": [new_id()]}, "/assignee_ids", "known"),
    ({"assignee_ids": [SOMEBODY, SOMEBODY.upper()]}, "/assignee_ids/1", "uniqueItems"),
    ({"site_ids": [SOMEBODY, SOMEBODY.upper()]}, "/site_ids/1", "uniqueItems"),
], ids=str)
def test_bad_recurring_work_is_refused(dispatcher, service, new_site, wrong, pointer, rule):
    here = new_site()
    body = {**schedule(service, [here]), **wrong}
    errors = dispatcher.api.post(PATH, json=body, expect=422).json()["errors"]
    assert (pointer, rule) in [(error["pointer"], error["rule"]) for error in errors]
    dispatcher.api.get(f"{PATH}/{body['id']}", expect=404)
    assert orders_at(dispatcher, here) == []


def test_create_makes_the_coming_days_and_a_replay_makes_no_more(dispatcher, organisation, service, new_site):
    technician, here = organisation.user("technician"), new_site("Asia/Shanghai", code=new_id()[:8])
    body = schedule(service, [here], assignee_ids=[technician.id], number_prefix=new_id()[:8], window_from="22:00", window_to="02:00")
    made = dispatcher.api.post(PATH, json=body, expect=201).json()
    orders = orders_at(dispatcher, here)
    first = today("Asia/Shanghai")
    last = today() + datetime.timedelta(days=DAYS)
    assert days_of(orders, "Asia/Shanghai") == expected_days((last - first).days + 1, lambda day: True, first)
    for order in orders:
        assert (order["title"], order["state"], [person["id"] for person in order["assignees"]]) == (
            "Rounds", "assigned", [technician.id])
        assert [item["label"] for item in order["checklist"]] == ["Before", "Compressor"]
        assert (order["window_starts_at"][11:16], order["window_ends_at"][11:16]) == ("14:00", "18:00")
    assert len({order["number"] for order in orders}) == len(orders)
    assert orders[0]["number"].startswith(f"{body['number_prefix']}-{first.isoformat().replace('-', '')}-")
    assert [date["work_orders"] for date in made["next_dates"]] == [1] * 5
    assert made["sites"][0]["made_until"] == last.isoformat()
    [event] = dispatcher.api.get(f"/v1/work-orders/{orders[0]['id']}/history", expect=200).json()["items"]
    assert (event["kind"], event["actor"], event["reason"]) == ("created", None, body["name"])
    again = dispatcher.api.post(PATH, json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true"
    dispatcher.api.post(PATH, json={**body, "window_from": "21:00"}, expect=409)
    assert orders_at(dispatcher, here) == orders
    assert len(technician.api.get("/v1/my/day", params={"date": orders[0]["window_starts_at"][:10]}, expect=200)
               .json()["work_orders"]) == 1


def rewind(postgres, schedule_id, days):
    """As if the server had been away for some days: what those days would have made is not there."""
    postgres.query(f"""
        UPDATE work_schedule_site SET made_until = made_until - {days} WHERE schedule_id = '{schedule_id}';
        DELETE FROM work_schedule_order o USING work_schedule_site s
        WHERE o.schedule_id = '{schedule_id}' AND s.schedule_id = o.schedule_id AND s.site_id = o.site_id
          AND o.day > s.made_until;
        DELETE FROM work_order w WHERE w.site_id IN
            (SELECT site_id FROM work_schedule_site WHERE schedule_id = '{schedule_id}')
          AND NOT EXISTS (SELECT FROM work_schedule_order o WHERE o.work_order_id = w.id)""")


def test_several_processes_make_each_work_order_once_also_after_a_downtime(dispatcher, postgres, run_folder, server,
                                                                           make, new_site):
    sites = [new_site("Europe/Berlin"), new_site("Asia/Shanghai"), new_site()]
    made = [make(sites, name=f"Rounds {n}", number_prefix=f"C{n}-{new_id()[:6]}") for n in range(4)]
    before = {here: sorted((order["number"], order["window_starts_at"]) for order in orders_at(dispatcher, here)) for here in sites}
    for entry in made:
        rewind(postgres, entry["id"], 6)
    assert len(orders_at(dispatcher, sites[0])) < len(before[sites[0]])
    processes = [Server(run_folder / f"recurring-{n}", postgres, environment={
        "FIELDPROOF_SCHEDULE_EVERY_S": "1", "FIELDPROOF_TOKEN_SECRET_FILE": server.environment["FIELDPROOF_TOKEN_SECRET_FILE"],
    }) for n in range(3)]
    try:
        for process in processes:
            process.start()
        wait_until(lambda: all(len(orders_at(dispatcher, here)) >= len(before[here]) for here in sites), "all that was due")
        time.sleep(1.5)  # each process looks at least once more
    finally:
        for process in processes:
            process.stop()
    assert not any("recurring_work_failed" in process.log_text() for process in processes)
    after = {here: sorted((order["number"], order["window_starts_at"]) for order in orders_at(dispatcher, here)) for here in sites}
    assert after == before


def test_a_schedule_that_somebody_changes_is_left_alone_and_holds_up_no_other(dispatcher, organisation, postgres, run_folder,
                                                                              server, make, new_site):
    sites = [new_site(), new_site()]
    busy, free = (make([here]) for here in sites)
    for entry in (busy, free):
        rewind(postgres, entry["id"], 3)
    url = postgres.environment()["FIELDPROOF_DATABASE_URL"]
    process = Server(run_folder / "recurring-busy", postgres, environment={
        "FIELDPROOF_SCHEDULE_EVERY_S": "1", "FIELDPROOF_TOKEN_SECRET_FILE": server.environment["FIELDPROOF_TOKEN_SECRET_FILE"]})
    with subprocess.Popen(["psql", "-X", "-q", url], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as other:
        other.stdin.write(f"SET app.org_id = '{organisation.id}'; BEGIN;"
                          f"SELECT 1 FROM work_schedule WHERE id = '{busy['id']}' FOR NO KEY UPDATE;\n")
        other.stdin.flush()
        wait_until(lambda: postgres.query("SELECT count(*) FROM pg_locks WHERE mode = 'RowShareLock'")[0][0] != "0",
                   "the change of somebody else")
        try:
            process.start()
            wait_until(lambda: len(orders_at(dispatcher, sites[1])) == DAYS + 1, "the work of the other schedule")
            time.sleep(1.5)
            assert len(orders_at(dispatcher, sites[0])) == DAYS + 1 - 3
            other.stdin.write("COMMIT;\n")
            other.stdin.close()
            wait_until(lambda: len(orders_at(dispatcher, sites[0])) == DAYS + 1, "the work of the one that was changed")
        finally:
            process.stop()


def test_two_who_change_at_once_make_nothing_twice(dispatcher, postgres, make, new_site):
    here = new_site()
    made = make([here])
    before = [order["number"] for order in orders_at(dispatcher, here)]
    rewind(postgres, made["id"], 10)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda n: dispatcher.api.patch(f"{PATH}/{made['id']}", json={"name": f"Rounds {n}"}), range(6)))
    assert [answer.status_code for answer in answers] == [200] * 6
    assert [order["number"] for order in orders_at(dispatcher, here)] == before


def test_a_deleted_work_order_is_not_made_again(dispatcher, make, new_site):
    here = new_site()
    made = make([here])
    first, *others = orders_at(dispatcher, here)
    dispatcher.api.delete(f"/v1/work-orders/{first['id']}", expect=204)
    dispatcher.api.patch(f"{PATH}/{made['id']}", json={"site_ids": [new_site()]}, expect=200)
    dispatcher.api.patch(f"{PATH}/{made['id']}", json={"site_ids": [here]}, expect=200)
    assert orders_at(dispatcher, here) == others


def test_changes_affect_what_was_not_made_yet(dispatcher, organisation, postgres, make, new_site):
    here, there = new_site(), new_site()
    made = make([here])
    path = f"{PATH}/{made['id']}"
    before = orders_at(dispatcher, here)
    changed = dispatcher.api.patch(path, json={"window_from": "13:00", "window_to": "14:00", "site_ids": [here, there],
                                               "name": "Afternoon"}, headers={"If-Match": '"1"'}, expect=200).json()
    assert (changed["name"], changed["window_from"], changed["version"]) == ("Afternoon", "13:00", 2)
    assert orders_at(dispatcher, here) == before
    assert {order["window_starts_at"][11:16] for order in orders_at(dispatcher, there)} == {"13:00"}
    rewind(postgres, made["id"], 2)
    dispatcher.api.patch(path, json={"assignee_ids": [organisation.user("technician").id]}, expect=200)
    after = orders_at(dispatcher, here)
    assert after[:-2] == before[:-2]
    assert [(order["window_starts_at"][11:16], order["state"]) for order in after[-2:]] == [("13:00", "assigned")] * 2
    dispatcher.api.patch(path, json={"name": "x"}, headers={"If-Match": '"1"'}, expect=412)


def test_nobody_who_is_disabled_or_no_technician_is_asked_for(dispatcher, administrator, organisation, service, new_site):
    gone = organisation.user("technician")
    administrator.api.patch(f"/v1/users/{gone.id}", json={"disabled": True}, expect=200)
    for user in (gone, dispatcher):
        body = schedule(service, [new_site()], assignee_ids=[user.id])
        [error] = dispatcher.api.post(PATH, json=body, expect=422).json()["errors"]
        assert (error["pointer"], error["rule"]) == ("/assignee_ids", "known")


def test_who_was_disabled_meanwhile_is_assigned_nothing(dispatcher, administrator, organisation, postgres, make, new_site):
    here, stays, leaves = new_site(), organisation.user("technician"), organisation.user("technician")
    made = make([here], assignee_ids=[stays.id, leaves.id])
    for user, expected in ((leaves, ("assigned", [stays.id])), (stays, ("new", []))):
        administrator.api.patch(f"/v1/users/{user.id}", json={"disabled": True}, expect=200)
        rewind(postgres, made["id"], 1)
        dispatcher.api.patch(f"{PATH}/{made['id']}", json={"name": user.id}, expect=200)
        last = orders_at(dispatcher, here)[-1]
        assert (last["state"], [assignee["id"] for assignee in last["assignees"]]) == expected


def test_a_changed_day_fits_the_one_that_stays(dispatcher, make, new_site):
    made = make([new_site()], starts_on=coming_day(3), ends_on=coming_day(9))
    for change in ({"starts_on": coming_day(10)}, {"ends_on": coming_day(2)}):
        [error] = dispatcher.api.patch(f"{PATH}/{made['id']}", json=change, expect=422).json()["errors"]
        assert (error["pointer"], error["rule"]) == ("/ends_on", "minimum")
    dispatcher.api.patch(f"{PATH}/{made['id']}", json={"starts_on": coming_day(10), "ends_on": coming_day(11)}, expect=200)


def test_a_new_rule_begins_behind_what_was_made(dispatcher, postgres, make, new_site):
    here = new_site()
    made = make([here], rule={"frequency": "monthly", "month_day": today().day})
    before = orders_at(dispatcher, here)
    assert len(before) == 1
    path = f"{PATH}/{made['id']}"
    changed = dispatcher.api.patch(path, json={"rule": {"frequency": "daily"}}, expect=200).json()
    assert orders_at(dispatcher, here) == before
    assert [date["work_orders"] for date in changed["next_dates"]] == [1, 0, 0, 0, 0]
    rewind(postgres, made["id"], 2)
    dispatcher.api.patch(path, json={"name": "x"}, expect=200)
    assert days_of(orders_at(dispatcher, here))[1:] == [coming_day(DAYS - 1), coming_day(DAYS)]


def test_a_pause_makes_nothing_and_an_end_is_an_end(dispatcher, postgres, make, new_site):
    here = new_site()
    made = make([here])
    path = f"{PATH}/{made['id']}"
    dispatcher.api.patch(path, json={"is_paused": True}, expect=200)
    rewind(postgres, made["id"], 5)
    short = orders_at(dispatcher, here)
    dispatcher.api.patch(path, json={"name": "Still paused"}, expect=200)
    assert orders_at(dispatcher, here) == short
    dispatcher.api.patch(path, json={"is_paused": False, "ends_on": coming_day(DAYS - 2)}, expect=200)
    assert days_of(orders_at(dispatcher, here))[-1] == coming_day(DAYS - 2)
    assert dispatcher.api.patch(path, json={"ends_on": None}, expect=200).json()["ends_on"] is None
    assert days_of(orders_at(dispatcher, here))[-1] == coming_day(DAYS)
    assert dispatcher.api.patch(path, json={"ends_on": "2025-01-01"}, expect=422).json()["errors"][0]["pointer"] == "/ends_on"
    assert dispatcher.api.patch(path, json={"ends_on": coming_day(-1)}, expect=200).json()["next_dates"] == []


def test_one_date_is_left_out_and_taken_in_again(dispatcher, postgres, make, new_site):
    here = new_site()
    made = make([here])
    path, day, later = f"{PATH}/{made['id']}", coming_day(2), coming_day(DAYS)
    entity = dispatcher.api.put(f"{path}/skips/{day}", json={"reason": "Stocktaking"}, expect=200).json()
    assert [(date["date"], date["skip_reason"]) for date in entity["next_dates"]][2] == (day, "Stocktaking")
    order = orders_at(dispatcher, here)[2]
    assert order["state"] == "cancelled"
    event = dispatcher.api.get(f"/v1/work-orders/{order['id']}/history", expect=200).json()["items"][-1]
    assert (event["to_state"], event["reason"], event["actor"]["id"]) == ("cancelled", "Stocktaking", dispatcher.id)
    dispatcher.api.put(f"{path}/skips/{day}", json={"reason": "Again"}, expect=200)
    assert len(dispatcher.api.get(f"/v1/work-orders/{order['id']}/history", expect=200).json()["items"]) == 2
    rewind(postgres, made["id"], 1)
    dispatcher.api.put(f"{path}/skips/{later}", json={"reason": "Holiday"}, expect=200)
    dispatcher.api.patch(path, json={"name": "Goes on"}, expect=200)
    assert later not in days_of(orders_at(dispatcher, here))
    dispatcher.api.delete(f"{path}/skips/{later}", expect=204)
    assert days_of(orders_at(dispatcher, here)).count(later) == 1
    dispatcher.api.delete(f"{path}/skips/{later}", expect=404)
    for date in ("2026-02-30", coming_day(-1), "tomorrow", "0001-01-01"):
        dispatcher.api.put(f"{path}/skips/{date}", json={"reason": "x"}, expect=404)


def test_what_has_begun_is_not_cancelled_by_leaving_a_date_out(dispatcher, organisation, make, new_site):
    here, there = new_site(), new_site()
    made = make([here, there], assignee_ids=[organisation.user("technician").id])
    begun, other = orders_at(dispatcher, here)[1], orders_at(dispatcher, there)[1]
    dispatcher.api.post(f"/v1/work-orders/{begun['id']}/transitions", json={"to": "on_site"}, expect=200)
    dispatcher.api.put(f"{PATH}/{made['id']}/skips/{coming_day(1)}", json={"reason": "x"}, expect=200)
    assert [dispatcher.api.get(f"/v1/work-orders/{order['id']}", expect=200).json()["state"] for order in (begun, other)] == [
        "on_site", "cancelled"]


def test_list_and_templates_that_are_in_use(dispatcher, service, make, new_site):
    mark = new_id()[:8]
    here = new_site()
    for name in ("b", "a"):
        make([here], name=f"{mark} {name}", ends_on="2026-01-02")
    assert names(walk(dispatcher.api, PATH, {"q": mark, "limit": 1})) == [f"{mark} a", f"{mark} b"]
    assert orders_at(dispatcher, here) == []
    assert dispatcher.api.delete(f"/v1/checklist-templates/{service}", expect=409).json()["code"] == "referenced"


def test_a_number_that_is_taken_gets_another_ending(dispatcher, make, new_site):
    prefix, here = new_id()[:8], new_site(code=new_id()[:8])
    make([here], number_prefix=prefix, ends_on=coming_day(0))
    make([here], number_prefix=prefix, ends_on=coming_day(0))
    first, second = (order["number"] for order in sorted(orders_at(dispatcher, here), key=lambda order: order["number"]))
    assert second.startswith(first + "-")
