"""An organisation in which things happen in any order, and how its reports are read and compared."""

import datetime
import random

from support.evidence import declared, fix_at, photo_bytes, put_photo, send
from support.organisation import new_id
from support.world import World, check_in, now, token_of

BY = ("technician", "team", "site", "customer", "day", "week")
TODAY = datetime.datetime.now(datetime.timezone.utc).date()
FIRST, LAST = TODAY - datetime.timedelta(days=60), TODAY + datetime.timedelta(days=2)
PERIOD = {"from": str(FIRST), "to": str(LAST)}


def report(user, name, by, **more):
    return user.api.get(f"/v1/reports/{name}", params={**PERIOD, "by": by, "limit": 5000, **more}, expect=200).json()


def rows_of(answer, by):
    """{key: figures}, the total under "total"."""
    names = {"team": "name", "day": "starts_on", "week": "starts_on"}
    rows = {row[names.get(by, "id")]: row["figures"] for row in answer["rows"]}
    return {**rows, "total": answer["total"]}


def plain(figures):
    figures = dict(figures)
    if isinstance(figures.get("findings"), list):
        figures["findings"] = {one["code"]: (one["photos"], one["visits"]) for one in figures["findings"]}
    return {name: value for name, value in figures.items() if value not in (0, None, {})}


def differences(user, oracle):
    """Every figure in which a report and the direct count differ."""
    wrong = []
    for name, count in (("evidence", oracle.evidence), ("service", oracle.service)):
        for by in BY:
            expected, given = count(by, FIRST, LAST), rows_of(report(user, name, by), by)
            for key in expected.keys() | given.keys():
                one = plain({k: v for k, v in expected.get(key, {}).items() if k != "visits_accepted"})
                other = plain(given.get(key, {}))
                wrong += [f"{name} by {by}, {key}: {figure} is {other.get(figure)}, counted {one.get(figure)}"
                          for figure in sorted(one.keys() | other.keys()) if one.get(figure) != other.get(figure)]
    return wrong


