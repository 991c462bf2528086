"""The dispatcher's plan: which work it shows, re-planning that overwrites nothing unseen, what it costs."""

import datetime

import pytest

from support.world import World, now, work_order

MONDAY = datetime.date(2031, 7, 7)  # Berlin is two hours ahead of UTC


@pytest.fixture(scope="module")
def world(new_organisation, run_folder):
    return World(new_organisation(), run_folder)


@pytest.fixture(scope="module")
def dispatcher(world):
    return world.organisation.user("dispatcher")


def make(world, assignees=(), **fields):
    body = {**work_order(world.site, assignees), **fields}
    world.api.post("/v1/work-orders", json=body, expect=201)
    return body["id"]


def plan(user, first=MONDAY, last=MONDAY):
    return user.api.get("/v1/plan", params={"from": str(first), "to": str(last)}, expect=200).json()


def ids(answer):
    return [entry["id"] for entry in answer["work_orders"]]


def test_days_are_the_organisations(world, dispatcher):
    user = world.own.user
    inside = [make(world, [user.id], planned_starts_at=at) for at in ("2031-07-06T22:00:00Z", "2031-07-07T21:59:59Z")]
    outside = [make(world, [user.id], planned_starts_at=at) for at in ("2031-07-06T21:59:59Z", "2031-07-07T22:00:00Z")]
    answer = plan(dispatcher)
    assert answer["time_zone"] == "Europe/Berlin" and answer["is_complete"] is True
    assert [entry for entry in ids(answer) if entry in inside + outside] == inside
    week = ids(plan(dispatcher, MONDAY - datetime.timedelta(days=1), MONDAY + datetime.timedelta(days=1)))
    assert set(inside + outside) <= set(week)


def test_what_is_planned_goes_before_the_window(world, dispatcher):
    window = {"window_starts_at": "2031-07-08T07:00:00Z", "window_ends_at": "2031-07-08T09:00:00Z"}
    user = world.own.user
    tuesday = MONDAY + datetime.timedelta(days=1)
    by_window = make(world, [user.id], **window)
    by_plan = make(world, [user.id], **window, planned_starts_at="2031-07-07T07:30:00Z", planned_minutes=45)
    shown = next(entry for entry in plan(dispatcher)["work_orders"] if entry["id"] == by_plan)
    assert (shown["planned_starts_at"], shown["planned_minutes"]) == ("2031-07-07T07:30:00.000Z", 45)
    assert (shown["assignee_ids"], shown["site_id"], shown["on_the_way"]) == ([user.id], world.site, None)
    assert by_window in ids(plan(dispatcher, tuesday, tuesday)) and by_plan not in ids(plan(dispatcher, tuesday, tuesday))


def test_what_waits_to_be_planned(world, dispatcher):
    user = world.own.user
    past, future = now(-3 * 24 * 60), now(30 * 24 * 60)
    waiting = [make(world), make(world, [user.id]), make(world, planned_starts_at=future), make(world, [user.id], planned_starts_at=past)]
    done, cancelled = make(world, [user.id], planned_starts_at=past), make(world, planned_starts_at="2031-07-07T08:00:00Z")
    elsewhen = make(world, [user.id], planned_starts_at=future)
    for state in ("on_site", "done"):
        dispatcher.api.post(f"/v1/work-orders/{done}/transitions", json={"to": state}, expect=200)
    dispatcher.api.post(f"/v1/work-orders/{cancelled}/transitions", json={"to": "cancelled", "reason": "r"}, expect=200)
    shown = set(ids(plan(dispatcher)))
    assert set(waiting) <= shown
    assert not {done, cancelled, elsewhen} & shown


