"""A phone that is fed by increments only has what the server has, whatever happens meanwhile."""

import random
import subprocess
import threading
import time

import pytest

from support.evidence import declared, put_photo, send
from support.fed_phone import Phone, assert_equal_to_the_server, change, content, decoded, move, phone, says_nothing
from support.organisation import new_id
from support.sql import queries
from support.world import World, asset, check_in, contact, now, work_order

WRITING_S = 6


def test_the_day_begins_with_one_answer(world, phone):
    fresh = Phone(phone.user)
    (answer,) = fresh.sync()
    assert answer["full"] and answer["complete"] and answer["deleted"] == {"work_orders": [], "retakes": [], "corrections": []}
    order = fresh.work_orders[phone.first]
    assert order == next(entry for entry in phone.user.api.get("/v1/my/day").json()["work_orders"]
                         if entry["id"] == phone.first)
    assert order["site"]["customer_language"] == "en" and order["site"]["assets"][0]["name"] == "Compressor 2"
    assert answer["organisation"] == phone.user.api.get("/v1/organisation").json()
    assert answer["policy"] == phone.user.api.get("/v1/organisation/policy").json()
    assert answer["technician"] == {"id": phone.user.id, "name": "Technician Example"}


def test_nothing_new_costs_nothing(phone):
    first = phone.ask(expect=200)
    assert says_nothing([first.json()]) and first.json()["cursor"] == phone.cursor
    assert phone.ask(headers={"If-None-Match": first.headers["ETag"]}, expect=304).content == b""


def test_a_change_is_told_once(world, phone):
    change(world, f"/v1/work-orders/{phone.first}", title="Another title")
    (answer,) = phone.sync()
    assert [entry["title"] for entry in answer["work_orders"]] == ["Another title"] and not answer["full"]
    assert says_nothing(phone.sync())


