"""The server's validator and python3-jsonschema agree on every body made here.

Each example of a request body is changed in one place at a time: fields left out, added, of another
type, just inside and just outside their ranges, ill-formed. Both must then say the same.
"""

import copy
import json
import os
import subprocess

import pytest

from support import contract
from support.paths import PROGRAM

CONTRACT = contract.load()
CHECKER = PROGRAM.parents[1] / "tests/contract/schema-check"

OTHER_TYPES = [None, True, 0, 1.5, -1, "text", "", [], {}, ["text"], {"id": "text"}]
TEXTS = {
    "uuid": ["0192f3a1-7c10-7000-8000-00000000000g", "0192f3a17c1070008000000000000001",
             "{0192f3a1-7c10-7000-8000-000000000001}", "0192F3A1-7C10-7000-8000-00000000000A", ""],
    "date-time": ["2026-11-20T01:14:00Z", "2026-11-20t01:14:00.5z", "2026-11-20T09:14:00+08:00", "2026-11-20 01:14:00Z",
                  "2026-11-20T01:14:00", "2026-02-30T01:14:00Z", "2026-11-20T25:14:00Z", "2026-11-20T01:14Z",
                  "2026-11-20", "2024-02-29T00:00:00Z", "2025-02-29T00:00:00Z", "2026-11-20T01:14:00+0800", "tomorrow"],
    "sha256": ["0" * 64, "0" * 63, "0" * 65, "G" * 64, "A" * 64],
    "slug": ["a", "a-b", "-a", "a-", "A", "a_b", "a--b", "ä"],
    "time-zone": ["UTC", "Asia/Shanghai", "America/Argentina/Ushuaia", "/UTC", "Asia/", "Asia//Shanghai", "Asia Shanghai"],
    "clock": ["00:00", "23:59", "24:00", "09:60", "9:30", "09:3", "09-30", "0９:30"],
    "email": ["a@b.cn", "a@b", "@b.cn", "a@@b.cn", "a b@c.cn", "a@b.", "a"],
}


def cases(schema, value):
    """Values to put in the place of `value`, which the (resolved) schema describes."""
    yield from OTHER_TYPES
    for branch in schema.get("anyOf", []) + schema.get("oneOf", []):
        yield from cases(CONTRACT.resolve(branch), value)
    for keyword in ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"):
        if keyword in schema:
            bound = schema[keyword]
            yield from (bound, bound - 1, bound + 1, bound - 0.001, bound + 0.001)
    for keyword in ("minLength", "maxLength"):
        if schema.get(keyword, 1 << 30) <= 8000:
            yield from ("字" * max(0, schema[keyword] + step) for step in (-1, 0, 1))
    yield from TEXTS.get(schema.get("format"), [])
    yield from schema.get("enum", [])
    if isinstance(value, list) and value:
        yield value + value
        yield value * (schema.get("maxItems", 100) + 1)
        yield value[:-1]
    if isinstance(value, dict):
        yield {**value, "unknown_field": 1}
        for name in value:
            yield {key: inner for key, inner in value.items() if key != name}


def subschema(schema, value, key):
    """The schema of one member, for what this contract writes: properties, items, and null beside them."""
    schema = CONTRACT.resolve(schema)
    for branch in schema.get("anyOf", []):
        branch = CONTRACT.resolve(branch)
        if branch.get("type") in ("object", "array"):
            schema = branch
    found = schema.get("items", {}) if isinstance(value, list) else schema.get("properties", {}).get(key, {})
    return CONTRACT.resolve(found)


def bodies(schema, value, put):
    """Every changed body; `put` makes one of what stands in this place."""
    for case in cases(schema, value):
        yield put(case)
    members = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    for key, inner in members:
        def put_inner(case, key=key):
            changed = copy.copy(value)
            changed[key] = case
            return put(changed)
        yield from bodies(subschema(schema, value, key), inner, put_inner)


def requests():
    """{schema name: its examples} of the JSON bodies."""
    found = {}
    for operation in CONTRACT.operations.values():
        content = operation.definition.get("requestBody", {}).get("content", {}).get("application/json")
        if content:
            name = content["schema"]["$ref"].rsplit("/", 1)[1]
            found[name] = [CONTRACT.resolve(example)["value"] for example in content["examples"].values()]
    return found


def judge_by_server(name, texts):
    """What schema-check answers to each."""
    result = subprocess.run(
        [str(CHECKER)], input="".join(f"{name}\t{text}\n" for text in texts),
        capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert result.returncode == 0, result.stderr
    answers = result.stdout.splitlines()
    assert len(answers) == len(texts)
    return answers


@pytest.mark.parametrize("name, examples", requests().items())
def test_both_validators_agree(name, examples):
    schema = {"$ref": f"#/components/schemas/{name}"}
    made = (body for example in examples for body in bodies(CONTRACT.schema(name), example, lambda case: case))
    texts = sorted({json.dumps(body, ensure_ascii=False) for body in made})
    assert len(texts) > 20
    differing, valid = [], 0
    for text, answer in zip(texts, judge_by_server(name, texts)):
        errors = CONTRACT.errors(schema, json.loads(text), limit=1)
        valid += not errors
        if (answer == "valid") != (not errors):
            differing.append(f"the server: {answer}; jsonschema: {errors or 'valid'}: {text[:400]}")
    assert valid, "every body is refused: the examples are wrong"
    assert not differing, f"{len(differing)} of {len(texts)} differ:\n" + "\n".join(differing[:10])
