"""Bodies made at random from the contract's own schemas: whatever the client sends, it is never the server's fault.

Half of the bodies keep every rule, at the edges of what is allowed; the others break one somewhere. The seed is
fixed, so a failure can be repeated. FIELDPROOF_RANDOM_BODIES and FIELDPROOF_RANDOM_SEED ask for more, and for others.
"""

import copy
import json
import os
import random

import pytest

from support import contract as contracts
from support.organisation import new_id
from support.sample_requests import SAMPLES, path_of

BODIES = int(os.environ.get("FIELDPROOF_RANDOM_BODIES", "40"))
SEED = int(os.environ.get("FIELDPROOF_RANDOM_SEED", "20261121"))
contract = contracts.load()

# Each log-in costs a password hash, and its attempts are limited.
LEFT_OUT = {"logIn", "createOrganisation"}
OPERATIONS = [operation for operation in contract.operations.values()
              if operation.request_schema("application/json") and operation.id not in LEFT_OUT]

WRONG = [None, True, 0, -1, 1.5, 2**53 + 1, 10**30, 1e308, -1e308, 5e-324, "", " ", "x" * 5000, "\u0000", "\ud800", "\U0010ffff",
         "NaN", "1e400", "'; DROP TABLE photo", "{", "../../etc/passwd", [], {}, [[]], [None], {"": None}]
TIMES = ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "2016-12-31T23:59:60Z", "1970-01-01T00:00:00+23:59",
         "2024-02-29T12:00:00.123456-11:30", "2026-03-29T02:30:00+01:00", "2026-11-20t08:00:00z",
         "9999-12-31T23:59:59-23:59", "2026-11-21T08:00:00Z", "2026-11-21T09:30:00+08:00"]
TEXTS = ["a", "é", "中", "😀", "\t", "\n", "\\", "\"", "{}", "{1,2}", "%", "_", "NULL", "\u202e", "0"]
ZONES = ["Asia/Kathmandu", "America/St_Johns", "UTC", "Europe/Berlin", "EST5EDT", "Africa/Casablanca"]