def test_sites_and_technicians_stand_beside(world, dispatcher):
    gone = world.organisation.user("technician")
    make(world, [gone.id], planned_starts_at="2031-07-09T08:00:00Z")
    world.api.patch(f"/v1/users/{gone.id}", json={"disabled": True}, expect=200)
    wednesday, thursday = datetime.date(2031, 7, 9), datetime.date(2031, 7, 10)
    answer = plan(dispatcher, wednesday, wednesday)
    assert {"id": gone.id, "name": next(t["name"] for t in answer["technicians"] if t["id"] == gone.id),
            "is_disabled": True} in answer["technicians"]
    site = next(entry for entry in answer["sites"] if entry["id"] == world.site)
    assert site["position"] == {"latitude": 52.52, "longitude": 13.405} and site["customer_name"] == "Nordkühl GmbH"
    technicians = [entry["id"] for entry in plan(dispatcher, thursday, thursday)["technicians"]]
    assert gone.id not in technicians and world.own.user.id in technicians
    assert dispatcher.id not in technicians


def test_who_is_assigned_stands_with_the_work_order(world, dispatcher):
    people = sorted(world.organisation.user("technician").id for _ in range(3))
    planned = make(world, people, planned_starts_at="2031-07-10T08:00:00Z")
    waiting, of_nobody = make(world, people), make(world, planned_starts_at="2031-07-10T08:00:00Z")
    thursday = datetime.date(2031, 7, 10)
    answer = plan(dispatcher, thursday, thursday)
    shown = [(entry["id"], entry["assignee_ids"]) for entry in answer["work_orders"] if entry["id"] in (planned, waiting, of_nobody)]
    assert sorted(shown) == sorted([(planned, people), (waiting, people), (of_nobody, [])])


def test_who_is_disabled_is_named_while_their_work_waits(world, dispatcher):
    gone, idle = world.organisation.user("technician"), world.organisation.user("technician")
    make(world, [gone.id])
    for user in (gone, idle):
        world.api.patch(f"/v1/users/{user.id}", json={"disabled": True}, expect=200)
    shown = {entry["id"]: entry["is_disabled"] for entry in plan(dispatcher)["technicians"]}
    assert shown[gone.id] is True and idle.id not in shown


@pytest.mark.parametrize("first, last, rule", [
    ("2031-07-07", "2031-07-06", "minimum"), ("2031-07-01", "2031-08-01", "maximum"),
    ("2031-07-32", "2031-07-06", "format"), ("yesterday", "2031-07-06", "format"),
])
def test_a_plan_covers_31_days(dispatcher, first, last, rule):
    problem = dispatcher.api.get("/v1/plan", params={"from": first, "to": last}, expect=400).json()
    assert problem["errors"][0]["rule"] == rule
    dispatcher.api.get("/v1/plan", params={"from": "2031-07-01", "to": "2031-07-31"}, expect=200)


def test_another_organisations_work_is_not_shown(world, dispatcher, new_organisation, run_folder):
    folder = run_folder / "plan-other"
    folder.mkdir()
    other = World(new_organisation(), folder)
    theirs = make(other, [other.own.user.id], planned_starts_at="2031-07-07T08:00:00Z")
    answer = plan(dispatcher)
    assert theirs not in ids(answer) and other.own.user.id not in [entry["id"] for entry in answer["technicians"]]


def test_two_dispatchers_do_not_overwrite_each_other_unseen(world, dispatcher):
    key = make(world, [world.own.user.id], planned_starts_at="2031-07-07T08:00:00Z")
    seen = next(entry for entry in plan(dispatcher)["work_orders"] if entry["id"] == key)
    match = {"If-Match": f'"{seen["version"]}"'}
    other = world.organisation.user("dispatcher")
    path = f"/v1/work-orders/{key}"
    moved = other.api.patch(path, json={"planned_starts_at": "2031-07-08T08:00:00Z"}, headers=match, expect=200).json()
    assert moved["version"] == seen["version"] + 1
    late = {"assignee_ids": [world.colleague.user.id]}
    assert dispatcher.api.patch(path, json=late, headers=match, expect=412).json()["code"] == "precondition_failed"
    event = dispatcher.api.get(f"{path}/history", expect=200).json()["items"][-1]
    assert event["actor"]["id"] == other.id and event["changes"] == {
        "planned_starts_at": {"from": "2031-07-07T08:00:00.000Z", "to": "2031-07-08T08:00:00.000Z"}}
    assert dispatcher.api.get(path, expect=200).json()["assignees"][0]["id"] == world.own.user.id


