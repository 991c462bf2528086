"""The words of the contract are the words of the code: problems, findings, thresholds, refusals, states."""

import re

import pytest

from support import contract
from support.paths import ROOT

CONTRACT = contract.load()


def source(path):
    return (ROOT / path).read_text(encoding="utf-8")


def problems():
    """{code: (status, retryable, title)} of server/base/problem.h."""
    text = source("server/base/problem.h").replace("\\\n", "")
    found = re.findall(r'X\(\w+,\s*"(\w+)",\s*(\d+),\s*(true|false),\s*"([^"]*)"\)', text)
    assert len(found) > 20
    return {code: (int(status), retryable == "true", title) for code, status, retryable, title in found}


def test_problem_codes():
    assert CONTRACT.schema("Problem")["properties"]["code"]["enum"] == list(problems())


def test_examples_of_problems_are_what_the_server_says():
    known = problems()
    seen = 0
    for name, response in CONTRACT.document["components"]["responses"].items():
        content = response.get("content", {}).get("application/problem+json", {})
        for example in content.get("examples", {}).values():
            problem = example["value"]
            assert (problem["status"], problem["retryable"], problem["title"]) == known[problem["code"]], name
            assert problem["type"] == "/problems/" + problem["code"]
            seen += 1
    assert seen > 20


def test_problem_responses_stand_under_their_own_status():
    wrong = [
        f"{operation}: {status} shows {example['value']['status']}"
        for operation in CONTRACT.operations.values()
        for status, reference in operation.definition["responses"].items()
        for example in CONTRACT.resolve(reference).get("content", {})
        .get("application/problem+json", {}).get("examples", {}).values()
        if int(status) != example["value"]["status"]
    ]
    assert not wrong, "\n".join(wrong)


def test_finding_codes():
    names = re.findall(r"^    EVIDENCE_([A-Z_]+),$", source("evidence/codes.h"), re.MULTILINE)
    assert CONTRACT.schema("FindingCode")["enum"] == [name.lower() for name in names]
    assert list(CONTRACT.schema("PolicyVerdicts")["properties"]) == [name.lower() for name in names]
    assert list(CONTRACT.schema("PolicyVerdictsChange")["properties"]) == [name.lower() for name in names]


def thresholds():
    """{name: (least, most, standard)} of evidence/policy.c."""
    found = re.findall(r'THRESHOLD\((\w+),\s*"[^"]*",\s*([\d.]+),\s*([\d.]+),\s*([\d.]+),', source("evidence/policy.c"))
    assert len(found) > 10
    return {name: tuple(map(float, numbers)) for name, *numbers in found}


@pytest.mark.parametrize("schema", ["PolicyThresholds", "PolicyThresholdsChange"])
def test_policy_thresholds(schema):
    documented = {
        name: (rule["minimum"], rule["maximum"], float(re.search(r"Default ([\d.]+)\.$", rule["description"])[1]))
        for name, rule in CONTRACT.schema(schema)["properties"].items()
    }
    assert documented == thresholds()


def test_default_policy_of_the_example():
    example = CONTRACT.document["components"]["examples"]["policy"]["value"]
    assert example["thresholds"] == {name: standard for name, (_, _, standard) in thresholds().items()}
    assert example["verdicts"] == {code: effect for code, (_, effect, _) in findings().items()}


def findings():
    """{code: (severity, default effect, names of its numbers)} of evidence/code_table.c."""
    found = re.findall(
        r'\[EVIDENCE_\w+\] = (?:CODE|PHOTO)\("(\w+)",\s*(\w+),\s*(\w+),\s*"([^"]*)"', source("evidence/code_table.c")
    )
    assert len(found) > 30
    return {code: (severity.lower(), effect.lower(), set(numbers.split())) for code, severity, effect, numbers in found}


def findings_within(value):
    if isinstance(value, dict):
        if {"code", "severity", "numbers"} <= set(value):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from findings_within(inner)


def test_examples_of_findings_are_possible():
    known = findings()
    shown = list(findings_within(CONTRACT.document["components"]["examples"]))
    assert shown
    for finding in shown:
        severity, _, numbers = known[finding["code"]]
        assert finding["severity"] == severity
        assert set(finding["numbers"]) <= numbers, finding


def test_reasons_for_refused_photos():
    reasons = re.findall(r'"((?:photo|video)_\w+)"', source("media/describe.c"))
    documented = CONTRACT.schema("Problem")["properties"]["reason_code"]["enum"]
    assert sorted(documented[:-1]) == sorted(set(reasons) - {"photo_ok"})
    assert documented[-1] is None


def choices(table, column):
    """The values that the database allows in a column."""
    text = source("migrations/0001_schema.sql")
    body = re.search(rf"CREATE TABLE {table} \((.*?)\n\);", text, re.DOTALL)[1]
    return re.findall(r"'(\w+)'", re.search(rf"CHECK \({column} IN \((.*?)\)\)", body, re.DOTALL)[1])


@pytest.mark.parametrize("schema, table, column", [
    ("Role", "app_user", "role"),
    ("Language", "app_user", "language"),
    ("Tier", "customer", "tier"),
    ("Datum", "site", "datum"),
    ("Priority", "work_order", "priority"),
    ("WorkOrderState", "work_order", "state"),
    ("CheckInKind", "check_in", "kind"),
    ("Geofence", "check_in", "geofence"),
    ("Verdict", "check_in", "verdict"),
    ("PhotoRole", "photo", "role"),
    ("Decision", "review", "decision"),
])
def test_words_that_the_database_knows(schema, table, column):
    assert CONTRACT.schema(schema)["enum"] == choices(table, column)
