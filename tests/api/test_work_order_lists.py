"""The list of work orders as a dispatcher uses it: every filter by itself and with others, both orders."""

import itertools

import pytest

from support.master_data import create, customer, site, walk
from support.world import now, work_order

PATH = "/v1/work-orders"
DAY = 24 * 60
OPEN = ("new", "assigned", "accepted", "on_site")


@pytest.fixture(scope="module")
def sites(dispatcher):
    return [create(dispatcher, "/v1/sites", site(create(dispatcher, "/v1/customers", customer()))) for _ in range(2)]


@pytest.fixture(scope="module")
def technician(organisation):
    return organisation.user("technician")


@pytest.fixture(scope="module")
def orders(dispatcher, technician, sites):
    """Work orders of every kind that the filters tell apart, as the server shows them, by creation."""
    made = []
    for number, (where, when, assigned, end) in enumerate(itertools.product(
            sites, ({}, {"window": -DAY}, {"due": -60}, {"window": DAY}, {"window": -DAY, "due": DAY},
                    {"window": 5 * DAY, "plan": DAY}), (False, True),
            (None, "cancelled"))):
        body = work_order(where, [technician.id] if assigned else [])
        body["title"] = f"{'压缩机' if number % 3 else 'Pumpe'} {number}"
        if "window" in when:
            body |= {"window_starts_at": now(when["window"] + number), "window_ends_at": now(when["window"] + number + 60)}
        if "plan" in when:
            body["planned_starts_at"] = now(when["plan"] + number)
        if "due" in when:
            body["due_at"] = now(when["due"])
        dispatcher.api.post(PATH, json=body, expect=201)
        if end:
            dispatcher.api.post(f"{PATH}/{body['id']}/transitions", json={"to": end, "reason": "called off"}, expect=200)
        made.append(dispatcher.api.get(f"{PATH}/{body['id']}", expect=200).json())
    return made


def planned(order):
    return order["planned_starts_at"] or order["window_starts_at"] or order["due_at"] or order["created_at"]


def is_overdue(order):
    end = order["due_at"] or order["window_ends_at"]
    return order["state"] in OPEN and end is not None and end < now()


FILTERS = {
    "open": lambda order, value: (order["state"] in OPEN) == (value == "true"),
    "overdue": lambda order, value: is_overdue(order) == (value == "true"),
    "unassigned": lambda order, value: (order["state"] in OPEN and not order["assignees"]) == (value == "true"),
    "state": lambda order, value: order["state"] == value,
    "site_id": lambda order, value: order["site"]["id"] == value,
    "customer_id": lambda order, value: order["site"]["customer_id"] == value,
    "assignee_id": lambda order, value: value in [person["id"] for person in order["assignees"]],
    "from": lambda order, value: planned(order) >= value,
    "to": lambda order, value: planned(order) < value,
    "q": lambda order, value: value.lower() in order["title"].lower() or value in order["number"],
}


def ids(orders):
    return [order["id"] for order in orders]


@pytest.mark.parametrize("sort", [None, "newest", "planned"])
@pytest.mark.parametrize("given", [
    {}, {"open": "true"}, {"open": "false"}, {"overdue": "true"}, {"overdue": "false"}, {"unassigned": "true"},
    {"unassigned": "false"}, {"state": "cancelled"}, {"site": 0}, {"customer": 1}, {"technician": True}, {"q": "pumpe"},
    {"q": "机 1"}, {"from": -30}, {"to": -30}, {"from": -2 * DAY, "to": 30, "open": "true"},
    {"technician": True, "overdue": "true", "site": 0}, {"technician": True, "q": "压缩机", "from": -DAY},
    {"site": 1, "unassigned": "true", "q": "压缩机", "to": 2 * DAY},
], ids=str)
def test_filters_and_orders(dispatcher, technician, sites, orders, given, sort):
    names = {"site": lambda n: ("site_id", sites[n]), "customer": lambda n: ("customer_id", customer_of(orders, sites[n])),
             "technician": lambda _: ("assignee_id", technician.id), "from": lambda n: ("from", now(n)),
             "to": lambda n: ("to", now(n))}
    parameters = dict(names.get(name, lambda value, name=name: (name, value))(value) for name, value in given.items())
    expected = [order for order in orders if all(FILTERS[name](order, value) for name, value in parameters.items())]
    assert expected or given.keys() & {"from", "to"} or len(given) > 1, "this would prove nothing"
    expected.sort(key=lambda order: (planned(order), order["id"]) if sort == "planned" else order["created_at"],
                  reverse=sort != "planned")
    if sort:
        parameters["sort"] = sort
    assert ids(walk(dispatcher.api, PATH, {**parameters, "limit": 7})) == ids(expected)


def customer_of(orders, site_id):
    return next(order["site"]["customer_id"] for order in orders if order["site"]["id"] == site_id)


def test_a_technician_sees_only_their_own_in_both_orders(technician, orders):
    own = {order["id"] for order in orders if order["assignees"]}
    for sort in ("newest", "planned"):
        assert set(ids(walk(technician.api, PATH, {"sort": sort, "limit": 9}))) == own
    assert walk(technician.api, PATH, {"unassigned": "true"}) == []


def test_a_changed_window_moves_it_in_a_technicians_list(dispatcher, technician, sites):
    key = create(dispatcher, PATH, {**work_order(sites[0], [technician.id]), "window_starts_at": now(10 * DAY)})
    future = {"assignee_id": technician.id, "sort": "planned", "from": now(9 * DAY)}
    assert ids(walk(dispatcher.api, PATH, future)) == [key]
    dispatcher.api.patch(f"{PATH}/{key}", json={"window_starts_at": now(8 * DAY)}, expect=200)
    assert walk(dispatcher.api, PATH, future) == []
    assert ids(walk(dispatcher.api, PATH, {**future, "from": now(7 * DAY)})) == [key]


@pytest.mark.parametrize("parameter, value", [
    ("open", "yes"), ("overdue", "1"), ("unassigned", ""), ("sort", "oldest"), ("cursor", "x"), ("state", "open")])
def test_parameters_that_break_a_rule(dispatcher, parameter, value):
    problem = dispatcher.api.get(PATH, params={parameter: value}, expect=400).json()
    assert problem["errors"][0]["pointer"] == f"query:{parameter}"


def test_a_search_goes_on_behind_what_it_looked_at(dispatcher, postgres, server, new_organisation):
    """Thousands of work orders lie between the only one that fits and the newest: no page reads them all."""
    organisation = new_organisation()
    office = organisation.administrator
    where = create(office, "/v1/sites", site(create(office, "/v1/customers", customer())))
    key = create(office, PATH, {**work_order(where), "title": "The needle"})
    postgres.query(f"""
        INSERT INTO work_order (org_id, id, number, customer_id, site_id, title, priority, state, created_by, created_at,
                                content_sha256)
        SELECT org_id, gen_random_uuid(), 'H-' || i, customer_id, site_id, 'Hay', 'normal', 'new', created_by,
               created_at + i * interval '1 second', ''
        FROM work_order, generate_series(1, 11000) i WHERE id = '{key}'""")
    for sort in ("newest", "planned"):
        first = office.api.get(PATH, params={"q": "needle", "sort": sort}, expect=200).json()
        found, pages = first["items"], 1
        while first["next_cursor"]:
            first = office.api.get(PATH, params={"q": "needle", "sort": sort, "cursor": first["next_cursor"]}, expect=200).json()
            found, pages = found + first["items"], pages + 1
        assert (ids(found), pages) == ([key], 3)
    assert len(walk(office.api, PATH, {"q": "hay", "limit": 200})) == 11000
