"""Tickets, with which a browser fetches a visit's pack."""

import concurrent.futures
import io
import zipfile

import pytest

from support.customer_links import customer, link_to
from support.evidence import send
from support.organisation import new_id
from support.world import check_in, token_of


@pytest.fixture(name="visit")
def make_visit(user, world):
    """An unsigned visit without photos; its id."""
    return send(user, check_in(world.site))["visit_id"]


def ticket_for(person, visit, ticket_id=None, expect=201):
    return person.api.post(f"/v1/visits/{visit}/pack-tickets", json={"id": ticket_id or new_id()}, expect=expect)


def test_a_ticket_fetches_the_pack_once_without_a_token(manager, world, customer, visit, server):
    ticket = ticket_for(manager, visit)
    first = customer.get(ticket.json()["url"], expect=200)
    with zipfile.ZipFile(io.BytesIO(first.content)) as archive:
        assert archive.testzip() is None and "SHA256SUMS" in archive.namelist()
    assert first.headers["Content-Disposition"] == f'attachment; filename="visit-{visit}.zip"'
    assert "no-store" in first.headers["Cache-Control"] and first.headers["Referrer-Policy"] == "no-referrer"
    assert first.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    customer.get(ticket.json()["url"], expect=404)
    views = manager.api.get(f"/v1/visits/{visit}/views", expect=200).json()["items"]
    assert [view["user"]["id"] for view in views] == [manager.id], "whoever took the pack has looked"
    events = world.api.get("/v1/audit-trail", params={"entity_id": visit, "action": "downloaded"}, expect=200).json()["items"]
    assert [event["actor"]["id"] for event in events] == [manager.id]
    token = ticket.json()["url"].rsplit("/", 1)[1]
    assert token not in server.log_text(), "who reads the log must not be able to fetch the pack"


def test_of_two_who_come_with_one_ticket_one_gets_the_pack(manager, customer, visit):
    url = ticket_for(manager, visit).json()["url"]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        codes = sorted(pool.map(lambda _: customer.get(url).status_code, range(6)))
    assert codes == [200, 404, 404, 404, 404, 404]


def test_a_ticket_is_good_for_a_minute(manager, customer, visit, postgres):
    ticket = ticket_for(manager, visit).json()
    postgres.query(f"UPDATE pack_ticket SET expires_at = now() WHERE id = '{ticket['id']}'")
    customer.get(ticket["url"], expect=404)
    life = postgres.query("SELECT extract(epoch FROM expires_at - created_at)::integer FROM pack_ticket"
                          f" WHERE id = '{ticket_for(manager, visit).json()['id']}'")
    assert life == [["60"]]


def test_a_ticket_ends_with_the_rights_of_whom_it_was_made_for(organisation, world, customer, visit):
    for change in ({"disabled": True}, {"role": "dispatcher"}):
        person = organisation.user("manager")
        ticket = ticket_for(person, visit).json()
        world.api.patch(f"/v1/users/{person.id}", json=change, expect=200)
        customer.get(ticket["url"], expect=404)
    person = organisation.user("manager")
    ticket = ticket_for(person, visit).json()
    person.api.post("/v1/auth/log-out", expect=204)
    customer.get(ticket["url"], expect=404)


@pytest.mark.parametrize("change", ["app_user SET disabled_at = now() WHERE id", "app_user SET role = 'dispatcher' WHERE id",
                                    "session SET ended_at = now(), ended_reason = 'log_out' WHERE user_id"])
def test_each_of_these_rights_is_asked_for_by_itself(organisation, customer, visit, postgres, change):
    """Who is disabled loses the session, too; here they lose one thing alone."""
    person = organisation.user("manager")
    ticket = ticket_for(person, visit).json()
    postgres.query(f"UPDATE {change} = '{person.id}'")
    customer.get(ticket["url"], expect=404)


def test_a_ticket_is_no_customers_link_and_the_other_way_round(manager, user, customer, visit):
    url = ticket_for(manager, visit).json()["url"]
    link = link_to(user, visit)
    customer.get(f"/v1/packs/{token_of(link)}", expect=404)
    customer.get(f"/v1/shared/{url.rsplit('/', 1)[1]}", expect=404)
    for token in ("x", "A" * 48, url.rsplit("/", 1)[1][:-1] + "_"):
        customer.get(f"/v1/packs/{token}", expect=404)
    customer.get(url, expect=200)


def test_the_same_ticket_is_the_same_persons_for_the_same_visit(manager, organisation, world, user, visit):
    first = ticket_for(manager, visit).json()
    again = ticket_for(manager, visit, first["id"], expect=200)
    assert again.json() == first and again.headers["Idempotency-Replayed"] == "true"
    ticket_for(organisation.user("manager"), visit, first["id"], expect=409)
    ticket_for(manager, send(user, check_in(world.site))["visit_id"], first["id"], expect=409)
    ticket_for(manager, new_id(), expect=404)
