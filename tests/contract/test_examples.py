"""The contract itself: its examples fit its schemas, and its schemas use only what the server enforces."""

import pytest

from support import contract

CONTRACT = contract.load()

ENFORCED = set(
    "type properties required additionalProperties minimum maximum exclusiveMinimum exclusiveMaximum minLength"
    " maxLength enum const format items minItems maxItems uniqueItems minProperties $ref oneOf anyOf allOf"
    .split()
)
ANNOTATIONS = {"description", "title", "example", "examples", "default", "readOnly", "deprecated", "contentMediaType",
               "contentSchema"}
FORMATS = {"uuid", "date-time", "date", "email", "uri", "time-zone", "sha256", "slug", "clock"}


def media_types(operation):
    """(where, media type object) of the request body and of each response."""
    for name, content in operation.definition.get("requestBody", {}).get("content", {}).items():
        yield f"request {name}", content
    for status, response in operation.definition["responses"].items():
        for name, content in CONTRACT.resolve(response).get("content", {}).items():
            yield f"{status} {name}", content


def examples(content):
    if "example" in content:
        yield "example", content["example"]
    for name, example in content.get("examples", {}).items():
        yield name, CONTRACT.resolve(example)["value"]


@pytest.mark.parametrize("operation", CONTRACT.operations.values(), ids=CONTRACT.operations)
def test_examples_fit_their_schemas(operation):
    wrong = [
        f"{where}, {name}: {error}"
        for where, content in media_types(operation)
        for name, value in examples(content)
        for error in CONTRACT.errors(content["schema"], value)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("operation", CONTRACT.operations.values(), ids=CONTRACT.operations)
def test_every_json_body_has_an_example(operation):
    without = [where for where, content in media_types(operation) if "json" in where and not list(examples(content))]
    assert not without


def subschemas(schema, place):
    """Every schema in this one, and where it stands."""
    yield place, schema
    for name, property_schema in schema.get("properties", {}).items():
        yield from subschemas(property_schema, f"{place}/{name}")
    if "items" in schema:
        yield from subschemas(schema["items"], f"{place}[]")
    for keyword in ("oneOf", "anyOf", "allOf"):
        for number, branch in enumerate(schema.get(keyword, [])):
            yield from subschemas(branch, f"{place}({keyword} {number})")


def all_schemas():
    for name, schema in CONTRACT.document["components"]["schemas"].items():
        yield from subschemas(schema, name)
    for name, parameter in CONTRACT.document["components"]["parameters"].items():
        yield from subschemas(parameter["schema"], name)
    for operation in CONTRACT.operations.values():
        for parameter in operation.definition.get("parameters", []):
            if "schema" in parameter:
                yield from subschemas(parameter["schema"], f"{operation.id} {parameter['name']}")


def types_of(schema):
    types = schema.get("type", [])
    return {types} if isinstance(types, str) else set(types)


def test_schemas_use_only_what_the_server_enforces():
    strange = [f"{place}: {set(schema) - ENFORCED - ANNOTATIONS}" for place, schema in all_schemas()
               if set(schema) - ENFORCED - ANNOTATIONS]
    strange += [f"{place}: format {schema['format']}" for place, schema in all_schemas()
                if schema.get("format", "uuid") not in FORMATS]
    assert not strange, "\n".join(strange)


def test_every_text_and_list_has_a_ceiling():
    # A branch of oneOf or anyOf narrows a value whose ceiling stands beside it.
    endless = [
        place for place, schema in all_schemas()
        if "Of " not in place
        and (("string" in types_of(schema) and not {"maxLength", "enum", "const"} & set(schema))
             or ("array" in types_of(schema) and "maxItems" not in schema))
    ]
    assert not endless


def test_every_number_has_a_range():
    endless = [
        place for place, schema in all_schemas()
        if "Of " not in place and types_of(schema) & {"number", "integer"}
        and not ({"minimum", "exclusiveMinimum"} & set(schema) and {"maximum", "exclusiveMaximum"} & set(schema))
    ]
    assert not endless


def test_every_object_is_closed():
    # Numbers of a finding differ by its code; messengers add what they like to links; a
    # batch's bodies are checked by their operations' own schemas.
    open_ones = [place for place, schema in all_schemas()
                 if "Of " not in place and types_of(schema) == {"object"} and schema.get("additionalProperties") is not False]
    assert open_ones == ["SyncOperation/body", "Finding/numbers", "AnyQuery"]


def test_answers_carry_every_field():
    """Whatever only answers show has all its fields required."""
    asked = set()

    def follow(value, seen):
        if isinstance(value, dict):
            if "$ref" in value and value["$ref"] not in seen:
                seen.add(value["$ref"])
                follow(CONTRACT.resolve(value), seen)
            for inner in value.values():
                follow(inner, seen)
        elif isinstance(value, list):
            for inner in value:
                follow(inner, seen)

    for operation in CONTRACT.operations.values():
        follow(operation.definition.get("requestBody"), asked)
        follow(operation.definition.get("x-element-schema"), asked)
    partial = [
        place for name, schema in CONTRACT.document["components"]["schemas"].items()
        if f"#/components/schemas/{name}" not in asked
        for place, inner in subschemas(schema, name)
        if set(inner.get("properties", {})) - set(inner.get("required", []))
    ]
    # A history line names only the fields that changed.
    assert partial == ["WorkOrderEvent/changes(anyOf 0)"]
