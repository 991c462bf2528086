"""Places and templates of work that comes again."""

import pytest

from support.master_data import create, customer, site, walk
from support.world import template


@pytest.fixture(scope="module")
def service(dispatcher):
    return create(dispatcher, "/v1/checklist-templates", template(title="Rounds", minutes=30, checklist=[
        {"kind": "photo", "label": "Before", "photo_role": "before"}, {"kind": "scan", "label": "Compressor"}]))


@pytest.fixture
def new_site(dispatcher):
    customer_id = create(dispatcher, "/v1/customers", customer())
    return lambda zone="UTC", **fields: create(dispatcher, "/v1/sites", site(customer_id, time_zone=zone, **fields))


def orders_at(user, site_id):
    return walk(user.api, "/v1/work-orders", {"site_id": site_id, "sort": "planned"})
