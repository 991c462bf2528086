"""What was drawn is assessed: by criteria, once at a time, for good."""

import concurrent.futures
import time

from support.organisation import new_id
from support.sampling import draw, make_site, make_technicians, make_visits, new_plan, sampled, set_criteria


def assessment(criteria, *scores, **fields):
    return {"id": new_id(), "scores": [{"criterion_id": each["id"], "score": score} for each, score in zip(criteria, scores)],
            **fields}


def test_what_was_drawn_is_assessed(manager, visits, criteria):
    drawn = draw(manager, new_plan(manager, visits=2, per="organisation")).json()
    first, second = [item["visit"]["id"] for item in sampled(manager, drawn)["items"]]
    path = f"/v1/sampling-draws/{drawn['id']}/visits/{first}/assessments"
    body = assessment(criteria, 5, 2, comment="整体不错", seen_assessment_id=None)
    body["scores"][1]["comment"] = "No part number."
    answer = manager.api.post(path, json=body, expect=201).json()
    assert [(score["name"], score["score"], score["comment"]) for score in answer["scores"]] == [
        ("照片清晰", 5, None), ("Sheet complete", 2, "No part number.")]
    assert answer["assessed_by"]["id"] == manager.id and answer["comment"] == "整体不错"
    assert manager.api.post(path, json=body, expect=200).json() == answer
    assert manager.api.post(path, json={**body, "comment": "Bad"}, expect=409).json()["code"] == "content_conflict"
    assert [item["visit"]["id"] for item in sampled(manager, drawn, assessed="true")["items"]] == [first]
    assert [item["visit"]["id"] for item in sampled(manager, drawn, assessed="false")["items"]] == [second]
    manager.api.post(path.replace(first, second), json=assessment(criteria, None, 4), expect=201)
    after = manager.api.get(f"/v1/sampling-draws/{drawn['id']}", expect=200).json()
    assert after["progress"] == {"drawn": 2, "assessed": 2, "score": 3.75}
    assert {each["name"]: (each["scored"], each["score"]) for each in after["criteria"]} == {"照片清晰": (1, 5), "Sheet complete": (2, 3)}
    means = {each["technician"]["id"]: each["score"] for each in after["technicians"]}
    assert set(means) == {visits[first], visits[second]}


def test_of_two_who_assess_the_second_is_told(manager, organisation, visits, criteria):
    drawn = draw(manager, new_plan(manager, visits=1, per="organisation")).json()
    visit_id = sampled(manager, drawn)["items"][0]["visit"]["id"]
    path = f"/v1/sampling-draws/{drawn['id']}/visits/{visit_id}/assessments"
    first = manager.api.post(path, json=assessment(criteria, 5, 5, seen_assessment_id=None), expect=201).json()
    colleague = organisation.user("manager")
    problem = colleague.api.post(path, json=assessment(criteria, 1, 1, seen_assessment_id=None), expect=409).json()
    assert problem["code"] == "state_conflict" and problem["errors"][0]["pointer"] == "/seen_assessment_id"
    colleague.api.post(path, json=assessment(criteria, 1, 1, seen_assessment_id=first["id"]), expect=201)
    assert sampled(manager, drawn)["items"][0]["assessment"]["assessed_by"]["id"] == colleague.id
    assert manager.api.get(f"/v1/sampling-draws/{drawn['id']}", expect=200).json()["progress"]["score"] == 1


def test_of_two_who_assess_at_once_the_second_is_told(manager, organisation, visits, criteria, postgres):
    """Both saw that nobody had: neither is stored before the other has come."""
    drawn = draw(manager, new_plan(manager, visits=1, per="organisation")).json()
    visit_id = sampled(manager, drawn)["items"][0]["visit"]["id"]

    def assess(person):
        return person.api.post(f"/v1/sampling-draws/{drawn['id']}/visits/{visit_id}/assessments",
                               json=assessment(criteria, 5, 5, seen_assessment_id=None)).status_code

    with concurrent.futures.ThreadPoolExecutor() as threads:
        with postgres.transaction("LOCK TABLE sampling_assessment IN SHARE MODE"):
            assessed = threads.map(assess, (manager, organisation.user("manager")))
            deadline = time.monotonic() + 30
            while postgres.query("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted") != [["2"]]:
                assert time.monotonic() < deadline, "not both of them came"
        assert sorted(assessed) == [201, 409]


def test_only_what_was_drawn_is_assessed(manager, visits, criteria):
    drawn = draw(manager, new_plan(manager, visits=1, per="organisation")).json()
    others = set(visits) - {item["visit"]["id"] for item in sampled(manager, drawn)["items"]}
    manager.api.post(f"/v1/sampling-draws/{drawn['id']}/visits/{others.pop()}/assessments", json=assessment(criteria, 1, 1), expect=404)


def test_an_assessment_that_breaks_a_rule_is_refused(manager, visits, criteria):
    drawn = draw(manager, new_plan(manager, visits=1, per="organisation")).json()
    visit_id = sampled(manager, drawn)["items"][0]["visit"]["id"]

    def refused(body):
        answer = manager.api.post(f"/v1/sampling-draws/{drawn['id']}/visits/{visit_id}/assessments", json=body, expect=422)
        return [(error["pointer"], error["rule"]) for error in answer.json()["errors"]]

    assert refused(assessment(criteria, 6, 1)) == [("/scores/0/score", "maximum")]
    assert refused(assessment(criteria, 5)) == [("/scores", "complete")]
    assert refused(assessment(criteria, None, None)) == [("/scores", "one")]
    assert refused(assessment([*criteria, {"id": new_id()}], 1, 2, 3)) == [("/scores/2/criterion_id", "known")]
    assert refused(assessment([*criteria, criteria[0]], 1, 2, 3)) == [("/scores/2/criterion_id", "unique")]


def test_a_replay_outlives_the_criteria(manager, new_organisation, visits, criteria):
    drawn = draw(manager, new_plan(manager, visits=1, per="organisation")).json()
    visit_id = sampled(manager, drawn)["items"][0]["visit"]["id"]
    path, body = f"/v1/sampling-draws/{drawn['id']}/visits/{visit_id}/assessments", assessment(criteria, 3, 3)
    manager.api.post(path, json=body, expect=201)
    manager.api.patch("/v1/organisation/policy", json={"assessment_criteria": []}, expect=200)
    manager.api.post(path, json=body, expect=200)
    problem = manager.api.post(path, json=assessment(criteria, 3, 3), expect=409).json()
    assert "no criteria" in problem["detail"]
    manager.api.patch("/v1/organisation/policy", json={"assessment_criteria": criteria}, expect=200)
    assert manager.api.get(f"/v1/sampling-draws/{drawn['id']}", expect=200).json()["criteria"][0]["score"] == 3
    twice = manager.api.patch("/v1/organisation/policy", json={"assessment_criteria": [criteria[0]] * 1 + [{**criteria[0], "name": "x"}]}, expect=422)
    assert twice.json()["errors"][0]["pointer"] == "/assessment_criteria/1/id"
