"""Work that a customer is shown, and the way to it."""

import pytest

from support.evidence import declared, photo_bytes, put_photo, send
from support.organisation import new_id
from support.sheets import sign, write
from support.world import check_in, now, token_of


@pytest.fixture(scope="module")
def customer(api):
    """A client without a log-in."""
    return api.with_token(None)


class Work:
    """A work order with a visit: two photos in a signed sheet, a third taken after the signature."""

    def __init__(self, world, user, folder):
        self.work_order = world.new_work_order([user.id])
        world.api.patch(f"/v1/work-orders/{self.work_order}", expect=200, json={
            "description": "description for us", "window_starts_at": now(-60), "window_ends_at": now(60)})
        photos = [declared(role="before", caption="Before"), declared(role="after")]
        self.visit = send(user, check_in(
            world.site, work_order_ids=[self.work_order], photos=photos, note="internal note"))["visit_id"]
        self.signed_photos = [photo["id"] for photo in photos]
        for number, photo in enumerate(self.signed_photos):
            put_photo(user, photo, photo_bytes(folder, seed=300 + number))
        self.sheet = sign(user, self.visit, write(user, self.visit, evidence_until=now()))
        late = declared(role="other")
        send(user, check_in(world.site, visit_id=self.visit, kind="progress", work_order_ids=[self.work_order],
                            photos=[late]))
        self.late_photo = late["id"]
        put_photo(user, self.late_photo, photo_bytes(folder, seed=309))

    def photos(self):
        return [*self.signed_photos, self.late_photo]


@pytest.fixture(scope="module", name="work")
def make_work(world, user, run_folder):
    return Work(world, user, run_folder)


def link_to(user, visit=None, work_order=None, link_id=None, expect=201, **fields):
    path = f"/v1/visits/{visit}/links" if visit else f"/v1/work-orders/{work_order}/links"
    return user.api.post(path, json={"id": link_id or new_id(), **fields}, expect=expect).json()


def shared(customer, link, path="", **rest):
    return customer.get(f"/v1/shared/{token_of(link)}{path}", **rest)


def answer(customer, link, path, expect=201, **body):
    return customer.post(f"/v1/shared/{token_of(link)}/{path}", json={"id": new_id(), **body}, expect=expect)
