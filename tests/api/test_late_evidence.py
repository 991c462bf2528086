"""What is judged of a day must not depend on the order in which its pieces come through."""

import itertools
import random

import pytest

from support.evidence import declared, exif_time, fix_at, photo_bytes, put_photo, send
from support.organisation import new_id
from support.uploads import PhotoMaker
from support.world import check_in, now

_seeds = itertools.count(79)
ORDERS = ["captured", "backwards", *range(6)]


class Day:
    """Two visits of one technician and one of another; some of their photos have the very same bytes."""

    def __init__(self, organisation, world, folder):
        self.users = {name: organisation.user("technician") for name in "AB"}
        self.names, self.pieces = {}, []
        shared, own = PhotoMaker(folder).make(77), PhotoMaker(folder).make(78)
        during = photo_bytes(folder, seed=next(_seeds), time=exif_time(-175), offset="+00:00")
        self._visit(world, "A", "first", [(-180, "arrival", []), (-150, "progress", [shared, shared]),
                                          (-121, "departure", [during])])
        self._visit(world, "A", "second", [(-100, "arrival", [shared]), (-70, "departure", [own])])
        self._visit(world, "B", "third", [(-90, "arrival", []), (-60, "departure", [shared, own])])

    def _visit(self, world, user, name, steps):
        visit = new_id()
        self.names[visit] = name
        for number, (minutes, kind, photos) in enumerate(steps):
            announced = [declared(captured_at=now(minutes + 1 + i)) for i in range(len(photos))]
            body = check_in(world.site, visit_id=visit, kind=kind, captured_at=now(minutes), photos=announced,
                            fix=fix_at(east_m=number * 1.7, north_m=len(self.pieces), minutes=minutes))
            self.pieces.append((minutes, user, body, None))
            for i, (photo, content) in enumerate(zip(announced, photos, strict=True)):
                self.names[photo["id"]] = f"{name} {kind} {i}"
                self.pieces.append((minutes + 1 + i, user, photo, content))

    def send(self, order):
        """Every piece, in this order; but a photo's bytes after what announces it."""
        pieces = sorted(self.pieces, key=lambda piece: piece[0], reverse=order == "backwards")
        if isinstance(order, int):
            random.Random(order).shuffle(pieces)
        announced = set()
        while pieces:
            user, body, content = next(piece[1:] for piece in pieces if piece[3] is None or piece[2]["id"] in announced)
            pieces = [piece for piece in pieces if piece[2] is not body]
            if content is None:
                send(self.users[user], body)
                announced |= {photo["id"] for photo in body["photos"]}
            else:
                put_photo(self.users[user], body["id"], content)

    def outcome(self, manager):
        """Verdicts and findings by names that are the same in every order."""
        photos, visits = {}, {}
        for key, name in self.names.items():
            if " " in name:
                photo = manager.api.get(f"/v1/photos/{key}", expect=200).json()
                twins = [self.names[entry["numbers"]["earlier_photo_id"]] for entry in photo["findings"]
                         if "earlier_photo_id" in entry["numbers"]]
                photos[name] = (photo["verdict"], [entry["code"] for entry in photo["findings"]], twins)
            else:
                visit = manager.api.get(f"/v1/visits/{key}", expect=200).json()
                visits[name] = (visit["verdict"], visit["finding_codes"])
        return photos, visits


@pytest.fixture(scope="module")
def in_order(organisation, world, manager, run_folder):
    day = Day(organisation, world, run_folder)
    day.send("captured")
    return day.outcome(manager)


def test_what_is_found_of_the_day(in_order):
    photos, visits = in_order
    assert {name: twins[0] for name, (_, _, twins) in photos.items() if twins} == {
        "first progress 1": "first progress 0", "second arrival 0": "first progress 0",
        "third departure 0": "first progress 0", "third departure 1": "second departure 0"}
    assert {name: verdict for name, (verdict, _) in visits.items()} == {
        "first": "accepted", "second": "rejected", "third": "rejected"}


@pytest.mark.parametrize("order", ORDERS[1:])
def test_any_order_is_judged_alike(organisation, world, manager, run_folder, in_order, order):
    day = Day(organisation, world, run_folder)
    day.send(order)
    assert day.outcome(manager) == in_order
