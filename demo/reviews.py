"""What the managers decide, and the photo that answers a retake."""

from check_ins import device
from client import now, parsed, rfc3339
from plan import Photo

# (manager, visit, photo or None for the whole visit, decision, reason)
DECISIONS = [
    ("chen-jing", "li-wei/01", None, "approve", None),
    ("chen-jing", "li-wei/02", None, "approve", None),
    ("chen-jing", "li-wei/04", None, "retake", "定位在围栏外 400 米，请说明当时在哪里。"),
    ("chen-jing", "li-wei/05", None, "approve", "地图坐标系不同，位置无误。"),
    ("chen-jing", "li-wei/06", "after", "reject", "这张照片来自以前的工单。"),
    ("chen-jing", "li-wei/06", None, "reject", "维修后照片是旧照片。"),
    ("chen-jing", "li-wei/07", "nameplate", "retake", "铭牌太暗，看不清，请重拍。"),
    ("chen-jing", "zhang-min/02", None, "approve", "地下室定位不准属正常。"),
    ("chen-jing", "zhang-min/03", "before", "approve", None),
    ("chen-jing", "zhang-min/03", None, "approve", None),
    ("petra", "zhang-min/06", None, "approve", None),
    ("petra", "jonas/01", None, "approve", None),
    ("petra", "jonas/02", "damage", "approve", None),
    ("petra", "jonas/02", None, "approve", None),
    ("petra", "jonas/04", "nameplate", "reject", "This nameplate is in another part of the town."),
    ("petra", "jonas/06", "nameplate", "retake", "The serial number cannot be read."),
    ("petra", "wang-lei/05", None, "reject", "The position was set by an app."),
]
ANSWERED = ("li-wei", "li-wei/07", "nameplate", "sh-hotel")
# The very last thing that is written: where it is, all the rest is.
LAST = ("petra", "jonas/08", None, "approve", "The photos show the work.")


def review_id(ids, decision):
    manager, visit, photo, *_ = decision
    return ids("review", manager, visit, photo or "visit")


def decide(client, ids, decision):
    """Looks at what is decided about, as a person would, and decides."""
    _, visit, photo, what, reason = decision
    shown = client.get(f"/v1/visits/{ids('visit', visit)}")
    for check_in in shown["check_ins"]:
        for entry in check_in["photos"]:
            if entry["state"] == "stored":
                client.send("GET", f"/v1/photos/{entry['id']}/small")
    path = f"/v1/photos/{ids('photo', f'{visit}/{photo}')}" if photo else f"/v1/visits/{ids('visit', visit)}"
    client.post(path + "/reviews", {"id": review_id(ids, decision), "decision": what, "reason": reason})


def answer_retake(client, ids, place, photo_maker, plan):
    """The technician comes back for one photo. Its time is that of the request, and so the same at every load."""
    technician, visit, photo, site = ANSWERED
    photo_id = ids("photo", f"{visit}/{photo}")
    retake = next(entry for entry in client.items("/v1/retakes") if entry["photo_id"] == photo_id)
    asked_at, again = retake["requested_at"], ids("photo", f"{visit}/{photo}/again")
    answer = client.post("/v1/check-ins", {
        "id": ids("check-in", visit, "retake"), "visit_id": ids("visit", visit), "site_id": ids("site", site),
        "work_order_ids": [ids("work-order", visit)], "kind": "progress", "captured_at": asked_at, "sent_at": rfc3339(now()),
        "fix": {"latitude": place[0], "longitude": place[1], "datum": "wgs84", "accuracy_m": 9, "mocked": False, "fix_at": asked_at},
        "device": device(technician), "note": "按要求重拍铭牌。",
        "photos": [{"id": again, "role": photo, "captured_at": asked_at, "retake_of": photo_id, "caption": "铭牌（重拍）"}],
    })
    if answer["photos"][0]["state"] == "awaited":
        client.put_photo(again, photo_maker.of_visit(
            plan, Photo(f"{visit}/{photo}/again", photo, None, (4000, 3000)), parsed(asked_at), place))
