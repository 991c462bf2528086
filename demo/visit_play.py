"""One technician's visit from log-in to the manager's decision, over HTTP, with the photos given."""

import datetime
import json
import mimetypes
import pathlib
import uuid
import zoneinfo

import pack_check
import pen
from check_ins import device
from client import now, parsed, rfc3339
from jobs import JOBS
from people import PHONES
from places import moved

# The roles that the photos get, in their order; more photos are overviews.
_ROLES = ("before", "nameplate", "after")
_MINUTES_ON_SITE = 50
_SHEETS = {"en": "Karin Schulz", "zh": "王芳"}


def new_id():
    return str(uuid.uuid4())


def ago(minutes):
    return rfc3339(now() - datetime.timedelta(minutes=minutes))


def local_name(path):
    """The file's name as a part of the request carries it."""
    return path.name.encode("ascii", "replace").decode()


class VisitPlay:
    """`people` maps "technician", "dispatcher" and "manager" to transcripts; `log_in` names the technician."""

    def __init__(self, people, log_in, language, photo_maker):
        self._people = people
        self._log_in = log_in
        self._language = language
        self._photo_maker = photo_maker
        self._visit = new_id()
        self._order_made = None
        self._order = None
        self._site = None

    def play(self, photos, pdf_path):
        """`photos` are paths, or empty for the project's own pictures."""
        technician, manager = self._people["technician"], self._people["manager"]
        technician.title("1  The technician logs in and looks at the day.")
        user = technician.log_in()
        self._choose_order(user)
        technician.title(f"2  Arrival at {self._site['name']} ({self._site['customer_name']}).")
        self._check_in("arrival", _MINUTES_ON_SITE)
        technician.title("3  The photos, one by one.")
        self._send_photos(photos)
        technician.title("4  The machine's barcode.")
        self._scan()
        technician.title("5  Departure.")
        self._check_in("departure", 0)
        self._step("done")
        technician.title("6  The visit sheet; the customer reads it and signs on the phone.")
        self._sheet(pdf_path)
        manager.title("7  The manager looks through the evidence and decides.")
        self._review()
        manager.title("8  The visit leaves as a ZIP, and is verified without the server.")
        self._take_away(pdf_path.with_name("pack"))

    # The day

    def _choose_order(self, user):
        technician = self._people["technician"]
        day = technician.need("GET", "/v1/my/day", lambda answer: f"{answer['date']}: {len(answer['work_orders'])} work orders")
        for order in day["work_orders"]:
            technician.say(f"{order['number']}  {order['title']}  at {order['site']['name']}, {order['state']}", "-")
        last = technician.need("GET", "/v1/visits", lambda page: "where the last visit was", params={"limit": 1})["items"]
        near = self._still_at(last[0]) if last else None
        open_ones = [order for order in day["work_orders"]
                     if order["state"] in ("assigned", "accepted") and near in (None, order["site"]["id"])]
        if not open_ones:
            day = self._new_order(user, near or self._any_site(last, day))
            open_ones = [order for order in day["work_orders"] if order["id"] == self._order_made]
        self._order = min(open_ones, key=lambda order: self._is_planned_for(order) != day["date"])
        self._site = self._order["site"]
        technician.say(f"This visit is for {self._order['number']}.", ">")

    @staticmethod
    def _is_planned_for(order):
        """The date, by the site's clock."""
        if order["window_starts_at"] is None:
            return None
        zone = zoneinfo.ZoneInfo(order["site"]["time_zone"])
        return parsed(order["window_starts_at"]).astimezone(zone).date().isoformat()

    def _still_at(self, visit):
        """The site of a visit so recent that nobody could be elsewhere by now."""
        seen = visit["departed_at"] or visit["arrived_at"] or visit["first_seen_at"]
        return visit["site"]["id"] if seen > ago(_MINUTES_ON_SITE + 60) else None

    def _any_site(self, last, day):
        known = [visit["site"] for visit in last] or [order["site"] for order in day["work_orders"]]
        if known:
            return known[0]["id"]
        return self._people["dispatcher"].need("GET", "/v1/sites", params={"limit": 1})["items"][0]["id"]

    def _new_order(self, user, site_id):
        """The dispatcher plans something for now."""
        dispatcher, key = self._people["dispatcher"], new_id()
        dispatcher.say("Nothing is open there now, so the dispatcher plans one more.", ">")
        dispatcher.log_in()
        assets = dispatcher.need("GET", "/v1/assets", params={"site_id": site_id})["items"]
        title, description = JOBS["alarm"][self._language][:2]
        self._order_made = dispatcher.need("POST", "/v1/work-orders", lambda order: order["number"], json={
            "id": key, "number": f"NL-{now():%y%m%d-%H%M%S}", "site_id": site_id, "title": title, "description": description,
            "priority": "high", "window_starts_at": ago(_MINUTES_ON_SITE), "window_ends_at": ago(-60), "assignee_ids": [user["id"]],
            "checklist": [
                {"id": new_id(), "kind": "photo", "label": "Nameplate 铭牌", "photo_role": "nameplate"},
                {"id": new_id(), "kind": "scan", "label": "Barcode 条码", "asset_id": assets[0]["id"] if assets else None},
            ]})["id"]
        return self._people["technician"].need("GET", "/v1/my/day")

    # On site

    def _spot(self):
        """Some metres from the middle of the site."""
        position = self._site["wgs84"]["position"]
        return moved((position["latitude"], position["longitude"]), 9 + now().microsecond % 70 / 10, -6)

    def _body(self, kind, minutes_ago, **fields):
        latitude, longitude = self._spot()
        return {
            "id": new_id(), "visit_id": self._visit, "site_id": self._site["id"], "work_order_ids": [self._order["id"]],
            "kind": kind, "captured_at": ago(minutes_ago), "sent_at": rfc3339(now()), "device": device(self._log_in),
            "fix": {"latitude": latitude, "longitude": longitude, "datum": "wgs84", "accuracy_m": 8, "mocked": False,
                    "provider": "fused", "fix_at": ago(minutes_ago)}, **fields}

    def _check_in(self, kind, minutes_ago, **fields):
        technician = self._people["technician"]
        answer = technician.need("POST", "/v1/check-ins", lambda made: f"{made['verdict']}: {kind}",
                                 json=self._body(kind, minutes_ago, **fields))
        technician.findings(answer)
        return answer

    def _send_photos(self, paths):
        taken = [(path, path.read_bytes()) for path in paths] or self._own_photos()
        roles = list(_ROLES)
        for path, content in taken:
            if self._send_photo(roles[0] if roles else "overview", path, content):
                del roles[:1]

    def _send_photo(self, role, path, content):
        """A check-in of its own in one multipart request: what is refused leaves nothing behind. True when taken."""
        technician = self._people["technician"]
        photo = {"id": new_id(), "role": role, "captured_at": ago(2), "caption": path.name}
        body = self._body("progress", 2, photos=[photo])
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        answer = technician.ask(
            "POST", "/v1/check-ins",
            lambda made: f"{made['photos'][0]['verdict']}: {path.name}, {len(content) / 1e6:.1f} MB, as “{role}”",
            files=[("check_in", (None, json.dumps(body), "application/json")), (photo["id"], (local_name(path), content, media_type))])
        if answer is None:
            technician.say(f"{path.name} is not part of the visit, nothing of it is kept. The work goes on.", ">")
            return False
        stored = answer["photos"][0]
        technician.findings(stored)
        if not stored["findings"]:
            technician.say("nothing against it", "·")
        return True

    def _own_photos(self):
        """Three pictures as this technician's phone would have taken them just now."""
        latitude, longitude = self._spot()
        moment, phone = now() - datetime.timedelta(minutes=2), PHONES[self._log_in]
        result = []
        for role in _ROLES:
            content = self._photo_maker.make(
                "--seed", moment.microsecond + len(result), "--caption", f"{self._order['number']} {role.upper()}",
                "--time", moment.strftime("%Y:%m:%d %H:%M:%S"), "--offset", "+00:00", "--latitude", latitude,
                "--longitude", longitude, "--make", phone["make"], "--model", phone["model"])
            result.append((pathlib.Path(f"{role}.jpg"), content))
        return result

    def _scan(self):
        technician = self._people["technician"]
        assets = [asset for asset in self._site["assets"] if asset["barcode"]]
        if not assets:
            technician.say("This site has no machine with a barcode.")
            return
        asset = assets[0]
        symbology = "ean_13" if len(asset["barcode"]) == 13 and asset["barcode"].isdigit() else "code_128"
        answer = technician.need(
            "POST", "/v1/check-ins", lambda made: f"{made['scans'][0]['verdict']}: {asset['barcode']}, {asset['name']}",
            json=self._body("progress", 1, scans=[{"id": new_id(), "captured_at": ago(1), "symbology": symbology,
                                                   "value": asset["barcode"], "entered": "camera"}]))
        technician.findings(answer["scans"][0])

    def _step(self, state):
        self._people["technician"].ask(
            "POST", f"/v1/work-orders/{self._order['id']}/transitions", lambda order: f"{order['number']} is {order['state']}",
            json={"id": new_id(), "to": state})

    # Sheet and review

    def _sheet(self, pdf_path):
        technician, path = self._people["technician"], f"/v1/visits/{self._visit}"
        before, (what, cause, remedy), part = self._work()
        sheet = technician.need("PUT", path + "/sheet", lambda made: f"version {made['version']}, {made['state']}", json={
            "version": 1, "open_before": [before], "left_open": [],
            "done": [{"work_order_id": self._order["id"], "what": what, "cause": cause, "remedy": remedy}],
            "parts": [{"name": part[0], "number": part[1], "quantity": part[2], "unit": part[3]}] if part else []})
        contacts = self._site.get("contacts") or []
        name = contacts[0]["name"] if contacts else _SHEETS[self._language]
        title = (contacts[0]["title"] if contacts else None) or "customer"
        technician.say(f"The customer signs what was shown: SHA-256 {sheet['document_sha256'][:16]}…")
        technician.need("POST", path + "/signatures", lambda made: f"{made['state']} by {name} ({title})", json={
            "id": new_id(), "sheet_version": sheet["version"], "document_sha256": sheet["document_sha256"], "signer_name": name,
            "signer_role": title, "signed_at": rfc3339(now()), "strokes": pen.strokes(name)})
        content = technician.ask("GET", path + "/sheet.pdf", lambda made: f"{len(made) / 1000:.0f} kB")
        if content:
            pdf_path.parent.mkdir(parents=True, exist_ok=True)
            pdf_path.write_bytes(content)
            technician.say(f"The signed sheet: {pdf_path}", ">")

    def _work(self):
        """What the order's title says was wrong, and what was done about it."""
        for languages in JOBS.values():
            for title, _, before, done, _, part in languages.values():
                if self._order["title"].startswith(title):
                    return before, done, part
        _, _, before, done, _, part = JOBS["alarm"][self._language]
        return before, done, part

    def _review(self):
        manager = self._people["manager"]
        manager.log_in()
        visit = manager.need("GET", f"/v1/visits/{self._visit}", lambda shown: f"{shown['verdict']}: the visit as a whole")
        manager.findings(visit)
        photos = [photo for check_in in visit["check_ins"] for photo in check_in["photos"] if photo["state"] == "stored"]
        for photo in photos:
            manager.ask("GET", f"/v1/photos/{photo['id']}/medium", lambda content: f"{len(content) / 1000:.0f} kB: {photo['caption']}")
        doubtful = [photo for photo in photos if photo["verdict"] != "accepted"]
        for photo in doubtful:
            reason = next(finding["sentence"] for finding in photo["findings"] if finding["severity"] != "info")
            manager.ask("POST", f"/v1/photos/{photo['id']}/reviews", lambda made: f"{made['decision']}: {photo['caption']}",
                        json={"id": new_id(), "decision": "retake", "reason": reason})
        if not doubtful:
            self._approve(visit)
            return
        manager.say("These photos are now work on the technician's list:", ">")
        self._people["technician"].ask("GET", "/v1/my/day", lambda day: f"photos to take again: {len(day['retakes'])}")

    def _take_away(self, folder):
        manager = self._people["manager"]
        content = manager.ask("GET", f"/v1/visits/{self._visit}/pack", lambda made: f"{len(made) / 1e6:.1f} MB")
        if not content:
            return
        pack_check.unpack(content, folder)
        is_good, said = pack_check.verify(folder)
        for line in said.splitlines():
            manager.say(line)
        manager.say(f"{'Everything is as the server signed it' if is_good else 'NOT what the server signed'}: {folder}",
                    ">" if is_good else "✗")

    def _approve(self, visit):
        reason = None if visit["verdict"] == "accepted" else "The findings are not about the photos, and these show the work."
        self._people["manager"].ask(
            "POST", f"/v1/visits/{self._visit}/reviews",
            lambda made: f"{made['decision']}: the whole visit" + (f" ({reason})" if reason else ""),
            json={"id": new_id(), "decision": "approve", "reason": reason})
