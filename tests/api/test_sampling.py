"""Sampling plans: who is drawn follows from what was published, and nobody can choose."""

import concurrent.futures
import datetime
import hashlib
import json
import subprocess

import pytest

from support import world as make
from support.organisation import new_id
from support.paths import ROOT
from support.sampling import draw, make_site, make_technicians, make_visits, new_plan, past, sampled, visit


def published(manager, drawn):
    return manager.api.get(f"/v1/sampling-draws/{drawn['id']}/published", expect=200).json()


def redraw(file, folder, *options):
    """What script/redraw says about a published file: its status and its lines."""
    path = folder / f"{new_id()}.json"
    path.write_text(json.dumps(file))
    result = subprocess.run([str(ROOT / "script/redraw"), str(path), *options], capture_output=True, text=True, timeout=60)
    assert result.stderr == ""
    return result.returncode, result.stdout


def test_a_stranger_draws_the_same_lots(manager, visits, tmp_path):
    plan = new_plan(manager, visits=3)
    drawn = draw(manager, plan).json()
    file = published(manager, drawn)
    assert {each["visit_id"] for each in file["candidates"]} == set(visits)
    assert file["plan"]["commitment"] == plan["commitment"]
    status, text = redraw(file, tmp_path, "--commitment", plan["commitment"])
    assert (status, text.splitlines()[-1]) == (0, "The same 9 of 24 visits are drawn.")
    listed = [item["visit"]["id"] for item in sampled(manager, drawn)["items"]]
    assert sorted(listed) == sorted(each["visit_id"] for each in file["candidates"] if each["drawn"])
    assert {technician: [visits[each] for each in listed].count(technician) for technician in visits.values()} == {
        technician: 3 for technician in visits.values()}


def test_a_stranger_notices_every_change(manager, visits, tmp_path):
    file = published(manager, draw(manager, new_plan(manager, visits=2, weighting="even")).json())

    def noticed(change, *options):
        changed = json.loads(json.dumps(file))
        change(changed)
        return redraw(changed, tmp_path, *options)

    out, inside = [next(i for i, each in enumerate(file["candidates"]) if each["drawn"] is drawn) for drawn in (False, True)]
    assert noticed(lambda it: None)[0] == 0
    assert "list of candidates" in noticed(lambda it: it["candidates"].pop(out))[1]
    assert "list of candidates" in noticed(lambda it: it["candidates"][out].update(weight=2))[1]
    assert "list of candidates" in noticed(lambda it: it["candidates"][out].update(sha256="0" * 64))[1]
    assert "should not have been drawn" in noticed(lambda it: it["candidates"][out].update(drawn=True))[1]
    assert "was not drawn, but should" in noticed(lambda it: it["candidates"][inside].update(drawn=False))[1]
    assert "not the one that was committed to" in noticed(lambda it: it["draw"].update(secret="0" * 64))[1]
    assert "not the one that was committed to" in noticed(lambda it: None, "--commitment", "0" * 64)[1]
    assert "seed differs" in noticed(lambda it: it["draw"].update(public_value="7"))[1]
    assert "twice" in noticed(lambda it: it["candidates"].append(it["candidates"][0]))[1]
    assert all(noticed(change)[0] == 1 for change in (
        lambda it: it["plan"].update(visits=3), lambda it: it["draw"].update(period_starts_on="2026-01-05")))


def test_the_doubtful_weigh_more(manager, visits, postgres, organisation):
    file = published(manager, draw(manager, new_plan(manager)).json())
    weights = sorted(each["weight"] for each in file["candidates"])
    assert len([weight for weight in weights if weight > 2000]) == 6  # a mocked position rejects
    kept = {row[0]: 100 + int(row[1]) for row in postgres.query(f"""
        SELECT v.id, max(greatest(evidence_risk(v.verdict, v.findings, 'accepted', '[]'),
                                  evidence_risk('accepted', '[]', c.verdict, c.findings)))
        FROM visit v JOIN check_in c ON c.org_id = v.org_id AND c.visit_id = v.id
        WHERE v.org_id = '{organisation.id}' GROUP BY v.id""")}
    assert {each["visit_id"]: each["weight"] for each in file["candidates"]} == {each: kept[each] for each in visits}
    even = published(manager, draw(manager, new_plan(manager, weighting="even")).json())
    assert {each["weight"] for each in even["candidates"]} == {1}