CHANGES = {
    "site": lambda world, phone: change(world, f"/v1/sites/{world.site}", name=f"Lager {new_id()}"),
    "customer": lambda world, phone: change(world, f"/v1/customers/{world.customer}", name=f"Nordkühl {new_id()}"),
    "new contact": lambda world, phone: world.new_contact(),
    "contact": lambda world, phone: change(world, f"/v1/contacts/{world.contact}", title=new_id()),
    "deleted contact": lambda world, phone: world.api.delete(f"/v1/contacts/{world.new_contact()}", expect=204),
    "new asset": lambda world, phone: world.new_asset(),
    "asset": lambda world, phone: change(world, f"/v1/assets/{world.asset}", serial=new_id()),
    "deleted asset": lambda world, phone: world.api.delete(f"/v1/assets/{world.new_asset()}", expect=204),
    "colleague": lambda world, phone: change(world, f"/v1/users/{world.spare_user}", name=f"Spare {new_id()}"),
    "checklist": lambda world, phone: change(
        world, f"/v1/work-orders/{phone.first}",
        checklist=[{"id": new_id(), "kind": "photo", "label": "Plate", "photo_role": "nameplate"}]),
    "another assignee": lambda world, phone: change(
        world, f"/v1/work-orders/{phone.second}", assignee_ids=[phone.user.id, world.own.user.id]),
    "another site": lambda world, phone: change(world, f"/v1/work-orders/{phone.first}", site_id=world.new_site()),
    "arrival": lambda world, phone: send(phone.user, check_in(world.site, work_order_ids=[phone.first])),
    "finished": lambda world, phone: move(world, phone.first, "on_site", "done"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_a_work_order_shows_comes_through(world, phone, what):
    change(world, f"/v1/work-orders/{phone.first}", assignee_ids=[phone.user.id, world.spare_user])
    phone.sync()
    CHANGES[what](world, phone)
    (answer,) = phone.sync()
    assert answer["work_orders"] and not answer["deleted"]["work_orders"]
    assert_equal_to_the_server(phone)


def test_a_moved_asset_is_still_followed(world, phone):
    """An asset that a checklist names may be taken to another site, and be renamed there."""
    key = world.new_asset()
    change(world, f"/v1/work-orders/{phone.first}", checklist=[{"id": new_id(), "kind": "scan", "label": "Code", "asset_id": key}])
    phone.sync()
    change(world, f"/v1/assets/{key}", site_id=world.new_site())
    phone.sync()
    assert_equal_to_the_server(phone)
    change(world, f"/v1/assets/{key}", name="Renamed")
    phone.sync()
    assert phone.work_orders[phone.first]["checklist"][0]["asset_name"] == "Renamed"


def ticks(phone):
    return [item["done"] for item in phone.work_orders[phone.first]["checklist"]]


def test_ticks_of_the_checklist_come_and_go(world, phone, manager, content):
    change(world, f"/v1/assets/{world.asset}", barcode=f"B-{new_id()}")
    code = world.api.get(f"/v1/assets/{world.asset}").json()["barcode"]
    change(world, f"/v1/work-orders/{phone.first}", checklist=[
        {"id": new_id(), "kind": "photo", "label": "Plate", "photo_role": "nameplate"},
        {"id": new_id(), "kind": "scan", "label": "Code", "asset_id": world.asset}])
    photo, visit = declared("nameplate"), new_id()
    send(phone.user, check_in(world.site, visit_id=visit, work_order_ids=[phone.first], photos=[photo]))
    phone.sync()
    assert ticks(phone) == [False, False]
    put_photo(phone.user, photo["id"], content)
    phone.sync()
    assert ticks(phone) == [True, False]
    scan = {"id": new_id(), "captured_at": now(), "symbology": "code_128", "value": code, "entered": "camera"}
    send(phone.user, check_in(world.site, visit_id=visit, kind="progress", scans=[scan]))
    phone.sync()
    assert ticks(phone) == [True, True]
    manager.api.post(f"/v1/photos/{photo['id']}/reviews", expect=201,
                     json={"id": new_id(), "decision": "reject", "reason": "Not the plate."})
    phone.sync()
    assert ticks(phone) == [False, True]
    whole = declared("nameplate")
    send(phone.user, check_in(world.site, visit_id=visit, kind="progress", photos=[whole]), content)
    phone.sync()
    assert ticks(phone) == [True, True]
    assert_equal_to_the_server(phone)


def test_a_visit_that_takes_on_a_work_order_ticks_its_checklist(world, phone, content):
    change(world, f"/v1/work-orders/{phone.first}", checklist=[
        {"id": new_id(), "kind": "photo", "label": "Plate", "photo_role": "nameplate"}])
    move(world, phone.first, "on_site")
    visit = new_id()
    send(phone.user, check_in(world.site, visit_id=visit, photos=[declared("nameplate")]), content)
    phone.sync()
    assert ticks(phone) == [False]
    send(phone.user, check_in(world.site, visit_id=visit, kind="progress", work_order_ids=[phone.first]))
    phone.sync()
    assert ticks(phone) == [True]


DEPARTURES = {
    "unassigned": lambda world, phone: change(world, f"/v1/work-orders/{phone.first}", assignee_ids=[world.own.user.id]),
    "cancelled": lambda world, phone: move(world, phone.first, "cancelled"),
    "closed": lambda world, phone: move(world, phone.first, "on_site", "done", "closed"),
    "deleted": lambda world, phone: (  # only what is nobody's can be
        change(world, f"/v1/work-orders/{phone.first}", assignee_ids=[]),
        world.api.delete(f"/v1/work-orders/{phone.first}", expect=204)),
}


@pytest.mark.parametrize("what", DEPARTURES)
def test_what_leaves_is_told(world, phone, what):
    DEPARTURES[what](world, phone)
    (answer,) = phone.sync()
    assert answer["deleted"]["work_orders"] == [phone.first] and answer["work_orders"] == []
    assert set(phone.work_orders) == {phone.second}
    assert_equal_to_the_server(phone)


def test_a_work_order_that_moves_is_on_the_other_phone(world, organisation, phone):
    other = Phone(organisation.user("technician"))
    other.sync()
    change(world, f"/v1/work-orders/{phone.first}", assignee_ids=[other.user.id])
    assert [entry["id"] for entry in other.sync()[0]["work_orders"]] == [phone.first]
    assert phone.sync()[0]["deleted"]["work_orders"] == [phone.first]


def test_what_was_finished_leaves_after_two_days(world, phone, postgres):
    move(world, phone.first, "on_site", "done")
    phone.sync()
    ((hours,),) = postgres.query("SELECT round(extract(epoch FROM kept_until - now()) / 3600) FROM work_order_assignee"
                                 f" WHERE work_order_id = '{phone.first}'")
    assert hours == "48"
    assert says_nothing(phone.sync())
    # As if two days were over: nothing is written when they are.
    postgres.query("SET session_replication_role = replica; UPDATE work_order_assignee"
                   f" SET kept_until = clock_timestamp() WHERE work_order_id = '{phone.first}'")
    (answer,) = phone.sync()
    assert answer["deleted"]["work_orders"] == [phone.first]
    assert says_nothing(phone.sync())
    assert_equal_to_the_server(phone)


def test_retakes_come_and_go(world, phone, manager, content):
    photo, again = declared(), None
    visit = send(phone.user, check_in(world.site, photos=[photo]), content)["visit_id"]
    phone.sync()
    for decision in ("retake", "retake", "approve", "retake"):
        review = {"id": new_id(), "decision": decision, "reason": "Look again."}
        manager.api.post(f"/v1/photos/{photo['id']}/reviews", json=review, expect=201)
        phone.sync()
        again = review["id"] if decision == "retake" else None
        assert set(phone.retakes) == ({again} if again else set())
    change(world, f"/v1/sites/{world.site}", address=new_id())
    assert [entry["id"] for entry in phone.sync()[0]["retakes"]] == [again]
    answer = declared(retake_of=photo["id"])
    send(phone.user, check_in(world.site, visit_id=visit, kind="progress", photos=[answer]), content)
    assert phone.sync()[0]["deleted"]["retakes"] == [again]
    assert_equal_to_the_server(phone)


def test_policy_and_names_come_when_they_change(world, phone):
    change(world, "/v1/organisation/policy", thresholds={"low_accuracy_m": random.uniform(20, 90)})
    (answer,) = phone.sync()
    assert answer["policy"] == phone.user.api.get("/v1/organisation/policy").json() and answer["technician"] is None
    change(world, f"/v1/users/{phone.user.id}", name="Renate Renamed")
    (answer,) = phone.sync()
    assert answer["technician"]["name"] == "Renate Renamed" and answer["policy"] is None
    assert phone.work_orders[phone.first]["assignees"][0]["name"] == "Renate Renamed"
    assert says_nothing(phone.sync())


def test_a_transaction_that_ends_late_is_not_missed(world, phone, postgres):
    """It began, and took its number, before what the phone has seen already."""
    with postgres.transaction(f"UPDATE site SET name = 'Late' WHERE id = '{world.site}'"):
        change(world, f"/v1/work-orders/{phone.first}", title="Early")
        assert [entry["title"] for entry in phone.sync()[0]["work_orders"]] == ["Early"]
        assert says_nothing(phone.sync()), "what is open must not be told again and again"
        third = world.new_work_order([phone.user.id])
        phone.sync()
        assert phone.work_orders[third]["site"]["name"] != "Late"
    phone.sync()
    assert {entry["site"]["name"] for entry in phone.work_orders.values()} == {"Late"}
    assert_equal_to_the_server(phone)


def test_an_assignment_waits_for_the_change_of_state(world, phone, organisation, postgres):
    """Whoever ends a work order tells everybody who has it; nobody gets it unseen meanwhile."""
    other = Phone(organisation.user("technician"))
    other.sync()
    assigned = threading.Thread(target=postgres.query, args=(
        "INSERT INTO work_order_assignee (org_id, work_order_id, user_id)"
        f" VALUES ('{organisation.id}', '{phone.first}', '{other.user.id}')",))
    with postgres.transaction(f"UPDATE work_order SET state = 'cancelled' WHERE id = '{phone.first}'"):
        assigned.start()
        assigned.join(0.3)
        assert assigned.is_alive()
    assigned.join(10)
    other.sync()
    assert other.work_orders == {}
    assert_equal_to_the_server(other)


YEARS = """
SET app.org_id = '{org}';
INSERT INTO work_order (org_id, id, number, customer_id, site_id, title, priority, state, created_by, content_sha256,
                        window_starts_at, updated_at)
    SELECT org_id, gen_random_uuid(), 'OLD-' || gen_random_uuid(), customer_id, site_id, title, priority,
           CASE WHEN i % 50 = 0 THEN 'done' ELSE 'closed' END, created_by, '', now() - i * interval '2 hours',
           now() - i * interval '2 hours'
    FROM work_order, generate_series(400, 10400) i WHERE id = '{order}';
INSERT INTO work_order_assignee (org_id, work_order_id, user_id)
    SELECT org_id, id, '{user}' FROM work_order WHERE number LIKE 'OLD-%' AND org_id = '{org}';
INSERT INTO phone_change (org_id, subject_id, changed_in)
    SELECT org_id, id, '7'::xid8 FROM work_order WHERE org_id = '{org}';
ANALYZE work_order, work_order_assignee, phone_change, phone_list_change;
"""


def rows_read(postgres, organisation, name, *parameters):
    """How many rows a query of the server's reads, what its functions read included, as the server's own role."""
    literals = ", ".join("NULL" if value is None else f"'{value}'" for value in (organisation.id, *parameters))
    script = f"""
        SET plan_cache_mode = force_generic_plan; PREPARE query AS {queries()[name]};
        BEGIN READ ONLY; SET LOCAL app.org_id = '{organisation.id}'; EXECUTE query({literals}) \\g /dev/null
        SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables
        WHERE relname IN ('work_order', 'work_order_assignee', 'phone_change', 'phone_list_change');
    """
    output = subprocess.run(
        ["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", postgres.environment()["FIELDPROOF_DATABASE_URL"]],
        input=script, check=True, capture_output=True, text=True, timeout=60).stdout
    return int(output)


def test_years_of_finished_work_cost_nothing(world, phone, organisation, postgres):
    postgres.query(YEARS.format(org=organisation.id, order=phone.first, user=phone.user.id))
    phone = Phone(phone.user)
    phone.sync()
    assert len(phone.work_orders) == 2
    assert rows_read(postgres, organisation, "my_day", phone.user.id, None) < 200
    assert rows_read(postgres, organisation, "phone_changes", phone.user.id, *[None] * 5, 100, 14) < 100
    keys = decoded(phone.cursor)
    assert rows_read(postgres, organisation, "phone_changes", phone.user.id, *keys[1:4], None, None, 100, 14) < 100


class Writer(threading.Thread):
    """Somebody who changes whatever phones show, at random, for some seconds."""

    def __init__(self, world, people, seed, content, postgres):
        super().__init__()
        self.random = random.Random(seed)
        self.world, self.people, self.content, self.postgres = world, people, content, postgres
        self.api = world.administrator.api.with_token(world.administrator.api.token)
        self.orders, self.until, self.done = [], time.monotonic() + WRITING_S, 0

    def run(self):
        steps = [self.create, self.create, self.assign, self.step, self.edit, self.master, self.visit, self.review,
                 self.remove, self.dawdle]
        while time.monotonic() < self.until:
            self.random.choice(steps)()
            self.done += 1

    def some(self):
        return self.random.choice(self.orders) if self.orders else new_id()

    def create(self):
        body = work_order(self.random.choice(self.world.sites), [self.random.choice(self.people).id])
        body["checklist"] = [{"id": new_id(), "kind": "photo", "label": "Overview", "photo_role": "overview"}]
        self.api.post("/v1/work-orders", json=body, expect=201)
        self.orders.append(body["id"])

    def assign(self):
        people = self.random.sample(self.people, self.random.randint(1, 2))
        self.api.patch(f"/v1/work-orders/{self.some()}", json={"assignee_ids": [user.id for user in people]})

    def step(self):
        state = self.random.choice(["accepted", "on_site", "done", "closed", "cancelled", "assigned", "unresolved"])
        self.api.post(f"/v1/work-orders/{self.some()}/transitions", json={"to": state, "reason": "so"})

    def edit(self):
        self.api.patch(f"/v1/work-orders/{self.some()}", json={"title": f"Title {self.random.random()}"})

    def dawdle(self):
        """A transaction that is still open when others that began later have been seen."""
        row = self.random.choice([f"site SET address = '{new_id()}' WHERE id = '{self.random.choice(self.world.sites)}'",
                                  f"work_order SET description = '{new_id()}' WHERE id = '{self.some()}'"])
        self.postgres.query(f"UPDATE {row}; SELECT pg_sleep({self.random.uniform(0.05, 0.4)})")

    def remove(self):
        self.api.delete(f"/v1/work-orders/{self.some()}")

    def master(self):
        site, name = self.random.choice(self.world.sites), f"Name {self.random.random()}"
        self.random.choice([
            lambda: self.api.patch(f"/v1/sites/{site}", json={"name": name}),
            lambda: self.api.patch(f"/v1/customers/{self.world.customer}", json={"name": name}),
            lambda: self.api.patch(f"/v1/contacts/{self.world.contact}", json={"name": name}),
            lambda: self.api.post("/v1/assets", json={**asset(site), "name": name}),
            lambda: self.api.patch(f"/v1/assets/{self.world.asset}", json={"name": name, "site_id": site}),
            lambda: self.api.post("/v1/contacts", json={**contact(self.world.customer), "name": name}),
            lambda: self.api.patch(f"/v1/users/{self.random.choice(self.people).id}", json={"name": name}),
        ])()

    def visit(self):
        user = self.random.choice(self.people)
        api = user.api.with_token(user.api.token)
        photo = declared()
        body = check_in(self.random.choice(self.world.sites), work_order_ids=[self.some()], photos=[photo])
        if api.post("/v1/check-ins", json=body).status_code == 201:
            api.put(f"/v1/photos/{photo['id']}/content", data=self.content, headers={"Content-Type": "image/jpeg"})
            self.world.photos.append(photo["id"])

    def review(self):
        if self.world.photos:
            self.api.with_token(self.world.manager.api.token).post(
                f"/v1/photos/{self.random.choice(self.world.photos)}/reviews",
                json={"id": new_id(), "decision": self.random.choice(["retake", "approve"]), "reason": "so"})


def test_a_phone_misses_nothing_while_many_write(new_organisation, run_folder, content, postgres):
    organisation = new_organisation()
    world = World(organisation, run_folder)
    world.sites = [world.site, *(world.new_site() for _ in range(3))]
    world.photos, world.manager = [], organisation.user("manager")
    people = [organisation.user("technician") for _ in range(3)]
    phones = [Phone(user) for user in people]
    writers = [Writer(world, people, seed, content, postgres) for seed in range(8)]
    for thread in writers:
        thread.start()
    while any(thread.is_alive() for thread in writers):
        for phone in phones:
            phone.sync()
    for phone in phones:
        phone.sync()
        assert says_nothing(phone.sync())
        assert sum(answer["full"] for answer in phone.answers) == 1, "fed by increments only"
        assert len(phone.answers) > 20 and len(phone.work_orders) > 3
        assert_equal_to_the_server(phone)
    assert sum(thread.done for thread in writers) > 100


def test_sweep_forgets_what_every_phone_has_seen(world, phone, server, postgres):
    change(world, f"/v1/work-orders/{phone.first}", title="Told")
    phone.sync()
    count = "SELECT count(*) FROM {} WHERE changed_at < now() - interval '15 days'"
    for table in ("phone_change", "phone_list_change"):
        postgres.query(f"UPDATE {table} SET changed_at = now() - interval '16 days' WHERE org_id ="
                       f" (SELECT org_id FROM app_user WHERE id = '{phone.user.id}')")
        assert postgres.query(count.format(table)) != [["0"]]
    result = server.run("sweep")
    assert result.returncode == 0 and "changes that every phone has seen" in result.stdout
    for table in ("phone_change", "phone_list_change"):
        assert postgres.query(count.format(table)) == [["0"]]
    assert says_nothing(phone.sync())
