"""Sends the check-ins of a visit as a phone does: the facts first, then the photos one by one."""

import datetime

from client import now, rfc3339
from ids import between
from people import PHONES
from places import moved
from plan import Plan


class CheckIns:
    """Of one technician. `places` says where the sites are: {site key: (latitude, longitude)} in WGS-84."""

    def __init__(self, client, ids, places, photo_maker):
        self._client = client
        self._ids = ids
        self._places = places
        self._photo_maker = photo_maker

    def send(self, plan: Plan, check_in):
        """Sends what has not been received yet, and returns the last answer's check-in."""
        body = self._body(plan, check_in)
        answer = self._client.post("/v1/check-ins", body)
        awaited = {photo["id"] for photo in answer["photos"] if photo["state"] == "awaited"}
        for photo in check_in.photos:
            photo_id = self._ids("photo", photo.key)
            if photo_id in awaited and photo.is_sent:
                self._client.put_photo(photo_id, self._bytes(plan, check_in, photo))
        return answer

    def _bytes(self, plan, check_in, photo):
        if photo.bytes_of:
            path = f"/v1/photos/{self._ids('photo', photo.bytes_of)}/original"
            return self._client.send("GET", path).content
        return self._photo_maker.of_visit(plan, photo, _moment(plan, check_in, photo.minutes), self._spot(plan, check_in))

    def _spot(self, plan, check_in):
        return moved(self._places[plan.site], check_in.east_m, check_in.north_m)

    def _body(self, plan, check_in):
        name = (plan.key, check_in.kind)
        order = self._ids("work-order", plan.key)
        return {
            "id": self._ids("check-in", *name), "visit_id": self._ids("visit", plan.key),
            "site_id": self._ids("site", plan.site), "work_order_ids": [order], "kind": check_in.kind,
            "captured_at": rfc3339(_moment(plan, check_in)),
            "sent_at": rfc3339(now() + datetime.timedelta(minutes=check_in.sent_ahead_minutes)),
            "fix": self._fix(plan, check_in), "device": device(plan.technician, **check_in.device), "note": check_in.note,
            "scans": [{"id": self._ids("scan", *name, place), "captured_at": rfc3339(_moment(plan, check_in, 1 + place / 4)),
                       "symbology": scan.symbology, "value": scan.value, "entered": scan.entered}
                      for place, scan in enumerate(check_in.scans)],
            "photos": [{"id": self._ids("photo", photo.key), "role": photo.role, "caption": photo.caption,
                        "captured_at": rfc3339(_moment(plan, check_in, photo.minutes)), "work_order_id": order}
                       for photo in check_in.photos],
        }

    def _fix(self, plan, check_in):
        if check_in.fix is None:
            return None
        latitude, longitude = self._spot(plan, check_in)
        changes = dict(check_in.fix)
        fix_minutes = changes.pop("fix_minutes", -0.1)
        return {
            "latitude": latitude, "longitude": longitude, "datum": "wgs84", "mocked": False, "provider": "fused",
            "accuracy_m": round(between(5, 17, plan.key, check_in.kind, "accuracy"), 1),
            "speed_mps": 0, "fix_at": rfc3339(_moment(plan, check_in, fix_minutes)), **changes,
        }


def device(technician, **changes):
    phone = PHONES[technician]
    return {"id": f"phone-{technician}", "model": f"{phone['make']} {phone['model']}", "platform": phone["platform"],
            "app_version": "1.0", **changes}


def _moment(plan, check_in, minutes=0):
    return plan.begins_at + datetime.timedelta(minutes=check_in.minutes + minutes)
