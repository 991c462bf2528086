"""A sampling plan with one finished draw: last week's lots, and what the manager found in them."""

import datetime
import zoneinfo

_CRITERIA = {"photos": "照片清晰完整", "sheet": "服务单填写规范", "work": "维修质量与现场整洁"}
# What is scored, lot by lot, again from the start when there are more; the last lot waits for its manager.
_SCORES = [((5, 4, 5), "整体很好。"), ((3, 4, 4), "缺少维修后的全景照片。"), ((5, 5, 5), None), ((2, 3, None), "铭牌照片太暗，遗留问题没有写计划。")]


def last_week(moment, time_zone):
    """The Monday of the last week that is over."""
    day = moment.astimezone(zoneinfo.ZoneInfo(time_zone)).date()
    return day - datetime.timedelta(days=day.weekday() + 7)


def create(client, ids, anchor, time_zone):
    """Draws last week's lots and assesses all but one."""
    criteria = [{"id": ids("criterion", key), "name": name} for key, name in _CRITERIA.items()]
    client.call("PATCH", "/v1/organisation/policy", json={"assessment_criteria": criteria})
    starts_on = last_week(anchor, time_zone).isoformat()
    plan, draw = ids("sampling-plan", "weekly"), ids("sampling-draw", "weekly")
    client.post("/v1/sampling-plans", {
        "id": plan, "name": "每周抽检：每人两次", "visits": 2, "per": "technician", "period": "week", "weighting": "risk",
        "starts_on": starts_on})
    client.post(f"/v1/sampling-plans/{plan}/draws", {"id": draw, "period_starts_on": starts_on})
    lots = sorted(client.items(f"/v1/sampling-draws/{draw}/visits"), key=lambda lot: lot["visit"]["id"])
    for number, lot in enumerate(lots[:-1]):
        scores, comment = _SCORES[number % len(_SCORES)]
        visit = lot["visit"]["id"]
        client.post(f"/v1/sampling-draws/{draw}/visits/{visit}/assessments", {
            "id": ids("assessment", visit), "comment": comment,
            "scores": [{"criterion_id": entry["id"], "score": score} for entry, score in zip(criteria, scores)]})
