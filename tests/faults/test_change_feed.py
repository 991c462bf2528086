"""PostgreSQL gives the numbers of transactions away again that a crash made it forget: no phone misses a change by that."""

import base64
import json

from support.organisation import new_id
from support.uploads import Site
from support.world import work_order

BURNT = 40


def end_of(cursor):
    """The first number of a transaction that no answer up to this cursor can have seen."""
    keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return int(keys[2].split(":")[1])


def burn(postgres, count):
    """Transactions that take a number and come to nothing."""
    postgres.query("BEGIN; SELECT pg_current_xact_id(); ROLLBACK;" * count)


def test_numbers_that_come_again_hide_nothing(postgres, organisation):
    site = Site(organisation)
    office, phone = organisation.administrator.api, site.technicians[0].api
    order = work_order(site.id, [site.technicians[0].id])
    office.post("/v1/work-orders", json=order, expect=201)

    def read():
        burn(postgres, BURNT)
        return phone.get("/v1/my/changes", expect=200).json()["cursor"]

    cursor = postgres.crash_after(read)
    postgres.start()
    title = new_id()
    office.patch(f"/v1/work-orders/{order['id']}", json={"title": title}, expect=200)
    ((number,),) = postgres.query(
        f"SELECT max(changed_in::text::bigint) FROM phone_change WHERE subject_id = '{order['id']}'")
    assert int(number) < end_of(cursor), "its number was not given away again: this tests nothing"
    burn(postgres, BURNT)
    answer = phone.get(f"/v1/my/changes?since={cursor}", expect=200).json()
    assert [entry["title"] for entry in answer["work_orders"]] == [title]
    assert answer["full"] is True
