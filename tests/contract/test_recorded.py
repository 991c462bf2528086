"""Everything the API tests saw, compared with the contract.

Reads what support/recorder.py wrote under var/test/recorded/ while tests/api ran.
"""

import collections
import json
import urllib.parse

import pytest

from support import contract
from support.paths import RECORDED_FOLDER

CONTRACT = contract.load()
PROBLEM_TYPE = "application/problem+json"


class Exchange:
    """One request and its response, as recorded."""

    def __init__(self, line):
        record = json.loads(line)
        self.method = record["method"]
        self.path = urllib.parse.unquote(urllib.parse.urlsplit(record["path"]).path)
        self.request_type = media_type(record["request_content_type"])
        self.request_json = record["request_json"]
        self.status = record["status"]
        self.headers = {name.lower(): value for name, value in record["headers"].items()}
        self.content_type = media_type(record["content_type"])
        self.body = record["body"]
        self.body_bytes = record["body_bytes"]
        self.operation = CONTRACT.operation_at(self.method, self.path)

    def __str__(self):
        return f"{self.method} {self.path} -> {self.status}"


def media_type(content_type):
    return content_type.split(";")[0].strip().lower() if content_type else None


@pytest.fixture(scope="module", name="exchanges")
def read_exchanges():
    lines = {line for file in sorted(RECORDED_FOLDER.glob("*.jsonl")) for line in file.open(encoding="utf-8")}
    assert lines, "nothing was recorded; run script/test api contract"
    return [Exchange(line) for line in lines]


def report(wrong):
    """Each kind of mistake once, with how often it was seen."""
    counted = collections.Counter(wrong)
    text = "\n".join(f"{count:5} x {what}" for what, count in counted.most_common(40))
    assert not counted, f"{len(counted)} different mistakes:\n{text}"


def documented(exchange):
    return exchange.operation and exchange.operation.response(exchange.status)


def test_every_status_is_documented(exchanges):
    report(f"{e.operation.id}: {e.status}" for e in exchanges if e.operation and not documented(e))


def test_every_content_type_is_documented(exchanges):
    wrong = []
    for exchange in filter(documented, exchanges):
        types = documented(exchange).get("content", {})
        if types and exchange.method != "HEAD" and exchange.content_type not in types:
            wrong.append(f"{exchange.operation.id} {exchange.status}: {exchange.content_type}, not {', '.join(types)}")
        if not types and exchange.body_bytes:
            wrong.append(f"{exchange.operation.id} {exchange.status}: {exchange.body_bytes} bytes, not an empty body")
    report(wrong)


def test_every_body_fits_its_schema(exchanges):
    wrong = []
    for exchange in filter(documented, exchanges):
        content = documented(exchange).get("content", {}).get(exchange.content_type, {})
        if "schema" in content and "json" in exchange.content_type and exchange.method != "HEAD":
            if exchange.body is None:
                wrong.append(f"{exchange.operation.id} {exchange.status}: not JSON")
            wrong += [f"{exchange.operation.id} {exchange.status}: {error}"
                      for error in CONTRACT.errors(content["schema"], exchange.body)]
    report(wrong)


def test_every_required_header_is_there(exchanges):
    wrong = []
    for exchange in filter(documented, exchanges):
        for name, header in documented(exchange).get("headers", {}).items():
            header = CONTRACT.resolve(header)
            value = exchange.headers.get(name.lower())
            if value is None and header.get("required"):
                wrong.append(f"{exchange.operation.id} {exchange.status}: no {name}")
            elif value is not None and header["schema"].get("type") == "string":
                wrong += [f"{exchange.operation.id} {exchange.status}: {name}: {error}"
                          for error in CONTRACT.errors(header["schema"], value)]
    report(wrong)


def test_every_refusal_is_a_problem(exchanges):
    """Also where no operation is: unknown paths and methods."""
    problem = CONTRACT.schema("Problem")
    wrong = []
    for exchange in exchanges:
        not_ready = exchange.path == "/readyz" and exchange.status == 503
        if exchange.status < 400 or exchange.method == "HEAD" or not_ready:
            continue
        if exchange.content_type != PROBLEM_TYPE:
            wrong.append(f"{exchange}: {exchange.content_type}")
            continue
        wrong += [f"{exchange}: {error}" for error in CONTRACT.errors(problem, exchange.body)]
        if isinstance(exchange.body, dict):
            if exchange.body.get("status") != exchange.status:
                wrong.append(f"{exchange}: the body says {exchange.body.get('status')}")
            if exchange.body.get("request_id") != exchange.headers.get("x-request-id"):
                wrong.append(f"{exchange}: the body and X-Request-Id differ")
    report(wrong)


def test_what_was_accepted_fits_the_schema_of_the_request(exchanges):
    """The server's own validator lets nothing pass that this one refuses."""
    wrong = []
    for exchange in exchanges:
        if exchange.operation and exchange.status < 300 and exchange.request_json is not None:
            schema = exchange.operation.request_schema(exchange.request_type)
            if schema is not None:
                wrong += [f"{exchange.operation.id}: {error}" for error in CONTRACT.errors(schema, exchange.request_json)]
    report(wrong)


def test_every_operation_was_hit_with_every_success_it_documents(exchanges):
    hit = {(exchange.operation.id, exchange.status) for exchange in exchanges if exchange.operation}
    missed = [
        f"{operation}: {status}"
        for operation in CONTRACT.operations.values()
        for status in map(int, operation.definition["responses"])
        if status < 400 and (operation.id, status) not in hit
    ]
    assert not missed, f"{len(missed)} documented answers were never seen:\n" + "\n".join(missed)
