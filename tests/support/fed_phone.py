"""A phone that holds what it was told of its work."""

import base64
import json

import pytest

from support.evidence import photo_bytes


class Phone:
    """A technician's copy of the day: what the change feed said so far."""

    def __init__(self, user, cursor=None):
        self.user = user
        self.cursor = cursor
        self.work_orders, self.retakes, self.shown = {}, {}, {}
        self.answers = []

    def ask(self, **rest):
        """One request; returns its answer."""
        query = f"?since={self.cursor}" if self.cursor else ""
        return self.user.api.get("/v1/my/changes" + query, **rest)

    def sync(self):
        """Asks until the answer is complete; returns the answers."""
        answers = []
        while not answers or not answers[-1]["complete"]:
            answers.append(self.ask(expect=200).json())
            self.take(answers[-1])
        self.answers += answers
        return answers

    def take(self, answer):
        if answer["full"]:
            self.work_orders, self.retakes = {}, {}
        for name in ("organisation", "policy", "technician"):
            if answer[name] is not None:
                self.shown[name] = answer[name]
        for kind in ("work_orders", "retakes"):
            copy = getattr(self, kind)
            for entity in answer[kind]:
                copy[entity["id"]] = entity
            for key in answer["deleted"][kind]:
                copy.pop(key, None)
        self.cursor = answer["cursor"]

    def state(self):
        return self.work_orders, self.retakes, self.shown


def assert_equal_to_the_server(phone):
    fresh = Phone(phone.user)
    assert fresh.sync()[0]["full"]
    assert phone.state() == fresh.state()


def says_nothing(answers):
    (answer,) = answers
    return not (answer["full"] or answer["work_orders"] or answer["retakes"] or answer["deleted"]["work_orders"]
                or answer["deleted"]["retakes"] or answer["organisation"] or answer["policy"] or answer["technician"])


@pytest.fixture(scope="module")
def content(run_folder):
    return photo_bytes(run_folder, seed=99)


@pytest.fixture
def phone(world, organisation):
    """The phone of a new technician with two work orders, up to date."""
    user = organisation.user("technician")
    mine = Phone(user)
    mine.first, mine.second = (world.new_work_order([user.id]) for _ in range(2))
    mine.sync()
    assert set(mine.work_orders) == {mine.first, mine.second}
    return mine


def move(world, key, *states):
    for state in states:
        world.api.post(f"/v1/work-orders/{key}/transitions", json={"to": state, "reason": "so"}, expect=200)


def change(world, path, **fields):
    world.api.patch(path, json=fields, expect=200)


def decoded(cursor):
    return json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