@pytest.mark.parametrize("minutes", [4, 1441, 30.5])
def test_a_planned_duration_is_sane(world, dispatcher, minutes):
    path = f"/v1/work-orders/{make(world)}"
    problem = dispatcher.api.patch(path, json={"planned_minutes": minutes}, expect=422).json()
    assert problem["errors"][0]["pointer"] == "/planned_minutes"
    dispatcher.api.patch(path, json={"planned_minutes": 30}, expect=200)
    assert dispatcher.api.patch(path, json={"planned_minutes": None}, expect=200).json()["planned_minutes"] is None


def test_who_takes_anothers_place_has_not_accepted(world, dispatcher):
    own, colleague = world.own.user, world.colleague.user
    path = f"/v1/work-orders/{make(world, [own.id])}"
    own.api.post(f"{path}/transitions", json={"to": "accepted"}, expect=200)

    def assign(*people):
        return dispatcher.api.patch(path, json={"assignee_ids": [user.id for user in people]}, expect=200).json()["state"]

    assert assign(own, world.organisation.user("technician")) == "accepted"
    assert assign(colleague) == "assigned"
    colleague.api.post(f"{path}/transitions", json={"to": "accepted"}, expect=200)
    assert assign() == "new"


def test_a_phone_has_planned_work_on_its_day(world):
    user = world.organisation.user("technician")
    key = make(world, [user.id], planned_starts_at="2031-07-07T08:00:00Z", planned_minutes=30,
               window_starts_at="2031-07-09T08:00:00Z", window_ends_at="2031-07-09T10:00:00Z")
    days = {day: user.api.get(f"/v1/my/day?date=2031-07-0{day}", expect=200).json()["work_orders"] for day in (6, 7)}
    assert days[6] == [] and days[7][0]["id"] == key and days[7][0]["planned_minutes"] == 30
    cursor = user.api.get("/v1/my/changes", expect=200).json()["cursor"]
    world.api.patch(f"/v1/work-orders/{key}", json={"planned_starts_at": "2031-07-05T08:00:00Z"}, expect=200)
    news = user.api.get("/v1/my/changes", params={"since": cursor}, expect=200).json()["work_orders"]
    assert news[0]["planned_starts_at"] == "2031-07-05T08:00:00.000Z"
    assert len(user.api.get("/v1/my/day?date=2031-07-06", expect=200).json()["work_orders"]) == 1


def test_finished_work_is_found_by_its_planned_day(world, dispatcher):
    user = world.organisation.user("technician")
    key = make(world, [user.id], planned_starts_at="2031-07-07T08:00:00Z", window_starts_at="2031-07-20T08:00:00Z")
    for state in ("on_site", "done"):
        dispatcher.api.post(f"/v1/work-orders/{key}/transitions", json={"to": state}, expect=200)
    assert user.api.get("/v1/my/day?date=2031-07-20", expect=200).json()["work_orders"] == []
    assert len(user.api.get("/v1/my/day?date=2031-07-07", expect=200).json()["work_orders"]) == 1


def test_by_what_days_are_planned(world, dispatcher):
    manager = world.organisation.user("manager")
    policy = manager.api.get("/v1/organisation/policy", expect=200).json()
    assert policy["planning"] == {"day_start_minutes": 480, "capacity_minutes": 480, "visit_minutes": 60,
                                  "detour_factor": 1.3, "travel_speed_kmh": 30}
    change = {"travel_speed_kmh": 45, "day_start_minutes": 450}
    changed = manager.api.patch("/v1/organisation/policy", json={"planning": change}, expect=200).json()
    assert changed["planning"] == {**policy["planning"], **change}
    for field, value in (("travel_speed_kmh", 0), ("day_start_minutes", 1440), ("detour_factor", 0.9)):
        problem = manager.api.patch("/v1/organisation/policy", json={"planning": {field: value}}, expect=422).json()
        assert problem["errors"][0]["pointer"] == f"/planning/{field}"
    back = manager.api.patch("/v1/organisation/policy", expect=200,
                             json={"planning": {"travel_speed_kmh": None, "day_start_minutes": None}}).json()
    assert back["planning"] == policy["planning"]
