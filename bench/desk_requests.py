"""What script/bench desk asks for: (operation, what, path, query). tests/contract/test_desk_bench.py sees to it that no list
or report of the desk is missing. Names in braces are filled with another value for each request."""

PERIODS = {"day": "{day}", "week": "{week_ago}", "month": "{month_ago}", "quarter": "{quarter_ago}", "year": "{year_ago}"}
PAGE = {"limit": "50"}


def reports():
    """Both reports, by everything, for each length of period; and with each filter."""
    for operation, path in (("getEvidenceReport", "/v1/reports/evidence"), ("getServiceReport", "/v1/reports/service")):
        for period, first in PERIODS.items():
            for by in ("technician", "team", "site", "customer", "day", "week"):
                yield operation, f"a {period} by {by}", path, {"from": first, "to": "{day}", "by": by}
        for name, value in (("technician_id", "{technician}"), ("team", "{team}"), ("site_id", "{site}"), ("customer_id", "{customer}")):
            yield operation, f"a quarter by week, {name}", path, {"from": "{quarter_ago}", "to": "{day}", "by": "week", name: value}
            yield operation, f"a year by site, {name}", path, {"from": "{year_ago}", "to": "{day}", "by": "site", name: value}


def filtered(operation, path, filters):
    for what, query in filters.items():
        yield operation, what, path, {**PAGE, **query}


DAY = {"from": "{moment}", "to": "{next_moment}"}
PLACES = {"site": {"site_id": "{site}"}, "technician": {"technician_id": "{technician}"}}
JUDGED = {"rejected": {"verdict": "rejected"}, "needs review": {"verdict": "needs_review"}, "accepted": {"verdict": "accepted"}}
REVIEWED = {"reviewed": {"reviewed": "true"}, "not reviewed": {"reviewed": "false"}}
# What a report's numbers lead to.
QUARTER = {"first_day": "{quarter_ago}", "last_day": "{day}"}
OF_A_REPORT = {
    "team": {"team": "{team}"}, "team in a quarter": {"team": "{team}", **QUARTER},
    "rejected of a team in a quarter": {"team": "{team}", "verdict": "rejected", **QUARTER},
    "finding of a team in a quarter": {"team": "{team}", "finding": "photo_too_dark", **QUARTER}}

REQUESTS = [
    *filtered("listVisits", "/v1/visits", {
        "the newest": {"to": "{next_moment}"}, **PLACES, "customer": {"customer_id": "{customer}"}, "a day": DAY,
        "finding": {"finding": "mock_location", "to": "{next_moment}"}, "finding at a customer": {"finding": "sent_late", "customer_id": "{customer}"},
        **JUDGED, **REVIEWED, "waiting": {"verdict": "needs_review", "reviewed": "false"}, **OF_A_REPORT,
        "technician on a day": {"technician_id": "{technician}", **DAY},
        "signed": {"signed": "true"}, "not signed": {"signed": "false"}, "concern": {"concern": "any"}}),
    *filtered("listEvidence", "/v1/evidence", {
        "the newest": {"to": "{next_moment}"}, **PLACES, "a day": DAY, "finding": {"finding": "photo_reused", "to": "{next_moment}"},
        **JUDGED, **REVIEWED, "role": {"role": "meter", "to": "{next_moment}"}, "technician, rejected": {"technician_id": "{technician}", "verdict": "rejected"},
        "customer": {"customer_id": "{customer}"}, "to be retaken": {"decision": "retake"}, **OF_A_REPORT}),
    *filtered("listAuditQueue", "/v1/audit-queue", {
        "all": {}, **PLACES, "customer": {"customer_id": "{customer}"}, "a day": DAY, "finding": {"finding": "photo_too_dark"},
        "finding at a customer": {"finding": "photo_too_dark", "customer_id": "{customer}"},
        "rare finding": {"finding": "photo_edited"}, "rejected": {"verdict": "rejected"}, "role": {"role": "meter"}}),
    *filtered("listWorkOrders", "/v1/work-orders", {
        "the newest": {}, "state": {"state": "unresolved"}, "open": {"open": "true"}, "site": {"site_id": "{site}"},
        "customer": {"customer_id": "{customer}"}, "assignee": {"assignee_id": "{technician}"}, "number": {"q": "{number}"}, "a day": DAY,
        "as planned": {"sort": "planned", **DAY}, "overdue": {"overdue": "true"}, "unassigned": {"unassigned": "true"}}),
    *filtered("listRetakes", "/v1/retakes", {"all": {}, "open": {"open": "true"}, "technician": {"technician_id": "{technician}"}}),
    *filtered("listCorrections", "/v1/corrections", {"all": {}, "open": {"open": "true"}, "technician": {"technician_id": "{technician}"}}),
    *filtered("listCustomerResponses", "/v1/customer-responses", {
        "the newest": {}, "complaints": {"kind": "complaint"}, "visit": {"visit_id": "{visit}"}, "work order": {"work_order_id": "{work_order}"}, "a day": DAY,
        "waiting, the urgent first": {"handled": "false", "concern": "true", "order": "urgency"}}),
    *filtered("listUsers", "/v1/users", {"all": {}, "team": {"team": "{team}"}, "name": {"q": "{number}"}}),
    *filtered("listCustomers", "/v1/customers", {"all": {}, "name": {"q": "{number}"}, "tier": {"tier": "gold"}}),
    *filtered("listContacts", "/v1/contacts", {"customer": {"customer_id": "{customer}"}, "name or number": {"q": "{number}"}}),
    *filtered("listSites", "/v1/sites", {"all": {}, "customer": {"customer_id": "{customer}"}, "name": {"q": "{number}"}}),
    *filtered("listAssets", "/v1/assets", {"all": {}, "site": {"site_id": "{site}"}, "name": {"q": "{number}"}}),
    *filtered("listDevices", "/v1/devices", {"all": {}}),
    *filtered("listHolds", "/v1/holds", {"all": {}}),
    *filtered("listAuditTrail", "/v1/audit-trail", {"all": {}, "a day": DAY, "action": {"action": "reviewed"}, "kind": {"entity_kind": "work_order"}}),
    *filtered("listChecklistTemplates", "/v1/checklist-templates", {"all": {}}),
    *filtered("listWorkSchedules", "/v1/work-schedules", {"all": {}}),
    *filtered("listSamplingPlans", "/v1/sampling-plans", {"all": {}}),
    *filtered("listSiteCheckIns", "/v1/sites/{site}/check-ins", {"a site": {}}),
    *filtered("listWorkOrderHistory", "/v1/work-orders/{work_order}/history", {"a work order": {}}),
    *filtered("listEvidenceViews", "/v1/visits/{visit}/views", {"a visit": {}}),
    ("listVisitLinks", "a visit", "/v1/visits/{visit}/links", {}),
    ("listWorkOrderLinks", "a work order", "/v1/work-orders/{work_order}/links", {}),
    ("getBoard", "a day", "/v1/board", {"day": "{day}"}),
    ("getPlan", "a week", "/v1/plan", {"from": "{week_ago}", "to": "{day}"}),
    ("getVisit", "a visit", "/v1/visits/{visit}", {}),
    ("getVisitFile", "a visit", "/v1/visits/{visit}/file", {}),
    ("getVisitTrack", "a visit", "/v1/visits/{visit}/track", {}),
    ("getWorkOrder", "a work order", "/v1/work-orders/{work_order}", {}),
    *reports(),
]

# Of one draw or of a schedule that is asked for by its id: as long as the draw, whatever the history's age.
NOT_MEASURED = {"listSamplingDraws", "listSampledVisits"}
