"""The contract as the tests read it: operations, their schemas, and a validator of its own.

The server checks request bodies with its C code; this uses Debian's python3-jsonschema, so that one
mistake cannot hide in both.
"""

import datetime
import functools
import re

import jsonschema
import yaml

from support.paths import ROOT

FILE = ROOT / "api-spec/openapi.yaml"
METHODS = ("get", "put", "post", "delete", "patch", "head", "options")

_formats = jsonschema.FormatChecker(formats=())


def _format(name, pattern):
    expression = re.compile(pattern)
    _formats.checks(name)(lambda value: not isinstance(value, str) or bool(expression.fullmatch(value)))


_format("uuid", r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_format("sha256", r"[0-9a-f]{64}")
_format("slug", r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_format("email", r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_format("time-zone", r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")
_format("clock", r"([01][0-9]|2[0-3]):[0-5][0-9]")
_format("uri", r"[a-z][a-z0-9+.-]*:\S+")

_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
)


def _is_date(text):
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


@_formats.checks("date")
def _date(value):
    return not isinstance(value, str) or _is_date(value)


@_formats.checks("date-time")
def _date_time(value):
    match = _DATE_TIME.fullmatch(value) if isinstance(value, str) else None
    return not isinstance(value, str) or bool(match and _is_date(match[1]))


class Operation:
    """One method of one path."""

    def __init__(self, contract, method, path, definition):
        self.contract = contract
        self.method = method.upper()
        self.path = path
        self.definition = definition
        self.id = definition["operationId"]
        self.roles = definition["x-roles"]
        self.body_ceiling_bytes = definition["x-body-ceiling-bytes"]
        self.pattern = re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(path)))

    def __repr__(self):
        return f"{self.id} ({self.method} {self.path})"

    def response(self, status):
        """The documented response, or None."""
        found = self.definition["responses"].get(str(status))
        return None if found is None else self.contract.resolve(found)

    def request_schema(self, media_type):
        """The schema of the body, or None when that type of body is not offered or has none."""
        content = self.definition.get("requestBody", {}).get("content", {})
        return content.get(media_type, {}).get("schema")


class Contract:
    """The document; `operations` by operationId."""

    def __init__(self, file=FILE):
        self.document = yaml.load(file.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self._resolver = jsonschema.RefResolver("", self.document)
        self.operations = {}
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    operation = Operation(self, method, path, item[method])
                    assert operation.id not in self.operations, operation.id
                    self.operations[operation.id] = operation

    def resolve(self, value):
        """Follows a reference, if it is one."""
        while isinstance(value, dict) and "$ref" in value:
            value = self._resolver.resolve(value["$ref"])[1]
        return value

    def schema(self, name):
        return self.document["components"]["schemas"][name]

    def operation_at(self, method, path):
        """The operation of a request's path, or None. A literal path goes before a template."""
        found = [o for o in self.operations.values() if o.method == method and o.pattern.fullmatch(path)]
        if method == "HEAD" and not found:
            return self.operation_at("GET", path)
        return min(found, key=lambda o: o.path.count("{"), default=None)

    def errors(self, schema, value, limit=5):
        """What is wrong with the value, as a list of sentences."""
        validator = jsonschema.Draft202012Validator(schema, resolver=self._resolver, format_checker=_formats)
        return [_describe(error) for _, error in zip(range(limit), validator.iter_errors(value))]


def _describe(error):
    leaf = jsonschema.exceptions.best_match([error]) or error
    return f"/{'/'.join(map(str, leaf.absolute_path))}: {leaf.message[:300]}"


@functools.lru_cache(maxsize=None)
def load():
    """The contract, read once."""
    return Contract()
