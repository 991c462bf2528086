"""What it costs that 20 managers watch the board while 200 technicians work, as a share of one core."""

import os
import pathlib
import subprocess
import threading
import time

from ground import MAKE_PHOTO, Ground, say, spread
from support.event_stream import EventStream
from support.organisation import new_id
from support.world import check_in, now, work_order

TECHNICIANS, MANAGERS = 200, 20
VISITS_A_DAY, HOURS_A_DAY = 8, 10
# One visit: accepted, arrived, three photos, left, done.
WRITES_A_VISIT = 7
DAY_PER_S = TECHNICIANS * VISITS_A_DAY * WRITES_A_VISIT / (HOURS_A_DAY * 3600)
BUSIEST = 3  # times as much in the busiest hour
PAIRS = int(os.environ.get("BENCH_PAIRS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "30"))
GATHER_S = 0.6  # as web/desk/board/use_board.ts


class Desk:
    """What the desk's page does: follows, gathers for a moment, and reads the parts of the board that changed."""

    def __init__(self, ground, manager):
        self.api, self.reads, self.delays = manager.api, 0, []
        self.stream = EventStream(ground.server.base_url, manager.api.token).wait_ready()
        self.board = self.api.get("/v1/board", expect=200).json()
        self._seen, self._is_wanted = len(self.stream.events), True
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        while self._is_wanted:
            if self._seen == len(self.stream.events):
                time.sleep(0.02)
                continue
            time.sleep(GATHER_S)
            fresh, self._seen = self.stream.events[self._seen:], len(self.stream.events)
            changes = [change for name, data in fresh if name == "changes" for change in data["changes"]]
            ids = {kind: sorted({change["id"] for change in changes if change["kind"] == kind}) for kind in ("work_order", "visit")}
            assert all(None not in keys for keys in ids.values()), "too much at once to be named"
            query = {name: ",".join(keys) for name, keys in (("work_orders", ids["work_order"]), ("visits", ids["visit"])) if keys}
            if query:
                self.api.get("/v1/board", params=query, expect=200)
                self.reads += 1

    def close(self):
        self._is_wanted = False
        self._thread.join()
        self.stream.close()


class Day:
    """The writes of a day, one after the other, at the rate that is wanted."""

    def __init__(self, ground, photo):
        self.ground, self.photo = ground, photo
        self.orders = []
        self.number = 0

    def prepare(self, visits):
        """Work orders of the visits to come, made before the clock runs."""
        for _ in range(visits):
            number = len(self.orders)
            technician = self.ground.technicians[number % len(self.ground.technicians)]
            body = {**work_order(self.ground.sites[number % len(self.ground.sites)]["id"], [technician.id]),
                    "window_starts_at": now(30), "window_ends_at": now(90), "due_at": now(240)}
            self.ground.organisation.administrator.api.post("/v1/work-orders", json=body, expect=201)
            self.orders.append((technician.api, body["id"], body["site_id"]))

    def writes(self):
        while True:
            api, order, site = self.orders[self.number]
            self.number += 1
            visit, photos = new_id(), [new_id() for _ in range(3)]
            declared = [{"id": photo, "role": "overview", "captured_at": now()} for photo in photos]
            yield lambda: api.post(f"/v1/work-orders/{order}/transitions", json={"to": "accepted"}, expect=200)
            yield lambda: api.post("/v1/check-ins", expect=201, json=check_in(
                site, visit, work_order_ids=[order], photos=declared))
            for photo in photos:
                yield lambda photo=photo: api.put(f"/v1/photos/{photo}/content", expect=201,
                                                  data=self.photo + photo.encode(), headers={"Content-Type": "image/jpeg"})
            yield lambda: api.post("/v1/check-ins", expect=201, json=check_in(site, visit, kind="departure"))
            yield lambda: api.post(f"/v1/work-orders/{order}/transitions", json={"to": "done"}, expect=200)

    def run(self, per_s, seconds):
        """Processor time of the server and PostgreSQL meanwhile, in seconds, and how much was written."""
        writes, count = self.writes(), 0
        before, began = self.ground.cpu_seconds(), time.monotonic()
        while time.monotonic() - began < seconds:
            next(writes)()
            count += 1
            time.sleep(max(0.0, began + count / per_s - time.monotonic()))
        time.sleep(1)  # the last change is read, too
        return self.ground.cpu_seconds() - before, count


def small_photo(folder):
    path = pathlib.Path(folder) / "small.jpg"
    subprocess.run([str(MAKE_PHOTO), "--width", "640", "--height", "480", str(path)], check=True)
    return path.read_bytes()


def more_technicians(ground):
    """Those who only stand on the board: rows without a log-in."""
    ground.postgres.query(f"""
        INSERT INTO app_user (org_id, id, log_in, name, role, language, password_hash, content_sha256)
        SELECT '{ground.organisation.id}', gen_random_uuid(), 'more-' || i, 'Technician ' || i, 'technician', 'en', '', ''
        FROM generate_series(1, {TECHNICIANS - len(ground.technicians)}) i""")


def measure(ground, day, managers, per_s):
    shares, reads = [], 0
    for _ in range(PAIRS):
        day.prepare(int(2 * SECONDS * per_s / WRITES_A_VISIT) + 2)
        alone_s, alone = day.run(per_s, SECONDS)
        desks = [Desk(ground, manager) for manager in managers]
        watched_s, watched = day.run(per_s, SECONDS)
        for desk in desks:
            desk.close()
            reads += desk.reads
        shares.append((watched_s - alone_s) / (SECONDS + 1))
        say(f"  {alone} and {watched} writes: {alone_s:.2f} s of processor time alone, {watched_s:.2f} s with {len(desks)} "
            f"desks: {shares[-1]:.1%} of one core; load {os.getloadavg()[0]:.1f}")
    return shares, reads


def run():
    with Ground("live") as ground:
        photo = small_photo(ground.folder)
        more_technicians(ground)
        managers = [ground.organisation.user("manager") for _ in range(MANAGERS)]
        day = Day(ground, photo)
        day.prepare(200)
        ground.postgres.query("ANALYZE")
        say(f"Live: {TECHNICIANS} technicians, {VISITS_A_DAY} visits a day each in {HOURS_A_DAY} hours, {MANAGERS} managers at their "
            f"boards; rounds of {SECONDS:g} s in real time, without and with the desks")
        for name, per_s in (("a day's mean", DAY_PER_S), ("its busiest hour", BUSIEST * DAY_PER_S)):
            say(f"  {name}: {per_s:.2f} writes a second")
            shares, reads = measure(ground, day, managers, per_s)
            low, middle, high = spread(shares)
            say(f"  {name}: {middle:.1%} of one core (of {PAIRS} pairs: {low:.1%} to {high:.1%}); a desk read the board "
                f"{reads / MANAGERS / PAIRS / SECONDS:.2f} times a second; wanted: less than 5%")