def test_lots_are_of_all_of_a_team_or_of_a_technician(manager, administrator, technicians, visits):
    administrator.api.patch(f"/v1/users/{technicians[0].id}", json={"team": "北区"}, expect=200)
    counts = {}
    for per in ("organisation", "team", "technician"):
        drawn = draw(manager, new_plan(manager, visits=2, per=per)).json()
        assert drawn["candidates"] == len(visits) and drawn["progress"]["drawn"] == sum(t["drawn"] for t in drawn["teams"])
        counts[per] = {team["team"]: team["drawn"] for team in drawn["teams"]}
    assert sum(counts["organisation"].values()) == 2
    assert counts["team"] == {"北区": 2, None: 2}
    assert counts["technician"] == {"北区": 2, None: 4}


def test_the_secret_shows_only_what_is_drawn(manager, visits, postgres):
    plan = new_plan(manager)
    root = bytes.fromhex(postgres.query(f"SELECT encode(chain_root, 'hex') FROM sampling_plan WHERE id = '{plan['id']}'")[0][0])
    for path in (f"/v1/sampling-plans/{plan['id']}", "/v1/sampling-plans"):
        assert root.hex() not in manager.api.get(path, expect=200).text
    drawn = draw(manager, plan).json()
    link, seen = root, []
    for _ in range(1200):
        seen.append(link.hex())
        link = hashlib.sha256(link).digest()
    assert link.hex() == plan["commitment"] == drawn["commitment"]
    assert seen.index(drawn["secret"]) == 1199  # the last but one: it tells nothing of later periods
    answers = manager.api.get(f"/v1/sampling-draws/{drawn['id']}", expect=200).text + json.dumps(published(manager, drawn))
    assert not [secret for secret in seen[:1199] if secret in answers]


def test_periods_are_drawn_once_in_their_order_when_they_are_over(manager, visits):
    plan = new_plan(manager)
    assert plan["next_period"]["number"] == 1 and plan["next_period"]["is_over"] and plan["last_draw"] is None
    later = (datetime.date.fromisoformat(make.past_week()) + datetime.timedelta(days=7)).isoformat()
    problem = draw(manager, plan, expect=409, period_starts_on=later).json()
    assert problem["code"] == "state_conflict" and problem["errors"][0]["rule"] == "next"
    drawn = draw(manager, plan).json()
    assert draw(manager, plan, expect=409).json()["errors"][0]["rule"] == "next"
    plan = manager.api.get(f"/v1/sampling-plans/{plan['id']}", expect=200).json()
    assert plan["last_draw"]["id"] == drawn["id"] and plan["next_period"]["starts_on"] == later
    future = new_plan(manager, starts_on=None)
    problem = draw(manager, future, expect=409, period_starts_on=future["starts_on"]).json()
    assert problem["errors"][0]["rule"] == "over" and not future["next_period"]["is_over"]
    assert future["starts_on"] > datetime.date.today().isoformat()


def test_of_two_who_draw_at_once_one_does(manager, organisation, visits):
    others = [organisation.user("manager") for _ in range(4)]
    plan = new_plan(manager)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda other: other.api.post(
            f"/v1/sampling-plans/{plan['id']}/draws", json=make.sampling_draw()).status_code, others))
    assert sorted(statuses) == [201, 409, 409, 409]


