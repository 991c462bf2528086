"""How much the desk's screens show at once, in an organisation that has more."""

import pytest
import requests

from support.world import World

PLANNED, WAITING, OPEN, FINISHED, RETAKES = 5000, 500, 2000, 2000, 100
DAY = "2033-01-03"


@pytest.fixture(scope="module")
def show(new_organisation, run_folder, postgres, server):
    """What a dispatcher sees of one more of everything; not recorded, because it is large."""
    world = World(new_organisation(), run_folder)
    user = world.organisation.user("dispatcher")

    def orders(count, state, planned="NULL"):
        return f"""
            INSERT INTO work_order (org_id, id, number, customer_id, site_id, title, priority, state, planned_starts_at,
                                    created_by, content_sha256)
            SELECT s.org_id, gen_random_uuid(), '{state}-' || n, s.customer_id, s.id, 'One of many', 'normal', '{state}',
                   {planned}, '{user.id}', ''
            FROM site s, generate_series(1, {count}) AS n WHERE s.id = '{world.site}';"""

    postgres.query(f"""SET session_replication_role = replica;
        {orders(PLANNED + 1, "assigned", f"'{DAY}T12:00:00Z'::timestamptz")} {orders(OPEN + 1, "new")} {orders(FINISHED + 1, "done")}
        INSERT INTO retake (org_id, id, visit_id, photo_id, technician_id, reason, requested_by, requested_at)
        SELECT '{world.organisation.id}', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '{world.own.user.id}', 'Dark',
               '{user.id}', now() FROM generate_series(1, {RETAKES + 1})""")
    return lambda path: requests.get(server.base_url + path, timeout=60, headers={
        "Authorization": "Bearer " + user.api.token}).json()


def states(answer):
    found = [order["state"] for order in answer["work_orders"]]
    return {state: found.count(state) for state in set(found)}


def test_the_plan_says_that_there_is_more(show):
    answer = show(f"/v1/plan?from={DAY}&to={DAY}")
    assert states(answer) == {"assigned": PLANNED, "new": WAITING} and answer["is_complete"] is False


def test_the_board_says_that_there_is_more(show):
    answer = show("/v1/board")
    assert states(answer) == {"new": OPEN, "done": FINISHED} and answer["is_complete"] is False
    assert len(answer["retakes"]) == RETAKES
