"""Visits to draw from, and a manager who draws."""

import datetime

import pytest

from support import world as make
from support.organisation import new_id

CRITERIA = [{"id": new_id(), "name": "照片清晰"}, {"id": new_id(), "name": "Sheet complete"}]


def past(minutes=0):
    """Some minutes after noon of the Thursday of the week that World speaks of."""
    monday = datetime.date.fromisoformat(make.past_week())
    noon = datetime.datetime.combine(monday + datetime.timedelta(days=3), datetime.time(12), datetime.timezone.utc)
    return (noon + datetime.timedelta(minutes=minutes)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def visit(technician, site, minutes, **fix):
    """One arrival in the past week; with mocked=True a doubtful one."""
    moment, visit_id = past(minutes), new_id()
    body = make.check_in(site, visit_id=visit_id, captured_at=moment, fix={**make.fix_here(), "fix_at": moment, **fix})
    technician.api.post("/v1/check-ins", json=body, expect=201)
    return visit_id


@pytest.fixture(scope="module", name="site")
def make_site(administrator):
    customer, site = make.customer(), None
    administrator.api.post("/v1/customers", json=customer, expect=201)
    site = make.site(customer["id"])
    administrator.api.post("/v1/sites", json=site, expect=201)
    return site["id"]


@pytest.fixture(scope="module", name="technicians")
def make_technicians(organisation):
    return [organisation.user("technician") for _ in range(3)]


@pytest.fixture(scope="module", name="visits")
def make_visits(technicians, site):
    """{visit: technician}: eight visits of each of three technicians, every fourth doubtful."""
    return {visit(technician, site, 30 * number, mocked=number % 4 == 3): technician.id
            for technician in technicians for number in range(8)}


@pytest.fixture(scope="module", name="criteria")
def set_criteria(manager):
    manager.api.patch("/v1/organisation/policy", json={"assessment_criteria": CRITERIA}, expect=200)
    return CRITERIA


def new_plan(manager, **fields):
    return manager.api.post("/v1/sampling-plans", json=make.sampling_plan(**fields), expect=201).json()


def draw(manager, plan, expect=201, **fields):
    return manager.api.post(f"/v1/sampling-plans/{plan['id']}/draws", json=make.sampling_draw(**fields), expect=expect)


def sampled(manager, drawn, **query):
    return manager.api.get(f"/v1/sampling-draws/{drawn['id']}/visits", params=query, expect=200).json()
