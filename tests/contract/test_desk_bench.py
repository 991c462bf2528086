"""script/bench desk measures every list and every report of the desk."""

import importlib.util

from support import contract
from support.paths import ROOT

CONTRACT = contract.load()


def bench_requests():
    specification = importlib.util.spec_from_file_location("desk_requests", ROOT / "bench/desk_requests.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def lists_and_reports():
    """What answers a manager with items or rows."""
    for operation in CONTRACT.operations.values():
        content = operation.definition["responses"].get("200", {}).get("content", {}).get("application/json", {})
        if operation.method != "GET" or "manager" not in operation.definition["x-roles"] or "schema" not in content:
            continue
        if {"items", "rows"} & CONTRACT.resolve(content["schema"]).get("properties", {}).keys():
            yield operation.id


def test_every_list_and_report_of_the_desk_is_measured():
    module = bench_requests()
    measured = {operation for operation, *_ in module.REQUESTS}
    assert set(lists_and_reports()) - module.NOT_MEASURED - measured == set()
    assert measured <= CONTRACT.operations.keys()


def test_every_filter_of_the_long_lists_is_measured():
    asked = {}
    for operation, _, _, query in bench_requests().REQUESTS:
        asked.setdefault(operation, set()).update(query)
    for operation in ("listEvidence", "listAuditQueue", "getEvidenceReport", "getServiceReport"):
        known = {parameter["name"] for parameter in map(CONTRACT.resolve, CONTRACT.operations[operation].definition["parameters"])
                 if parameter["in"] == "query"}
        assert known - asked[operation] - {"limit", "cursor"} == set(), operation
