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
        self.came_after_copy = set()  # photos whose bytes had come with another visit before
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
        announced, came = set(), {}
        while pieces:
            user, body, content = next(piece[1:] for piece in pieces if piece[3] is None or piece[2]["id"] in announced)
            pieces = [piece for piece in pieces if piece[2] is not body]
            if content is None:
                send(self.users[user], body)
                announced |= {photo["id"] for photo in body["photos"]}
            else:
                put_photo(self.users[user], body["id"], content)
                name = self.names[body["id"]]
                visit = name.split()[0]
                if any(other != visit for other in came.get(content, ())):
                    self.came_after_copy.add(name)
                came.setdefault(content, set()).add(visit)

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
    """But for who comes with another visit's bytes: the phone's clock is no alibi, even for the one captured first."""
    day = Day(organisation, world, run_folder)
    day.send(order)
    photos, visits = day.outcome(manager)
    late = {name for name in day.came_after_copy if "photo_reused" not in in_order[0][name][1]}
    assert {name: one for name, one in photos.items() if name not in late} == {
        name: one for name, one in in_order[0].items() if name not in late}
    for name in late:
        assert photos[name][0] == "rejected" and "photo_reused" in photos[name][1]
    of_late = {name.split()[0] for name in late}
    assert {name: one for name, one in visits.items() if name not in of_late} == {
        name: one for name, one in in_order[1].items() if name not in of_late}
    assert {visits[name][0] for name in of_late} <= {"rejected"}


def test_a_clock_set_back_does_not_make_a_copy_the_original(organisation, world, manager, run_folder):
    """The thief says to have been first; both are found, and a person looks at both."""
    content, photos = PhotoMaker(run_folder).make(next(_seeds)), []
    for minutes in (-30, -60):
        photo = declared(captured_at=now(minutes))
        user = organisation.user("technician")
        send(user, check_in(world.site, visit_id=new_id(), kind="progress", captured_at=now(minutes), photos=[photo],
                            fix=fix_at(east_m=minutes, minutes=minutes)))
        put_photo(user, photo["id"], content)
        photos.append(photo["id"])
    for one, other in (photos, reversed(photos)):
        found = manager.api.get(f"/v1/photos/{one}", expect=200).json()
        assert found["verdict"] == "rejected"
        assert [entry["numbers"]["earlier_photo_id"] for entry in found["findings"] if entry["code"] == "photo_reused"] == [other]