class Maker:
    """Makes values for schemas. Members that name something get ids of what is there, mostly."""

    def __init__(self, random_numbers, known):
        self.random = random_numbers
        self.known = known

    def make(self, schema, name=""):
        schema = contract.resolve(schema)
        if self.random.random() < 0.002:
            return copy.deepcopy(self.random.choice(WRONG))
        for key in ("oneOf", "anyOf"):
            if key in schema and "properties" not in schema:
                return self.make(self.random.choice(schema[key]), name)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        kinds = schema.get("type", "object")
        kind = kinds if isinstance(kinds, str) else self.random.choice(kinds)
        return getattr(self, f"_{kind}")(schema, name)

    def _null(self, schema, name):
        return None

    def _boolean(self, schema, name):
        return self.random.random() < 0.5

    def _number(self, schema, name):
        low = schema.get("minimum", schema.get("exclusiveMinimum", -1e308))
        high = schema.get("maximum", schema.get("exclusiveMaximum", 1e308))
        edges = [low, high, low + (high / 2 - low / 2), 0, -0.0, 1, 5e-324, 1e-300, 0.1, 1e20, 123456.789012345678]
        if "latitude" in name or "longitude" in name:
            edges += [52.52, 13.405, 52.521, 13.406] * 4
        inside = [edge for edge in edges if low <= edge <= high]
        return self.random.choice([*inside, self.random.uniform(max(low, -1e6), min(high, 1e6))])

    def _integer(self, schema, name):
        low, high = schema.get("minimum", -(2**53)), schema.get("maximum", 2**53)
        return self.random.choice([low, high, min(high, max(low, 1)), self.random.randint(low, high)])

    def _string(self, schema, name):
        form = schema.get("format")
        if form == "uuid":
            return self._id(name)
        if form == "date-time":
            return self.random.choice(TIMES)
        if form == "date":
            return self.random.choice(["2026-11-20", "0001-01-01", "9999-12-31"])
        if form == "clock":
            return self.random.choice(["00:00", "02:30", "23:59"])
        if form == "time-zone":
            return self.random.choice(ZONES)
        if form == "sha256" or "64" in schema.get("pattern", ""):
            return "%064x" % self.random.getrandbits(256)
        if form == "email":
            return "a@b.example"
        if form == "slug":
            return "a" + new_id()
        least, most = schema.get("minLength", 0), min(schema.get("maxLength", 200), 300)
        length = self.random.choice([least, most, self.random.randint(least, most)])
        return "".join(self.random.choice(TEXTS) for _ in range(length))[:length]

    def _id(self, name):
        if name in self.known and self.random.random() < 0.85:
            return self.random.choice(self.known[name])
        made = "%032x" % self.random.getrandbits(128)
        made = f"{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}"
        return made.upper() if self.random.random() < 0.1 else made

    def _array(self, schema, name):
        least, most = schema.get("minItems", 0), min(schema.get("maxItems", 4), 6)
        count = self.random.randint(min(least, 6), max(least, most))
        made = [self.make(schema.get("items", {}), name) for _ in range(count)]
        if schema.get("uniqueItems"):
            made = [entry for position, entry in enumerate(made) if entry not in made[:position]]
        return made

    def _object(self, schema, name):
        required = schema.get("required", [])
        made = {}
        for member, definition in schema.get("properties", {}).items():
            keeps = self.random.random()
            if (member in required and keeps > 0.003) or (member not in required and keeps > 0.4):
                made[member] = self.make(definition, member)
        return made

    def spoil(self, value):
        """Breaks something somewhere in it, mostly deep inside."""
        if isinstance(value, (dict, list)) and value and self.random.random() < 0.9:
            key = self.random.choice(list(value)) if isinstance(value, dict) else self.random.randrange(len(value))
            value[key] = self.spoil(value[key])
            return value
        return copy.deepcopy(self.random.choice(WRONG))


@pytest.fixture(scope="module")
def askers(world, organisation):
    return {"technician": world.own.user.api, "dispatcher": organisation.user("dispatcher").api,
            "manager": organisation.user("manager").api, "administrator": world.api}


def known_ids(world):
    people = [world.own.user.id, world.colleague.user.id]
    return {
        "site_id": [world.site], "customer_id": [world.customer], "asset_id": [world.asset], "user_id": people,
        "service_manager_id": people, "assignee_ids": people, "work_order_id": [world.own.work_order],
        "work_order_ids": [world.own.work_order], "visit_id": [world.own.visit, world.own.open_visit],
        "retake_of": [world.own.photo_stored],
    }


def key_of(operation, world):
    kinds = {"user_id": world.spare_user, "customer_id": world.customer, "contact_id": world.contact, "site_id": world.site,
             "asset_id": world.asset, "work_order_id": world.own.work_order, "photo_id": world.own.photo_stored,
             "visit_id": world.own.open_visit}
    return next((key for name, key in kinds.items() if "{" + name + "}" in operation.path), "")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_no_body_makes_the_server_fail(operation, world, askers):
    random_numbers = random.Random(f"{SEED} {operation.id}")
    maker = Maker(random_numbers, known_ids(world))
    schema = operation.request_schema("application/json")
    asker = next((askers[role] for role in operation.roles if role in askers), world.api.with_token(None))
    path = path_of(operation, key_of(operation, world), world)
    for _ in range(BODIES):
        body = maker.make(schema)
        if random_numbers.random() < 0.3:
            body = maker.spoil(SAMPLES[operation.id](world, asker)["json"] if random_numbers.random() < 0.5 else body)
        response = asker.request(operation.method, path, data=json.dumps(body), headers={"Content-Type": "application/json"})
        assert response.status_code < 500, f"{operation} answered {response.status_code} {response.text[:300]} to {json.dumps(body)}"