def test_the_same_draw_again_is_a_replay(manager, visits):
    plan, body = new_plan(manager), make.sampling_draw()
    path = f"/v1/sampling-plans/{plan['id']}/draws"
    first = manager.api.post(path, json=body, expect=201).json()
    again = manager.api.post(path, json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json() == first
    assert manager.api.post(path, json={**body, "public_value": "7"}, expect=409).json()["code"] == "content_conflict"
    other = new_plan(manager)
    assert manager.api.post(f"/v1/sampling-plans/{other['id']}/draws", json=body, expect=409).json()["code"] == "content_conflict"


def test_a_plan_is_made_once(manager):
    body = make.sampling_plan()
    first = manager.api.post("/v1/sampling-plans", json=body, expect=201).json()
    again = manager.api.post("/v1/sampling-plans", json=body, expect=200)
    assert again.headers["Idempotency-Replayed"] == "true" and again.json() == first
    assert manager.api.post("/v1/sampling-plans", json={**body, "visits": 6}, expect=409).json()["code"] == "content_conflict"


@pytest.mark.parametrize("field, value, rule", [
    ("visits", 0, "minimum"), ("visits", 101, "maximum"), ("per", "site", "enum"), ("period", "day", "enum"),
    ("name", "", "minLength"), ("starts_on", "2026-02-30", "format"), ("starts_on", "2020-01-06", "range"),
    ("starts_on", "2099-01-05", "range"), ("public_source", "x" * 201, "maxLength"),
])
def test_a_plan_that_breaks_a_rule_is_refused(field, value, rule, manager):
    problem = manager.api.post("/v1/sampling-plans", json=make.sampling_plan(**{field: value}), expect=422).json()
    assert [(error["pointer"], error["rule"]) for error in problem["errors"]] == [(f"/{field}", rule)]


def test_a_months_period_begins_on_the_first(manager):
    plan = new_plan(manager, period="month", starts_on="2026-02-17")
    assert plan["starts_on"] == "2026-02-01" and plan["next_period"]["ends_on"] == "2026-02-28"
    drawn = draw(manager, plan, period_starts_on="2026-02-01").json()
    assert drawn["candidates"] == 0 and drawn["progress"] == {"drawn": 0, "assessed": 0, "score": None}
    after = manager.api.get(f"/v1/sampling-plans/{plan['id']}", expect=200).json()
    assert after["next_period"]["starts_on"] == "2026-03-01" and after["next_period"]["ends_on"] == "2026-03-31"


def test_public_randomness_belongs_into_the_seed(manager, visits, tmp_path):
    plan = new_plan(manager, public_source="双色球，周二开奖")
    assert draw(manager, plan, expect=422).json()["errors"][0]["pointer"] == "/public_value"
    drawn = draw(manager, plan, public_value="03 12 18 22 27 31 + 09").json()
    assert redraw(published(manager, drawn), tmp_path)[0] == 0
    problem = draw(manager, new_plan(manager), expect=422, public_value="anything").json()
    assert problem["errors"][0]["rule"] == "unexpected"


def test_a_plan_made_afterwards_says_so(manager, visits, postgres, tmp_path):
    afterwards = draw(manager, new_plan(manager)).json()
    assert afterwards["is_committed_before"] is False
    assert "after the period had begun" in redraw(published(manager, afterwards), tmp_path)[1]
    early = new_plan(manager)
    postgres.query(f"UPDATE sampling_plan SET created_at = created_at - interval '30 days' WHERE id = '{early['id']}'")
    before = draw(manager, early).json()
    assert before["is_committed_before"] is True
    assert "after the period had begun" not in redraw(published(manager, before), tmp_path)[1]


def test_an_ended_plan_still_draws_what_had_begun(manager, visits, postgres):
    plan = new_plan(manager)
    manager.api.delete(f"/v1/sampling-plans/{plan['id']}", expect=204)
    ended = manager.api.get(f"/v1/sampling-plans/{plan['id']}", expect=200).json()
    manager.api.delete(f"/v1/sampling-plans/{plan['id']}", expect=204)
    assert ended["ended_at"] == manager.api.get(f"/v1/sampling-plans/{plan['id']}", expect=200).json()["ended_at"]
    draw(manager, plan)
    early = new_plan(manager)
    manager.api.delete(f"/v1/sampling-plans/{early['id']}", expect=204)
    postgres.query(f"UPDATE sampling_plan SET ended_at = ended_at - interval '30 days' WHERE id = '{early['id']}'")
    assert manager.api.get(f"/v1/sampling-plans/{early['id']}", expect=200).json()["next_period"] is None
    assert draw(manager, early, expect=409).json()["errors"][0]["rule"] == "ended"
    ids = [item["id"] for item in manager.api.get("/v1/sampling-plans", params={"ended": "true"}, expect=200).json()["items"]]
    assert plan["id"] in ids and early["id"] in ids


def test_visits_that_came_later_are_counted(manager, technicians, site, visits):
    drawn = draw(manager, new_plan(manager)).json()
    assert drawn["came_later"] == 0
    late = visit(technicians[2], site, 600)
    visits[late] = technicians[2].id
    assert manager.api.get(f"/v1/sampling-draws/{drawn['id']}", expect=200).json()["came_later"] == 1
    assert late not in {each["visit_id"] for each in published(manager, drawn)["candidates"]}


@pytest.mark.parametrize("statement", [
    "UPDATE sampling_plan SET commitment = ''", "DELETE FROM sampling_plan", "UPDATE sampling_draw SET seed = ''",
    "DELETE FROM sampling_draw", "UPDATE sampling_candidate SET is_drawn = true", "DELETE FROM sampling_candidate",
    "UPDATE sampling_assessment SET scores = '[]'", "DELETE FROM sampling_assessment"])
def test_the_servers_own_role_changes_nothing_that_was_drawn(postgres, organisation, statement):
    with pytest.raises(subprocess.CalledProcessError) as failure:
        postgres.query(f"SET ROLE fieldproof; SET app.org_id = '{organisation.id}'; {statement}")
    assert "permission denied for table sampling_" in failure.value.stderr


def test_lists_go_page_by_page(manager, visits):
    plan = new_plan(manager, visits=3)
    drawn = draw(manager, plan).json()
    whole = [item["visit"]["id"] for item in sampled(manager, drawn)["items"]]
    assert len(whole) == 9
    pages, cursor = [], None
    while not pages or cursor:
        page = sampled(manager, drawn, limit=2, **({"cursor": cursor} if cursor else {}))
        pages += [item["visit"]["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert pages == whole
    later = (datetime.date.fromisoformat(make.past_week()) + datetime.timedelta(days=7)).isoformat()
    if manager.api.get(f"/v1/sampling-plans/{plan['id']}", expect=200).json()["next_period"]["is_over"]:
        draw(manager, plan, period_starts_on=later)
    draws = manager.api.get(f"/v1/sampling-plans/{plan['id']}/draws", params={"limit": 1}, expect=200).json()
    assert len(draws["items"]) == 1 and (draws["next_cursor"] is None) == (draws["items"][0]["period_number"] == 1)
    plans = manager.api.get("/v1/sampling-plans", params={"limit": 1}, expect=200).json()
    assert plans["items"][0]["id"] == plan["id"] and plans["next_cursor"]


def test_many_visits_are_drawn_from(manager, visits, technicians, site, postgres, organisation, tmp_path):
    """More than one statement's worth of candidates."""
    postgres.query(f"""
        INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, verdict)
        SELECT '{organisation.id}', gen_random_uuid(), '{site}', '{technicians[0].id}', '{past(-1500)}', 'accepted'
        FROM generate_series(1, 4500)""")
    drawn = draw(manager, new_plan(manager, visits=100, per="organisation")).json()
    assert drawn["candidates"] == 4500 + len(visits) and drawn["progress"]["drawn"] == 100
    assert redraw(published(manager, drawn), tmp_path)[0] == 0


def test_more_visits_than_can_be_drawn_from_are_refused(new_organisation, postgres, run_folder):
    organisation = new_organisation()
    world = make.World(organisation, run_folder)
    postgres.query(f"""SET session_replication_role = replica;
        INSERT INTO visit (org_id, id, site_id, technician_id, first_seen_at, verdict)
        SELECT '{organisation.id}', gen_random_uuid(), '{world.site}', '{world.own.user.id}', '{past()}', 'accepted'
        FROM generate_series(1, 50001)""")
    manager = organisation.user("manager")
    problem = draw(manager, new_plan(manager, visits=1, per="organisation"), expect=409).json()
    assert problem["code"] == "state_conflict" and "50000" in problem["detail"]
