"""A desk that follows what happens to the work orders of an organisation."""

import pytest

from support.event_stream import EventStream


@pytest.fixture
def follow(server, manager):
    """Opens streams of the manager's, ready; all are closed afterwards."""
    streams = []

    def open_one(token=manager.api.token, position=None, base_url=server.base_url, **parameters):
        streams.append(EventStream(base_url, token, position, **parameters))
        return streams[-1]

    yield open_one
    for stream in streams:
        stream.close()


def move(world, key, to):
    world.api.post(f"/v1/work-orders/{key}/transitions", json={"to": to, "reason": "so"}, expect=200)
