"""From a report's number to what it counts: the desk's lists show just that."""

import datetime

import pytest

from support.organisation import new_id
from support.report_days import BY, FIRST, LAST, Days, refresh, report

# Where the desk leads from a figure, so that who reads a number can look at what it counts (web/desk/reports/links.ts).
LISTS = {
    "evidence": {
        "visits": ("visits", {}), "visits_needs_review": ("visits", {"verdict": "needs_review"}),
        "visits_rejected": ("visits", {"verdict": "rejected"}), "visits_reviewed": ("visits", {"reviewed": "true"}),
        "checklist_incomplete": ("visits", {"finding": "checklist_incomplete"}), "sent_late": ("visits", {"finding": "sent_late"}),
        "photos": ("evidence", {}), "photos_accepted": ("evidence", {"verdict": "accepted"}),
        "photos_needs_review": ("evidence", {"verdict": "needs_review"}), "photos_rejected": ("evidence", {"verdict": "rejected"}),
        "photos_approved": ("evidence", {"decision": "approve"}), "photos_refused": ("evidence", {"decision": "reject"}),
        "photos_retake": ("evidence", {"decision": "retake"}),
    },
    "service": {"visits": ("visits", {}), "time_on_site_short": ("visits", {"finding": "time_on_site_short"})},
}


def narrowed(by, row):
    """The filters of a list that mean the same as a report's row; None: no filter says that."""
    if by in ("technician", "site", "customer"):
        return {f"{by}_id": row["id"]}
    if by == "team":
        return {"team": row["name"]} if row["name"] else None
    first = datetime.date.fromisoformat(row["starts_on"])
    last = first + datetime.timedelta(days=6 if by == "week" else 0)
    return {"first_day": str(max(first, FIRST)), "last_day": str(min(last, LAST))}


def list_length(user, path, filters):
    page = user.api.get(f"/v1/{path}", expect=200, params={
        "first_day": str(FIRST), "last_day": str(LAST), "limit": 200, **filters}).json()
    assert page["next_cursor"] is None
    return len(page["items"])


@pytest.fixture(scope="module")
def varied(new_organisation, run_folder, postgres):
    """Some weeks with photos, findings and decisions of every kind, partly kept and partly counted anew."""
    made = Days(new_organisation(), run_folder, postgres, 5)
    made.administrator.api.patch(f"/v1/users/{made.technicians[1].id}", expect=200, json={"team": "South"})
    for number in range(16):
        made.arrive()
        made.later_check_in()
        if number == 8:
            refresh(postgres, made.organisation.id)
    while made.awaited:
        made.photo()
    for number, photo in enumerate(made.photos):
        decision = ("approve", "reject", "retake", None)[number % 4]
        if decision:
            made.manager.api.post(f"/v1/photos/{photo[1]}/reviews", expect=201, json={
                "id": new_id(), "decision": decision, "reason": "Dark."})
    for _ in range(4):
        made.review_visit()
    return made


@pytest.mark.parametrize("by", BY)
def test_every_figure_counts_what_its_list_shows(varied, by):
    wrong, figures_met = [], set()
    for name, lists in LISTS.items():
        answer = report(varied.manager, name, by)
        rows = [(narrowed(by, row), row["figures"]) for row in answer["rows"]]
        for filters, figures in [({}, answer["total"]), *((one, other) for one, other in rows if one is not None)]:
            for figure, (path, wanted) in lists.items():
                counted = list_length(varied.manager, path, {**filters, **wanted})
                wrong += [(figure, filters, figures[figure], counted)] if counted != figures[figure] else []
                figures_met |= {figure} if counted else set()
            for one in figures.get("findings", []):
                for subject, path in (("photos", "evidence"), ("visits", "visits")):
                    counted = list_length(varied.manager, path, {**filters, "finding": one["code"]})
                    wrong += [(one, subject, filters, counted)] if counted != one[subject] else []
    assert wrong == []
    assert {"visits_reviewed", "photos_accepted", "photos_approved", "photos_refused", "photos_retake"} <= figures_met


def test_a_reports_filters_and_its_lists_agree_together(varied):
    """Two filters at once: a team's photos and visits at a customer's site."""
    for team in ("North", "South"):
        for site in varied.sites:
            both = {"team": team, "site_id": site}
            total = report(varied.manager, "evidence", "week", **both)["total"]
            assert total["photos"] == list_length(varied.manager, "evidence", both)
            assert total["visits"] == list_length(varied.manager, "visits", both)
        for technician in varied.technicians:
            both = {"team": team, "technician_id": technician.id, "customer_id": varied.world.customer}
            total = report(varied.manager, "evidence", "week", **both)["total"]
            assert total["photos"] == list_length(varied.manager, "evidence", both)
            assert total["visits"] == list_length(varied.manager, "visits", both)
    assert report(varied.manager, "evidence", "week", team="North")["total"]["photos"] > 0
    nobody = new_id()
    varied.administrator.api.post("/v1/customers", expect=201, json={"id": nobody, "name": "No visits", "tier": "silver", "language": "en"})
    for path in ("evidence", "visits"):
        for filters in ({"team": "North"}, {}):
            assert list_length(varied.manager, path, filters) > 0
            assert list_length(varied.manager, path, {**filters, "customer_id": nobody}) == 0


def test_pages_of_a_teams_photos_and_visits_hold_each_once(varied):
    for path, key in (("evidence", lambda item: item["photo"]["id"]), ("visits", lambda item: item["id"])):
        for filters in ({"team": "South"}, {"customer_id": varied.world.customer}, {"team": "North", "customer_id": varied.world.customer}):
            whole = varied.manager.api.get(f"/v1/{path}", params={**filters, "limit": 200}, expect=200).json()["items"]
            pages, cursor = [], None
            while cursor is not None or not pages:
                page = varied.manager.api.get(f"/v1/{path}", expect=200, params={
                    **filters, "limit": 2, **({"cursor": cursor} if cursor else {})}).json()
                pages += page["items"]
                cursor = page["next_cursor"]
                if cursor is None:
                    break
            assert len(whole) > 2 and [key(item) for item in pages] == [key(item) for item in whole]
