"""One job at many sites, made at once."""

import pytest

from support.organisation import new_id
from support.recurring_work import new_site, orders_at, service

BATCH = {"title": "Filter recall", "window_from": "09:00", "window_to": "11:00", "date": "2027-03-29"}


def test_one_job_at_many_sites(dispatcher, organisation, service, new_site):
    sites = [new_site("Europe/Berlin"), new_site("Asia/Shanghai")]
    technician = organisation.user("technician")
    body = {**BATCH, "id": new_id(), "site_ids": sites, "number_prefix": new_id(), "template_id": service,
            "assignee_ids": [technician.id]}
    made = dispatcher.api.post("/v1/work-order-batches", json=body, expect=201).json()
    assert [order["number"] for order in made["work_orders"]] == [f"{body['number_prefix']}-00{n}" for n in (1, 2)]
    assert [order["site"]["id"] for order in made["work_orders"]] == sites
    orders = [dispatcher.api.get(f"/v1/work-orders/{order['id']}", expect=200).json() for order in made["work_orders"]]
    assert [order["window_starts_at"] for order in orders] == ["2027-03-29T07:00:00.000Z", "2027-03-29T01:00:00.000Z"]
    assert {(order["title"], order["state"], len(order["checklist"]), order["assignees"][0]["id"]) for order in orders} == {
        ("Filter recall", "assigned", 2, technician.id)}
    again = dispatcher.api.post("/v1/work-order-batches", json=body, expect=200)
    assert (again.headers["Idempotency-Replayed"], again.json()) == ("true", made)
    dispatcher.api.post("/v1/work-order-batches", json={**body, "title": "Other"}, expect=409)
    for here in sites:
        assert len(orders_at(dispatcher, here)) == 1


def test_a_window_of_a_time_that_the_clock_leaps_over_is_as_long_as_ever(dispatcher, new_site):
    here = new_site("Europe/Berlin")
    body = {**BATCH, "id": new_id(), "site_ids": [here], "number_prefix": new_id(), "date": "2027-03-28",
            "window_from": "02:30", "window_to": "03:10"}
    dispatcher.api.post("/v1/work-order-batches", json=body, expect=201)
    [order] = orders_at(dispatcher, here)
    assert (order["window_starts_at"], order["window_ends_at"]) == ("2027-03-28T01:30:00.000Z", "2027-03-28T02:10:00.000Z")


@pytest.mark.parametrize("wrong, status, pointer", [
    ({"title": None}, 422, "/title"), ({"site_ids": [new_id()]}, 422, "/site_ids"), ({"number_prefix": "TAKEN"}, 409, "/number"),
    ({"date": "2026-13-01"}, 422, "/date"),
])
def test_a_batch_that_is_refused_makes_nothing(dispatcher, new_site, wrong, status, pointer):
    here = new_site()
    dispatcher.api.post("/v1/work-orders", json={"id": new_id(), "number": "TAKEN-002", "site_id": here, "title": "x"})
    before = len(orders_at(dispatcher, here))
    body = {**BATCH, "id": new_id(), "site_ids": [here, new_site()], "number_prefix": new_id(), **wrong}
    body = {name: value for name, value in body.items() if value is not None}
    assert dispatcher.api.post("/v1/work-order-batches", json=body, expect=status).json()["errors"][0]["pointer"] == pointer
    assert len(orders_at(dispatcher, here)) == before
