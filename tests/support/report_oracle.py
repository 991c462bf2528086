"""What a report must say, counted one row at a time out of the tables, by rules written anew here.

Read it beside docs/reports.md.
"""

import collections
import datetime
import json
import math
import zoneinfo

CONFIRMING = {"geofence_inside", "scan_asset_matched"}
ROWS = """
SELECT json_build_object(
    'sites', (SELECT json_object_agg(id, json_build_object('zone', time_zone, 'customer', customer_id,
                                     'position', json_build_array(latitude_deg, longitude_deg)))
              FROM site WHERE org_id = 'ORG'),
    'teams', (SELECT json_object_agg(id, team) FROM app_user WHERE org_id = 'ORG'),
    'visits', (SELECT json_agg(v) FROM visit v WHERE org_id = 'ORG'),
    'photos', (SELECT json_agg(p) FROM (SELECT id, user_id, site_id, captured_at, state, verdict, review_decision,
                                               finding_codes FROM photo WHERE org_id = 'ORG') p),
    'retakes', (SELECT json_agg(r) FROM retake r WHERE org_id = 'ORG'),
    'orders', (SELECT json_agg(w) FROM (SELECT id, state, window_starts_at, window_ends_at FROM work_order
                                        WHERE org_id = 'ORG') w),
    'links', (SELECT json_agg(j) FROM visit_work_order j WHERE org_id = 'ORG'),
    'done', (SELECT json_agg(DISTINCT work_order_id) FROM work_order_event WHERE org_id = 'ORG' AND to_state = 'done'),
    'signatures', (SELECT json_agg(g) FROM (SELECT visit_id, sheet_version, rating_score FROM signature
                                            WHERE org_id = 'ORG' AND rating_score IS NOT NULL) g),
    'responses', (SELECT json_agg(r) FROM (SELECT id, visit_id, link_id, stars, received_at FROM customer_response
                                           WHERE org_id = 'ORG' AND kind = 'rating' AND link_id IS NOT NULL AND visit_id IS NOT NULL) r))::jsonb -- on one line
"""


def moment(text):
    return datetime.datetime.fromisoformat(text) if text else None


def distance_m(one, other):
    """Between two points of a sphere, by the chord through it."""
    def vector(position):
        latitude, longitude = map(math.radians, position)
        return (math.cos(latitude) * math.cos(longitude), math.cos(latitude) * math.sin(longitude), math.sin(latitude))
    chord = math.dist(vector(one), vector(other))
    return 2 * 6371008.8 * math.asin(min(1, chord / 2))


