"""Work orders: of the visits that were, and of the days to come."""

import datetime
import zoneinfo

from client import rfc3339
from customers import ASSETS, CUSTOMERS, SITES
from jobs import CHECKLIST, JOBS
from plan import zone

_REASONS = {
    "unresolved": {"zh": "缺少配件，已订货。", "en": "The part has to be ordered."},
    "assigned": {"zh": "还有一项未完成，再次派工。", "en": "One thing is left to do: sent out again."},
    "cancelled": {"zh": "客户取消。", "en": "The customer called it off."},
}
# The steps after the visit, by its outcome: (who, to).
_STEPS = {
    "done": [("technician", "done")],
    "partly_done": [("technician", "partly_done")],
    "unresolved": [("technician", "unresolved")],
    "redispatched": [("technician", "partly_done"), ("dispatcher", "assigned")],
    None: [],
}
# Orders without a visit yet: days from now, hour, site, job, technician (None: nobody), priority, state at last.
_AHEAD = [
    (1, "09:00", "sh-cold", "leak", "li-wei", "normal", "accepted"),
    (1, "09:30", "sz-data", "alarm", "zhang-min", "urgent", "assigned"),
    (1, "10:00", "bj-print", "filter", "wang-lei", "normal", "assigned"),
    (1, "08:30", "hh-cold", "drain", "jonas", "high", "accepted"),
    (2, "13:00", "sh-hotel", "noise", "li-wei", "normal", "assigned"),
    (2, "09:00", "sg-med", "leak", "zhang-min", "high", "assigned"),
    (3, "10:00", "bj-hospital", "drain", "wang-lei", "normal", "assigned"),
    (3, "09:00", "be-brew", "filter", "jonas", "low", "cancelled"),
    (4, "09:00", "gz-food", "warm", None, "high", "new"),
    (5, "14:00", "be-pharma", "leak", None, "normal", "new"),
]
# What every technician finds on the day that the demo is looked at.
_TODAY = [
    ("li-wei", "sh-hotel", "noise", "high"), ("li-wei", "sh-cold", "filter", "normal"),
    ("zhang-min", "sz-data", "warm", "urgent"), ("zhang-min", "sz-market-2", "leak", "normal"),
    ("wang-lei", "bj-hospital", "alarm", "high"), ("wang-lei", "bj-hospital", "drain", "low"),
    ("jonas", "be-brew", "drain", "normal"), ("jonas", "be-pharma", "filter", "high"),
]


def body(ids, key, number, site, job, technician, starts_at, priority="normal"):
    """A work order with the usual checklist; `key` names it."""
    language = CUSTOMERS[SITES[site]["customer"]][4]
    title, description = JOBS[job][language][:2]
    return {
        "id": ids("work-order", key), "number": number, "site_id": ids("site", site), "priority": priority,
        "title": f"{title} · {ASSETS[site + '/1']['name']}", "description": description,
        "window_starts_at": rfc3339(starts_at), "window_ends_at": rfc3339(starts_at + datetime.timedelta(hours=3)),
        "due_at": rfc3339(starts_at + datetime.timedelta(hours=6)), "assignee_ids": [ids("user", technician)] if technician else [],
        "checklist": [{"id": ids("checklist", key, place), "kind": kind, "label": label, "photo_role": role, "required": required,
                       "asset_id": ids("asset", f"{site}/1") if kind == "scan" else None}
                      for place, (kind, label, role, required) in enumerate(CHECKLIST[language])],
    }


class Orders:
    """Of one technician, with the dispatcher's client beside the technician's."""

    def __init__(self, ids, dispatcher, technician=None):
        self._ids = ids
        self._clients = {"dispatcher": dispatcher, "technician": technician}

    def before(self, plan, number):
        """Planned by the dispatcher, accepted by the technician."""
        starts_at = plan.begins_at - datetime.timedelta(minutes=plan.begins_at.minute)
        self._clients["dispatcher"].post(
            "/v1/work-orders", body(self._ids, plan.key, number, plan.site, plan.job, plan.technician, starts_at))
        self._step(plan.key, "technician", "accepted", plan.language)
        if plan.arrival is None and plan.outcome:
            self._step(plan.key, "technician", "on_site", plan.language)

    def after(self, plan):
        """What the visit came to; the dispatcher closes what is done."""
        for who, state in _STEPS[plan.outcome]:
            self._step(plan.key, who, state, plan.language)
        if plan.is_closed and plan.outcome:
            self._step(plan.key, "dispatcher", "closed", plan.language)

    def ahead(self, anchor):
        """The coming days' orders."""
        for place, (days, hour, site, job, technician, priority, state) in enumerate(_AHEAD, 1):
            date = (anchor.astimezone(zone(site)) + datetime.timedelta(days=days)).date()
            starts_at = datetime.datetime.combine(date, datetime.time.fromisoformat(hour), zone(site))
            key = f"ahead/{place:02d}"
            self._clients["dispatcher"].post(
                "/v1/work-orders", body(self._ids, key, f"NL-{2000 + place}", site, job, technician, starts_at, priority))
            if state in ("accepted", "cancelled"):
                self._step(key, "dispatcher", state, CUSTOMERS[SITES[site]["customer"]][4])

    def today(self, moment, home):
        """Orders of the day that it is, by the organisation's clock (`home`); a day's are made once."""
        date = moment.astimezone(zoneinfo.ZoneInfo(home)).date()
        for place, (technician, site, job, priority) in enumerate(_TODAY, 1):
            starts_at = datetime.datetime.combine(date, datetime.time(13 - place % 2 * 4), zone(site))
            number = f"NL-{date:%y%m%d}-{place}"
            self._clients["dispatcher"].post("/v1/work-orders", body(
                self._ids, f"today/{date}/{place}", number, site, job, technician, starts_at, priority))

    def _step(self, key, who, state, language):
        reason = _REASONS.get(state, {}).get(language)
        self._clients[who].post(f"/v1/work-orders/{self._ids('work-order', key)}/transitions", {
            "id": self._ids("step", key, state), "to": state, "reason": reason})
