"""Reports: exact at any moment, whatever came late or was decided since, and however much is kept already.

support/report_oracle.py counts the same out of the tables, a row at a time.
"""

import pytest

from support.report_days import Days, days_with_hostile_names, differences, refresh, report
from support.report_oracle import Oracle

ROUNDS = 40


@pytest.mark.parametrize("seed", [1, 2])
def test_reports_are_exact_after_anything(new_organisation, postgres, run_folder, seed):
    organisation = new_organisation()
    days = Days(organisation, run_folder, postgres, seed)
    for _ in range(4):
        days.arrive()
        days.order()
    for number in range(ROUNDS):
        days.something()
        if days.random.random() < 0.4:
            refresh(postgres, organisation.id)
        if number % 10 == 9:
            wrong = differences(days.manager, Oracle(postgres, organisation.id))
            assert wrong == [], "\n".join(wrong)
    kept = postgres.query(f"SELECT sum(visits), sum(photos) FROM report_sum WHERE org_id = '{organisation.id}' AND tier = 'visit day'")[0]
    assert int(kept[0]) > 10, "nothing was kept: the test said nothing"


FIGURES = """sum(visits), sum(visits_needs_review), sum(visits_rejected), sum(visits_reviewed), sum(checklist_incomplete),
    sum(sent_late), sum(time_on_site_short), sum(photos), sum(photos_awaited), sum(photos_needs_review), sum(photos_rejected),
    sum(photos_approved), sum(photos_refused), sum(photos_retake), sum(retakes_open), sum(retakes_answered), sum(trips),
    sum(trip_minutes), sum(trip_m), sum(orders_visited), sum(orders_fixed_first), sum(windows), sum(windows_early),
    sum(windows_late), sum(ratings), sum(stars), string_agg(minutes, ''), string_agg(findings, '')"""
TIERS = [(subject, length) for subject in ("technician", "customer", "organisation", "site", "visit") for length in ("day", "month", "quarter")
         if (subject, length) not in (("site", "day"), ("visit", "day"))]


def added_up(texts):
    """{name: numbers} of "31:2 45:1 31:1 "."""
    sums = {}
    for name, *numbers in (entry.split(":") for entry in texts.split()):
        before = sums.get(name, [0] * len(numbers))
        sums[name] = [one + int(other) for one, other in zip(before, numbers)]
    return sums


def sums(postgres, rows, key, length):
    """{(id, first day): figures} of rows, put together by their `key` and the day, month or quarter."""
    found = postgres.query(f"SELECT {key}, date_trunc('{length}', starts_on)::date, {FIGURES} FROM {rows} GROUP BY 1, 2")
    return {tuple(row[:2]): (row[2:-2], added_up(row[-2]), added_up(row[-1])) for row in found}


@pytest.mark.parametrize("seed", [4])
def test_every_sum_is_what_a_new_count_gives(new_organisation, postgres, run_folder, seed):
    """Kept a bit at a time while things happen; counted out of the evidence at once, all days there ever were."""
    organisation = new_organisation()
    days = Days(organisation, run_folder, postgres, seed)
    for _ in range(4):
        days.arrive()
        days.order()
    for _ in range(30):
        days.something()
        if days.random.random() < 0.5:
            refresh(postgres, organisation.id)
    while refresh(postgres, organisation.id) == [["t"]]:
        pass
    kept = f"report_sum WHERE org_id = '{organisation.id}' AND tier = "
    visit_days = f"{kept}'visit day'"
    clean = f"""(technician_id, starts_on) NOT IN (SELECT technician_id, day FROM report_dirty('{organisation.id}', '2020-01-01', '2100-01-01'))"""
    units = f"FROM app_user u, generate_series(0, 80) AS age WHERE u.org_id = '{organisation.id}' ORDER BY u.id, age"
    counted = f"""report_count('{organisation.id}', ARRAY(SELECT u.id {units}), ARRAY(SELECT current_date + 2 - age {units}))
                  WHERE {clean}"""
    by_unit = "technician_id::text || site_id || customer_id"
    expected = sums(postgres, counted, by_unit, "day")
    assert len(expected) > 5, "nothing was kept: the test said nothing"
    assert sums(postgres, f"{visit_days} AND {clean}", by_unit, "day") == expected
    for subject, length in TIERS:
        key = {"organisation": "org_id", "visit": by_unit}.get(subject, f"{subject}_id")
        expected = sums(postgres, visit_days, key, length)
        assert sums(postgres, f"{kept}'{subject} {length}'", key, length) == expected, f"{subject} {length}"