class Oracle:
    """The rows of an organisation as they are now."""

    def __init__(self, postgres, organisation):
        self.rows = json.loads(postgres.query(ROWS.replace("ORG", organisation))[0][0])
        self.rows = {name: value or [] for name, value in self.rows.items()}
        self.visits = {visit["id"]: visit for visit in self.rows["visits"]}
        for visit in self.visits.values():
            for name in ("first_seen_at", "arrived_at", "departed_at"):
                visit[name] = moment(visit[name])

    def day(self, site, at):
        return at.astimezone(zoneinfo.ZoneInfo(self.rows["sites"][site]["zone"])).date()

    def key(self, by, technician, site, day):
        return {"technician": technician, "site": site, "team": self.rows["teams"][technician],
                "customer": self.rows["sites"][site]["customer"], "day": str(day),
                "week": str(day - datetime.timedelta(days=day.weekday()))}[by]

    def orders(self):
        """(visit, first, fixed, window) of each work order: the visits that count for it."""
        visits_of = collections.defaultdict(list)
        for link in self.rows["links"]:
            visits_of[link["work_order_id"]].append(self.visits[link["visit_id"]])
        for order in self.rows["orders"]:
            visits = sorted(visits_of[order["id"]], key=lambda visit: (visit["first_seen_at"], visit["id"]))
            if not visits:
                continue
            state = order["state"]
            is_decided = state != "cancelled" and (len(visits) > 1 or state in ("done", "partly_done", "unresolved", "closed"))
            is_fixed = len(visits) == 1 and (state == "done" or state == "closed" and order["id"] in self.rows["done"])
            yield visits[0], "orders", (int(is_decided), int(is_fixed))
            starts, ends = moment(order["window_starts_at"]), moment(order["window_ends_at"])
            arrived = [visit for visit in visits if visit["arrived_at"]]
            if starts and ends and arrived:
                nearest = min(arrived, key=lambda visit: (
                    max(starts - visit["arrived_at"], visit["arrived_at"] - ends, datetime.timedelta()),
                    visit["arrived_at"], visit["id"]))
                yield nearest, "windows", (int(nearest["arrived_at"] < starts), int(nearest["arrived_at"] > ends))

    def ratings(self):
        latest = {}
        for signature in self.rows["signatures"]:
            key = ("sheet", signature["visit_id"])
            if key not in latest or latest[key][0] < signature["sheet_version"]:
                latest[key] = (signature["sheet_version"], signature["rating_score"], signature["visit_id"])
        for response in self.rows["responses"]:
            key, order = ("link", response["link_id"], response["visit_id"]), (moment(response["received_at"]), response["id"])
            if key not in latest or latest[key][0] < order:
                latest[key] = (order, response["stars"], response["visit_id"])
        return [(self.visits[visit], stars) for _, stars, visit in latest.values()]

    def trips(self):
        days = collections.defaultdict(list)
        for visit in self.visits.values():
            if visit["arrived_at"]:
                days[visit["technician_id"], self.day(visit["site_id"], visit["first_seen_at"])].append(visit)
        for visits in days.values():
            visits.sort(key=lambda visit: (visit["arrived_at"], visit["id"]))
            for before, after in zip(visits, visits[1:]):
                if before["departed_at"] and before["departed_at"] <= after["arrived_at"] and before["site_id"] != after["site_id"]:
                    sites = self.rows["sites"]
                    yield (after, int((after["arrived_at"] - before["departed_at"]).total_seconds() // 60),
                           round(distance_m(sites[before["site_id"]]["position"], sites[after["site_id"]]["position"])))

    def evidence(self, by, first, last):
        """{key: figures} and the total under None; findings as {code: (photos, visits)}."""
        rows = collections.defaultdict(collections.Counter)
        findings = collections.defaultdict(lambda: collections.defaultdict(lambda: [0, 0]))

        def count(technician, site, at, names, codes, place):
            day = self.day(site, at)
            if not first <= day <= last:
                return
            for key in (self.key(by, technician, site, day), "total"):
                rows[key].update(names)
                for code in set(codes) - CONFIRMING:
                    findings[key][code][place] += 1

        for visit in self.visits.values():
            codes = visit["finding_codes"]
            names = ["visits", f"visits_{visit['verdict']}"] + ["visits_reviewed"] * (visit["review_decision"] is not None)
            names += [name for name in ("checklist_incomplete", "sent_late") if name in codes]
            count(visit["technician_id"], visit["site_id"], visit["first_seen_at"], names, codes, 1)
        retakes = collections.defaultdict(list)
        for retake in self.rows["retakes"]:
            if retake["answered_at"]:
                retakes[retake["photo_id"]].append("retakes_answered")
            elif not retake["withdrawn_at"]:
                retakes[retake["photo_id"]].append("retakes_open")
        for photo in self.rows["photos"]:
            names = list(retakes[photo["id"]])
            is_stored = photo["state"] == "stored"
            names += ["photos", f"photos_{photo['verdict']}"] if is_stored else ["photos_awaited"]
            decided = {"approve": "photos_approved", "reject": "photos_refused", "retake": "photos_retake"}
            names += [decided[photo["review_decision"]]] if photo["review_decision"] else []
            count(photo["user_id"], photo["site_id"], moment(photo["captured_at"]), names,
                  photo["finding_codes"] if is_stored else [], 0)
        return {key: {**figures, "findings": {code: tuple(n) for code, n in findings[key].items()}}
                for key, figures in rows.items()}

    def service(self, by, first, last):
        rows = collections.defaultdict(collections.Counter)
        minutes = collections.defaultdict(list)

        def keys(visit):
            day = self.day(visit["site_id"], visit["first_seen_at"])
            if not first <= day <= last:
                return []
            return [self.key(by, visit["technician_id"], visit["site_id"], day), "total"]

        for visit in self.visits.values():
            for key in keys(visit):
                rows[key].update(visits=1, time_on_site_short="time_on_site_short" in visit["finding_codes"])
                if visit["arrived_at"] and visit["departed_at"] and visit["departed_at"] >= visit["arrived_at"]:
                    minutes[key].append(int((visit["departed_at"] - visit["arrived_at"]).total_seconds() // 60))
        for visit, kind, (one, other) in self.orders():
            for key in keys(visit):
                rows[key].update({"orders_visited": one, "orders_fixed_first": other} if kind == "orders" else
                                 {"windows": 1, "windows_early": one, "windows_late": other})
        for visit, stars in self.ratings():
            for key in keys(visit):
                rows[key].update(ratings=1, stars=stars)
        for visit, length, metres in self.trips():
            for key in keys(visit):
                rows[key].update(trips=1, trip_minutes=length, trip_m=metres)
        return {key: finish(figures, sorted(minutes[key])) for key, figures in rows.items()}


def finish(figures, minutes):
    """Counters as the report shows them."""
    row = dict(figures)
    metres, stars = row.pop("trip_m", 0), row.pop("stars", 0)
    row["trip_km"] = math.floor(metres / 100 + 0.5) / 10
    row["visits_timed"] = len(minutes)
    row["median_minutes"], row["p90_minutes"] = (
        minutes[math.ceil(part * len(minutes)) - 1] if minutes else None for part in (0.5, 0.9))
    visited = row.get("orders_visited", 0)
    row["first_time_fix_percent"] = math.floor(1000 * row["orders_fixed_first"] / visited + 0.5) / 10 if visited else None
    row["mean_stars"] = math.floor(100 * stars / row["ratings"] + 0.5) / 100 if row.get("ratings") else None
    return row