class Days:
    """An organisation in which things happen, today and weeks ago, in any order."""

    def __init__(self, organisation, run_folder, postgres, seed):
        self.random = random.Random(seed)
        self.organisation, self.postgres = organisation, postgres
        self.world = World(organisation, run_folder)
        self.manager = organisation.user("manager")
        self.administrator = organisation.administrator
        self.technicians = [organisation.user("technician") for _ in range(3)]
        self.administrator.api.patch(f"/v1/users/{self.technicians[0].id}", json={"team": "North"}, expect=200)
        self.sites = [self.world.site, self.world.new_site(), self.world.new_site()]
        self.administrator.api.patch(f"/v1/sites/{self.sites[1]}", json={"time_zone": "Asia/Shanghai"}, expect=200)
        self.jpeg = [photo_bytes(run_folder, seed=seed * 100 + n) for n in range(6)]
        self.dark = photo_bytes(run_folder, "--dark", seed=seed)
        self.visits, self.photos, self.awaited, self.orders = [], [], [], []

    def minutes_ago(self):
        return -self.random.choice([0, 5, 60, 60 * 7, 60 * 24 * 3, 60 * 24 * 3 + 400, 60 * 24 * 20, 60 * 24 * 59])

    def arrive(self):
        technician, site = self.random.choice(self.technicians), self.random.choice(self.sites)
        at = self.minutes_ago() + self.random.randint(-90, 0)
        photos = [declared(self.random.choice(["before", "after"]), captured_at=now(at + n)) for n in range(self.random.randint(0, 2))]
        orders = self.random.sample(self.orders, min(len(self.orders), self.random.randint(0, 2)))
        body = check_in(site, captured_at=now(at), photos=photos, work_order_ids=orders,
                        fix=fix_at(self.random.choice([0, 0, 0, 9000]), minutes=at))
        send(technician, body)
        self.visits.append((technician, site, body["visit_id"], at))
        self.awaited += [(technician, photo["id"], site, body["visit_id"]) for photo in photos]

    def later_check_in(self):
        """A departure, or an arrival that was earlier than what was known: it may move the visit to another day."""
        technician, site, visit, at = self.random.choice(self.visits)
        kind, minutes = self.random.choice([("departure", 3), ("departure", 45), ("arrival", -700), ("progress", -1500)])
        technician.api.post("/v1/check-ins", json=check_in(site, visit, kind=kind, captured_at=now(at + minutes)))

    def photo(self):
        if self.awaited:
            declared_photo = self.awaited.pop(self.random.randrange(len(self.awaited)))
            put_photo(declared_photo[0], declared_photo[1], self.random.choice([*self.jpeg, self.dark]))
            self.photos.append(declared_photo)

    def review_photo(self):
        if self.photos:
            photo, decision = self.random.choice(self.photos), self.random.choice(["approve", "reject", "retake", "withdraw"])
            self.manager.api.post(f"/v1/photos/{photo[1]}/reviews",
                                  json={"id": new_id(), "decision": decision, "reason": "Dark."})

    def answer_retake(self):
        """Only this moves the retake, without its photo."""
        if self.photos:
            technician, photo, site, visit = self.random.choice(self.photos)
            self.manager.api.post(f"/v1/photos/{photo}/reviews", json={
                "id": new_id(), "decision": "retake", "reason": "Dark."})
            refresh(self.postgres, self.organisation.id)
            again = declared("before", retake_of=photo)
            send(technician, check_in(site, visit, kind="progress", photos=[again]))
            put_photo(technician, again["id"], self.random.choice(self.jpeg))

    def review_visit(self):
        _, _, visit, _ = self.random.choice(self.visits)
        self.manager.api.post(f"/v1/visits/{visit}/reviews", json={
            "id": new_id(), "decision": self.random.choice(["approve", "reject", "withdraw"]), "reason": "Not there."})

    def order(self):
        site, starts = self.random.choice(self.sites), self.minutes_ago()
        body = {"id": new_id(), "number": f"R-{new_id()}", "site_id": site, "title": "Check", "priority": "low",
                "assignee_ids": [self.technicians[0].id],
                "window_starts_at": now(starts), "window_ends_at": now(starts + 90),
                "checklist": [{"id": new_id(), "kind": "photo", "label": "After", "photo_role": "after", "required": True}]}
        self.administrator.api.post("/v1/work-orders", json=body, expect=201)
        self.orders.append(body["id"])

    def move_order(self):
        if self.orders:
            order = self.random.choice(self.orders)
            to = self.random.choice(["done", "partly_done", "closed", "cancelled", "assigned", "on_site"])
            self.administrator.api.post(f"/v1/work-orders/{order}/transitions", json={"to": to, "reason": "So it is."})

    def replan(self):
        if self.orders:
            order, starts = self.random.choice(self.orders), self.minutes_ago()
            self.administrator.api.patch(f"/v1/work-orders/{order}", json={
                "window_starts_at": now(starts), "window_ends_at": now(starts + 60)}, expect=200)

    def rate(self):
        technician, _, visit, _ = self.random.choice(self.visits)
        link = technician.api.post(f"/v1/visits/{visit}/links", json={"id": new_id()}, expect=201).json()
        for _ in range(self.random.randint(1, 2)):
            technician.api.with_token(None).post(f"/v1/shared/{token_of(link)}/rating", expect=201, json={
                "id": new_id(), "stars": self.random.randint(1, 5)})

    def move_site(self):
        change = self.random.choice([{"time_zone": "Asia/Shanghai"}, {"time_zone": "Europe/Berlin"},
                                     {"time_zone": "Pacific/Kiritimati"},
                                     {"position": {"latitude": 52.6, "longitude": 13.5}, "datum": "wgs84", "radius_m": 150}])
        self.administrator.api.patch(f"/v1/sites/{self.random.choice(self.sites)}", json=change, expect=200)

    def change_team(self):
        self.administrator.api.patch(f"/v1/users/{self.random.choice(self.technicians).id}", expect=200,
                                     json={"team": self.random.choice(["North", "South", None])})

    def something(self):
        self.random.choice([self.arrive, self.arrive, self.arrive, self.later_check_in, self.later_check_in, self.photo,
                            self.photo, self.review_photo, self.review_photo, self.answer_retake, self.review_visit, self.order,
                            self.move_order, self.move_order, self.replan, self.rate, self.move_site, self.change_team])()


def refresh(postgres, organisation):
    """What the server's own thread does now and then."""
    return postgres.query(f"SET app.org_id = '{organisation}'; SELECT report_refresh('{organisation}', 40)")


def days_with_hostile_names(organisation, run_folder, postgres):
    """A few visits."""
    made = Days(organisation, run_folder, postgres, 3)
    made.administrator.api.patch(f"/v1/sites/{made.sites[0]}", expect=200, json={"name": "=HYPERLINK(\"http://x\",\"y\")"})
    made.administrator.api.patch(f"/v1/sites/{made.sites[1]}", expect=200, json={"name": "＝1+1"})
    made.administrator.api.patch(f"/v1/users/{made.technicians[1].id}", expect=200, json={"team": "@SUM(A1)"})
    for _ in range(3):
        made.arrive()
        made.order()
    for _ in range(12):
        made.something()
    return made