def test_what_retention_removes_counts_no_more(new_organisation, postgres, run_folder):
    organisation = new_organisation()
    days = Days(organisation, run_folder, postgres, 7)
    for _ in range(8):
        days.arrive()
    for _ in range(4):
        days.photo()
    while postgres.query(f"SET app.org_id = '{organisation.id}'; SELECT report_refresh('{organisation.id}', 40)") == [["t"]]:
        pass
    assert differences(days.manager, Oracle(postgres, organisation.id)) == []
    for _, photo, _, _ in days.photos:
        postgres.query(f"""DELETE FROM evidence_view WHERE photo_id = '{photo}'; DELETE FROM photo_finding WHERE photo_id = '{photo}';
                           DELETE FROM photo WHERE id = '{photo}'""")
        assert differences(days.manager, Oracle(postgres, organisation.id)) == []


def test_old_marks_are_gone_once_they_are_counted(new_organisation, postgres, run_folder):
    organisation = new_organisation()
    days = Days(organisation, run_folder, postgres, 11)
    for _ in range(6):
        days.arrive()
    for _ in range(20):
        refresh(postgres, organisation.id)
    assert postgres.query(f"SELECT count(*) FROM report_mark WHERE org_id = '{organisation.id}'") == [["0"]]


@pytest.fixture(scope="module")
def days(organisation, run_folder, postgres):
    return days_with_hostile_names(organisation, run_folder, postgres)


@pytest.mark.parametrize("name", ["evidence", "service"])
def test_filters_add_up_to_their_rows(days, name):
    for by, parameter in (("technician", "technician_id"), ("site", "site_id"), ("customer", "customer_id")):
        for row in report(days.manager, name, by)["rows"]:
            assert report(days.manager, name, "day", **{parameter: row["id"]})["total"] == row["figures"]
    for row in report(days.manager, name, "team")["rows"]:
        if row["name"]:
            assert report(days.manager, name, "day", team=row["name"])["total"] == row["figures"]


def test_a_limit_keeps_the_rows_with_most_visits(days):
    answer = report(days.manager, "service", "site", limit=1)
    every = report(days.manager, "service", "site")
    assert len(answer["rows"]) == 1 and answer["rows_left_off"] == len(every["rows"]) - 1
    assert answer["rows"][0]["figures"]["visits"] == max(row["figures"]["visits"] for row in every["rows"])
    assert answer["total"] == every["total"]


def test_days_come_in_their_order(days):
    for by in ("day", "week"):
        starts = [row["starts_on"] for row in report(days.manager, "evidence", by)["rows"]]
        assert starts == sorted(starts) and len(starts) == len(set(starts))


def test_another_organisation_counts_for_itself(new_organisation, days):
    other = new_organisation()
    for name in ("evidence", "service"):
        answer = report(other.administrator, name, "technician")
        assert answer["rows"] == [] and answer["total"]["visits"] == 0
        assert report(other.administrator, name, "technician", technician_id=days.technicians[0].id)["rows"] == []


@pytest.mark.parametrize("name", ["evidence", "service"])
@pytest.mark.parametrize("parameters, pointer, rule", [
    ({"to": "2026-01-01"}, "query:from", "required"),
    ({"from": "2026-01-01"}, "query:to", "required"),
    ({"from": "2026-02-01", "to": "2026-01-31"}, "query:to", "minimum"),
    ({"from": "2026-01-01", "to": "2027-01-02"}, "query:to", "maximum"),
    ({"from": "2026-01-01", "to": "2026-02-30"}, "query:to", "format"),
    ({"from": "2026-01-01", "to": "2026-01-31", "limit": "5001"}, "query:limit", "maximum"),
])
def test_the_period_is_checked(manager, name, parameters, pointer, rule):
    refusal = manager.api.get(f"/v1/reports/{name}", params={**parameters, "by": "site"}, expect=400).json()
    assert [(error["pointer"], error["rule"]) for error in refusal["errors"]] == [(pointer, rule)]


def test_a_leap_year_is_the_longest_period(manager):
    period = {"from": "2028-01-01", "to": "2028-12-31"}
    assert manager.api.get("/v1/reports/service", params={**period, "by": "day"}, expect=200).json()["from"] == "2028-01-01"
